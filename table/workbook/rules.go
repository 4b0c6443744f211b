package workbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// List holds the words that may be chosen in some rows of a column.
type List struct {
	Words []string
	// Rows counts the rows below the header from 0, in order; none stands for all of them.
	Rows []int
	// Open lets other words stand after a question; Excel refuses them otherwise.
	Open bool
}

// Messages is what Excel says of a cell that does not fit, at most 32 letters of Title and 255 of
// the others.
type Messages struct {
	Title string
	// List is for words that are refused, Open for those that may stand, Number for what is no
	// figure, Length for codes that are cut short.
	List, Open, Number, Length string
}

// listsSheet holds the words of the lists: Excel takes at most 255 letters of a list that stands in
// the rule itself. It is very hidden: Excel does not offer to show it, and Open reads over it.
const listsSheet = "列表 Lists"

// rules says what the columns take, from the first row below the header on.
func (d *draft) rules(f Form, first int) {
	rows := len(f.Rows) + f.Blank
	for i, column := range f.Columns {
		if len(column.Headings) > 0 {
			d.list(List{Words: column.Headings, Open: true}, d.at(i+1, first-1), "", f.Messages)
		}
		if rows == 0 {
			continue
		}
		all := d.at(i+1, first) + ":" + d.at(i+1, first+rows-1)
		for _, list := range column.Lists {
			cells := all
			if len(list.Rows) > 0 {
				cells = d.ranges(i+1, first, list.Rows)
			}
			d.list(list, cells, column.Hint, f.Messages)
		}
		if len(column.Lists) == 0 {
			d.plain(column, all, f.Messages)
		}
	}
	if len(d.lists) > 0 {
		d.try(d.book.SetSheetVisible(listsSheet, false, true))
	}
}

// ranges names cells of a column, rows that follow each other as one range.
func (d *draft) ranges(column, first int, rows []int) string {
	var ranges []string
	for at := 0; at < len(rows); {
		end := at
		for end+1 < len(rows) && rows[end+1] == rows[end]+1 {
			end++
		}
		from, to := d.at(column, first+rows[at]), d.at(column, first+rows[end])
		if from != to {
			from += ":" + to
		}
		ranges = append(ranges, from)
		at = end + 1
	}
	return strings.Join(ranges, " ")
}

// plain is the rule of a column without lists: a figure, a length, or a hint alone.
func (d *draft) plain(column Column, cells string, say Messages) {
	rule := newRule(cells, column.Hint)
	switch {
	case column.Number:
		d.try(rule.SetRange("0", "", excelize.DataValidationTypeDecimal,
			excelize.DataValidationOperatorGreaterThanOrEqual))
		rule.SetError(excelize.DataValidationErrorStyleWarning, say.Title, say.Number)
	case column.Length > 0:
		d.try(rule.SetRange(strconv.Itoa(column.Length), "", excelize.DataValidationTypeTextLength,
			excelize.DataValidationOperatorEqual))
		rule.SetError(excelize.DataValidationErrorStyleWarning, say.Title, say.Length)
	case column.Hint == "":
		return
	}
	d.try(d.book.AddDataValidation(d.sheet, rule))
}

// list makes the rule that points to the words.
func (d *draft) list(list List, cells, hint string, say Messages) {
	name, err := excelize.ColumnNumberToName(d.words(list.Words))
	d.try(err)
	rule := newRule(cells, hint)
	rule.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$1:$%s$%d", listsSheet, name, name,
		len(list.Words)))
	if list.Open {
		rule.SetError(excelize.DataValidationErrorStyleWarning, say.Title, say.Open)
	} else {
		rule.SetError(excelize.DataValidationErrorStyleStop, say.Title, say.List)
	}
	d.try(d.book.AddDataValidation(d.sheet, rule))
}

// words finds the column of the sheet of lists that holds the words, or writes them into the next.
func (d *draft) words(words []string) (column int) {
	for i, known := range d.lists {
		if slices.Equal(known, words) {
			return i + 1
		}
	}
	if len(d.lists) == 0 {
		_, err := d.book.NewSheet(listsSheet)
		d.try(err)
	}
	d.lists = append(d.lists, words)
	for row, word := range words {
		d.textIn(listsSheet, len(d.lists), row+1, word)
	}
	return len(d.lists)
}

func newRule(cells, hint string) *excelize.DataValidation {
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(cells)
	if hint != "" {
		rule.SetInput("", hint)
	}
	return rule
}
