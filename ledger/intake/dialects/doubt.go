package dialects

import (
	"strconv"
	"strings"

	"carbonledger/factors"
	"carbonledger/table"
)

// Settle asks what is in doubt about the columns and the commodities of a sheet and returns the
// dialect with the answers. What nobody answers stays in doubt, and Place makes it a fault.
func (d Dialect) Settle(sheet table.Sheet, catalogue factors.Catalogue, ask Ask) Dialect {
	if ask == nil {
		return d
	}
	for range headerDepth * headerDepth {
		l, _ := d.find(sheet)
		if !l.Found() {
			return d
		}
		doubts := d.doubts(sheet, l)
		if len(doubts) == 0 {
			return d.settleNames(sheet, l, catalogue, ask)
		}
		choice, ok := doubts[0].put(ask)
		if !ok {
			return d
		}
		d = d.With(doubts[0].answers[choice])
	}
	return d
}

// doubt is a question about columns, with the answer behind every candidate.
type doubt struct {
	Question
	answers []Answer
}

func (q *doubt) add(candidate Words, answer Answer) {
	q.Candidates = append(q.Candidates, candidate)
	q.answers = append(q.answers, answer)
}

// doubts lists what a header leaves open: first columns that may be several things, then things
// that several columns may be.
func (d Dialect) doubts(sheet table.Sheet, l Layout) (list []doubt) {
	header := l.Header
	sole := map[kind][]int{}
	var order []kind
	for i, may := range l.claims.open {
		switch {
		case len(may) > 1:
			list = append(list, d.doubtColumn(sheet, l, i))
		case len(may) == 1 && may[0].same(may[0]):
			if len(sole[may[0].kind()]) == 0 {
				order = append(order, may[0].kind())
			}
			sole[may[0].kind()] = append(sole[may[0].kind()], i)
		}
	}
	for _, what := range order {
		if columns := sole[what]; len(columns) > 1 {
			list = append(list, d.doubtKind(sheet, header, what, columns))
		}
	}
	return list
}

// doubtColumn asks what one column is.
func (d Dialect) doubtColumn(sheet table.Sheet, l Layout, column int) doubt {
	header := l.Header
	q := doubt{Question: Question{Fault: table.Fault{File: sheet.File, Sheet: sheet.Name,
		Line:   header.Line,
		Column: column + 1, Code: "column.ambiguous", Cell: header.Cells[column].Raw}}}
	number := "#" + strconv.Itoa(column+1)
	for _, m := range l.claims.open[column] {
		en, zh := d.title(m.kind(), table.EN), d.title(m.kind(), table.ZH)
		q.add(Words{en, zh}, Answer{number, d.target(m.kind())})
	}
	q.Fault.Args = append(q.Listed(), number, q.answers[0].Means)
	q.add(Words{"not read", "不读取"}, Answer{number, Ignored})
	return q
}

// doubtKind asks which of several columns is one thing.
func (d Dialect) doubtKind(sheet table.Sheet, header table.Row, what kind, columns []int) doubt {
	last := columns[len(columns)-1]
	q := doubt{Question: Question{Fault: table.Fault{File: sheet.File, Sheet: sheet.Name,
		Line:   header.Line,
		Column: last + 1, Code: "column.several", Cell: header.Cells[last].Raw}}}
	twice, ways := true, []string(nil)
	for _, column := range columns[:min(len(columns), candidatesMax)] {
		cell := header.Cells[column]
		twice = twice && table.Key(cell.Text) == table.Key(header.Cells[last].Text)
		number := "#" + strconv.Itoa(column+1)
		text := number + " " + cell.Text + examplesOf(sheet, header, column)
		q.add(Words{text, text}, Answer{number, d.target(what)})
		if what.field == "unit" && table.Key(cell.Text) == "单位" {
			ways = append(ways, "--map '"+number+"=name'")
		}
		ways = append(ways, "--map '"+number+"="+Ignored+"'")
	}
	q.Fault.Args = append(q.Listed(), d.title(what, table.EN), d.title(what, table.ZH),
		strings.Join(ways, ", "))
	if twice {
		q.Fault.Code, q.Fault.Args = "header.twice", nil
	}
	return q
}

// examplesShown is how many cells explain a column in a question.
const examplesShown = 3

// examplesOf shows the first cells of a column below the header.
func examplesOf(sheet table.Sheet, header table.Row, column int) string {
	var cells []string
	for _, row := range sheet.Rows {
		if text := row.Cell(column).Text; row.Line > header.Line && text != "" {
			cells = append(cells, text)
		}
		if len(cells) == examplesShown {
			break
		}
	}
	if len(cells) == 0 {
		return ""
	}
	return " (" + strings.Join(cells, ", ") + ")"
}
