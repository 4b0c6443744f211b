package acceptance

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"carbonledger/factors"
	"carbonledger/internal/engine"
	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/form"
	"carbonledger/table"
	"carbonledger/table/workbook"
)

// clerk fills in the empty form of a dialect with what a sample of it says.
type clerk struct {
	*testing.T
	dialect dialects.Dialect
	lexicon intake.Lexicon
	page    table.Sheet
	want    ledger.Upload
}

// entry is what the clerk writes into a cell, by line and column counted from 1.
type entry struct {
	line, column int
	text         string
}

// TestTemplates fills in every empty form by cells, as XLSX and as CSV and in both languages, and
// imports it: the book then holds what the sample of the dialect says.
func TestTemplates(t *testing.T) {
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	lexicon := intake.Lexicon{Catalogue: library.Catalogue, Areas: library.Areas}
	list, err := dialects.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		for _, lang := range []table.Lang{table.ZH, table.EN} {
			t.Run(d.ID+"/"+string(lang), func(t *testing.T) {
				c := newClerk(t, d, lexicon)
				blank := form.Empty(d, library.Catalogue, lang)
				c.check("filled.csv", c.csv(blank))
				c.check("filled.xlsx", c.xlsx(blank))
				c.checkUntouched(blank)
			})
		}
	}
}

func newClerk(t *testing.T, d dialects.Dialect, lexicon intake.Lexicon) *clerk {
	t.Helper()
	path := filepath.Join("../ledger/intake/dialects", d.ID, "sample.csv")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sheet := firstSheet(t, "sample.csv", data)
	content := intake.Read(d, sheet, ledger.Source{}, lexicon)
	if d.Interval != nil {
		content.Activities = slices.DeleteFunc(content.Activities, func(a ledger.Activity) bool {
			return a.Absence == ledger.Missing
		})
	}
	pages, err := form.Write(d, content, lexicon)
	if err != nil {
		t.Fatal(err)
	}
	c := &clerk{T: t, dialect: d, lexicon: lexicon, page: pages[0]}
	c.want = intake.Read(d, c.page, ledger.Source{}, lexicon)
	return c
}

func firstSheet(t *testing.T, name string, data []byte) table.Sheet {
	t.Helper()
	file := workbook.Open(name, data)[0]
	if len(file.Sheets) == 0 {
		t.Fatal(file.Faults)
	}
	return file.Sheets[0]
}

// csv fills in the CSV file.
func (c *clerk) csv(blank form.Blank) []byte {
	c.Helper()
	data, err := blank.CSV()
	if err != nil {
		c.Fatal(err)
	}
	sheet := firstSheet(c.T, "blank.csv", data)
	var rows [][]string
	put := func(line, column int, text string) {
		for len(rows) < line {
			rows = append(rows, nil)
		}
		for len(rows[line-1]) < column {
			rows[line-1] = append(rows[line-1], "")
		}
		rows[line-1][column-1] = text
	}
	for _, row := range sheet.Rows {
		for i, cell := range row.Cells {
			put(row.Line, i+1, cell.Raw)
		}
	}
	for _, e := range c.entries(sheet) {
		put(e.line, e.column, e.text)
	}
	data, err = table.Write(rows, table.UTF8BOM)
	if err != nil {
		c.Fatal(err)
	}
	return data
}

// xlsx fills in the workbook: figures as numbers where Excel keeps all digits, all else as text.
func (c *clerk) xlsx(blank form.Blank) []byte {
	c.Helper()
	data := c.blankXLSX(blank)
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		c.Fatal(err)
	}
	sheet := book.GetSheetName(0)
	for _, e := range c.entries(firstSheet(c.T, "blank.xlsx", data)) {
		cell, err := excelize.CoordinatesToCellName(e.column, e.line)
		if err == nil && regexp.MustCompile(`^\d{1,9}(\.\d{1,5})?$`).MatchString(e.text) {
			err = book.SetCellDefault(sheet, cell, e.text)
		} else if err == nil {
			err = book.SetCellStr(sheet, cell, e.text)
		}
		if err != nil {
			c.Fatal(err)
		}
	}
	var filled bytes.Buffer
	if err := book.Write(&filled); err != nil {
		c.Fatal(err)
	}
	return filled.Bytes()
}

func (c *clerk) blankXLSX(blank form.Blank) []byte {
	c.Helper()
	var data bytes.Buffer
	if err := blank.XLSX(&data); err != nil {
		c.Fatal(err)
	}
	return data.Bytes()
}

// entries lists what has to be written into the empty form to say what the page says.
func (c *clerk) entries(blank table.Sheet) (entries []entry) {
	c.Helper()
	at := slices.IndexFunc(c.page.Rows, func(r table.Row) bool {
		return r.Line == c.dialect.HeaderLine(c.page)
	})
	header := c.page.Rows[at]
	printed := c.headerOf(blank, header)
	for _, line := range c.page.Rows[:at] {
		entries = append(entries, c.above(blank, printed, line)...)
	}
	columns := make([]int, len(header.Cells))
	taken := map[int]bool{}
	for i, cell := range header.Cells {
		columns[i] = c.column(blank.Rows[printed], cell.Text, taken)
		entries = append(entries, c.opened(blank.Rows[printed], columns[i], cell.Text)...)
	}
	free := blank.Rows[printed].Line + 1 + len(c.dialect.Template.Rows)
	for _, row := range c.page.Rows[at+1:] {
		line := c.lineOf(blank.Rows[printed+1:], row)
		if line == 0 {
			line = free
			free++
		}
		for i, cell := range row.Cells {
			if cell.Raw != "" {
				entries = append(entries, entry{line, columns[i] + 1, cell.Raw})
			}
		}
	}
	return entries
}

