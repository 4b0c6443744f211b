package ledger

import (
	"strconv"
	"strings"
)

// Lines prints an upload, one thing a line, with - for what is empty:
//
//	entity LINE ID NAME INDUSTRY AREA FROM
//	activity LINE ENTITY SITE PERIOD FROM>TO COMMODITY NUMBER UNIT [with COUNTERPARTY]
//	  [published DAY] [ABSENCE] [document DOCUMENT]
//	count LINE ENTITY SITE PERIOD EDGE COMMODITY NUMBER UNIT
//	stated LINE ENTITY SITE PERIOD COMMODITY PROPERTY NUMBER UNIT
//
// It is the form in which the conformance pack of intake says what becomes of a file.
func (u Upload) Lines(unitOf func(commodity string) string) []string {
	var lines []string
	add := func(words ...string) {
		for i, word := range words {
			if word == "" {
				words[i] = "-"
			}
		}
		lines = append(lines, strings.Join(words, " "))
	}
	for _, e := range u.Entities {
		add("entity", strconv.Itoa(e.Line), e.ID, e.Name, e.Industry, e.Area, e.From.String())
	}
	for _, a := range u.Activities {
		words := []string{"activity", strconv.Itoa(a.Line), a.Entity, a.Site, a.Period.String(),
			string(a.From) + ">" + string(a.To), a.Commodity, a.Number.String(),
			unitOf(a.Commodity)}
		if a.Counterparty != "" {
			words = append(words, "with", a.Counterparty)
		}
		if a.Vintage != 0 {
			words = append(words, "published", a.Vintage.String())
		}
		if a.Absence != Present {
			words = append(words, string(a.Absence))
		}
		if a.Document != "" {
			words = append(words, "document", a.Document)
		}
		add(words...)
	}
	for _, c := range u.Assertions {
		add("count", strconv.Itoa(c.Line), c.Entity, c.Site, c.Period.String(), string(c.Edge),
			c.Commodity, c.Number.String(), unitOf(c.Commodity))
	}
	for _, s := range u.Statements {
		add("stated", strconv.Itoa(s.Line), s.Entity, s.Site, s.Period.String(), s.Commodity,
			s.Property, s.Number.String(), s.Unit)
	}
	return lines
}
