package form

import (
	"cmp"
	_ "embed"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/quantity"
	"carbonledger/table"
	"carbonledger/table/workbook"
)

// Blank is the empty form of a dialect.
type Blank struct {
	form workbook.Form
}

// blankRows are the rows made ready below the header of a form that prints none of its own.
const blankRows = 200

// Empty makes the empty form of a dialect in a language. Forms of government stay as they are
// printed; the words that explain them are in the language.
func Empty(d dialects.Dialect, catalogue factors.Catalogue, lang table.Lang) Blank {
	w := newWriter(d, ledger.Upload{}, intake.Lexicon{Catalogue: catalogue})
	e := &empty{writer: w, lang: lang}
	f := workbook.Form{
		Name:      sheetName(cmp.Or(d.Template.Sheet, d.ID)),
		Above:     e.above(),
		Rows:      d.Template.Rows,
		Blank:     blankRows,
		NotesName: e.say("note.sheet"),
		Notes:     e.notes(),
		Messages:  e.messages(),
	}
	if len(d.Template.Title) > 0 {
		f.Title = d.Template.Title[0]
	}
	if len(d.Template.Rows) > 0 {
		f.Blank = spareRows
	}
	for _, line := range d.Template.Below {
		f.Below = append(f.Below, []string{line})
	}
	for _, c := range e.columns() {
		f.Columns = append(f.Columns, e.column(c))
	}
	return Blank{f}
}

// XLSX writes the form as a workbook whose second worksheet says how to fill it in.
func (b Blank) XLSX(out io.Writer) error { return b.form.Write(out) }

// CSV returns the form as spreadsheets open it: UTF-8 with BOM, CRLF.
func (b Blank) CSV() ([]byte, error) {
	var rows [][]string
	if b.form.Title != "" {
		rows = append(rows, []string{b.form.Title})
	}
	rows = append(rows, b.form.Above...)
	var header []string
	for _, c := range b.form.Columns {
		header = append(header, c.Header)
	}
	rows = append(rows, header)
	printed := slices.Clone(b.form.Rows)
	if len(b.form.Below) > 0 {
		printed = append(printed, make([][]string, min(b.form.Blank, blankLines))...)
	}
	for _, row := range append(printed, b.form.Below...) {
		guarded := make([]string, len(row))
		for i, cell := range row {
			guarded[i] = table.Guard(cell)
		}
		rows = append(rows, guarded)
	}
	return table.Write(rows, table.UTF8BOM)
}

// blankLines are the lines a CSV file leaves between its header and what stands below the rows.
const blankLines = 10

// IsNotes says whether a worksheet has the name of the one that says how to fill in a form.
func IsNotes(sheet string) bool {
	note := words()["note.sheet"]
	return sheet == note.EN || sheet == note.ZH
}

// empty is the state of one Empty.
type empty struct {
	*writer
	lang table.Lang
}

// sheetNameMax is the longest name Excel gives a worksheet.
const sheetNameMax = 31

func sheetName(id string) string {
	name := []rune(regexp.MustCompile(`[\[\]:*?/\\]`).ReplaceAllString(id, "-"))
	return string(name[:min(len(name), sheetNameMax)])
}

// above are the lines above the header with blanks to fill in.
func (e *empty) above() (rows [][]string) {
	for _, line := range e.dialect.Template.Title[min(1, len(e.dialect.Template.Title)):] {
		rows = append(rows, []string{line})
	}
	for _, p := range e.dialect.Preamble {
		if p.Write != "" {
			rows = append(rows, []string{open(p.Write)})
		}
	}
	return rows
}

// open puts marks where something has to be written, for digits as many as there will be; what
// stands at the end of a line is written behind it.
func open(text string) string {
	for _, blank := range []struct{ name, mark string }{{"{year}", "____"}, {"{month}", "__"},
		{"{first month}", "__"}, {"{quarter}", "_"}, {"{period}", "____-__"},
		{"{period zh}", "____年"}} {
		text = strings.ReplaceAll(text, blank.name, blank.mark)
	}
	if at := blanks().FindAllStringIndex(text, -1); len(at) > 0 && at[len(at)-1][1] == len(text) {
		text = text[:at[len(at)-1][0]]
	}
	return blanks().ReplaceAllString(text, "____")
}

// columns are those of the form, or those of the dialect in its order.
func (e *empty) columns() (columns []column) {
	if len(e.dialect.Template.Header) > 0 {
		for _, header := range e.dialect.Template.Header {
			columns = append(columns, e.columnOf(header))
		}
		return columns
	}
	for _, c := range e.dialect.Columns {
		isUnread := c.Field == "ignore" && !e.dialect.Closed
		if above, _ := e.home(c.Field); !above && !isUnread {
			columns = append(columns, column{header: e.inLang(c.Names), field: c.Field})
		}
	}
	for _, m := range e.dialect.Measures {
		switch {
		case len(m.Names) > 0:
			header := e.inLang(m.Names)
			columns = append(columns, column{header: header, measure: header})
		case e.opening(m) != "":
			for range headingsOpen {
				columns = append(columns, column{header: e.opening(m), measure: e.opening(m)})
			}
		}
	}
	return columns
}

