package plan

import (
	"slices"
	"strconv"
	"strings"

	"carbonledger/internal/report"
	"carbonledger/internal/report/verdict"
	"carbonledger/scenarios"
	"carbonledger/table"
)

// scenarioColumns are the columns that a pathway and a comparison share.
func scenarioColumns(lang table.Lang, first ...string) []report.Column {
	list := report.Columns(lang, append(first, "energy#", "co2#", "gdp#", "energy_per_gdp#",
		"co2_per_gdp#")...)
	units := []string{"tce", "tCO2", "万元", "tce/万元", "tCO2/万元"}
	for i, unit := range units {
		list[len(first)+i].Unit = unit
	}
	return list
}

// Pathway shows one scenario year by year, the years of the book before it.
func Pathway(p scenarios.Pathway, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "scenario", About: p.Scenario,
		Title:   report.Say(lang, "scenario.title", p.Scenario, year(LastYear(p))),
		Columns: scenarioColumns(lang, "year", "source")}
	for i, y := range AllYears(p) {
		source := "projection"
		if i <= len(p.History) {
			source = "history"
		}
		t.Rows = append(t.Rows, append([]string{year(y.Year), report.Term(lang, source)},
			yearCells(y, lang)...))
	}
	t.Notes = append(MoneyNotes(p, lang), Notes(p, names)...)
	return t
}

// AllYears are the complete years of the book, the base year, and those projected.
func AllYears(p scenarios.Pathway) []scenarios.Year {
	return append(slices.Clone(p.History), p.Years...)
}

// LastYear is the horizon.
func LastYear(p scenarios.Pathway) int { return p.Years[len(p.Years)-1].Year }

// MoneyNotes tell which years stand at prices of their own, and when GDP was published.
func MoneyNotes(p scenarios.Pathway, lang table.Lang) (notes []string) {
	var nominal []string
	for _, y := range p.History {
		if y.Nominal {
			nominal = append(nominal, year(y.Year))
		}
	}
	if len(nominal) > 0 {
		notes = append(notes, report.Say(lang, "scenario.nominal", strings.Join(nominal, ", ")))
	}
	for _, driver := range scenarios.GDPDrivers() {
		if day, ok := p.Vintages[driver]; ok {
			return append(notes, report.Say(lang, "scenario.vintage", year(p.Years[0].Year), day))
		}
	}
	return notes
}

func yearCells(y scenarios.Year, lang table.Lang) []string {
	return []string{shownTonnes(y.Energy), shownTonnes(y.CO2), wan(y.GDP),
		shownIntensity(y.EnergyPerGDP(), lang), shownIntensity(y.CO2PerGDP(), lang)}
}

// Comparison shows several scenarios side by side, for the years given (none: all).
func Comparison(
	c scenarios.Comparison,
	pathways []scenarios.Pathway,
	years []int,
	names report.Names,
) report.Table {
	lang := names.Lang
	last := c.Lines[len(c.Lines)-1].Year
	t := report.Table{Key: "compare", Title: report.Say(lang, "compare.title", year(last)),
		Columns: scenarioColumns(lang, "scenario", "year")}
	more := report.Columns(lang, "change_base#", "change_reference#")
	for i := range more {
		more[i].Unit, more[i].Signed = "%", true
	}
	t.Columns = append(t.Columns, more...)
	for _, line := range c.Lines {
		if len(years) > 0 && !slices.Contains(years, line.Year) {
			continue
		}
		y := scenarios.Year{Energy: line.Energy, CO2: line.CO2, GDP: line.GDP}
		row := append([]string{line.Scenario, year(line.Year)}, yearCells(y, lang)...)
		t.Rows = append(t.Rows, append(row, report.Percent(line.AgainstBase.CO2.Relative, lang),
			report.Percent(line.AgainstReference.CO2.Relative, lang)))
	}
	t.Notes = Notes(pathways[0], names, pathways[1:]...)
	return t
}

// Verdicts shows the peak verdict of each scenario, over the years of the book and those projected.
func Verdicts(pathways []scenarios.Pathway, lang table.Lang) report.Table {
	t := report.Table{Key: "verdict",
		Title: report.Say(lang, "verdict.title", year(LastYear(pathways[0]))),
		Columns: report.Columns(lang, "scenario", "verdict", "peak_year", "peak#", "margin#",
			"source")}
	t.Columns[3].Unit, t.Columns[4].Unit = "tCO2", "%"
	for _, p := range pathways {
		v := Verdict(p)
		t.Notes = append(t.Notes, verdict.Judged(p, lang)...)
		source := "projection"
		if v.History {
			source = "history"
		}
		t.Rows = append(t.Rows, []string{p.Scenario, report.Term(lang, "verdict."+string(v.Status)),
			year(v.PeakYear), shownTonnes(v.Height),
			report.Percent(v.Margin, lang), report.Term(lang, source)})
	}
	return t
}

// Verdict judges the CO2 of a pathway with the usual band.
func Verdict(p scenarios.Pathway) scenarios.Verdict {
	return p.Verdict()
}

// Sentence says a verdict in words.
func Sentence(p scenarios.Pathway, lang table.Lang) string {
	v := Verdict(p)
	return report.Say(lang, "verdict.says."+string(v.Status), p.Scenario, year(v.PeakYear),
		report.Figure(shownTonnes(v.Height)),
		report.Percent(v.Margin, lang)+" %", year(verdict.JudgedTo(p)), year(v.Since))
}

// Notes tell prices, gaps, rows without effect, and what the base is pinned to.
func Notes(p scenarios.Pathway, names report.Names, beside ...scenarios.Pathway) []string {
	lang := names.Lang
	notes := []string{report.Say(lang, "scenario.prices", year(p.Years[0].Year))}
	for _, gap := range p.Gaps {
		notes = append(notes, report.Say(lang, "scenario.gap", verdict.Gap(gap, names)))
	}
	for _, row := range p.Idle {
		idle := report.Say(lang, "scenario.idle", strconv.Itoa(row.Line),
			report.Term(lang, "lever."+row.Lever), report.Sector(row.Sector, lang),
			names.CommodityOf(row.Commodity))
		notes = append(notes, strings.TrimRight(idle, ", 、")) // no commodity, no comma
	}
	notes = append(notes, verdict.Notes(p, names, beside...)...)
	return append(notes, report.Say(lang, "scenario.pins", p.Pins.Boundary,
		strconv.Itoa(p.Pins.Position), p.Pins.Head[:min(16, len(p.Pins.Head))], p.Pins.Policy))
}
