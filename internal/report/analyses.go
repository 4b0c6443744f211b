package report

import (
	"carbonledger/factors"
	"carbonledger/factors/analysis"
	"carbonledger/ledger"
	"carbonledger/quantity"
)

// analysed is how weighted means are shown: heating values to four decimals, as the guidance
// states daily ones to three, and carbon contents to six.
var analysed = struct{ heat, carbon quantity.Rounding }{
	quantity.Rounding{Places: 4, Mode: quantity.HalfUp},
	quantity.Rounding{Places: 6, Mode: quantity.HalfUp}}

// Analyses shows what analyses of fuel make of each month, with the factors written out below.
func Analyses(months []analysis.Month, list []factors.Factor, receipt ledger.Receipt,
	names Names) Table {
	lang := names.Lang
	t := Table{Key: "factors-analysis", Title: Term(lang, "analysis.title"),
		Columns: Columns(lang, "entity", "site", "commodity", "period", "quantity#", "unit",
			"analysis.covered#", "analysis.ncv#", "analysis.carbon-content#")}
	for _, m := range months {
		t.add(m.Entity, m.Site, names.Commodity(m.Commodity), m.Month.String(), m.Amount.String(),
			m.Unit, m.Analysed.String(), mean(m.NCV(), analysed.heat),
			mean(m.CarbonContent(), analysed.carbon))
	}
	for _, f := range list {
		t.Notes = append(t.Notes, Say(lang, "analysis.factor", Factor(f),
			f.Value.String()+" "+f.To.Unit.Symbol+"/"+f.From.Unit.Symbol), f.Note)
	}
	if receipt.ID == "" {
		t.Notes = append(t.Notes, Term(lang, "published.not-posted"))
		return t
	}
	t.Records = append(t.Records, receipt)
	t.Notes = append(t.Notes, Say(lang, "analysis.posted", receipt.ID))
	return t
}

// mean shows a quotient, and nothing where there is none.
func mean(r quantity.Ratio, rounding quantity.Rounding) string {
	shown, ok := r.Round(rounding)
	if !ok {
		return ""
	}
	return shown.Fixed(rounding.Places)
}
