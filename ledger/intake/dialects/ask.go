package dialects

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"carbonledger/ledger/seal"
	"carbonledger/table"
)

// Question is something about a file that has several answers, and that nobody should guess.
type Question struct {
	// Fault is what the question is where nobody answers it: its fact is the question, its way says
	// how to answer beforehand.
	Fault      table.Fault
	Candidates []Words
}

// Words is a text in both languages.
type Words struct{ EN, ZH string }

// In returns the text in a language.
func (w Words) In(lang table.Lang) string {
	if lang == table.ZH {
		return w.ZH
	}
	return w.EN
}

// Ask puts a question to whoever sits there and returns the place of the answer among the
// candidates, counted from 0, or false where there is no answer. A nil Ask is never answered.
type Ask func(Question) (choice int, ok bool)

// put asks, and takes no answer that is none of the candidates.
func (q Question) put(ask Ask) (choice int, ok bool) {
	if ask == nil {
		return 0, false
	}
	choice, ok = ask(q)
	return choice, ok && choice >= 0 && choice < len(q.Candidates)
}

// candidatesMax bounds the columns a question lists.
const candidatesMax = 20

// Listed returns the candidates in one line, in English and in Chinese.
func (q Question) Listed() []string {
	var en, zh []string
	for _, c := range q.Candidates {
		en, zh = append(en, c.EN), append(zh, c.ZH)
	}
	return []string{strings.Join(en, "; "), strings.Join(zh, "；")}
}

// Answer says what a column is, where its header does not.
type Answer struct {
	// Column is the header, or # and the number of the column counted from 1: #3.
	Column string
	// Means is a field, the name of a measure, or ignore.
	Means string
}

// ParseAnswer reads COLUMN=FIELD, the field by its name or by its words in either language.
func ParseAnswer(text string) (Answer, error) {
	at := strings.LastIndex(text, "=")
	if at <= 0 || at == len(text)-1 {
		return Answer{}, fmt.Errorf("%q is not COLUMN=FIELD, as in 月份=period or #3=unit", text)
	}
	means := table.FieldOf(strings.TrimSpace(text[at+1:]))
	return Answer{strings.TrimSpace(text[:at]), means}, nil
}

// With returns the dialect with answers about columns. They are part of how a file is read, so the
// digest is another.
func (d Dialect) With(answers ...Answer) Dialect {
	for _, answer := range answers {
		d.answers = append(slices.Clone(d.answers), answer)
		d.Digest = seal.Parts(d.Digest[:], []byte(answer.Column), []byte(answer.Means))
	}
	return d
}

// renamed returns the dialect with a name of the file that stands for a commodity.
func (d Dialect) renamed(name, id string) Dialect {
	rename := map[string]string{table.Key(name): id}
	for key, known := range d.Rename {
		rename[key] = known
	}
	d.Rename = rename
	d.Digest = seal.Parts(d.Digest[:], []byte(name), []byte(id))
	return d
}

// answer returns what somebody said a column is; what was said last counts.
func (d Dialect) answer(column int, cell table.Cell) (meaning, bool) {
	for _, a := range slices.Backward(d.answers) {
		if a.Column != "#"+strconv.Itoa(column+1) && table.Key(a.Column) != table.Key(cell.Text) {
			continue
		}
		m, ok := d.meant(a.Means)
		for _, found := range d.patterns(cell.Text) {
			if ok && found.measure == m.measure {
				m.period, m.pattern = found.period, true
			}
		}
		if ok {
			return m, true
		}
	}
	return meaning{}, false
}

// meant finds what an answer names: a field, or a measure by one of its names.
func (d Dialect) meant(text string) (meaning, bool) {
	if slices.Contains(fields, text) {
		return meaning{field: text, measure: -1, answered: true}, true
	}
	for i, m := range d.Measures {
		names := append(slices.Clone(m.Names), measureMark+strconv.Itoa(i+1))
		for _, name := range names {
			if table.Key(name) == table.Key(text) {
				return meaning{measure: i, answered: true}, true
			}
		}
	}
	return meaning{}, false
}

// misled finds answers that fit neither the dialect nor the header.
func (d Dialect) misled(sheet table.Sheet, l Layout) (faults []table.Fault) {
	header := l.Header
	for _, a := range d.answers {
		fault := table.Fault{File: sheet.File, Line: header.Line, Cell: a.Column + "=" + a.Means}
		there := slices.ContainsFunc(header.Cells, func(cell table.Cell) bool {
			return table.Key(cell.Text) == table.Key(a.Column)
		})
		if number, err := strconv.Atoi(strings.TrimPrefix(a.Column, "#")); err == nil {
			there = there || strings.HasPrefix(a.Column, "#") && number >= 1 &&
				number <= len(header.Cells)
		}
		_, known := d.meant(a.Means)
		switch {
		case !there:
			fault.Code = "map.column"
			fault.Args = []string{a.Column, strings.Join(header.Raw(), ", ")}
		case !known:
			fault.Code = "map.field"
			fault.Args = []string{a.Means, strings.Join(slices.Concat(fields, d.figures()), ", ")}
		default:
			continue
		}
		faults = append(faults, fault)
	}
	return faults
}

// figures lists the names of the measures.
func (d Dialect) figures() (names []string) {
	for _, m := range d.Measures {
		if len(m.Names) > 0 {
			names = append(names, m.Names[0])
		}
	}
	return names
}

// measureMark stands before the number of a measure, counted from 1.
const measureMark = "measure:"

// target is how an answer names a field or a measure: by a name nothing else has, or by its number.
func (d Dialect) target(what kind) string {
	if what.measure < 0 {
		return what.field
	}
	m := d.Measures[what.measure]
	for _, name := range m.Names {
		if len(d.words.names[table.Key(name)]) == 1 {
			return name
		}
	}
	return measureMark + strconv.Itoa(what.measure+1)
}
