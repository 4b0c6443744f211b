package report

import (
	"slices"
	"strconv"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger/inventory"
	"carbonledger/table"
)

// approval tells who approved an own factor and on what evidence.
func approval(f factors.Factor, lang table.Lang) string {
	words := Term(lang, "factor.not-approved")
	if f.Approver != "" {
		words = Say(lang, "factor.approved", f.Approver)
	}
	if f.Evidence != "" {
		words += Term(lang, "list.semicolon") + Say(lang, "factor.evidence", f.Evidence)
	}
	return words
}

// Sets lists the factor sets with how many of their rows somebody has read in a source.
func Sets(library *factors.Library, lang table.Lang) Table {
	t := Table{Key: "factors", Title: Term(lang, "factors.title"),
		Columns: Columns(lang, "set", "title", "edition", "vintage", "rows#",
			"factors.confirmed#", "factors.unconfirmed#", "licence")}
	for _, set := range library.Sets() {
		open := 0
		for _, f := range set.Factors {
			if f.Status == factors.Unconfirmed {
				open++
			}
		}
		t.add(set.ID, set.Title(lang), set.Edition, set.Published, strconv.Itoa(len(set.Factors)),
			strconv.Itoa(len(set.Factors)-open), strconv.Itoa(open), set.Licence)
	}
	t.Notes = []string{Term(lang, "factors.hint")}
	return t
}

// Set lists the factors of a set, in words.
func Set(set factors.Set, names Names) Table {
	lang := names.Lang
	t := Table{Key: "factors", Title: set.ID + " " + set.Title(lang),
		Columns: Columns(lang, "id", "from", "to", "value", "unit", "area", "valid", "status",
			"source")}
	for _, f := range set.Factors {
		status := Term(lang, "status."+string(f.Status))
		if f.Status == factors.Own {
			status += Term(lang, "list.comma") + approval(f, lang)
		}
		t.add(f.ID, names.Commodity(f.From), names.Commodity(f.To), f.Printed,
			f.ToUnit+"/"+f.PerUnit, names.area(f.Area), validity(f, lang), status, f.Source)
	}
	if len(set.Factors) == 0 {
		t.Notes = []string{Term(lang, "factors.none")}
	}
	return t
}

// area names an area, or the entity and site a factor holds for alone.
func (n Names) area(code string) string {
	if subject, ok := strings.CutPrefix(code, "@"); ok {
		entity, site, _ := strings.Cut(subject, "/")
		return strings.TrimSpace(n.value(inventory.Entity, entity) + " " + site)
	}
	area, ok := n.Library.Areas.ByCode(code)
	switch {
	case !ok:
		return code
	case n.Lang == table.ZH:
		return area.NameZH + " " + code
	}
	return area.NameEN + " " + code
}

// validity says when a factor holds.
func validity(f factors.Factor, lang table.Lang) string {
	first, end, _ := strings.Cut(f.ValidText(), "/")
	switch {
	case first == "" && end == "":
		return Term(lang, "valid.always")
	case end == "":
		return Say(lang, "valid.from", first)
	case first == "":
		return Say(lang, "valid.until", end)
	}
	return f.Valid.String()
}

// candidatesShown is how many near factors a search shows.
const candidatesShown = 5

// Search shows the factor that was found, or that there is none, with near ones and the ways out,
// and everything that was tried.
func Search(s factors.Search, names Names) Table {
	lang := names.Lang
	t := Table{Key: "factors-find", Title: Say(lang, "find.title", names.named(s.Query.From),
		names.named(s.Query.To), names.area(s.Query.Area), s.Query.Period.String()),
		Columns: Columns(lang, "set", "title", "area", "outcome", "factor")}
	for _, step := range s.Trace {
		title, area := "", ""
		if set, ok := names.Library.Set(step.Set); ok {
			title = set.Title(lang)
		}
		if step.Area != "" {
			area = names.area(step.Area)
		}
		t.add(step.Set, title, area, Term(lang, "outcome."+string(step.Outcome)), step.Factor)
	}
	if !s.Found {
		t.Notes = append([]string{Term(lang, "find.none")}, candidates(s, names)...)
		return t
	}
	t.Notes = []string{Factor(s.Factor), names.sourceOf(s.Factor, s.Trace),
		Say(lang, "find.holds", names.area(s.Factor.Area), validity(s.Factor, lang)),
		Say(lang, "find.value", s.Factor.Value.String(), s.Factor.To.Unit.Symbol,
			s.Factor.From.Unit.Symbol)}
	if s.Factor.Note != "" {
		t.Notes = append(t.Notes, s.Factor.Note)
	}
	return t
}

// candidates are near factors with set, area, time and status, and what a planner can do with them.
func candidates(s factors.Search, names Names) (notes []string) {
	near := names.Library.Near(s.Query, candidatesShown)
	if len(near) == 0 {
		return []string{Say(names.Lang, "find.no-edge", names.named(s.Query.From),
			names.named(s.Query.To))}
	}
	notes = append(notes, Term(names.Lang, "find.near"))
	other := false
	for _, f := range near {
		notes = append(notes, "  "+strings.Join([]string{Factor(f), names.area(f.Area),
			validity(f, names.Lang), Term(names.Lang, "status."+string(f.Status))},
			Term(names.Lang, "list.semicolon")))
		other = other || !slices.Contains(s.Query.Sets, f.Set)
	}
	if other {
		notes = append(notes, Term(names.Lang, "find.other-set"))
	}
	return notes
}
