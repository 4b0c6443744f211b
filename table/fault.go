// Package table reads the tables people send: CSV in whatever encoding and dialect of quoting it
// comes, and the small typed files this project defines.
//
// A cell is folded once, here: full-width letters and digits become plain ones, blanks around it
// go. Whatever is wrong is a Fault with file, line, column, the cell as written and a way out; all
// faults of a file are returned, never only the first.
package table

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

// Lang is the language of what a user reads.
type Lang string

// The two languages of the project.
const (
	ZH Lang = "zh"
	EN Lang = "en"
)

// Fault is one obstacle in a file: where it is, what the cell says, what is wrong with it and what
// to do. The words stand in faults.csv under the code, in both languages.
type Fault struct {
	File string
	// Line counts physical lines from 1; Column counts the fields of the row from 1. 0: the whole
	// file, or the whole row.
	Line, Column int
	// Field is the name of the column as the dialect or format calls it.
	Field string
	Code  string
	// Cell is the cell as it stands in the file.
	Cell string
	// Args fill {1}, {2}... of the words.
	Args []string
}

// Error returns the English text.
func (f Fault) Error() string { return f.Text(EN) }

// Text returns place, cell, fact and way out in one line.
func (f Fault) Text(lang Lang) string {
	return f.Place() + f.Fact(lang) + separator[lang] + f.Way(lang)
}

var separator = map[Lang]string{EN: "; ", ZH: "；"}

// Place returns file:line:column and the field, as far as they are known.
func (f Fault) Place() string {
	place := f.File
	if f.Line > 0 {
		place += ":" + strconv.Itoa(f.Line)
	}
	if f.Line > 0 && f.Column > 0 {
		place += ":" + strconv.Itoa(f.Column)
	}
	for _, part := range []string{f.Field} {
		if part != "" {
			place += ": " + part
		}
	}
	if place == "" {
		return ""
	}
	return place + ": "
}

// Fact says what is wrong.
func (f Fault) Fact(lang Lang) string { return f.fill(words(f.Code).fact[lang]) }

// Way says what to do about it.
func (f Fault) Way(lang Lang) string { return f.fill(words(f.Code).way[lang]) }

// IsWarning says whether the row may be posted all the same.
func (f Fault) IsWarning() bool { return words(f.Code).warning }

// cellShown bounds how much of a damaged cell a message repeats.
const cellShown = 60

func (f Fault) fill(text string) string {
	cell := []rune(f.Cell)
	if len(cell) > cellShown {
		cell = append(cell[:cellShown:cellShown], '…')
	}
	pairs := []string{"{cell}", strconv.Quote(string(cell))}
	if !strings.ContainsAny(string(cell), "\n\r\t\"\\") {
		pairs[1] = `"` + string(cell) + `"`
	}
	for i, arg := range f.Args {
		pairs = append(pairs, "{"+strconv.Itoa(i+1)+"}", arg)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// wording is what a code says, by language.
type wording struct {
	warning   bool
	fact, way map[Lang]string
}

//go:embed faults.csv
var faultsFile string

var wordings = readWordings(faultsFile)

// Codes returns every fault code, in the order of the list.
func Codes() []string { return wordings.order }

func readWordings(text string) (list struct {
	order []string
	by    map[string]wording
}) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic("table: faults.csv: " + err.Error())
	}
	list.by = map[string]wording{}
	for _, row := range rows[1:] {
		if _, twice := list.by[row[0]]; twice {
			panic("table: faults.csv: two rows for " + row[0])
		}
		list.order = append(list.order, row[0])
		list.by[row[0]] = wording{
			warning: row[1] == "warning",
			fact:    map[Lang]string{EN: row[2], ZH: row[4]},
			way:     map[Lang]string{EN: row[3], ZH: row[5]},
		}
	}
	return list
}

// words panics for a code that is not in the list: a fault without words is our own mistake.
func words(code string) wording {
	w, ok := wordings.by[code]
	if !ok {
		panic(fmt.Sprintf("table: fault code %q is not in faults.csv", code))
	}
	return w
}
