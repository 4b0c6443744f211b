package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"carbonledger/internal/report"
	"carbonledger/table"
)

// linesShown is how many lines are named that say the same as one before.
const linesShown = 20

// sayFaults prints faults or warnings, one a line behind the mark. What several rows of a table say
// in the same words is printed once, with the lines of the others below it. Of warnings of one kind
// no more than limit are printed and the others counted; 0 prints all.
func sayFaults(out io.Writer, faults []table.Fault, lang table.Lang, mark string, limit int) {
	type place struct{ file, sheet, words string }
	same := map[place][]int{}
	var order []table.Fault
	where := func(f table.Fault) place {
		return place{f.File, f.Sheet, f.Code + f.Field + f.Fact(lang)}
	}
	for _, fault := range faults {
		at := where(fault)
		if same[at] == nil || fault.Line == 0 {
			order = append(order, fault)
		}
		same[at] = append(same[at], fault.Line)
	}
	kinds, left := map[string]int{}, map[string]int{}
	var kindsLeft []string
	for _, fault := range order {
		kind := fault.File + ":" + fault.Code
		if kinds[kind]++; limit > 0 && kinds[kind] > limit {
			if left[kind]++; left[kind] == 1 {
				kindsLeft = append(kindsLeft, kind)
			}
			continue
		}
		fmt.Fprintln(out, mark+fault.Text(lang))
		if lines := same[where(fault)]; len(lines) > 1 && fault.Line > 0 {
			fmt.Fprintln(out, "  "+report.Say(lang, "said.again",
				strconv.Itoa(len(lines)-1), lineList(lines[1:])))
		}
	}
	for _, kind := range kindsLeft {
		fmt.Fprintln(out, mark+report.Say(lang, "warnings.more", kind, strconv.Itoa(left[kind])))
	}
}

// lineList names lines: 3, 4, 7 …
func lineList(lines []int) string {
	var words []string
	for _, line := range lines[:min(len(lines), linesShown)] {
		words = append(words, strconv.Itoa(line))
	}
	if len(lines) > linesShown {
		words = append(words, "…")
	}
	return strings.Join(words, ", ")
}
