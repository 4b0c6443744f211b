package ledger

import (
	"strings"
	"unicode/utf8"

	"carbonledger/quantity"
)

// registered reads the small part of a register as Meta writes it: thousands of entities, which
// every command reads first. What is written in any other way is not ok, and read as JSON is.
func registered(meta []byte) (entities []Entity, ok bool) {
	w := written{string(meta), utf8.Valid(meta)}
	w.skip(`{"registers":true,"entities":[`)
	entities = make([]Entity, 0, strings.Count(w.rest, `},{"ID":`)+1)
	for comma := ""; w.ok && w.rest != "]}"; comma = "," {
		entities = append(entities, Entity{ID: w.text(comma + `{"ID":"`), Name: w.text(`,"Name":"`),
			Industry: w.text(`,"Industry":"`), Area: w.text(`,"Area":"`),
			From: quantity.Day(w.number(`,"From":`)), Line: w.number(`,"Line":`)})
		w.skip("}")
	}
	return entities, w.ok && len(entities) > 0
}

// written is what is left of a text, and whether all before it was as expected.
type written struct {
	rest string
	ok   bool
}

func (w *written) skip(begin string) {
	rest, ok := strings.CutPrefix(w.rest, begin)
	w.rest, w.ok = rest, w.ok && ok
}

// text takes a string without escapes.
func (w *written) text(begin string) (text string) {
	w.skip(begin)
	text, w.rest, _ = strings.Cut(w.rest, `"`)
	w.ok = w.ok && !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == '\\' })
	return text
}

// number takes a whole number of up to nine digits.
func (w *written) number(begin string) (n int) {
	w.skip(begin)
	end := 0
	for ; end < min(len(w.rest), 9) && w.rest[end] >= '0' && w.rest[end] <= '9'; end++ {
		n = n*10 + int(w.rest[end]-'0')
	}
	w.ok = w.ok && end > 0 && (end == 1 || w.rest[0] != '0')
	w.rest = w.rest[end:]
	return n
}
