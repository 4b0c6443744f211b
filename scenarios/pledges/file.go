// Package pledges adds up what enterprises pledge. A pledge is a row of a scenario that one entity
// states for itself; each entity with pledges is projected from its own part of the base, all
// others together are the remainder, and the parts sum exactly to the district. Later reports of
// the entities are held against what they pledged.
package pledges

import (
	"bytes"
	"slices"
	"strings"

	"carbonledger/scenarios"
	"carbonledger/table"
)

// column takes the place of the column scenario.
const column, named = "entity", "scenario"

// Parse reads a file of pledges: a scenario file in which the column entity, the code of an entity
// of the book, stands in the place of the column scenario. So each entity is a scenario of the set.
func Parse(file string, data []byte, levers []scenarios.Lever) (scenarios.Set, []table.Fault) {
	renamed, ok := rename(data)
	if !ok {
		return scenarios.Set{}, []table.Fault{{File: file, Line: 1, Field: column,
			Code: "header.missing", Args: []string{column}}}
	}
	set, faults := scenarios.Parse(file, renamed, levers)
	for i := range faults {
		if faults[i].Field == named {
			faults[i].Field = column
		}
	}
	return set, faults
}

// rename changes the name of one column of the first line and nothing else.
func rename(data []byte) ([]byte, bool) {
	end := bytes.IndexByte(data, '\n')
	if end < 0 {
		end = len(data)
	}
	header := string(data[:end])
	cells := strings.FieldsFunc(header, func(r rune) bool {
		return strings.ContainsRune(",;\t\r", r)
	})
	is := func(name string) func(string) bool {
		return func(cell string) bool {
			return table.Key(strings.Trim(cell, "\"\ufeff")) == name
		}
	}
	if !slices.ContainsFunc(cells, is(column)) || slices.ContainsFunc(cells, is(named)) {
		return nil, false
	}
	at := strings.Index(strings.ToLower(header), column)
	return slices.Concat(data[:at], []byte(named), data[at+len(column):]), true
}