// opening is the header of a measure that people complete: with a period, or with a commodity and
// its unit. It is empty where the header is fixed.
func (e *empty) opening(m dialects.Measure) string {
	if m.Header != "" {
		return headingOpen
	}
	return open(m.Write)
}

// headingOpen is a header to be completed with a commodity and its unit.
const headingOpen = "____(____)"

// headingsOpen is how many columns with a period in their header a form has ready.
const headingsOpen = 12

// inLang is the first name in the language that no other column has, and where there is none the
// one the writer takes.
func (e *empty) inLang(names []string) string {
	for _, name := range names {
		if isChinese(name) == (e.lang == table.ZH) && e.isOwn(name) {
			return name
		}
	}
	return e.name(names)
}

func isChinese(text string) bool {
	return strings.ContainsFunc(text, func(c rune) bool { return unicode.Is(unicode.Han, c) })
}

// column says what a column of the workbook takes.
func (e *empty) column(c column) workbook.Column {
	wide := workbook.Column{Header: c.header, Hint: e.hint(c), Width: e.width(c),
		Lists: e.lists(c)}
	switch {
	case c.measure != "":
		wide.Number = true
		if c.header == headingOpen {
			wide.Headings = e.headings()
		}
	case slices.Contains([]string{"before", "now", "multiplier"}, c.field):
		wide.Number = true
	case c.field != "adjust" && (c.field != "" || e.isFilled(c.header)):
		wide.Text = true
	}
	if (c.field == "entity" || c.field == "counterparty") && !e.isForeign() {
		wide.Length = creditCodeLength
	}
	return wide
}

// creditCodeLength is that of a unified social credit code, GB 32100.
const creditCodeLength = 18

// width is in letters, of which a Chinese one counts two: that of what the form prints, or of what
// is usual for a field.
func (e *empty) width(c column) (width int) {
	at := slices.Index(e.dialect.Template.Header, c.header)
	for _, row := range e.dialect.Template.Rows {
		if at >= 0 && at < len(row) {
			width = max(width, 2*len([]rune(row[at])))
		}
	}
	usual := map[string]int{"entity": 20, "name": 28, "area": 20, "site": 14, "period": 20,
		"commodity": 20, "document": 14, "stamp": 20}
	return max(width, usual[c.field], 2*len([]rune(c.header)))
}

// isFilled says whether the rows of the form have something in a column already.
func (e *empty) isFilled(header string) bool {
	at := slices.Index(e.dialect.Template.Header, header)
	return at >= 0 && slices.ContainsFunc(e.dialect.Template.Rows, func(row []string) bool {
		return at < len(row) && row[at] != ""
	})
}

// isEconomy says whether the form is about areas and what emissions are divided by.
func (e *empty) isEconomy() bool {
	above, cell := e.home("entity")
	return !above && !cell
}

// commodities are the names of what the form may be about.
func (e *empty) commodities() (names []string) {
	for _, commodity := range e.lexicon.Catalogue.All() {
		isOther := commodity.Class == quantity.ClassGas ||
			commodity.Class == quantity.ClassEquivalent
		if isOther || commodity.Class.Denominator() != e.isEconomy() {
			continue
		}
		name := commodity.NameEN
		if e.lang == table.ZH {
			name = commodity.NameZH
		}
		names = append(names, name)
	}
	return names
}

// hint says what a column takes.
func (e *empty) hint(c column) string {
	if c.measure == "" {
		if c.field == "" || e.isFilled(c.header) {
			return ""
		}
		if c.field == "entity" && e.isForeign() {
			return e.say("field.property")
		}
		return e.say("field." + c.field)
	}
	for _, m := range e.dialect.Measures {
		if !hasName(m.Names, c.header) && e.opening(m) != c.header {
			continue
		}
		var parts []string
		if m.Unit != "" {
			ofRow := strings.ReplaceAll(m.Unit, "{unit}", e.say("measure.unit-row"))
			parts = append(parts, e.say("measure.unit", ofRow))
		}
		if m.Count != "" {
			parts = append(parts, e.say("measure."+m.Count))
		}
		switch {
		case m.State != "":
			parts = append(parts, e.say("measure.state"))
		case countsGaps(m):
			parts = append(parts, e.say("measure.missing"))
		case m.Blank == "fault":
			parts = append(parts, e.say("measure.fault"))
		default:
			parts = append(parts, e.say("measure.none"))
		}
		return strings.Join(parts, map[table.Lang]string{table.EN: "; ", table.ZH: "；"}[e.lang])
	}
	return ""
}

//go:embed words.csv
var wordsFile string

// words are the words of a form.
var words = sync.OnceValue(func() map[string]table.Words {
	return table.WordList("words.csv", wordsFile)
})

// say returns words in the language of the form.
func (e *empty) say(key string, args ...string) string {
	row, ok := words()[key]
	if !ok {
		panic("form: no words for " + key)
	}
	text := row.In(e.lang)
	for i, arg := range args {
		text = strings.ReplaceAll(text, "{"+string(rune('1'+i))+"}", arg)
	}
	return text
}
