package intake

import (
	"cmp"
	"fmt"
	"slices"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

// field returns a field of the current row: from its column, or what holds for every row.
func (r *reading) field(name string) (text string, column int) {
	if at, ok := r.layout.Fields[name]; ok {
		if text := cmp.Or(r.said[name], described(name, r.current.Cell(at).Text)); text != "" {
			return text, at
		}
	}
	return cmp.Or(r.said[name], r.layout.Given[name]), -1
}

func (r *reading) text(name string) string {
	text, _ := r.field(name)
	return text
}

// known returns a field, and nothing for a word that stands for what nobody has.
func (r *reading) known(field string) string {
	text := r.text(field)
	if r.dialect.IsMissing(text) {
		return ""
	}
	return text
}

// describing are the fields in which a dash or 无 says that there is nothing to say.
var describing = map[string]bool{"entity": true, "name": true, "industry": true, "area": true,
	"site": true, "counterparty": true, "document": true, "vintage": true, "valid_from": true,
	"role": true, "from": true}

// described is the text of a field as a person means it: without the quotation marks that keep a
// code from a spreadsheet, and empty where it holds no more than a dash.
func described(field, text string) string {
	if text == "" || '0' <= text[0] && text[0] <= '9' {
		return text
	}
	text = table.Unquote(text)
	if describing[field] {
		if _, isToken := dialects.ReadToken(text); isToken {
			return ""
		}
	}
	return text
}

// fault notes an obstacle at a field; the row then gives nothing.
func (r *reading) fault(field, code string, args ...string) {
	column := -1
	if at, ok := r.layout.Fields[field]; ok {
		column = at
	}
	r.faultAt(column, field, code, args...)
}

func (r *reading) faultAt(column int, field, code string, args ...string) {
	r.broken = true
	key := fmt.Sprint(column, field, code)
	if !r.tell(key) {
		return
	}
	if column >= 0 {
		r.faulty = append(r.faulty, column)
	}
	fault := table.Fault{File: r.upload.Source.File, Line: r.current.Line, Column: column + 1,
		Field: field, Header: r.heading(column), Code: code,
		Cell: r.current.Cell(column).Raw, Args: args}
	if column < 0 {
		fault.Cell, fault.Given = r.text(field), true
	}
	if at, ok := r.layout.Places[field]; ok && column < 0 && fault.Cell == r.layout.Given[field] {
		// What stands above the table is wrong once and not in every row.
		fault.Line, fault.Column, r.lost = at.Line, at.Column, true
		if r.remarked[key+fault.Cell] {
			return
		}
		r.remarked[key+fault.Cell] = true
	}
	r.upload.Faults = append(r.upload.Faults, fault)
}

// tell says whether something is to be told: it was not yet of this row.
func (r *reading) tell(key string) bool {
	if r.told[key] {
		return false
	}
	if r.told == nil {
		r.told = map[string]bool{}
	}
	r.told[key] = true
	return true
}

// isFaulty says whether a column of the row has a fault.
func (r *reading) isFaulty(column int) bool { return slices.Contains(r.faulty, column) }

// warn notes something to look at, once for each cell of the row; the row is read all the same.
func (r *reading) warn(column int, code string, args ...string) {
	key := fmt.Sprint(column, code)
	if !r.tell(key) {
		return
	}
	r.upload.Warnings = append(r.upload.Warnings, table.Fault{File: r.upload.Source.File,
		Line: r.current.Line, Column: column + 1, Code: code, Cell: r.current.Cell(column).Raw,
		Args: args})
}
