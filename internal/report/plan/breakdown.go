package plan

import (
	"cmp"
	"slices"

	"carbonledger/internal/report"
	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// Measured says which figure of a cell is meant: CO2 in kg or energy in kgce.
type Measured struct {
	Key, Unit string
	Of        func(scenarios.Cell) quantity.Number
	Total     func(scenarios.Year) quantity.Number
}

// CO2 and Energy are the figures that cells have.
var (
	CO2 = Measured{"co2", "tCO2", func(c scenarios.Cell) quantity.Number { return c.CO2 },
		func(y scenarios.Year) quantity.Number { return y.CO2 }}
	Energy = Measured{"energy", "tce", func(c scenarios.Cell) quantity.Number { return c.Energy },
		func(y scenarios.Year) quantity.Number { return y.Energy }}
)

// Cut says by what a year is taken apart.
type Cut struct {
	// Key is the term of the cut, Part the part a cell belongs to, Name its name.
	Key  string
	Part func(scenarios.Cell) string
	Name func(part string, names report.Names) string
	// Order puts parts in the order in which they are shown; those not in it come by size.
	Order []string
}

// BySector and ByCarrier are the cuts there are: the groups of sectors, and the commodities.
var (
	BySector = Cut{"sector", func(c scenarios.Cell) string { return scenarios.GroupOf(c.Sector) },
		func(part string, names report.Names) string { return report.Sector(part, names.Lang) },
		scenarios.CellSectors()}
	ByCarrier = Cut{"commodity", func(c scenarios.Cell) string { return c.Commodity },
		func(part string, names report.Names) string { return names.CommodityOf(part) }, nil}
)

// Series is one part of a pathway over the years, in kg or kgce.
type Series struct {
	Part   string
	Values []quantity.Number
}

// Parts takes the years apart. Of years without cells there are no parts, and they are left out.
func Parts(p scenarios.Pathway, m Measured, cut Cut) (years []scenarios.Year, parts []Series) {
	at, sizes := map[string]int{}, map[string]quantity.Number{}
	for _, y := range AllYears(p) {
		if len(y.Cells) > 0 {
			years = append(years, y)
		}
	}
	for i, y := range years {
		for _, cell := range y.Cells {
			part := cut.Part(cell)
			if _, known := at[part]; !known {
				at[part] = len(parts)
				parts = append(parts, Series{part, make([]quantity.Number, len(years))})
			}
			values := parts[at[part]].Values
			values[i] = values[i].Add(m.Of(cell))
			sizes[part] = sizes[part].Add(m.Of(cell))
		}
	}
	parts = slices.DeleteFunc(parts, func(s Series) bool { return sizes[s.Part].IsZero() })
	slices.SortStableFunc(parts, func(a, b Series) int {
		if len(cut.Order) > 0 {
			return slices.Index(cut.Order, a.Part) - slices.Index(cut.Order, b.Part)
		}
		return cmp.Or(sizes[b.Part].Cmp(sizes[a.Part]), cmp.Compare(a.Part, b.Part))
	})
	return years, parts
}

// Breakdown shows the parts of a pathway, a column for each year and a row for each part. Parts
// come from the shown total, so that every column adds up as printed.
func Breakdown(p scenarios.Pathway, m Measured, cut Cut, names report.Names) report.Table {
	lang := names.Lang
	years, parts := Parts(p, m, cut)
	t := report.Table{Key: m.Key + "-by-" + cut.Key, About: p.Scenario,
		Title: report.Say(lang, "breakdown.title", p.Scenario, report.Term(lang, m.Key),
			report.Term(lang, cut.Key), m.Unit),
		Columns: report.Columns(lang, cut.Key)}
	for _, part := range parts {
		t.Rows = append(t.Rows, []string{cut.Name(part.Part, names)})
	}
	t.Total = []string{report.Term(lang, "total")}
	for i, y := range years {
		t.Columns = append(t.Columns, report.Column{Key: year(y.Year), Title: year(y.Year),
			Figures: true})
		weights := make([]quantity.Number, len(parts))
		for n, part := range parts {
			weights[n] = part.Values[i]
		}
		total, _ := quantity.RatioOf(m.Total(y), PerTonne).Round(tonnes)
		for n, shown := range quantity.Split(total, weights, tonnes) {
			t.Rows[n] = append(t.Rows[n], shown.String())
		}
		t.Total = append(t.Total, total.String())
	}
	return t
}
