package judgement

import (
	"cmp"
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/quantity"
	"carbonledger/table"
)

// figure is what one account moved in one period, as the upload or the book has it. Several bills
// of the same period are one figure.
type figure struct {
	flow   ledger.Flow
	number quantity.Number
	// fresh figures are of the upload; line and written are those of their largest row.
	fresh   bool
	line    int
	written string
	largest quantity.Number
}

// account is the figures of one flow in the order of time.
type account struct {
	// key is the flow without its time.
	key     ledger.Flow
	figures []figure
	// absent are the rows that say why there is no figure, and those that are refused: the upload
	// has them, so that nothing is left out.
	absent []figure
	fresh  bool
}

// index is an upload and its book by account, and the warnings found so far.
type index struct {
	file     string
	book     *ledger.Book
	upload   ledger.Upload
	library  *factors.Library
	accounts []*account
	entities map[string]ledger.Entity
	units    map[unitKey]writtenUnit
	coals    map[coalKey]factors.Factor
	// admitted are the figures of the upload that would be posted.
	admitted map[rowKey]bool
	// told are the figures whose size is questioned already.
	told  map[place]bool
	found []table.Fault
}

// rowKey names a figure of the upload; a row of a wide table has several.
type rowKey struct {
	line int
	flow ledger.Flow
}

// place names a figure of an account.
type place struct {
	account *account
	at      int
}

func newIndex(book *ledger.Book, upload ledger.Upload, batch ledger.Batch,
	library *factors.Library) *index {
	x := &index{file: upload.Source.File, book: book, upload: upload, library: library,
		entities: map[string]ledger.Entity{}, units: map[unitKey]writtenUnit{},
		coals:    map[coalKey]factors.Factor{},
		admitted: map[rowKey]bool{}, told: map[place]bool{}}
	for _, entity := range upload.Entities {
		x.entities[entity.ID] = entity
	}
	by := map[ledger.Flow]*account{}
	book.EachSum(x.concerned(), func(sum ledger.Sum) {
		x.add(by, figure{flow: sum.Flow, number: sum.Total})
	})
	for _, a := range batch.Activities {
		x.admitted[rowKey{a.Line, a.Flow}] = true
		x.add(by, figure{a.Flow, a.Number, true, a.Line, a.Written, a.Number.Abs()})
	}
	kept := x.keptOut()
	for _, a := range upload.Activities {
		key, account := rowKey{a.Line, a.Flow}, by[keyOf(a.Flow)]
		switch {
		case x.admitted[key]:
		case kept(a) && !account.holds(a.Period, batch.Cumulative):
			x.admitted[key] = true
			x.add(by, figure{a.Flow, a.Number, true, a.Line, a.Written, a.Number.Abs()})
		case account != nil:
			account.absent = append(account.absent, figure{flow: refused(a.Flow)})
		}
	}
	for _, account := range by {
		if batch.Cumulative {
			account.spread()
		}
		account.settle()
		x.accounts = append(x.accounts, account)
	}
	slices.SortFunc(x.accounts, func(a, b *account) int { return a.key.Compare(b.key) })
	return x
}

// keptOut says of a figure that is not posted whether it can be weighed all the same: it is known
// with its time and its owner, and what keeps it out is something else of its row, what stands
// above the table, or an entity the book does not know. Whoever mends that should hear of all.
func (x *index) keptOut() func(ledger.Activity) bool {
	lines := map[int]bool{}
	for _, line := range x.upload.Lost {
		lines[line] = true
	}
	for _, fault := range x.upload.Faults {
		lines[fault.Line] = true
	}
	return func(a ledger.Activity) bool {
		_, known := x.book.Entity(a.Entity)
		_, here := x.entities[a.Entity]
		return a.Entity != "" && !a.Period.IsZero() && (lines[a.Line] || !known && !here)
	}
}

// holds says whether the account has a figure of the book for a part of the time; a cumulative
// report replaces those.
func (a *account) holds(period quantity.Period, cumulative bool) bool {
	return a != nil && !cumulative && slices.ContainsFunc(a.figures, func(f figure) bool {
		return !f.fresh && f.flow.Period.Overlaps(period)
	})
}

// concerned says of an entity of the book whether its figures bear on the upload: it reports in it,
// or belongs to the division of one that does.
func (x *index) concerned() func(entity string) bool {
	known, divisions := map[string]bool{}, map[string]bool{}
	for _, a := range x.upload.Activities {
		if !known[a.Entity] {
			known[a.Entity], divisions[x.division(a.Entity)] = true, true
		}
	}
	delete(divisions, "")
	return func(entity string) bool {
		concerns, told := known[entity]
		if !told {
			concerns = divisions[x.division(entity)]
			known[entity] = concerns
		}
		return concerns
	}
}

// refused is the flow of a row that is told as a fault already.
func refused(f ledger.Flow) ledger.Flow {
	f.Absence = ledger.IncludedElsewhere
	return f
}

// keyOf is a flow without time, absence and vintage.
func keyOf(f ledger.Flow) ledger.Flow {
	f.Period, f.Absence, f.Vintage = quantity.Period{}, ledger.Present, 0
	return f
}

