// Package learn makes a dialect of a sample: it looks at the header and the cells of a table, says
// what each column seems to be, and asks about what no column gives.
//
// A guess is never taken without being shown. What neither the file nor anybody says stays open,
// and then there is no dialect.
package learn

import (
	"fmt"
	"slices"
	"strings"

	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
	"carbonledger/table"
)

// say makes a text in both languages.
func say(en, zh string) dialects.Words { return dialects.Words{EN: en, ZH: zh} }

// Prompt is one question of the conversation.
type Prompt struct {
	dialects.Words
	// Guess is taken where the answer is empty; without a guess there must be an answer. Shown is
	// the guess as people read it.
	Guess string
	Shown dialects.Words
	// Problem says why the answer before could not be used.
	Problem dialects.Words
}

// Answer puts a prompt to whoever sits there and returns what they write, or false where nobody
// answers; then the guess is taken, or the prompt stays open.
type Answer func(Prompt) (text string, ok bool)

// Sample is what a dialect is learned from, and under which name.
type Sample struct {
	Sheet table.Sheet
	// ID is the id of the dialect; empty makes one of the header.
	ID string
	// Known are the dialects whose names columns are recognised by.
	Known   []dialects.Dialect
	Lexicon intake.Lexicon
}

// Learn holds the conversation and returns the text of the dialect. Where prompts stay open or the
// sample has no header it returns those instead.
func Learn(sample Sample, answer Answer) (text string, open []Prompt, faults []table.Fault) {
	l := &lesson{Sample: sample, answer: answer}
	if faults := l.study(); len(faults) > 0 {
		return "", nil, faults
	}
	for i := range l.columns {
		l.askColumn(&l.columns[i])
	}
	l.complete()
	if len(l.open) > 0 {
		return "", l.open, nil
	}
	return l.text(), nil, nil
}

// lesson is the state of one Learn.
type lesson struct {
	Sample
	answer    Answer
	known     map[string][]reading
	header    table.Row
	above     []table.Row
	columns   []column
	preambles []dialects.Preamble
	constant  []constant
	// cumulative: the figures run from 1 January.
	cumulative bool
	open       []Prompt
}

// constant is a field that is the same for every row.
type constant struct{ field, value string }

// column is what a column of the sample is taken for.
type column struct {
	number   int
	header   string
	examples []string
	reading
}

// reading is a field, or figures of a commodity in a unit; figures leave to the row what is empty.
type reading struct {
	field                 string
	commodity, unit, role string
}

// figures is the field of a column that counts.
const figures = "quantity"

// ignored is the field of a column that is not read.
const ignored = "ignore"

func (r reading) isFigures() bool { return r.field == figures }

// answer spells a reading as an answer would: period, ignore, electricity 万kWh use.
func (r reading) spelled() string {
	if !r.isFigures() {
		return r.field
	}
	words := slices.DeleteFunc([]string{r.commodity, r.unit, r.role},
		func(word string) bool { return word == "" })
	return strings.Join(slices.Insert(words, 0, figures), " ")
}

// shown spells a reading for people.
func (l *lesson) shown(r reading) dialects.Words {
	words := say(table.FieldTitle(r.field, table.EN), table.FieldTitle(r.field, table.ZH))
	if r.commodity != "" {
		commodity, _ := l.Lexicon.Catalogue.ByID(r.commodity)
		words.EN, words.ZH = words.EN+" of "+commodity.NameEN, commodity.NameZH+words.ZH
	}
	for _, word := range []string{r.unit, r.role} {
		if word != "" {
			words.EN, words.ZH = words.EN+", "+word, words.ZH+"，"+word
		}
	}
	return words
}

// tries bounds how often a prompt is repeated after answers that cannot be used.
const tries = 5

