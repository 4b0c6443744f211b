package dialects

import (
	_ "embed"
	"strings"
	"sync"

	"carbonledger/factors"
	"carbonledger/table"
)

//go:embed ambiguous.csv
var ambiguousFile []byte

// ambiguous lists names that people write for several commodities, by key, with the ids they may
// mean, the likeliest first. Nobody guesses between them.
var ambiguous = sync.OnceValue(readAmbiguous)

type ambiguousRow struct {
	Name        string `csv:"name"`
	Commodities string `csv:"commodities"`
}

func readAmbiguous() map[string][]string {
	records, faults := table.Decode[ambiguousRow]("ambiguous.csv", ambiguousFile)
	if len(faults) > 0 {
		panic("dialects: " + faults[0].Error())
	}
	list := map[string][]string{}
	for _, record := range records {
		list[table.Key(record.Value.Name)] = strings.Split(record.Value.Commodities, "|")
	}
	return list
}

// Ambiguous returns the ids of the commodities that people mean by a name which says too little,
// and nothing for other names.
func Ambiguous(name string) []string { return ambiguous()[table.Key(name)] }

// AskCommodity makes the question which commodity a name means.
func AskCommodity(catalogue factors.Catalogue, name string) Question {
	q := Question{}
	for _, id := range Ambiguous(name) {
		commodity, _ := catalogue.ByID(id)
		q.Candidates = append(q.Candidates, Words{commodity.NameEN + " (" + id + ")",
			commodity.NameZH + "（" + id + "）"})
	}
	return q
}

// settleNames asks what names of commodities mean that say too little, each name once.
func (d Dialect) settleNames(sheet table.Sheet, l Layout, catalogue factors.Catalogue,
	ask Ask) Dialect {
	asked := map[string]bool{}
	settle := func(name string, line, column int, raw string) {
		key := table.Key(name)
		if _, known := d.Rename[key]; known || asked[key] || len(ambiguous()[key]) == 0 {
			return
		}
		asked[key] = true
		q := AskCommodity(catalogue, name)
		q.Fault = table.Fault{File: sheet.File, Sheet: sheet.Name, Line: line, Column: column,
			Field: "commodity", Code: "commodity.ambiguous", Cell: raw, Args: q.Listed()}
		if choice, ok := q.put(ask); ok {
			d = d.renamed(name, ambiguous()[key][choice])
		}
	}
	settle(l.Given["commodity"], 0, 0, l.Given["commodity"])
	if at, ok := l.Fields["commodity"]; ok {
		for _, row := range l.Below(sheet) {
			settle(row.Cell(at).Text, row.Line, at+1, row.Cell(at).Raw)
		}
	}
	return d
}