func (x *index) add(by map[ledger.Flow]*account, f figure) {
	key := keyOf(f.flow)
	a := by[key]
	if a == nil {
		a = &account{key: key}
		by[key] = a
	}
	a.fresh = a.fresh || f.fresh
	if f.flow.Absence.HasFigure() {
		a.figures = append(a.figures, f)
	} else {
		a.absent = append(a.absent, f)
	}
}

// settle puts the figures in the order of time and makes one of those of the same period: of
// revised figures the latest, of bills their sum.
func (a *account) settle() {
	byTime := func(f, g figure) int {
		return cmp.Or(cmp.Compare(f.flow.Period.First, g.flow.Period.First),
			cmp.Compare(f.flow.Period.End, g.flow.Period.End))
	}
	slices.SortStableFunc(a.figures, byTime)
	slices.SortStableFunc(a.absent, byTime)
	merged := a.figures[:0]
	for _, f := range a.figures {
		last := len(merged) - 1
		if last < 0 || merged[last].flow.Period != f.flow.Period {
			merged = append(merged, f)
			continue
		}
		merged[last] = merged[last].with(f)
	}
	a.figures = merged
}

// with joins two figures of one account and period.
func (f figure) with(g figure) figure {
	if f.flow.Vintage != g.flow.Vintage {
		if f.flow.Vintage > g.flow.Vintage {
			return f
		}
		return g
	}
	joined := f
	if g.fresh && (!f.fresh || g.largest.Cmp(f.largest) > 0) {
		joined = g
	}
	joined.number = f.number.Add(g.number)
	return joined
}

// spread turns figures that run from 1 January into what moved between them, as the book does.
//
//	moved(p, m] = reported(1 January, m] - reported(1 January, p]
//
// A report above a later one is corrected by it and says nothing of its last month.
func (a *account) spread() {
	if !a.fresh {
		return
	}
	years := map[int][]figure{}
	for _, f := range a.figures {
		if f.fresh {
			years[f.flow.Period.Year()] = nil
		}
	}
	var kept []figure
	for _, f := range a.figures {
		year := f.flow.Period.Year()
		if reports, ok := years[year]; ok {
			years[year] = append(reports, f)
		} else {
			kept = append(kept, f)
		}
	}
	for year, figures := range years {
		kept = append(kept, spreadYear(quantity.Year(year).First, figures)...)
	}
	a.figures, a.absent = kept, nil
}

// spreadYear takes what the book says of parts of a year and the reports of the upload.
func spreadYear(first quantity.Day, figures []figure) []figure {
	slices.SortStableFunc(figures, func(f, g figure) int {
		return cmp.Or(cmp.Compare(f.flow.Period.End, g.flow.Period.End), order(f.fresh, g.fresh))
	})
	running := quantity.Number{}
	var reports []figure
	for _, f := range figures {
		if !f.fresh {
			running = running.Add(f.number)
			f.number = running
		}
		// A report of the upload stands behind that of the book up to the same day and replaces it.
		last := len(reports) - 1
		if last >= 0 && reports[last].flow.Period.End == f.flow.Period.End {
			reports = reports[:last]
		}
		reports = append(reports, f)
	}
	standing := make([]bool, len(reports))
	least := quantity.Number{}
	for i, f := range slices.Backward(reports) {
		if standing[i] = i == len(reports)-1 || f.number.Cmp(least) <= 0; standing[i] {
			least = f.number
		}
	}
	var moved []figure
	last, running := first, quantity.Number{}
	for i, f := range reports {
		if !standing[i] {
			continue
		}
		reported := f.number
		f.number = reported.Sub(running)
		f.flow.Period = quantity.Period{First: last, End: f.flow.Period.End}
		moved = append(moved, f)
		last, running = f.flow.Period.End, reported
	}
	return moved
}

// order puts false before true.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// warn notes a question about a figure of the upload.
func (x *index) warn(f figure, code string, args ...string) {
	x.found = append(x.found, table.Fault{File: x.file, Line: f.line, Code: code, Cell: f.written,
		Args: args})
}

// commodity returns the commodity of a flow that has passed intake.
func (x *index) commodity(id string) quantity.Commodity {
	commodity, _ := x.library.Catalogue.ByID(id)
	return commodity
}

// entity returns what upload or book know of an entity.
func (x *index) entity(id string) ledger.Entity {
	known, _ := x.book.Entity(id)
	here, ok := x.entities[id]
	if !ok {
		return known
	}
	here.Name = cmp.Or(here.Name, known.Name)
	here.Industry = cmp.Or(here.Industry, known.Industry)
	here.Area = cmp.Or(here.Area, known.Area)
	return here
}

// divisionLength is the length of a division of GB/T 4754: the section letter and two digits.
const divisionLength = 3

// division returns the division of GB/T 4754 an entity belongs to, or an empty text.
func (x *index) division(entity string) string {
	industry := x.entity(entity).Industry
	if len(industry) < divisionLength ||
		strings.Trim(industry[1:divisionLength], "0123456789") != "" {
		return ""
	}
	return industry[:divisionLength]
}
