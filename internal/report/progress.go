package report

import (
	"strconv"

	"carbonledger/ledger/barometer"
	"carbonledger/quantity"
	"carbonledger/table"
)

// Progress shows intensities beside those of a base, and what they come to of a goal.
func Progress(list []barometer.Progress, names Names) Table {
	lang := names.Lang
	t := Table{Key: "progress", Title: Term(lang, "progress.title"), Columns: Columns(lang,
		"measure", "area", "base", "period", "intensity_base#", "intensity#", "unit",
		"change_percent#", "target#", "completion#", "level")}
	for _, p := range list {
		upper, perUpper, _ := scaleOf(p.Now.NumeratorUnit)
		lower, perLower, _ := scaleOf(p.Now.Per)
		intensity := func(r quantity.Ratio) string {
			return rounded(r.Mul(quantity.RatioOf(perLower, perUpper)), IntensityRounding, lang)
		}
		measure := names.measure(p.Now.Measure, p.Now.NumeratorUnit)
		level := Term(lang, "undefined")
		if p.Rated {
			level = p.Level.Number + " " + map[table.Lang]string{table.EN: p.Level.NameEN,
				table.ZH: p.Level.NameZH}[lang]
		}
		if p.Gaps() > 0 {
			level += " *"
			t.Notes = append(t.Notes, Say(lang, "intensity.gaps", measure,
				strconv.Itoa(p.Gaps())))
		}
		t.Rows = append(t.Rows, []string{measure, p.Now.Area, p.Base.Period.String(),
			p.Now.Period.String(), gapped(intensity(p.Base.Ratio()), p.Base.Numerator),
			gapped(intensity(p.Now.Ratio()), p.Now.Numerator), upper + "/" + lower,
			rounded(p.Change, percentRounding, lang), p.Fall.Neg().String(),
			rounded(p.Completion, percentRounding, lang), level})
	}
	if len(list) > 0 {
		p := list[0]
		t.Notes = append(t.Notes, Say(lang, "progress.scale", p.Scale.ID, p.Scale.Source),
			Term(lang, "progress.prices"), pinNote(p.Now.Pins, lang))
	}
	return t
}

// percentRounding is how changes and completions are shown: two decimals, as the bureaus print.
var percentRounding = quantity.Rounding{Places: 2, Mode: quantity.HalfUp}

// rounded shows a ratio, or that it has no answer.
func rounded(r quantity.Ratio, rounding quantity.Rounding, lang table.Lang) string {
	shown, ok := r.Round(rounding)
	if !ok {
		return Term(lang, "undefined")
	}
	return shown.Fixed(rounding.Places)
}
