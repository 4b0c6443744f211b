// Package report turns what the engine answers into one neutral Table: titles, columns with units,
// cells as text. It is the only place that rounds, and it rounds so that the parts of a total still
// add up on paper. Formats print a Table and compute nothing.
package report

import (
	_ "embed"
	"strings"
	"sync"

	"carbonledger/quantity"
	"carbonledger/table"
)

// Column is a column of a table.
type Column struct {
	// Key is the stable name programs use, Title what people read, Unit what the figures count.
	Key, Title, Unit string
	// Figures says that the column holds numbers.
	Figures bool
	// Signed says that people see a plus before what is above 0: changes.
	Signed bool
}

// Read is a figure of the column as people read it: with marks between thousands, and its sign.
func (c Column) Read(cell string) string {
	shown := Grouped(cell)
	if c.Signed && shown != "" && shown[0] >= '0' && shown[0] <= '9' &&
		strings.Trim(shown, "0.") != "" {
		return "+" + shown
	}
	return shown
}

// Table is an answer ready to be printed.
type Table struct {
	Key, Title string
	// About tells tables of one key in an answer apart: the scenario, where a table is about one.
	About   string
	Columns []Column
	Rows    [][]string
	// Body is the rows of a long table, and Rows nil then.
	Body Body
	// Total is a last row that sums the others, or nil.
	Total []string
	// Notes are sentences below the table.
	Notes []string
	// Records are what the rows are about, whole, for programs: receipts.
	Records []any
	// Remarks are faults, warnings and notes, for programs.
	Remarks []Remark
}

//go:embed terms.csv
var termsFile string

// terms are the words of every key.
var terms = sync.OnceValue(func() map[string]table.Words {
	return table.WordList("terms.csv", termsFile)
})

// Term returns the word for a key in a language; a key without words is shown as it is.
func Term(lang table.Lang, key string) string {
	if words, ok := terms()[key]; ok {
		return words.In(lang)
	}
	return key
}

// HasTerm says whether the terms list knows a key.
func HasTerm(key string) bool {
	_, ok := terms()[key]
	return ok
}

// Say fills {1}, {2}... of a term.
func Say(lang table.Lang, key string, args ...string) string {
	text := Term(lang, key)
	for i, arg := range args {
		text = strings.ReplaceAll(text, "{"+string(rune('1'+i))+"}", arg)
	}
	return text
}

// scale says in which unit and with how many decimals a commodity is shown.
type scale struct {
	unit   string
	places int32
}

// scales are how the figures of each book unit are shown: large units, so that figures stay short;
// the unrounded figure is one `explain` away.
var scales = map[string]scale{
	"kgce": {"tce", 2}, "kWh": {"万kWh", 4}, "kJ": {"GJ", 2}, "Nm3": {"万Nm3", 4},
	"L": {"m3", 0}, "kg": {"t", 3}, "yuan": {"万元", 2}, "person": {"person", 0}, "m2": {"m2", 0},
}

// scaleOf returns how a commodity is shown: its unit, how many book units one has, and decimals.
func scaleOf(c quantity.Commodity) (unit string, perUnit quantity.Number, r quantity.Rounding) {
	s, ok := scales[c.Unit.Symbol]
	if !ok {
		s = scale{c.Unit.Symbol, 3}
	}
	unit = s.unit
	parsed, err := quantity.ParseUnit(unit)
	if err != nil {
		panic("report: " + err.Error())
	}
	perUnit, _, err = c.Accept(parsed)
	if err != nil {
		panic("report: " + c.ID + ": " + err.Error())
	}
	switch c.ID {
	case "co2":
		unit = "tCO2"
	case "co2e":
		unit = "tCO2e"
	}
	return unit, perUnit, quantity.Rounding{Places: s.places, Mode: quantity.HalfUp}
}

// Shown prints an amount in the unit its commodity is shown in.
func Shown(c quantity.Commodity, n quantity.Number) string {
	unit, perUnit, r := scaleOf(c)
	shown, _ := quantity.RatioOf(n, perUnit).Round(r)
	return Figure(shown.Fixed(r.Places)) + " " + unit
}

// Figure groups the digits before the point by threes; a mark after the figure stays.
func Figure(text string) string {
	text, mark, marked := strings.Cut(text, " ")
	if marked {
		mark = " " + mark
	}
	sign, rest := "", text
	if strings.HasPrefix(rest, "-") {
		sign, rest = "-", rest[1:]
	}
	whole, fraction, pointed := strings.Cut(rest, ".")
	var groups []string
	for len(whole) > 3 {
		groups = append([]string{whole[len(whole)-3:]}, groups...)
		whole = whole[:len(whole)-3]
	}
	text = sign + strings.Join(append([]string{whole}, groups...), ",")
	if pointed {
		text += "." + fraction
	}
	return text + mark
}

// percents shows relative changes with two decimals.
var percents = quantity.Rounding{Places: 2, Mode: quantity.HalfUp}

// Percent shows a part of one in per cent; the unit stands with its column.
func Percent(r quantity.Ratio, lang table.Lang) string {
	shown, ok := r.Mul(quantity.Whole(quantity.Int(100))).Round(percents)
	if !ok {
		return Term(lang, "undefined")
	}
	return shown.Fixed(percents.Places)
}

// Grouped groups the digits of a cell that is a figure, and leaves any other as it is.
func Grouped(cell string) string {
	if cell == "" || strings.Trim(cell, "0123456789.-* ") != "" {
		return cell
	}
	return Figure(cell)
}

// column rounds the figures of a column so that they sum to the rounded total.
//
//	total shown = round(total);  parts shown = split(total shown, parts)
func column(c quantity.Commodity, numbers []quantity.Number) (parts []string, total string) {
	_, _, r := scaleOf(c)
	shown, total := splitTotal(c, numbers)
	for _, part := range shown {
		parts = append(parts, part.Fixed(r.Places))
	}
	return parts, total
}

// splitTotal is column with its parts as numbers.
func splitTotal(c quantity.Commodity, numbers []quantity.Number) ([]quantity.Number, string) {
	_, perUnit, r := scaleOf(c)
	var added quantity.Sum
	for _, n := range numbers {
		added.Add(n)
	}
	sum := added.Number()
	shown, _ := quantity.RatioOf(sum, perUnit).Round(r)
	return split(shown, sum, perUnit, numbers, r), shown.Fixed(r.Places)
}

// split shows parts of a total: by largest remainder where there is a total to divide, each for
// itself where the parts cancel out.
func split(shown, sum, perUnit quantity.Number, numbers []quantity.Number,
	r quantity.Rounding) []quantity.Number {
	if !sum.IsZero() {
		return quantity.Split(shown, numbers, r)
	}
	parts := make([]quantity.Number, len(numbers))
	for i, n := range numbers {
		parts[i], _ = quantity.RatioOf(n, perUnit).Round(r)
	}
	return parts
}
