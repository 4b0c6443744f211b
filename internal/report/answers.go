package report

import (
	"strconv"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/table"
)

// Columns makes columns of terms; a key that ends with # holds figures.
func Columns(lang table.Lang, keys ...string) []Column {
	list := make([]Column, len(keys))
	for i, key := range keys {
		name, figures := strings.CutSuffix(key, "#")
		list[i] = Column{Key: name, Title: Term(lang, name), Figures: figures}
	}
	return list
}

// Checked shows what a check of the book went through.
func Checked(batches, rows, flows int, head string, lang table.Lang) Table {
	return Table{Key: "check", Title: Term(lang, "check.title"),
		Columns: Columns(lang, "batches#", "rows#", "flows#", "head"),
		Rows:    [][]string{{strconv.Itoa(batches), strconv.Itoa(rows), strconv.Itoa(flows), head}},
		Notes:   []string{Term(lang, "check.passed")}}
}

// Explanation shows a figure taken apart: every part with its factors and sources, the steps
// written out, and the lines of files behind it, up to the number given (0: all).
func Explanation(e inventory.Explanation, lines [][]ledger.Line, names Names, most int) Table {
	lang := names.Lang
	t := Table{Key: "explain", Title: Say(lang, "explain.title", e.Ref.String()),
		Columns: Columns(lang, "step", "what", "number#", "unit", "source")}
	t.add("=", Term(lang, "explain.figure"), e.Figure.Number.String(), e.Unit.Unit.Symbol, "")
	for i, part := range e.Parts {
		number := strconv.Itoa(i + 1)
		t.add(number, names.Commodity(part.Commodity), part.Amount.String(),
			part.Commodity.Unit.Symbol, Say(lang, "explain.flows", strconv.Itoa(len(part.Sums))))
		for _, step := range part.Steps {
			f := step.Factor
			t.add(number+" x", f.Printed+" "+f.ToUnit+"/"+f.PerUnit, f.Value.String(),
				f.To.Unit.Symbol+"/"+f.From.Unit.Symbol, names.sourceOf(f, step.Trace))
			t.add(number+" =", names.Commodity(f.To), step.Result.String(), f.To.Unit.Symbol, "")
		}
		t.lines(number, part, lines[i], names, most)
	}
	t.Notes = append(gapNotes(e.Gaps, names), Say(lang, "explain.sum", e.Figure.Number.String(),
		e.Unit.Unit.Symbol), pinNote(e.Pins, lang))
	return t
}

func (t *Table) add(cells ...string) { t.Rows = append(t.Rows, cells) }

// lines adds the rows of files behind a part, negative where the part is taken off.
func (t *Table) lines(number string, part inventory.Part, lines []ledger.Line, names Names,
	most int) {
	var total quantity.Number
	for _, sum := range part.Sums {
		total = total.Add(sum.Total)
	}
	for i, line := range lines {
		if most > 0 && i == most {
			t.add(number+" ...", Say(names.Lang, "explain.more", strconv.Itoa(len(lines)-most)),
				"", "", "")
			return
		}
		a := line.Activity
		if !total.Equal(part.Amount) {
			a.Number = a.Number.Neg()
		}
		c, _ := names.Library.Catalogue.ByID(a.Commodity)
		place := line.Receipt.File + ":" + strconv.Itoa(a.Line)
		t.add(number+" <", names.value(inventory.Entity, a.Entity)+" "+a.Period.String(),
			a.Number.String(), c.Unit.Symbol,
			Say(names.Lang, "explain.line", place, a.Written, line.Receipt.ID))
	}
}

// sourceOf tells set, factor, area, time, source and status, and what else was tried.
func (n Names) sourceOf(f factors.Factor, trace factors.Trace) string {
	lang := n.Lang
	parts := []string{f.Set + ": " + f.ID, f.Area}
	if valid := f.ValidText(); valid != "" {
		parts = append(parts, valid)
	}
	parts = append(parts, f.Source)
	if f.Page != "" {
		parts = append(parts, f.Page)
	}
	parts = append(parts, Term(lang, "status."+string(f.Status)))
	if f.Status == factors.Own {
		parts = append(parts, approval(f, lang))
	}
	return strings.Join(append(parts, n.traced(f, trace)...), "; ")
}

// Export lists every activity that stands in the canonical long form, in book units, so that it
// can be imported again. The keys of its columns are the names of the form.
func Export(names Names, each func(yield func(ledger.Receipt, ledger.Activity)) error) (
	Table, error) {
	t := Table{Key: "export", Columns: Columns(names.Lang, "entity", "name",
		"industry", "area", "site", "period", "role", "from", "commodity", "quantity#", "unit",
		"counterparty", "absence", "vintage", "document", "source")}
	err := each(func(r ledger.Receipt, a ledger.Activity) {
		c, _ := names.Library.Catalogue.ByID(a.Commodity)
		number := a.Number.String()
		if !a.Absence.HasFigure() {
			number = ""
		}
		role := a.To
		if role == ledger.Stock {
			role = ledger.Supply
		}
		entity, _ := names.Entities(a.Entity)
		vintage := ""
		if a.Vintage != 0 {
			vintage = a.Vintage.String()
		}
		t.add(
			a.Entity,
			entity.Name,
			entity.Industry,
			entity.Area,
			a.Site,
			a.Period.String(),
			string(role),
			string(a.From),
			a.Commodity,
			number,
			c.Unit.Symbol,
			a.Counterparty,
			string(a.Absence),
			vintage,
			a.Document,
			r.File+":"+strconv.Itoa(a.Line),
		)
	})
	return t, err
}
