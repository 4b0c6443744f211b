package verdict

import (
	"carbonledger/internal/report"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/rebase"
	"carbonledger/table"
)

// Drivers shows what moved in GDP, population and water of the base year, and when the figures were
// published.
func Drivers(r rebase.Result, lang table.Lang) report.Table {
	t := report.Table{Key: "base-drivers", Title: report.Term(lang, "rebase.drivers"),
		Columns: report.Columns(lang, "rebase.driver", "before#", "after#", "unit",
			"rebase.published-before", "rebase.published-after")}
	for _, d := range r.Drivers {
		unit, per := "万元", quantity.Int(10_000)
		switch d.Name {
		case scenarios.Population:
			unit, per = report.Term(lang, "rebase.persons"), quantity.Int(1)
		case rebase.Water:
			unit, per = "m3", quantity.Int(1000) // the book counts litres
		}
		show := func(n quantity.Number) string {
			shown, _ := quantity.RatioOf(n, per).Round(quantity.Rounding{Mode: quantity.HalfUp})
			return shown.String()
		}
		t.Rows = append(t.Rows, []string{report.Term(lang, "reach."+d.Name), show(d.Before),
			show(d.After), unit, d.PublishedBefore, d.PublishedAt})
	}
	return t
}

// Parts shows by how much CO2 of a year moved because of the use of energy and because of the
// drivers. The two sum to the difference as it is shown.
func Parts(y rebase.YearChange) (use, drivers string) {
	if !y.Split {
		return "-", "-"
	}
	total, first := tonnes(y.DifferenceCO2), tonnes(y.ByUse)
	return first.String(), total.Sub(first).String()
}
