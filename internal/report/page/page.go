// Package page writes answers as one HTML file that stands by itself: tables first, pictures as
// SVG within the text, readable without a network and without scripts, and made to be printed on
// A4. It computes nothing.
package page

import (
	_ "embed"
	"html/template"
	"io"
	"sync"
	"unicode/utf8"

	"carbonledger/internal/report"
	"carbonledger/table"
)

// Page is a report. Its texts come in the reader's language.
type Page struct {
	Lang  table.Lang
	Title string
	// Lead is what a reader in a hurry takes along.
	Lead []string
	// Facts say what the report stands on: area, position of the book, policy.
	Facts    [][2]string
	Contents string
	Sections []Section
}

// Section is a chapter of a page.
type Section struct {
	Title    string
	Words    []string
	Pictures []Picture
	Tables   []report.Table
}

// Picture is an SVG element with the words below it.
type Picture struct {
	SVG     []byte
	Caption string
}

//go:embed page.html
var text string

var layout = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(functions).Parse(text))
})

var functions = template.FuncMap{
	"figure": func(t report.Table, column int, cell string) string {
		return t.Columns[column].Read(cell)
	},
	// The pictures are drawn by this program, which escapes every text in them.
	"svg":    func(p Picture) template.HTML { return template.HTML(p.SVG) },
	"number": func(i int) int { return i + 1 },
	"kind":   kind,
	"wide":   func(t report.Table) bool { return len(t.Columns) > manyColumns },
	"whole":  report.Table.Whole,
}

// kind is the class of a cell: n for figures, s for short words that stay on one line.
func kind(t report.Table, column int) string {
	if t.Columns[column].Figures {
		return "n"
	}
	const short = 12
	for _, row := range t.Rows {
		if utf8.RuneCountInString(row[column]) > short {
			return "t"
		}
	}
	return "s"
}

// manyColumns is how many columns a table may have before its letters get smaller.
const manyColumns = 8

// Write writes the page. The same page gives the same bytes.
func (p Page) Write(w io.Writer) error { return layout().Execute(w, p) }
