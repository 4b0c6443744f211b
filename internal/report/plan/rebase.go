package plan

import (
	"strconv"

	"carbonledger/internal/report"
	"carbonledger/internal/report/verdict"
	"carbonledger/quantity"
	"carbonledger/scenarios/rebase"
)

// Rebased shows what changed when scenarios were put on another base: what moved on, the cells of
// the base year, the years, and the verdicts.
func Rebased(list []rebase.Result, names report.Names) []report.Table {
	if len(list) == 0 {
		return nil
	}
	tables := []report.Table{moves(list[0], names), verdict.Drivers(list[0], names.Lang),
		baseCells(list[0], names)}
	return append(tables, rebasedYears(list, names), rebasedVerdicts(list, names))
}

// moves shows in what the pins differ; all scenarios stand on the same base.
func moves(r rebase.Result, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "moves", Title: report.Term(lang, "rebase.moves"),
		Columns: report.Columns(lang, "what", "before", "after")}
	for _, m := range r.Moves {
		t.Rows = append(t.Rows, []string{report.Term(lang, "pin."+m.What), m.Before, m.Now})
	}
	t.Notes = []string{report.Term(lang, "rebase.stale")}
	if len(r.Moves) == 0 {
		t.Notes = []string{report.Say(lang, "rebase.fresh", strconv.Itoa(r.After.Position))}
	}
	return t
}

func baseCells(r rebase.Result, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "base-cells", Title: report.Term(lang, "rebase.base"),
		Columns: report.Columns(lang, "sector", "commodity", "energy_before#", "energy_after#",
			"co2_before#", "co2_after#", "difference#")}
	for i, unit := range []string{"tce", "tce", "tCO2", "tCO2", "tCO2"} {
		t.Columns[i+2].Unit = unit
	}
	for _, c := range r.Base {
		t.Rows = append(t.Rows, []string{report.Sector(c.Sector, lang),
			names.CommodityOf(c.Commodity), shownTonnes(c.Before.Energy),
			shownTonnes(c.After.Energy), shownTonnes(c.Before.CO2),
			shownTonnes(c.After.CO2), shownTonnes(c.After.CO2.Sub(c.Before.CO2))})
	}
	return t
}

func rebasedYears(list []rebase.Result, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "rebased", Title: report.Term(lang, "rebase.years"),
		Columns: report.Columns(lang, "scenario", "year", "co2_before#", "co2_after#",
			"difference#", "rebase.by-use#", "rebase.by-drivers#", "change_percent#")}
	for i, unit := range []string{"tCO2", "tCO2", "tCO2", "tCO2", "tCO2", "%"} {
		t.Columns[i+2].Unit = unit
	}
	t.Columns[7].Signed = true
	for _, r := range list {
		for _, y := range r.Years {
			change := quantity.RatioOf(y.DifferenceCO2, y.CO2Before)
			use, drivers := verdict.Parts(y)
			t.Rows = append(t.Rows, []string{r.Scenario, year(y.Year), shownTonnes(y.CO2Before),
				shownTonnes(y.CO2After), shownTonnes(y.DifferenceCO2), use, drivers,
				report.Percent(change, lang)})
		}
	}
	return t
}

func rebasedVerdicts(list []rebase.Result, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "rebased-verdicts", Title: report.Term(lang, "rebase.verdicts"),
		Columns: report.Columns(lang, "scenario", "verdict_before", "peak_before", "verdict_after",
			"peak_after")}
	for _, r := range list {
		t.Rows = append(t.Rows, []string{r.Scenario,
			report.Term(lang, "verdict."+string(r.VerdictBefore.Status)),
			year(r.VerdictBefore.PeakYear),
			report.Term(lang, "verdict."+string(r.VerdictAfter.Status)),
			year(r.VerdictAfter.PeakYear)})
	}
	return t
}