// headerOf finds the header of the empty form: the row with most of the names.
func (c *clerk) headerOf(blank table.Sheet, header table.Row) int {
	best, most := 0, 0
	for i, row := range blank.Rows {
		count := 0
		for _, cell := range header.Cells {
			if c.named(row, cell.Text) >= 0 {
				count++
			}
		}
		if count > most {
			best, most = i, count
		}
	}
	return best
}

var open = regexp.MustCompile(`_+`)

// above completes the line of the form that a line of the page is an answer to.
func (c *clerk) above(blank table.Sheet, header int, line table.Row) []entry {
	c.Helper()
	for _, row := range blank.Rows[:header] {
		text := regexp.QuoteMeta(row.Cells[0].Raw)
		pattern := regexp.MustCompile("^" + open.ReplaceAllString(text, ".+"))
		if pattern.MatchString(line.Cells[0].Raw) {
			return []entry{{row.Line, 1, line.Cells[0].Raw}}
		}
	}
	c.Errorf("the form has no line for %s", line.Cells[0].Raw)
	return nil
}

// column finds a column of the form by any name of it, or the next one whose header is open.
func (c *clerk) column(row table.Row, name string, taken map[int]bool) int {
	if at := c.named(row, name); at >= 0 {
		return at
	}
	for i, cell := range row.Cells {
		if strings.Contains(cell.Text, "__") && !taken[i] {
			taken[i] = true
			return i
		}
	}
	return -1
}

// named finds a column of the form by any name of it.
func (c *clerk) named(row table.Row, name string) int {
	return slices.IndexFunc(row.Cells, func(cell table.Cell) bool {
		known := cell.Text != "" && table.Key(cell.Text) == table.Key(name)
		for _, names := range c.names() {
			known = known || has(names, cell.Text) && has(names, name)
		}
		return known
	})
}

func has(names []string, name string) bool {
	return slices.ContainsFunc(
		names,
		func(n string) bool { return table.Key(n) == table.Key(name) },
	)
}

func (c *clerk) names() (all [][]string) {
	for _, column := range c.dialect.Columns {
		all = append(all, column.Names)
	}
	for _, m := range c.dialect.Measures {
		all = append(all, m.Names)
	}
	return all
}

// opened completes an open header.
func (c *clerk) opened(header table.Row, column int, name string) []entry {
	c.Helper()
	if column < 0 {
		c.Fatalf("the form has no column for %s", name)
	}
	if strings.Contains(header.Cells[column].Text, "__") {
		return []entry{{header.Line, column + 1, name}}
	}
	return nil
}

// lineOf finds the row that the form prints for what a row of the page is about.
func (c *clerk) lineOf(rows []table.Row, row table.Row) int {
	for _, printed := range rows {
		if len(c.dialect.Template.Rows) > 0 && printed.Cell(0).Text == row.Cell(0).Text {
			return printed.Line
		}
	}
	return 0
}

// check imports a filled form into an empty book and compares what the book then holds.
func (c *clerk) check(name string, data []byte) {
	c.Helper()
	ctx := context.Background()
	e, err := engine.Open(ctx, engine.Memory, false)
	if err != nil {
		c.Fatal(err)
	}
	defer e.Close()
	if _, err := e.Post(ctx, "entities.csv", c.register(), engine.Import{}); err != nil {
		c.Fatal(err)
	}
	list, err := e.Post(ctx, name, data, engine.Import{Dialect: "auto"})
	if err != nil {
		c.Fatalf("%s: %v\n%s", name, err, faultsOf(list))
	}
	var got ledger.Upload
	if err := e.Export(ctx, func(_ ledger.Receipt, a ledger.Activity) {
		got.Activities = append(got.Activities, a)
	}); err != nil {
		c.Fatal(err)
	}
	want := ledger.Upload{Activities: c.want.Activities}
	if g, w := form.Content(got), form.Content(want); !slices.Equal(g, w) || len(w)+
		len(c.want.Entities) == 0 {
		c.Errorf("%s: the book holds\n%s\nwant\n%s", name, strings.Join(g, "\n"),
			strings.Join(w, "\n"))
	}
}

// register is a file of the entities that the page does not register itself.
func (c *clerk) register() []byte {
	text := "entity,name,industry,area\nOTHER,其他单位,C3741,360104\n"
	told := map[string]bool{}
	for _, e := range c.want.Entities {
		told[e.ID] = true
	}
	for _, a := range c.want.Activities {
		for _, id := range []string{a.Entity, a.Counterparty} {
			if id != "" && !told[id] {
				told[id] = true
				text += fmt.Sprintf("%s,单位%d,C3741,360104\n", id, len(told))
			}
		}
	}
	return []byte(text)
}

func faultsOf(list []engine.Imported) string {
	var text strings.Builder
	for _, one := range list {
		for _, fault := range one.Faults {
			text.WriteString(fault.Text(table.EN) + "\n")
		}
	}
	return text.String()
}

// checkUntouched imports the form as it was written: nothing is filled in, and that is said.
func (c *clerk) checkUntouched(blank form.Blank) {
	c.Helper()
	data, err := blank.CSV()
	if err != nil {
		c.Fatal(err)
	}
	ctx := context.Background()
	e, err := engine.Open(ctx, engine.Memory, false)
	if err != nil {
		c.Fatal(err)
	}
	defer e.Close()
	for name, data := range map[string][]byte{"blank.csv": data, "blank.xlsx": c.blankXLSX(blank)} {
		list, err := e.Post(ctx, name, data, engine.Import{Dialect: c.dialect.ID})
		text := faultsOf(list)
		if err == nil || !strings.Contains(text, "filled in") {
			c.Errorf("%s untouched: %v %s", name, err, text)
		}
	}
}
