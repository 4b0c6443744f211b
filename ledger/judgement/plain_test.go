package judgement_test

import (
	"cmp"
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/quantity"
	"carbonledger/table"
)

// The plain twin of judgement.Weigh: the same questions, asked row by row and one after the other,
// with a flow for every key. Coefficients that are stated are not asked about.
var judgements = []func(*index){
	negatives, magnitudes, tenfolds, finer, twoUnits, intensities, wholes, unstored,
}

// ofWhole lists what is asked about uploads without faults only: a month whose row has a fault is
// not left out.
var ofWhole = []func(*index){gaps, completeness}

// plainWeigh is judgement.Weigh with the activities themselves in the place of tallies.
func plainWeigh(book *ledger.Book, upload ledger.Upload, batch ledger.Batch,
	library *factors.Library) []table.Fault {
	if len(upload.Activities)+len(upload.Statements) == 0 {
		return nil
	}
	x := newIndex(book, upload, batch, library)
	for _, judge := range judgements {
		judge(x)
	}
	if len(upload.Faults) == 0 {
		for _, judge := range ofWhole {
			judge(x)
		}
	}
	slices.SortFunc(x.found, func(a, b table.Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Code, b.Code),
			slices.Compare(a.Args, b.Args))
	})
	return slices.CompactFunc(x.found, func(a, b table.Fault) bool {
		return a.Line == b.Line && a.Code == b.Code && slices.Equal(a.Args, b.Args)
	})
}

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
	batch    ledger.Batch
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

// inUnits adds up what rows of the upload say of one flow in one unit.
func (x *index) inUnits(counts func(ledger.Activity) bool) (list []figure) {
	type key struct {
		flow          ledger.Flow
		unit, perUnit string
		refused       int
	}
	places, posted := map[key]int{}, map[rowKey]bool{}
	for _, a := range x.batch.Activities {
		posted[rowKey{a.Line, a.Flow}] = true
	}
	for _, a := range x.upload.Activities {
		if !counts(a) {
			continue
		}
		_, unit, _ := strings.Cut(a.Written, " ")
		at := key{a.Flow, unit, a.PerUnit.String(), 0}
		// Rows that are refused stay alone.
		if !posted[rowKey{a.Line, a.Flow}] {
			at.refused = a.Line
		}
		f := figure{a.Flow, a.Number, true, a.Line, a.Written, a.Number.Abs()}
		place, known := places[at]
		if !known {
			places[at] = len(list)
			list = append(list, f)
			continue
		}
		joined := list[place]
		if f.largest.Cmp(joined.largest) > 0 {
			joined = f
		}
		joined.number = list[place].number.Add(f.number)
		list[place] = joined
	}
	return list
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
	x := &index{file: upload.Source.File, book: book, upload: upload, batch: batch,
		library:  library,
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
	absent := map[ledger.Flow]bool{}
	for _, a := range batch.Activities {
		x.admitted[rowKey{a.Line, a.Flow}] = true
		// Of rows that say the same absence the first stands for all.
		if !a.Absence.HasFigure() && absent[a.Flow] {
			continue
		}
		absent[a.Flow] = true
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

// movements name what an amount did, by the role it went to.
var movements = map[ledger.Role]struct{ en, zh string }{
	ledger.Use:       {" used", "消费"},
	ledger.Stock:     {" bought", "购进"},
	ledger.Feedstock: {" used as feedstock", "用作原材料"},
	ledger.Convert:   {" put into conversion", "加工转换投入"},
	ledger.Product:   {" made", "产出"},
	ledger.Sale:      {" sold", "外供"},
	ledger.Loss:      {" lost", "损失"},
}

// named says in English and Chinese which account and period is meant:
// "electricity used, Shop (S-1), site 1F, 2022-03" and "示例公司（S-1）场所“1F”2022-03电力消费".
func (x *index) named(f ledger.Flow) (en, zh string) {
	commodity, movement := x.commodity(f.Commodity), movements[f.To]
	if commodity.Class.Denominator() {
		movement.en, movement.zh = "", ""
	}
	en, zh = x.owner(f.Entity)
	en = commodity.NameEN + movement.en + ", " + en
	if f.Site != "" {
		en += ", site " + f.Site
		zh += "场所“" + f.Site + "”"
	}
	if f.Counterparty != "" {
		otherEN, otherZH := x.owner(f.Counterparty)
		en += ", with " + otherEN
		zh += "（对方：" + otherZH + "）"
	}
	if !f.Period.IsZero() {
		en += ", " + spanText(f.Period)
		zh += spanZH(f.Period)
	}
	return en, zh + commodity.NameZH + movement.zh
}

// account names the account of a flow without its time.
func (x *index) account(f ledger.Flow) (en, zh string) { return x.named(keyOf(f)) }

// owner names an entity by its name and id, as far as they are known.
func (x *index) owner(id string) (en, zh string) {
	name := x.entity(id).Name
	if name == "" {
		return id, id
	}
	return name + " (" + id + ")", name + "（" + id + "）"
}

// spanText prints a period as people write it, with its last month or day included:
// 2022-01~2022-05, 2022-03-06~2022-03-08.
func spanText(period quantity.Period) string {
	text := period.String()
	if !strings.Contains(text, "/") {
		return text
	}
	last := quantity.Period{First: period.End - 1, End: period.End}
	if !isMonths(period) {
		return period.First.String() + "~" + last.String()
	}
	monthFirst, _ := quantity.Period{First: period.First, End: period.First + 1}.MonthText()
	monthLast, _ := last.MonthText()
	return monthFirst + "~" + monthLast
}

// spanZH is spanText with 年 behind a whole year.
func spanZH(period quantity.Period) string {
	if period == quantity.Year(period.Year()) {
		return spanText(period) + "年"
	}
	return spanText(period)
}

type unitKey struct{ commodity, text string }

// writtenUnit is a unit as a row has it, with its size in book units.
type writtenUnit struct {
	unit    quantity.Unit
	perUnit quantity.Number
	ok      bool
}

// unit finds the unit at the end of a figure as written: the longest text behind a blank that is a
// unit of the commodity.
func (x *index) unit(f figure) writtenUnit {
	for at, letter := range f.written {
		if letter != ' ' {
			continue
		}
		if found := x.unitText(f.flow.Commodity, strings.TrimSpace(f.written[at:])); found.ok {
			return found
		}
	}
	return writtenUnit{}
}

func (x *index) unitText(commodity, text string) writtenUnit {
	key := unitKey{commodity, text}
	if found, ok := x.units[key]; ok {
		return found
	}
	var found writtenUnit
	if unit, err := quantity.ParseUnit(text); err == nil {
		perUnit, _, err := x.commodity(commodity).Accept(unit)
		found = writtenUnit{unit, perUnit, err == nil && !perUnit.IsZero()}
	}
	x.units[key] = found
	return found
}

// shown prints an amount in the unit of a row where it has finitely many decimals in it, and in the
// book unit otherwise: nothing is rounded.
func (x *index) shown(n quantity.Number, commodity string, u writtenUnit) string {
	if u.ok {
		if counted, ok := quantity.RatioOf(n, u.perUnit).Exact(); ok {
			return counted.String() + " " + u.unit.Symbol
		}
	}
	return n.String() + " " + x.commodity(commodity).Unit.Symbol
}
