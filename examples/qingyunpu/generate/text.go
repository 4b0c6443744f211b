package main

import (
	"strconv"
	"strings"
)

// line joins cells into a CSV line. Cells with a comma are quoted; no cell has a quote or a break.
func line(cells ...string) string {
	quoted := make([]string, len(cells))
	for i, cell := range cells {
		if strings.Contains(cell, ",") {
			cell = `"` + cell + `"`
		}
		quoted[i] = cell
	}
	return strings.Join(quoted, ",")
}

// text joins lines and ends the last one too.
func text(lines []string, end string) string { return strings.Join(lines, end) + end }

// decimal prints a whole number of steps of 10^-places, which is never negative here.
func decimal(steps int64, places int) string {
	digits := strconv.FormatInt(steps, 10)
	if places == 0 {
		return digits
	}
	if missing := places + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	point := len(digits) - places
	return digits[:point] + "." + digits[point:]
}

// marked puts thousands marks into a decimal: 12345.60 becomes 12,345.60.
func marked(number string) string {
	whole, rest, point := strings.Cut(number, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		return whole + "." + rest
	}
	return whole
}
