package workload

import (
	"fmt"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Form is how rows look in a file. All are read by the dialect long.
type Form struct {
	ID      string
	header  []string
	comma   byte
	newline string
	// quoted is how many of a hundred rows have quoted cells.
	quoted uint64
	// chinese writes commodities and units by their Chinese names, rough adds blanks and thousands
	// marks, and periods are the spellings of a month by year and month.
	chinese, rough bool
	periods        []string
	encode         func(string) []byte
}

// Forms are the ways to write the same facts row by row.
var Forms = []Form{
	{ID: "plain", header: english, comma: ',', newline: "\n", quoted: 1,
		periods: []string{"%d-%02d"}, encode: utf8},
	{ID: "tab", header: english, comma: '\t', newline: "\n", quoted: 1,
		periods: []string{"%d-%02d"}, encode: utf8},
	{ID: "harsh", header: append(chinese, "单位名称"), comma: ',', newline: "\r\n", quoted: 20,
		periods: []string{"%d-%02d", "%d年%d月", "%d%02d"}, encode: gb18030,
		chinese: true, rough: true},
}

var (
	english = []string{"entity", "period", "commodity", "unit", "quantity", "document"}
	chinese = []string{"统一社会信用代码", "期间", "品种", "计量单位", "数量", "凭证号"}
)

// FormByID finds a form or says which there are.
func FormByID(id string) (Form, error) {
	var known []string
	for _, form := range Forms {
		if form.ID == id {
			return form, nil
		}
		known = append(known, form.ID)
	}
	return Form{}, fmt.Errorf("no form %q; there are %v", id, known)
}

func utf8(text string) []byte { return []byte(text) }

func gb18030(text string) []byte {
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		panic("workload: " + text + ": " + err.Error())
	}
	return []byte(encoded)
}

// Kinds are the mistakes that faulty rows have, one a row: the cell that is wrong and what stands
// in it.
var Kinds = []struct {
	Name, Cell string
	column     int
}{
	{"number", "1e5", quantityColumn},
	{"unit", "斤", unitColumn},
	{"commodity", "石头", commodityColumn},
	{"code", "91360104MA00000000", entityColumn},
	{"month", "2022-13", periodColumn},
}

// faultsIn is the number of rows of which one is faulty.
const faultsIn = 1000

const (
	entityColumn = iota
	periodColumn
	commodityColumn
	unitColumn
	quantityColumn
	documentColumn
	nameColumn
	columns
)
