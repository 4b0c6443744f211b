package bridge

import (
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// Moved is a row of an inventory that another set moves: its figures before and after.
type Moved struct {
	Key           []string
	Before, After []inventory.Figure
}

// Move is what becomes of an inventory when its policy takes other factors.
type Move struct {
	Before, After inventory.Inventory
	// Rows are those that move, the largest move of the first measure first; Still counts the
	// others and Rest are their figures.
	Rows  []Moved
	Still int
	Rest  []inventory.Figure
}

// Compare sets two inventories of one question against each other, row by row.
func Compare(before, after inventory.Inventory) Move {
	m := Move{Before: before, After: after, Rest: make([]inventory.Figure, len(before.Units))}
	rows := map[string]*Moved{}
	var order []string
	row := func(key []string) *Moved {
		joined := strings.Join(key, "\x00")
		if rows[joined] == nil {
			rows[joined] = &Moved{key, make([]inventory.Figure, len(before.Units)),
				make([]inventory.Figure, len(before.Units))}
			order = append(order, joined)
		}
		return rows[joined]
	}
	for _, r := range before.Rows.All() {
		row(r.Key).Before = r.Figures
	}
	for _, r := range after.Rows.All() {
		row(r.Key).After = r.Figures
	}
	for _, joined := range order {
		moved := rows[joined]
		if moved.moves() {
			m.Rows = append(m.Rows, *moved)
			continue
		}
		m.Still++
		for i, figure := range moved.Before {
			m.Rest[i] = plus(m.Rest[i], figure)
		}
	}
	slices.SortStableFunc(m.Rows, func(x, y Moved) int {
		if len(before.Units) == 0 {
			return 0
		}
		return y.Change(0).Abs().Cmp(x.Change(0).Abs())
	})
	return m
}

func plus(f, g inventory.Figure) inventory.Figure {
	return inventory.Figure{Number: f.Number.Add(g.Number), Gaps: f.Gaps + g.Gaps,
		Estimates: f.Estimates + g.Estimates, Flows: f.Flows + g.Flows}
}

// moves says whether any figure of the row changes, or what is missing from one.
func (m Moved) moves() bool {
	for i := range m.Before {
		if !m.Change(i).IsZero() || m.Before[i].Gaps != m.After[i].Gaps {
			return true
		}
	}
	return false
}

// Change is after - before of a measure.
func (m Moved) Change(measure int) quantity.Number {
	return m.After[measure].Number.Sub(m.Before[measure].Number)
}

// Measures are what factors of the sets lead to: emissions, standard coal.
func Measures(sets ...factors.Set) (measures []inventory.Measure) {
	add := func(m inventory.Measure) {
		if !slices.Contains(measures, m) {
			measures = append(measures, m)
		}
	}
	for _, set := range sets {
		for _, f := range set.Factors {
			switch {
			case f.To.Class == quantity.ClassGas || f.To.ID == ledger.CO2e:
				add(inventory.CO2e)
			case f.To.ID == "coal-equivalent":
				add(inventory.Energy)
			case f.To.ID == "coal-equivalent-equal":
				add(inventory.EqualEnergy)
			}
		}
	}
	slices.Sort(measures)
	return measures
}
