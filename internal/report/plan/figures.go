// Package plan shows what scenarios answer as tables: pathways, comparisons, verdicts, targets,
// measures, costs, rebased results, certificates, causes, searches and pledges. Like its parent it
// rounds what is shown and computes nothing else.
package plan

import (
	"strconv"

	"carbonledger/internal/report"
	"carbonledger/quantity"
	"carbonledger/table"
)

// The units and roundings scenario figures are shown with: 万tce and 万tCO2 would hide a district,
// so tonnes.
var tonnes = quantity.Rounding{Places: 0, Mode: quantity.HalfUp}

// PerTonne and perWan turn kg into t and yuan into 万元.
var (
	PerTonne = quantity.Int(1000)
	perWan   = quantity.Int(10000)
)

// shown rounds a quotient, or says that there is none.
func shown(r quantity.Ratio, rounding quantity.Rounding, lang table.Lang) string {
	rounded, ok := r.Round(rounding)
	if !ok {
		return report.Term(lang, "undefined")
	}
	return rounded.Fixed(rounding.Places)
}

func shownTonnes(n quantity.Number) string {
	rounded, _ := quantity.RatioOf(n, PerTonne).Round(tonnes)
	return rounded.String()
}

func wan(n quantity.Number) string {
	rounded, _ := quantity.RatioOf(n, perWan).Round(tonnes)
	return rounded.String()
}

// shownIntensity shows kg per yuan as t per 万元.
func shownIntensity(r quantity.Ratio, lang table.Lang) string {
	return shown(r.Mul(quantity.RatioOf(perWan, PerTonne)), report.IntensityRounding, lang)
}

func year(n int) string { return strconv.Itoa(n) }
