package plan

import (
	"slices"
	"strings"

	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/abatement"
)

// PerTonneRounding shows yuan per tonne as markets print them.
var PerTonneRounding = quantity.Rounding{Places: 1, Mode: quantity.HalfUp}

// Abatements shows the measures of each scenario that has any with a cost, and otherwise a table
// without rows that says so.
func Abatements(o planning.Outlook, years []int, names report.Names) (tables []report.Table) {
	for _, p := range o.Pathways {
		if measures := o.Measures[p.Scenario]; len(measures) > 0 {
			tables = append(tables, Abatement(measures, years, names))
		}
	}
	if len(tables) == 0 {
		none := Abatement(nil, nil, names)
		none.Notes = []string{report.Term(names.Lang, "abatement.none")}
		tables = append(tables, none)
	}
	return tables
}

// Abatement shows what each measure brings and costs in the years given, cheapest first in each
// year; measures without CO2 stand at the end.
func Abatement(measures []abatement.Measure, years []int, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "abatement", Title: report.Term(lang, "abatement.title"),
		Columns: report.Columns(lang, "year", "measure_name", "saved_energy#", "saved_co2#",
			"extra_cost#", "cost_per_tonne#")}
	for i, unit := range []string{"tce", "tCO2", "万元", "元/tCO2"} {
		t.Columns[i+2].Unit = unit
	}
	var unpriced []string
	for _, of := range years {
		for _, m := range ByCost(measures, of) {
			y, _ := YearOf(m, of)
			t.Rows = append(t.Rows, []string{year(of), names.Row(m.Key), shownTonnes(y.Energy),
				shownTonnes(y.CO2), wan(y.Cost), shown(y.PerTonne, PerTonneRounding, lang)})
			for _, id := range y.Unpriced {
				if !slices.Contains(unpriced, id) {
					unpriced = append(unpriced, id)
				}
			}
		}
	}
	if len(measures) > 0 {
		t.About = measures[0].Scenario
		t.Title = report.Say(lang, "abatement.of", t.About)
	}
	t.Notes = []string{report.Term(lang, "abatement.note")}
	if len(unpriced) > 0 {
		t.Notes = append(t.Notes, UnpricedNote(unpriced, names))
	}
	return t
}

// UnpricedNote names the commodities whose bill is not counted.
func UnpricedNote(ids []string, names report.Names) string {
	var words []string
	for _, id := range ids {
		words = append(words, names.CommodityOf(id))
	}
	slices.Sort(words)
	return report.Say(names.Lang, "cost.unpriced",
		strings.Join(words, report.Term(names.Lang, "comma")))
}

// ByCost returns the measures that have the year, the cheapest tonne first.
func ByCost(measures []abatement.Measure, of int) []abatement.Measure {
	list := slices.DeleteFunc(slices.Clone(measures), func(m abatement.Measure) bool {
		_, ok := YearOf(m, of)
		return !ok
	})
	slices.SortStableFunc(list, func(a, b abatement.Measure) int {
		x, _ := YearOf(a, of)
		y, _ := YearOf(b, of)
		switch {
		case !x.PerTonne.Defined() && !y.PerTonne.Defined():
			return 0
		case !x.PerTonne.Defined():
			return 1
		case !y.PerTonne.Defined():
			return -1
		}
		return x.PerTonne.Cmp(y.PerTonne)
	})
	return list
}

// YearOf returns a year of a measure.
func YearOf(m abatement.Measure, of int) (abatement.Year, bool) {
	for _, y := range m.Years {
		if y.Year == of {
			return y, true
		}
	}
	return abatement.Year{}, false
}

