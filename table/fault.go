// Package table reads the tables people send: text in whatever encoding and dialect of quoting it
// comes, and the small typed files this project defines.
//
// A cell is folded once, here: full-width letters and digits become plain ones, blanks around it
// go. Whatever is wrong is a Fault with file, line, column, the cell as written and a way out; all
// faults of a file are returned, never only the first.
//
// A sheet takes at most 48 bytes of memory for each byte of its file, and 4 MiB: a cell of one
// letter has 40 beside its two. Lines, columns, cells and faults have limits, so that no file takes
// more than its size allows, and one without line breaks is refused before anything is copied.
package table

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
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
	// Sheet is the worksheet; empty for text files.
	Sheet string
	// Line counts physical lines from 1; Column counts the fields of the row from 1. 0: the whole
	// file, or the whole row.
	Line, Column int
	// Field is the name of the column as the dialect or format calls it.
	Field string
	// Header is the header of the column as it stands in the file, where a dialect reads it. Given
	// says that the field stands above the table or in the dialect and has no column.
	Header string
	Given  bool
	Code   string
	// Cell is the cell as it stands in the file.
	Cell string
	// Args fill {1}, {2}... of the words.
	Args []string
}

// Error returns the English text.
func (f Fault) Error() string { return f.Text(EN) }

// Text returns place, cell, fact and way out in one line.
func (f Fault) Text(lang Lang) string {
	return f.Place(lang) + f.Fact(lang) + separator[lang] + f.Way(lang)
}

var separator = map[Lang]string{EN: "; ", ZH: "；"}

// Place returns file, sheet, line, column and the field, as far as they are known:
// file.xlsx:sheet:8:2: unit of measure, and in Chinese with the letter a spreadsheet has for the
// column: file.xlsx:sheet 第8行B列 计量单位.
func (f Fault) Place(lang Lang) string {
	if lang == ZH {
		return f.placeZH()
	}
	place := f.File
	if f.Sheet != "" {
		place += ":" + f.Sheet
	}
	if f.Line > 0 {
		place += ":" + strconv.Itoa(f.Line)
	}
	if f.Line > 0 && f.Column > 0 {
		place += ":" + strconv.Itoa(f.Column)
	}
	if f.Field != "" {
		place += ": " + f.name(EN)
	}
	if place == "" {
		return ""
	}
	return place + ": "
}

func (f Fault) placeZH() string {
	place := f.File
	if f.Sheet != "" {
		place += ":" + f.Sheet
	}
	if f.Line > 0 {
		place += " 第" + strconv.Itoa(f.Line) + "行"
	}
	if f.Line > 0 && f.Column > 0 {
		place += Letters(f.Column) + "列"
	}
	if name := f.name(ZH); name != "" {
		place += " " + name
	}
	if place == "" {
		return ""
	}
	return place + "："
}

// Spot returns where in its table a fault is, for who has the row before him: 第8行B列 计量单位, and
// line 8, column B, unit of measure. It is empty where no column is known.
func (f Fault) Spot(lang Lang) string {
	var parts []string
	letters := Letters(f.Column)
	name := f.name(lang)
	switch {
	case f.Line > 0 && f.Column > 0 && lang == ZH:
		parts = append(parts, fmt.Sprintf("第%d行%s列", f.Line, letters))
	case f.Line > 0 && f.Column > 0:
		parts = append(parts, fmt.Sprintf("line %d, column %s", f.Line, letters))
	}
	if name != "" {
		parts = append(parts, name)
	}
	return strings.Join(parts, map[Lang]string{EN: ", ", ZH: " "}[lang])
}

// name is what the column or field is called where the user sees it.
func (f Fault) name(lang Lang) string {
	switch {
	case f.Header != "":
		return f.Header
	case f.Given:
		return FieldTitle(f.Field, lang)
	}
	return f.Field
}

// Letters returns the letters a spreadsheet has for a column counted from 1: A, B ... Z, AA.
func Letters(column int) string {
	letters := ""
	for ; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return letters
}

// Fact says what is wrong.
func (f Fault) Fact(lang Lang) string { return f.fill(words(f.Code).fact[lang]) }

// Way says what to do about it.
func (f Fault) Way(lang Lang) string { return f.fill(words(f.Code).way[lang]) }

// IsWarning says whether the row may be posted all the same, and somebody should look at it or need
// not: every code but a fault.
func (f Fault) IsWarning() bool { return words(f.Code).level != LevelFault }

// Level says how much a code weighs.
func (f Fault) Level() Level { return words(f.Code).level }

// Level is how much a fault code weighs.
type Level string

// The levels: a fault keeps the row out, a warning asks for a look at it, a note only tells.
const (
	LevelFault   Level = "fault"
	LevelWarning Level = "warning"
	LevelNote    Level = "note"
)

// Warnings counts those that somebody should look at; notes are not among them.
func Warnings(list []Fault) (count int) {
	for _, f := range list {
		if f.Level() == LevelWarning {
			count++
		}
	}
	return count
}

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
	level     Level
	fact, way map[Lang]string
}

//go:embed faults.csv
var faultsFile string

// Codes returns every fault code, in the order of the list.
func Codes() []string { return wordings().order }

// wordingList is the list of faults: its codes in order, and what each says.
type wordingList struct {
	order []string
	by    map[string]wording
}

var wordings = sync.OnceValue(func() (words wordingList) {
	words.by = map[string]wording{}
	for _, row := range list("faults.csv", faultsFile,
		"code", "level", "fact_en", "way_en", "fact_zh", "way_zh") {
		if _, twice := words.by[row[0]]; twice {
			panic("table: faults.csv: two rows for " + row[0])
		}
		words.order = append(words.order, row[0])
		words.by[row[0]] = wording{
			level: levelOf(row[0], row[1]),
			fact:  map[Lang]string{EN: row[2], ZH: row[4]},
			way:   map[Lang]string{EN: row[3], ZH: row[5]},
		}
	}
	return words
})

func levelOf(code, text string) Level {
	level := Level(text)
	switch level {
	case LevelFault, LevelWarning, LevelNote:
		return level
	}
	panic("table: faults.csv: " + code + " has no level " + text)
}

// words panics for a code that is not in the list: a fault without words is our own mistake.
func words(code string) wording {
	w, ok := wordings().by[code]
	if !ok {
		panic(fmt.Sprintf("table: fault code %q is not in faults.csv", code))
	}
	return w
}
