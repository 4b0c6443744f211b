package report

import (
	"fmt"
	"slices"
	"strconv"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/table"
)

// Names tells names of entities, commodities and areas in the reader's language.
type Names struct {
	Lang     table.Lang
	Library  *factors.Library
	Entities func(id string) (ledger.Entity, bool)
}

// gapped marks a figure that something is missing from.
func gapped(text string, f inventory.Figure) string {
	if f.Gaps > 0 {
		return text + " *"
	}
	return text
}

// finish labels the total, tells the gaps and pins, and shows how to ask for an explanation.
func (t *Table) finish(v inventory.Inventory, names Names) {
	lang := names.Lang
	if len(v.Query.By) > 0 {
		t.Total[0] = Term(lang, "total")
	} else {
		t.Body, t.Rows, t.Total = nil, [][]string{t.Total}, nil
	}
	t.Notes = append(gapNotes(v.Gaps, names), pinNote(v.Pins, lang))
	row, measure := inventory.Row{}, 0
	if v.Rows.Len() == 0 {
		t.Notes = append(t.Notes, Term(lang, "inventory.empty"))
		return
	}
	for _, candidate := range v.Rows.All() {
		at := slices.IndexFunc(candidate.Figures,
			func(f inventory.Figure) bool { return !f.Number.IsZero() })
		if at >= 0 {
			row, measure = candidate, at
			break
		}
	}
	if row.Figures != nil {
		t.Notes = append(t.Notes, Say(lang, "inventory.explain", v.Ref(row, measure).String()))
	}
}

func pinNote(p inventory.Pins, lang table.Lang) string {
	return Say(lang, "pins", strconv.Itoa(p.Position), p.Head[:min(16, len(p.Head))], p.Policy)
}

// gapShown is how many different gaps a table lists before it only counts them.
const gapShown = 5

// gapNotes lists what is missing, once for each reason and commodity.
func gapNotes(gaps []ledger.Gap, names Names) []string {
	lang := names.Lang
	type kind struct{ reason, from, to string }
	counts := map[kind]int{}
	var order []kind
	for _, gap := range gaps {
		k := kind{gap.Reason, gap.Flow.Commodity, gap.To}
		if counts[k]++; counts[k] == 1 {
			order = append(order, k)
		}
	}
	var notes []string
	for i, k := range order {
		if i == gapShown {
			notes = append(notes, Say(lang, "gap.more", strconv.Itoa(len(order)-gapShown)))
			break
		}
		notes = append(notes, Say(lang, "gap."+k.reason, strconv.Itoa(counts[k]),
			names.named(k.from), names.named(k.to)))
	}
	return notes
}

// measure names a measure.
func (n Names) measure(m inventory.Measure, unit quantity.Commodity) string {
	if key := "measure." + string(m); HasTerm(key) {
		return Term(n.Lang, key)
	}
	return n.Commodity(unit)
}

// Commodity names a commodity in the reader's language.
func (n Names) Commodity(c quantity.Commodity) string {
	if n.Lang == table.ZH && c.NameZH != "" {
		return c.NameZH
	}
	return c.NameEN
}

// value names the value of a dimension.
func (n Names) value(d inventory.Dimension, value string) string {
	switch d {
	case inventory.Commodity, inventory.Gas:
		if c, ok := n.Library.Catalogue.ByID(value); ok {
			return n.Commodity(c)
		}
	case inventory.Entity:
		if e, ok := n.Entities(value); ok && e.Name != "" {
			return value + " " + e.Name
		}
	case inventory.Category, inventory.Sector:
		return Term(n.Lang, string(d)+"."+value)
	}
	return value
}

// Intensities shows intensities with numerator, denominator and quotient.
func Intensities(list []inventory.Intensity, names Names) Table {
	lang := names.Lang
	t := Table{Key: "intensity", Title: Term(lang, "intensity.title"), Columns: []Column{
		{
			Key:   "measure",
			Title: Term(lang, "measure"),
		}, {Key: "period", Title: Term(lang, "period")},
		{Key: "area", Title: Term(lang, "area")},
		{Key: "numerator", Title: Term(lang, "numerator"), Figures: true},
		{Key: "denominator", Title: Term(lang, "denominator"), Figures: true},
		{Key: "intensity", Title: Term(lang, "intensity"), Figures: true},
		{Key: "unit", Title: Term(lang, "unit")}}}
	for _, i := range list {
		upper, perUpper, _ := scaleOf(i.NumeratorUnit)
		lower, perLower, _ := scaleOf(i.Per)
		ratio := i.Ratio().Mul(quantity.RatioOf(perLower, perUpper))
		text := Term(lang, "undefined")
		if shown, ok := ratio.Round(IntensityRounding); ok {
			text = shown.Fixed(IntensityRounding.Places)
		}
		t.Rows = append(t.Rows, []string{names.measure(i.Measure, i.NumeratorUnit),
			i.Period.String(), i.Area,
			gapped(Shown(i.NumeratorUnit, i.Numerator.Number), i.Numerator),
			Shown(i.Per, i.Denominator.Number), gapped(text, i.Numerator), upper + "/" + lower})
		if i.Numerator.Flows == 0 {
			t.Notes = append(t.Notes, Say(lang, "intensity.empty",
				names.measure(i.Measure, i.NumeratorUnit)))
		}
		if i.Numerator.Gaps > 0 {
			t.Notes = append(t.Notes, Say(lang, "intensity.gaps",
				names.measure(i.Measure, i.NumeratorUnit), strconv.Itoa(i.Numerator.Gaps)))
		}
	}
	if len(list) > 0 {
		if list[0].Vintage != 0 {
			t.Notes = append(t.Notes, Say(lang, "intensity.vintage", names.Commodity(list[0].Per),
				list[0].Vintage.String()))
		}
		t.Notes = append(t.Notes, pinNote(list[0].Pins, lang))
	}
	return t
}

// IntensityRounding is how quotients are shown: four decimals, as the bureaus print tce/万元.
var IntensityRounding = quantity.Rounding{Places: 4, Mode: quantity.HalfUp}

// Factor describes a factor in one line: 0.5752 kgCO2/kWh [cn-grid-average: cn.grid.2022...].
func Factor(f factors.Factor) string {
	return fmt.Sprintf("%s %s/%s [%s: %s]", f.Printed, f.ToUnit, f.PerUnit, f.Set, f.ID)
}

// AreaName names an area in the reader's language; one without a name is its code.
func AreaName(code string, names Names) string {
	area, ok := names.Library.Areas.ByCode(code)
	switch {
	case !ok:
		return code
	case names.Lang == table.ZH && area.NameZH != "":
		return area.NameZH
	case area.NameEN != "":
		return area.NameEN
	}
	return code
}
