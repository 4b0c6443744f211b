package report

import (
	"strings"

	"carbonledger/factors"
)

// traced says in words how a factor was found: the edition of its set, the level of area reached,
// the rule of time, and what was tried before.
func (n Names) traced(f factors.Factor, trace factors.Trace) (parts []string) {
	if set, ok := n.Library.Set(f.Set); ok && set.Edition != "" {
		parts = append(parts, Say(n.Lang, "trace.edition", set.Edition))
	}
	parts = append(parts, Say(n.Lang, "trace.level", Term(n.Lang, "level."+n.level(f.Area))))
	if len(trace) == 0 {
		return parts
	}
	last := trace[len(trace)-1]
	rule := "trace.of-period"
	if last.Outcome == factors.StoodIn {
		rule = "outcome.stood-in"
	}
	parts = append(parts, Term(n.Lang, rule))
	var tried []string
	for _, step := range trace[:len(trace)-1] {
		words := step.Set + " (" + Term(n.Lang, "outcome."+string(step.Outcome))
		if step.Factor != "" {
			words += ": " + step.Factor
		}
		tried = append(tried, words+")")
	}
	if len(tried) > 0 {
		parts = append(parts, Say(n.Lang, "trace.tried",
			strings.Join(tried, Term(n.Lang, "list.comma"))))
	}
	return parts
}

// level is the kind of area a factor holds for: world, country, grid, province, subject (an entity
// or site alone), or local where the list of areas does not have it.
func (n Names) level(code string) string {
	if strings.HasPrefix(code, "@") {
		return "subject"
	}
	if area, ok := n.Library.Areas.ByCode(code); ok && area.Kind != "" {
		return area.Kind
	}
	return "local"
}
