package form

import (
	"strings"

	"carbonledger/table"
)

// notes say how the form is filled in, line by line.
func (e *empty) notes() []string {
	d := e.dialect
	title, mark := d.TitleEN, ", "
	if e.lang == table.ZH {
		title, mark = d.TitleZH, "、"
	}
	lines := []string{e.say("note.title", title)}
	if isChinese(d.Source) || e.lang == table.EN && d.Source != "" {
		lines = append(lines, e.say("note.source", d.Source))
	}
	lines = append(lines, e.aboveNotes(mark)...)
	if d.Cumulative {
		lines = append(lines, e.say("note.cumulative"))
	}
	if _, cell := e.home("period"); cell {
		lines = append(lines, e.say("note.period"))
	}
	lines = append(lines, e.headingNotes()...)
	if len(d.Measures) > 0 {
		lines = append(lines, e.say("note.number"), e.say("note.blank"))
	}
	if len(d.Missing) > 0 {
		lines = append(lines, e.say("note.missing", strings.Join(d.Missing, mark)))
	}
	if len(d.Template.Rows) > 0 {
		lines = append(lines, e.say("note.rows"))
	}
	if len(d.Totals) > 0 {
		lines = append(lines, e.say("note.totals", strings.Join(d.Totals, mark)))
	}
	lines = append(lines, e.columnNotes(mark)...)
	return append(lines, e.say("note.import"))
}

func (e *empty) aboveNotes(mark string) (lines []string) {
	var above []string
	for _, p := range e.dialect.Preamble {
		if p.Write == "" {
			continue
		}
		above = append(above, open(p.Write))
		if example, ok := written(p.Write, fieldsOf{"period": "2022-01-01/2022-04-01"}); ok {
			lines = append(lines, e.say("note.above-period", example))
		}
	}
	if len(above) > 0 {
		lines = append([]string{e.say("note.above", strings.Join(above, mark))}, lines...)
	}
	return lines
}

// headingNotes say how headers are completed.
func (e *empty) headingNotes() (lines []string) {
	example := map[table.Lang]string{table.EN: "electricity(kWh)", table.ZH: "电力(千瓦时)"}[e.lang]
	for _, m := range e.dialect.Measures {
		if m.Pattern != "" {
			example, _ = written(m.Write, fieldsOf{"period": "2022"})
		}
		if e.opening(m) != "" {
			lines = append(lines, e.say("note.heading", example))
		}
	}
	return lines
}

func (e *empty) columnNotes(mark string) []string {
	lines, unread := []string{e.say("note.columns")}, []string(nil)
	told := map[string]bool{}
	for _, c := range e.columns() {
		hint := e.hint(c)
		switch {
		case told[c.header], e.isFilled(c.header):
		case hint == "" || c.field == "ignore":
			unread = append(unread, c.header)
		default:
			lines = append(lines, c.header+map[table.Lang]string{table.EN: ": ",
				table.ZH: "："}[e.lang]+hint)
		}
		told[c.header] = true
	}
	if len(unread) > 0 {
		lines = append(lines, e.say("note.unread", strings.Join(unread, mark)))
	}
	return lines
}
