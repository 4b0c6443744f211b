package plan

import (
	"strconv"

	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/quantity"
	"carbonledger/scenarios/targets"
	"carbonledger/table"
)

// requiredRounding shows a yearly rate with as many decimals as published rates have.
var requiredRounding = quantity.Rounding{Places: 2, Mode: quantity.HalfUp}

// PeakYear is the measure whose figures are years.
const PeakYear = "peak-year"

// Targets shows each scenario against each target, the scenarios of one target side by side.
func Targets(judged []planning.Judged, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "targets", Title: report.Term(lang, "targets.title"),
		Columns: report.Columns(lang, "target_name", "scenario", "met", "measure", "target_year",
			"figure#", "bound#", "unit", "gap#", "gap_percent#", "first_broken", "required#")}
	t.Columns[9].Unit, t.Columns[9].Signed, t.Columns[11].Unit = "%", true, "%/a"
	if len(judged) == 0 {
		return t
	}
	for i := range judged[0].Results {
		for _, j := range judged {
			t.Rows = append(t.Rows, targetRow(j, j.Results[i], names))
		}
	}
	t.Notes = []string{report.Term(lang, "targets.note"), report.Term(lang, "targets.required")}
	return t
}

func targetRow(j planning.Judged, r targets.Result, names report.Names) []string {
	lang := names.Lang
	row := []string{r.Target.Name, j.Pathway.Scenario, MetWord(r, lang), measureOf(r.Target, names),
		year(r.Target.Last)}
	if r.Unknown != "" {
		return append(row, "-", "-", unitOf(r.Target), "-", "-", "-", "-")
	}
	if r.Target.Measure == PeakYear {
		return append(row, inYear(r.Value, lang), inYear(r.Level, lang), "-", "-", "-", "-", "-")
	}
	rounding := RoundingOf(r.Target)
	broken := "-"
	if r.FirstBroken != 0 {
		broken = year(r.FirstBroken)
	}
	gap, required := "-", "-"
	if r.Relative.Defined() {
		gap = report.Percent(r.Relative, lang)
	}
	if r.Required.Defined() {
		required = shown(r.Required, requiredRounding, lang)
	}
	return append(row, shown(r.Value, rounding, lang), shown(r.Level, rounding, lang),
		unitOf(r.Target), shown(r.Gap, rounding, lang), gap, broken, required)
}

// inYear says a year in words, since a bare figure would be grouped by thousands.
func inYear(r quantity.Ratio, lang table.Lang) string {
	return report.Say(lang, "year.in", shown(r, tonnes, lang))
}

// MetWord says whether a target is met, or why nobody can tell.
func MetWord(r targets.Result, lang table.Lang) string {
	switch {
	case r.Unknown != "":
		return report.Term(lang, "unknown."+string(r.Unknown))
	case r.Met:
		return report.Term(lang, "met.yes")
	}
	return report.Term(lang, "met.no")
}

// measureOf names the figure, and the part of it a target is narrowed down to.
func measureOf(t targets.Target, names report.Names) string {
	text := report.Term(names.Lang, "target."+t.Measure)
	whole := report.Sector("all", names.Lang)
	for _, part := range []string{
		report.Sector(t.Sector, names.Lang), names.CommodityOf(t.Commodity),
	} {
		if part != whole {
			text += report.Term(names.Lang, "comma") + part
		}
	}
	return text
}

// unitOf is the unit of the figures of a target; a change in per cent is told in the unit of its
// measure.
func unitOf(t targets.Target) string { return targets.UnitOf(t.Measure) }

// RoundingOf says with how many decimals the figures of a target are shown.
func RoundingOf(t targets.Target) quantity.Rounding {
	places := map[string]int32{"energy-per-gdp": 4, "co2-per-gdp": 4, "water-per-gdp": 2,
		"non-fossil-share": 2}[t.Measure]
	return quantity.Rounding{Places: places, Mode: quantity.HalfUp}
}

// Summary counts for each scenario how many targets it meets, misses and leaves unknown.
func Summary(judged []planning.Judged, lang table.Lang) report.Table {
	t := report.Table{Key: "targets-met", Title: report.Term(lang, "targets.met"),
		Columns: report.Columns(lang, "scenario", "met_count#", "missed_count#", "unknown_count#")}
	for _, j := range judged {
		met, unknown := 0, 0
		for _, r := range j.Results {
			switch {
			case r.Unknown != "":
				unknown++
			case r.Met:
				met++
			}
		}
		t.Rows = append(t.Rows, []string{j.Pathway.Scenario, strconv.Itoa(met),
			strconv.Itoa(len(j.Results) - met - unknown), strconv.Itoa(unknown)})
	}
	return t
}

// Judgements shows the verdicts of an outlook and, where there are targets, how it stands to them.
func Judgements(o planning.Outlook, names report.Names) []report.Table {
	tables := []report.Table{Verdicts(o.Pathways, names.Lang)}
	if len(o.Judged) > 0 {
		tables = append(tables, Targets(o.Judged, names), Summary(o.Judged, names.Lang))
	}
	return tables
}
