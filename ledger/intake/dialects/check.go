package dialects

import (
	"cmp"
	"slices"

	"carbonledger/ledger/intake/units"
	"carbonledger/table"
)

// Check is a relation between the figures of one row that the form itself prescribes.
type Check struct {
	// Name says the relation as the form does: 5 = 6 + 8.
	Name string `toml:"name"`
	// Of is the column that is checked, by a name the dialect has for it.
	Of string `toml:"of"`
	// Equals lists the columns that sum to it, Product those that multiply to it; AtMost and
	// AtLeast name a column it must not pass.
	Equals  []string `toml:"equals"`
	Product []string `toml:"product"`
	AtMost  string   `toml:"at_most"`
	AtLeast string   `toml:"at_least"`
	// Over lists the columns whose sum divides the other side, Times and Per constants:
	// of x per x sum(over) = times x sum(equals), or times x product.
	Over  []string `toml:"over"`
	Times int64    `toml:"times"`
	Per   int64    `toml:"per"`
}

// columns are all the columns the check speaks of.
func (c Check) columns() (names []string) {
	names = slices.Concat([]string{c.Of, c.AtMost, c.AtLeast}, c.Equals, c.Product, c.Over)
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// checkChecks finds checks that say nothing or two things.
func (d *Dialect) checkChecks(complain func(string, ...any)) {
	for i, c := range d.Checks {
		sides := 0
		for _, has := range []bool{len(c.Equals) > 0, len(c.Product) > 0, c.AtMost != "",
			c.AtLeast != ""} {
			if has {
				sides++
			}
		}
		if c.Of == "" || sides != 1 {
			complain("check %d: give of, and one of equals, product, at_most, at_least", i+1)
		}
		if c.Times < 0 || c.Per < 0 || len(c.Over) > 0 && len(c.Equals) == 0 {
			complain("check %d: times and per are above 0, and over goes with equals", i+1)
		}
	}
}

// PlacedCheck is a check at the columns of a sheet, counted from 0; -1 stands for a column that is
// not there.
type PlacedCheck struct {
	Check
	// OfColumn is the column of Of, LimitColumn that of AtMost or AtLeast.
	OfColumn, LimitColumn int
	// Sum are the columns of Equals, Factors those of Product, Divisor those of Over.
	Sum, Factors, Divisor []int
	// OneUnit: no two headers of figures that are added or compared state different units.
	OneUnit bool
}

// Columns are all the columns the check compares.
func (c PlacedCheck) Columns() []int {
	return slices.Concat([]int{c.OfColumn, c.LimitColumn}, c.Sum, c.Factors, c.Divisor)
}

// placeChecks finds the columns of every check; one whose own column is missing is left out.
func (d Dialect) placeChecks(header table.Row) (all []PlacedCheck) {
	at := func(names []string) (columns []int) {
		for _, name := range names {
			columns = append(columns, d.column(header, name))
		}
		return columns
	}
	for _, c := range d.Checks {
		p := PlacedCheck{Check: c, OfColumn: d.column(header, c.Of), LimitColumn: -1,
			Sum: at(c.Equals), Factors: at(c.Product), Divisor: at(c.Over)}
		if limit := cmp.Or(c.AtMost, c.AtLeast); limit != "" {
			p.LimitColumn = d.column(header, limit)
		}
		compared := slices.Concat([]int{p.OfColumn, p.LimitColumn}, p.Sum)
		if len(p.Divisor)+len(p.Factors) > 0 {
			compared = slices.Concat(p.Sum, p.Divisor)
		}
		p.OneUnit = oneUnit(header, compared)
		if p.OfColumn >= 0 {
			all = append(all, p)
		}
	}
	return all
}

// oneUnit says whether the units that the headers of columns state, where they do, are one.
func oneUnit(header table.Row, columns []int) bool {
	unit := ""
	for _, column := range columns {
		if column < 0 {
			continue
		}
		_, stated := units.Split(header.Cell(column).Text)
		if unit != "" && stated != "" && !units.Same(unit, stated) {
			return false
		}
		unit = cmp.Or(unit, stated)
	}
	return true
}
