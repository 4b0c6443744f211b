package admission

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"carbonledger/ledger"
	"carbonledger/quantity"
	"carbonledger/table"
)

// admit takes an activity into the batch, finds that the book has it already, or finds the fault
// that keeps it out.
func (p *preparation) admit(a ledger.Activity) {
	if _, known := p.book.Entity(a.Entity); !known && !p.entities[a.Entity] {
		p.fault(a, "entity.unknown", a.Entity)
		return
	}
	if p.isTwice(a) {
		return
	}
	account := a.Flow.Account()
	p.seen[account] = append(p.seen[account], a)
	if p.upload.Source.Cumulative {
		p.admitReport(a)
		return
	}
	switch {
	case p.isUnchanged(a):
		p.unchanged++
		return
	case p.isNewBill(a):
		if known, _ := p.book.Sum(a.Flow); known.Total.Equal(a.Number) {
			p.warn(a, "bill.same", p.amount(known), spanText(a.Period))
		}
	default:
		if other, ok := p.book.Clash(a.Flow); ok {
			p.taken(a, other)
			return
		}
	}
	p.admitted = append(p.admitted, a)
}

// taken is the fault of a row whose time the book has from elsewhere: it says what and from where.
func (p *preparation) taken(a ledger.Activity, other ledger.Held) {
	receipt := p.book.Receipts()[other.Position-1]
	// Two bills that share one day: it is that of the reading, and belongs to one of them.
	whole := p.span(a)
	shared := quantity.Period{First: max(whole.First, other.Period.First),
		End: min(whole.End, other.Period.End)}
	if shared.Days() == 1 && whole.Days() > 1 && other.Period.Days() > 1 {
		p.fault(a, "row.posted-day", spanText(shared), receipt.File, receipt.ID)
		return
	}
	p.fault(a, "row.posted", spanText(other.Period), p.amount(other.Sum), receipt.File, receipt.ID)
}

// isTwice finds another row of the file for the same account whose time shares a day. Bills with
// their own document may stand for the same time, cumulative reports for times of one year.
func (p *preparation) isTwice(a ledger.Activity) bool {
	for _, other := range p.seen[a.Flow.Account()] {
		same := other.Period == a.Period
		switch {
		case p.upload.Source.Cumulative && !same:
			continue
		case !p.upload.Source.Cumulative && same && other.Document != a.Document:
			continue
		}
		if other.Period.Overlaps(a.Period) && other.Absence.HasFigure() == a.Absence.HasFigure() {
			// Nobody can tell which of the two is right, so neither is posted.
			p.fault(a, "row.twice", fmt.Sprint(other.Line), spanText(p.span(other)))
			p.fault(other, "row.twice", fmt.Sprint(a.Line), spanText(p.span(a)))
			return true
		}
	}
	return false
}

// span is the whole time of the row an activity is of: a bill over several months is several.
func (p *preparation) span(a ledger.Activity) quantity.Period {
	if p.spans == nil {
		p.spans = map[rowKey]quantity.Period{}
		for _, part := range p.upload.Activities {
			key := rowKey{part.Line, part.Account()}
			whole, known := p.spans[key]
			if !known {
				whole = part.Period
			}
			p.spans[key] = quantity.Period{First: min(whole.First, part.Period.First),
				End: max(whole.End, part.Period.End)}
		}
	}
	return p.spans[rowKey{a.Line, a.Account()}]
}

// isUnchanged says whether the book has the flow with the same amount from as many rows.
func (p *preparation) isUnchanged(a ledger.Activity) bool {
	standing, ok := p.book.Sum(a.Flow)
	here := p.totals[a.Flow]
	return ok && standing.Rows == here.Rows && standing.Total.Equal(here.Total) && !p.isNewBill(a)
}

// isNewBill says whether the row has a document of its own beside those the book has of its flow.
func (p *preparation) isNewBill(a ledger.Activity) bool {
	if _, ok := p.book.Sum(a.Flow); !ok || a.Document == "" || p.known.Documents == nil {
		return false
	}
	return !slices.Contains(p.known.Documents(a.Flow), a.Document)
}

// admitReport takes a cumulative figure into the batch. A figure other than the one the book has up
// to the same day replaces it; one that does not fit between its neighbours corrects them.
func (p *preparation) admitReport(a ledger.Activity) {
	first := quantity.Year(a.Period.Year()).First
	if a.Period.First != first || a.Period.End > quantity.Year(a.Period.Year()).End {
		p.fault(a, "cumulative.period", spanText(a.Period))
		return
	}
	account := a.Flow.Account()
	if other, ok := p.book.Posts(a.Flow); ok && a.Absence.HasFigure() {
		p.taken(a, other)
		return
	}
	for _, report := range p.book.Reports(account, first) {
		known, here := report.Sum, p.totals[a.Flow]
		switch {
		case report.End == a.Period.End && known.Absence == a.Absence &&
			known.Total.Equal(here.Total):
			p.unchanged++
			return
		case !known.Absence.HasFigure() || !a.Absence.HasFigure():
		case report.End == a.Period.End:
			p.warn(a, "cumulative.replaced", p.amount(known))
		case report.End < a.Period.End && a.Number.Cmp(known.Total) < 0,
			report.End > a.Period.End && a.Number.Cmp(known.Total) > 0:
			p.warn(a, "cumulative.correction", p.amount(here), p.amount(known),
				spanText(known.Period))
		}
	}
	p.admitted = append(p.admitted, a)
}

// amount prints the total of a sum with its unit.
func (p *preparation) amount(s ledger.Sum) string {
	return s.Total.String() + " " + p.known.UnitOf(s.Commodity)
}

// spanText prints a period as people write it: several months as 2022-01~2022-05.
func spanText(period quantity.Period) string {
	text := period.String()
	_, _, day := period.First.Date()
	_, _, end := period.End.Date()
	if day != 1 || end != 1 || !strings.Contains(text, "/") {
		return text
	}
	first, _ := quantity.Period{First: period.First, End: period.First + 1}.MonthText()
	last, _ := quantity.Period{First: period.End - 1, End: period.End}.MonthText()
	return first + "~" + last
}

func (p *preparation) fault(a ledger.Activity, code string, args ...string) {
	p.refused = append(p.refused, a)
	p.faults = append(p.faults, p.about(a, code, args))
}

func (p *preparation) warn(a ledger.Activity, code string, args ...string) {
	p.warnings = append(p.warnings, p.about(a, code, args))
}

func (p *preparation) about(a ledger.Activity, code string, args []string) table.Fault {
	return table.Fault{File: p.upload.Source.File, Line: a.Line, Code: code, Cell: a.Written,
		Args: args}
}

// rejected counts the rows with faults, in all and under each code.
func (p *preparation) rejected() (rows int, reasons []ledger.Reason) {
	all, byCode := map[int]bool{}, map[string]map[int]bool{}
	for _, fault := range p.faults {
		if fault.IsWarning() {
			continue
		}
		all[fault.Line] = true
		if byCode[fault.Code] == nil {
			byCode[fault.Code] = map[int]bool{}
		}
		byCode[fault.Code][fault.Line] = true
	}
	for code, lines := range byCode {
		reasons = append(reasons, ledger.Reason{Code: code, Rows: len(lines)})
	}
	slices.SortFunc(reasons, func(r, s ledger.Reason) int { return cmp.Compare(r.Code, s.Code) })
	return len(all), reasons
}