// ask repeats a prompt until accept takes the answer. Without an answer the guess is taken; without
// a guess the prompt is open.
func (l *lesson) ask(p Prompt, accept func(text string) (problem dialects.Words)) {
	for range tries {
		text, ok := "", false
		if l.answer != nil {
			text, ok = l.answer(p)
		}
		if text = strings.TrimSpace(text); text == "" || !ok {
			text = p.Guess
		}
		if text == "" && !ok {
			break
		}
		if p.Problem = accept(text); p.Problem == (dialects.Words{}) {
			return
		}
		if !ok {
			break
		}
	}
	l.open = append(l.open, p)
}

// askColumn shows what a column seems to be.
func (l *lesson) askColumn(c *column) {
	cells := strings.Join(c.examples, " | ")
	p := Prompt{Words: say(
		fmt.Sprintf("column %d %s: %s", c.number, c.header, cells),
		fmt.Sprintf("第%d列 %s：%s", c.number, c.header, cells))}
	if c.field != "" {
		p.Guess, p.Shown = c.spelled(), l.shown(c.reading)
	}
	l.ask(p, func(text string) (problem dialects.Words) {
		c.reading, problem = l.read(text)
		return problem
	})
}

// read understands an answer: a field, or figures [COMMODITY] [UNIT] [ROLE] in any order.
func (l *lesson) read(text string) (reading, dialects.Words) {
	for _, field := range fields() {
		if strings.EqualFold(text, field) || text == table.FieldTitle(field, table.ZH) ||
			strings.EqualFold(text, table.FieldTitle(field, table.EN)) {
			return reading{field: field}, dialects.Words{}
		}
	}
	r := reading{field: figures}
	for word := range strings.FieldsSeq(table.Fold(text)) {
		if word == figures || word == table.FieldTitle(figures, table.ZH) {
			continue
		}
		commodity, isCommodity := l.Lexicon.Catalogue.Find(word)
		_, isUnit := unitOf(word)
		role, isRole := dialects.ReadRole(word)
		switch {
		case isRole && r.role == "":
			r.role = string(role)
		case isCommodity && r.commodity == "":
			r.commodity = commodity.ID
		case isUnit && r.unit == "":
			r.unit = word
		default:
			return reading{}, say(
				fmt.Sprintf("%q is no field, commodity, unit or role; the fields are %s, and for "+
					"figures write quantity COMMODITY UNIT ROLE", word, list(fields())),
				fmt.Sprintf("“%s”不是字段、品种、单位或用途；字段有：%s；数值列请写 quantity 品种 单位 用途",
					word, list(fields())))
		}
	}
	if problem := l.fits(r.commodity, r.unit); problem != (dialects.Words{}) {
		return reading{}, problem
	}
	return r, dialects.Words{}
}

// fits says whether a commodity is counted in a unit, as far as both are known.
func (l *lesson) fits(commodity, unit string) dialects.Words {
	c, known := l.Lexicon.Catalogue.ByID(commodity)
	u, isUnit := unitOf(unit)
	if !known || !isUnit {
		return dialects.Words{}
	}
	if _, _, err := c.Accept(u); err != nil {
		return say(fmt.Sprintf("%s is not counted in %s", c.NameEN, unit),
			fmt.Sprintf("%s不能用%s计量", c.NameZH, unit))
	}
	return dialects.Words{}
}

func unitOf(text string) (quantity.Unit, bool) {
	unit, err := quantity.ParseUnit(table.Fold(text))
	return unit, err == nil && text != ""
}

// fields are the answers a column may get.
func fields() []string { return append(dialects.Fields(), figures) }

func list(words []string) string { return strings.Join(words, ", ") }

// id is the given one, or one made of the header: the same header makes the same id.
func (l *lesson) id() string {
	if l.ID != "" {
		return l.ID
	}
	digest := seal.Bytes([]byte(dialects.KeyOf(l.header))).String()
	return "learned-" + digest[:idDigits]
}

// idDigits is how much of the digest of a header names a dialect: 32 bits tell the few dozen
// headers of a book apart.
const idDigits = 8