// Costs shows what the years of scenarios cost, with the energy bill.
func Costs(pathways []scenarios.Pathway, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "costs", Title: report.Term(lang, "costs.title"),
		Columns: report.Columns(lang, "scenario", "year", "cost_investment#", "cost_running#",
			"cost_energy#", "cost_total#")}
	for i := range 4 {
		t.Columns[i+2].Unit = "万元"
	}
	var unpriced []string
	for _, p := range pathways {
		for _, y := range p.Years {
			total, _ := quantity.RatioOf(y.Cost.Total(), perWan).Round(tonnes)
			row := []string{p.Scenario, year(y.Year)}
			for _, part := range costParts(y.Cost, total) {
				row = append(row, part.String())
			}
			t.Rows = append(t.Rows, append(row, total.String()))
			for _, id := range y.Cost.Unpriced {
				if !slices.Contains(unpriced, id) {
					unpriced = append(unpriced, id)
				}
			}
		}
	}
	t.Notes = []string{report.Say(lang, "costs.note", year(pathways[0].Years[0].Year))}
	if len(unpriced) > 0 {
		t.Notes = append(t.Notes, UnpricedNote(unpriced, names))
	}
	return t
}

// costParts rounds the parts of a year's cost so that they add up to the shown total.
func costParts(c scenarios.YearCost, total quantity.Number) []quantity.Number {
	parts := []quantity.Number{c.Investment, c.Running, c.Energy}
	if c.Total().IsZero() {
		return make([]quantity.Number, len(parts))
	}
	return quantity.Split(total, parts, tonnes)
}

// Memos shows the figures that stand beside the totals, and net CO2 where sinks take some up.
func Memos(p scenarios.Pathway, names report.Names) report.Table {
	return MemosOf(p, p.Years, names)
}

// AddUp adds up the memos of a year over sectors and commodities, but for shares.
func AddUp(y scenarios.Year) scenarios.Year {
	at := map[string]int{}
	var sums []scenarios.Memo
	for _, m := range y.Memos {
		i, known := at[m.Name]
		if !known || scenarios.MemoUnits[m.Name] == "%" {
			at[m.Name] = len(sums)
			sums = append(sums, m)
			continue
		}
		sums[i] = scenarios.Memo{Name: m.Name, Value: sums[i].Value.Add(m.Value)}
	}
	y.Memos = sums
	return y
}

// MemosOf shows the memos of some years.
func MemosOf(p scenarios.Pathway, years []scenarios.Year, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "memos", About: p.Scenario,
		Title:   report.Say(lang, "memos.title", p.Scenario),
		Columns: report.Columns(lang, "year", "memo", "sector", "commodity", "value#", "unit")}
	for _, y := range years {
		for _, m := range y.Memos {
			unit, per, places := memoUnit(m.Name)
			value, _ := quantity.RatioOf(m.Value, per).Round(
				quantity.Rounding{Places: places, Mode: quantity.HalfUp})
			sector, commodity := "-", "-"
			if m.Sector != "" {
				sector = report.Sector(m.Sector, lang)
			}
			if m.Commodity != "" {
				commodity = names.CommodityOf(m.Commodity)
			}
			t.Rows = append(t.Rows, []string{year(y.Year), report.Term(lang, "memo."+m.Name),
				sector, commodity, value.Fixed(places), unit})
		}
		if !y.Sinks.IsZero() {
			t.Rows = append(t.Rows,
				[]string{year(y.Year), report.Term(lang, "memo.sinks"), "-", "-",
					shownTonnes(y.Sinks), "tCO2"},
				[]string{year(y.Year), report.Term(lang, "memo.net"), "-", "-",
					shownTonnes(y.Net()), "tCO2"})
		}
	}
	t.Notes = []string{report.Term(lang, "memos.note")}
	return t
}

// memoUnit says in which unit a memo is shown, how many of its own units one has, and decimals.
func memoUnit(name string) (unit string, per quantity.Number, places int32) {
	switch scenarios.MemoUnits[name] {
	case "kWh":
		return "万kWh", perWan, 2
	case "kg":
		return "tCO2", PerTonne, 0
	case "kJ":
		return "GJ", quantity.Int(1_000_000), 0
	case "L":
		return "m3", PerTonne, 0
	}
	return "%", quantity.Int(1), 2
}
