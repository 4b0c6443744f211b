// Package plan shows what scenarios answer as tables: pathways, comparisons, verdicts, targets,
// measures, costs, rebased results, certificates, causes, searches and pledges. Like its parent it
// rounds what is shown and computes nothing else.
package plan

import (
	"strconv"
	"strings"

	"carbonledger/internal/report"
	"carbonledger/quantity"
	"carbonledger/scenarios"
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

// Sector names a sector: a word where it has one, otherwise its code in GB/T 4754 as printed there.
func Sector(sector string, lang table.Lang) string {
	if key := "sector." + sector; report.HasTerm(key) {
		return report.Term(lang, key)
	}
	return strings.ToUpper(sector)
}

// Commodity names a commodity, and "all" of them.
func Commodity(id string, names report.Names) string {
	if id == scenarios.All {
		return Sector(id, names.Lang)
	}
	if c, ok := names.Library.Catalogue.ByID(id); ok {
		return names.Commodity(c)
	}
	return id
}

// Measure names what a row of a scenario speaks about: electrification, industry, bituminous coal.
func Measure(key scenarios.Key, names report.Names) string {
	words := []string{report.Term(names.Lang, "lever."+key.Lever)}
	if key.Sector != "" { // of all rows of a lever together
		words = append(words, Sector(key.Sector, names.Lang))
	}
	if key.Commodity != "" && key.Commodity != scenarios.All {
		what := Commodity(key.Commodity, names)
		if key.To != "" {
			what += " → " + Commodity(key.To, names)
		}
		words = append(words, what)
	}
	return strings.Join(words, report.Term(names.Lang, "comma"))
}

func year(n int) string { return strconv.Itoa(n) }
