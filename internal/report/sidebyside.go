package report

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"carbonledger/ledger/inventory"
)

// Inventories shows one inventory, or several side by side.
func Inventories(list []inventory.Inventory, detail Detail, names Names) Table {
	if len(list) > 1 {
		t := sideBySide(list, detail, names)
		if detail.References {
			t = referencesBeside(t, list)
		}
		return t
	}
	return Inventory(list[0], detail, names)
}

// sideBySide shows inventories of one query under several policies: a column for each measure and
// policy. Nothing is added across them. A cell is empty where a policy reads nothing.
func sideBySide(list []inventory.Inventory, detail Detail, names Names) Table {
	first := list[0]
	t := Table{Key: "inventory", Title: Say(names.Lang, "inventory.title",
		first.Query.Period.String(), strings.Join(policiesOf(list), ", "))}
	for _, d := range first.Query.By {
		t.Columns = append(t.Columns, Column{Key: string(d), Title: Term(names.Lang, string(d))})
	}
	keys := keysOf(list)
	t.Rows, t.Total = make([][]string, len(keys)), make([]string, len(first.Query.By))
	for i, key := range keys {
		for at, value := range key {
			t.Rows[i] = append(t.Rows[i], names.value(first.Query.By[at], value))
		}
	}
	for m := range first.Query.Measures {
		for _, v := range list {
			t.besides(v, m, keys, detail, names)
		}
	}
	if len(first.Query.By) > 0 {
		t.Total[0] = Term(names.Lang, "total")
	} else {
		t.Rows, t.Total = [][]string{t.Total}, nil
	}
	for _, v := range list {
		for _, note := range gapNotes(v.Gaps, names) {
			t.Notes = append(t.Notes, v.Pins.Policy+": "+note)
		}
	}
	for _, v := range list {
		t.Notes = append(t.Notes, pinNote(v.Pins, names.Lang))
	}
	return t
}

// besides adds the column of one measure under one policy.
func (t *Table) besides(v inventory.Inventory, measure int, keys [][]string, detail Detail,
	names Names) {
	unit := v.Units[measure]
	shown, _, _ := scaleOf(unit)
	m := v.Query.Measures[measure]
	t.Columns = append(t.Columns, Column{Key: string(m) + "@" + v.Pins.Policy, Figures: true,
		Title: names.measure(m, unit) + " " + v.Pins.Policy, Unit: shown})
	part, total, places := detail.parts(unit, v, measure)
	for i, key := range keys {
		text := ""
		if at := rowOf(v, key); at >= 0 {
			text = gapped(part(at).Fixed(places), v.Rows.Figure(at, measure))
		}
		t.Rows[i] = append(t.Rows[i], text)
	}
	t.Total = append(t.Total, gapped(total, v.Totals[measure]))
}

// referencesBeside adds columns with the number of gaps and the reference of every figure.
func referencesBeside(t Table, list []inventory.Inventory) Table {
	if len(list[0].Query.By) == 0 {
		return t
	}
	keys := keysOf(list)
	for m, measure := range list[0].Query.Measures {
		for _, v := range list {
			name := string(measure) + "@" + v.Pins.Policy
			t.Columns = append(t.Columns, Column{Key: "gaps_" + name, Title: "gaps " + name},
				Column{Key: "ref_" + name, Title: "ref " + name})
			for i, key := range keys {
				gaps, ref := "", ""
				if at := rowOf(v, key); at >= 0 {
					gaps = strconv.Itoa(v.Rows.Gaps(at, m))
					ref = v.Ref(v.Rows.At(at), m).String()
				}
				t.Rows[i] = append(t.Rows[i], gaps, ref)
			}
			t.Total = append(t.Total, strconv.Itoa(v.Totals[m].Gaps), "")
		}
	}
	return t
}

func policiesOf(list []inventory.Inventory) []string {
	names := make([]string, len(list))
	for i, v := range list {
		names[i] = v.Pins.Policy
	}
	return names
}

// keysOf returns the keys of the rows of all inventories, each once, in order.
func keysOf(list []inventory.Inventory) [][]string {
	var keys [][]string
	for _, v := range list {
		for _, row := range v.Rows.All() {
			keys = append(keys, row.Key)
		}
	}
	slices.SortFunc(keys, slices.Compare[[]string])
	return slices.CompactFunc(keys, slices.Equal[[]string])
}

func rowOf(v inventory.Inventory, key []string) int {
	at := sort.Search(v.Rows.Len(), func(i int) bool {
		return slices.Compare(v.Rows.At(i).Key, key) >= 0
	})
	if at == v.Rows.Len() || !slices.Equal(v.Rows.At(at).Key, key) {
		return -1
	}
	return at
}
