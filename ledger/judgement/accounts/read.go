package accounts

import (
	"cmp"
	"slices"
	"strings"

	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/ledger/tally"
	"carbonledger/quantity"
)

// Read returns the figures of an upload beside those that the book has of the same entities. The
// tallies are those of the rows that would be posted. Rows that would not be are taken one by one:
// of them the upload holds all its activities, the batch those of these that would be posted.
func Read(book *ledger.Book, upload ledger.Upload, batch ledger.Batch,
	tallies tally.Tallies) *Index {
	r := newReader(tallies)
	whoOf, moveOf := r.keys()
	seen := make([]bool, len(r.index.Whos))
	for _, t := range tallies.List {
		seen[whoOf[t.Who]] = true
	}
	for who, is := range seen {
		if is {
			r.owner(r.index.Whos[who].Entity)
		}
	}
	for _, a := range upload.Activities {
		r.owner(a.Entity)
	}
	r.book(book, func(entity string) bool { _, is := r.index.owners[entity]; return is })
	r.tally(whoOf, moveOf)
	r.refuse(book, upload, batch)
	return r.settled(batch.Cumulative)
}

// OfBook returns the figures that the book has of some entities.
func OfBook(book *ledger.Book, wanted func(entity string) bool) *Index {
	r := newReader(tally.Tallies{})
	r.book(book, wanted)
	return r.settled(false)
}

// settled gives every figure its place and makes of them what the accounts moved.
func (r *reader) settled(cumulative bool) *Index {
	r.arrange()
	x := r.index
	Walk(len(x.accounts), accountsAtOnce, func(_, at int) {
		x.settle(&x.accounts[at], cumulative)
	})
	return x
}

// reader numbers accounts and puts figures into them.
type reader struct {
	index  *Index
	whos   map[column.Who]uint32
	moves  map[Move]uint32
	drafts []draft
	// last is the last draft of each who; from there they lead to the others. latest is the draft
	// that accountOf has found last.
	last   []int32
	latest uint32
	// moments are times as figures have them.
	moments map[quantity.Period]Figure
	// Of the tallies only their account is kept, as they are many. A list in the place of another
	// stands before or behind them.
	before, behind []entry
	talliesAt      []uint32
	times          []Figure
	kinds          []Figure
}

// draft is an account before its figures have a place.
type draft struct {
	who, move, owner uint32
	count            int32
	// before is the draft of the same who before this one, or none.
	before int32
	fresh  bool
}

const none = -1

// accountsAtOnce is how many accounts a worker takes at once.
const accountsAtOnce = 128

// entry is a figure and its account.
type entry struct {
	account uint32
	figure  Figure
}

func newReader(tallies tally.Tallies) *reader {
	return &reader{index: &Index{tallies: tallies, owners: map[string]uint32{}},
		whos: map[column.Who]uint32{}, moves: map[Move]uint32{},
		moments: map[quantity.Period]Figure{}}
}

// keys finds what the lists of the tallies are called here, and what their times and absences are.
func (r *reader) keys() (whoOf, moveOf []uint32) {
	t := &r.index.tallies
	for _, w := range t.Whos {
		whoOf = append(whoOf, r.who(w))
	}
	for _, w := range t.Whats {
		moveOf = append(moveOf, r.move(Move{ledger.Role(w.From), ledger.Role(w.To), w.Commodity}))
		r.kinds = append(r.kinds, Figure{Vintage: quantity.Day(w.Vintage),
			Gap: gapOf(ledger.Absence(w.Absence))})
	}
	for _, w := range t.Whens {
		r.times = append(r.times,
			r.moment(quantity.Period{First: quantity.Day(w.First), End: quantity.Day(w.End)}))
	}
	return whoOf, moveOf
}

func (r *reader) who(w column.Who) uint32 {
	at := placeOf(r.whos, &r.index.Whos, w)
	if int(at) == len(r.last) {
		r.last = append(r.last, none)
	}
	return at
}

func (r *reader) move(m Move) uint32 { return placeOf(r.moves, &r.index.Moves, m) }

func (r *reader) owner(entity string) uint32 {
	at, known := r.index.owners[entity]
	if !known {
		at = uint32(len(r.index.Owners))
		r.index.owners[entity] = at
		r.index.Owners = append(r.index.Owners, Owner{Entity: entity})
	}
	return at
}

func placeOf[T comparable](places map[T]uint32, list *[]T, entry T) uint32 {
	at, known := places[entry]
	if !known {
		at = uint32(len(*list))
		places[entry] = at
		*list = append(*list, entry)
	}
	return at
}

// moment is a figure of the book of a time, without its number.
func (r *reader) moment(p quantity.Period) Figure {
	f, known := r.moments[p]
	if !known {
		f = Of(quantity.Number{}, p)
		r.moments[p] = f
	}
	return f
}

// account returns the place of an account, and makes one where there is none.
func (r *reader) account(who, move uint32) uint32 {
	if at := r.find(who, move); at != none {
		return uint32(at)
	}
	r.drafts = append(r.drafts, draft{who: who, move: move,
		owner: r.owner(r.index.Whos[who].Entity), before: r.last[who]})
	r.last[who] = int32(len(r.drafts) - 1)
	return uint32(r.last[who])
}

// find returns the place of an account, or none.
func (r *reader) find(who, move uint32) int32 {
	at := r.last[who]
	for at != none && r.drafts[at].move != move {
		at = r.drafts[at].before
	}
	return at
}

// accountOf is the account of a flow. Often it is that of the flow before.
func (r *reader) accountOf(f ledger.Flow) uint32 {
	who := column.Who{Entity: f.Entity, Site: f.Site, Counterparty: f.Counterparty}
	move := Move{f.From, f.To, f.Commodity}
	if l := r.latest; len(r.drafts) > 0 && r.index.Whos[r.drafts[l].who] == who &&
		r.index.Moves[r.drafts[l].move] == move {
		return l
	}
	r.latest = r.account(r.who(who), r.move(move))
	return r.latest
}

// figureOf is a figure of the book.
func (r *reader) figureOf(f ledger.Flow, number quantity.Number) Figure {
	figure := r.moment(f.Period)
	figure.Number, figure.Vintage, figure.Gap = number, f.Vintage, gapOf(f.Absence)
	return figure
}

// book takes the sums of some entities.
func (r *reader) book(book *ledger.Book, wanted func(entity string) bool) {
	book.EachSum(wanted, func(sum ledger.Sum) {
		at := r.accountOf(sum.Flow)
		r.drafts[at].count++
		r.before = append(r.before, entry{at, r.figureOf(sum.Flow, sum.Total)})
	})
}

// tally finds the accounts of the tallies.
func (r *reader) tally(whoOf, moveOf []uint32) {
	r.talliesAt = make([]uint32, len(r.index.tallies.List))
	for i := range r.talliesAt {
		t := &r.index.tallies.List[i]
		at := r.account(whoOf[t.Who], moveOf[t.What])
		r.drafts[at].count++
		r.drafts[at].fresh = true
		r.talliesAt[i] = at
	}
}

// refuse takes the rows that would not be posted. Where they can be weighed all the same they are
// figures like others, unless the book has figures of the time; a cumulative report replaces those.
func (r *reader) refuse(book *ledger.Book, upload ledger.Upload, batch ledger.Batch) {
	r.index.refused = unposted(upload.Activities, batch.Activities)
	if len(r.index.refused) == 0 {
		return
	}
	kept := keptOut(book, upload)
	held := map[uint32][]quantity.Period{}
	for _, e := range r.before {
		if e.figure.Gap == Present && !batch.Cumulative {
			held[e.account] = append(held[e.account], e.figure.Period)
		}
	}
	for i, a := range r.index.refused {
		figure := r.figureOf(a.Flow, a.Number)
		figure.row = int32(len(r.index.tallies.List) + i)
		account, known := r.known(a.Flow)
		holds := known && slices.ContainsFunc(held[account], a.Period.Overlaps)
		if kept(a) && !holds {
			at := r.accountOf(a.Flow)
			r.drafts[at].count++
			r.drafts[at].fresh = true
			r.behind = append(r.behind, entry{at, figure})
			continue
		}
		owner := r.owner(a.Entity)
		r.index.Owners[owner].Refused = append(r.index.Owners[owner].Refused,
			Refused{a.Flow, figure})
		if known {
			// What is told as a fault already is not left out.
			figure.row, figure.Gap = inBook, Absent
			r.drafts[account].count++
			r.behind = append(r.behind, entry{account, figure})
		}
	}
}

// known returns the account of a flow where there is one.
func (r *reader) known(f ledger.Flow) (uint32, bool) {
	who, isWho := r.whos[column.Who{Entity: f.Entity, Site: f.Site,
		Counterparty: f.Counterparty}]
	move, isMove := r.moves[Move{f.From, f.To, f.Commodity}]
	if !isWho || !isMove {
		return 0, false
	}
	at := r.find(who, move)
	return uint32(at), at != none
}

// unposted returns the activities that are not among the posted ones. A row of a wide table is
// several activities, so that a line alone does not tell them.
func unposted(all, posted []ledger.Activity) (refused []ledger.Activity) {
	if len(all) == len(posted) {
		return nil
	}
	byLine := make(map[int][]int32, len(posted))
	for i, a := range posted {
		byLine[a.Line] = append(byLine[a.Line], int32(i))
	}
	for _, a := range all {
		if !slices.ContainsFunc(byLine[a.Line], func(i int32) bool {
			return posted[i].Flow == a.Flow
		}) {
			refused = append(refused, a)
		}
	}
	return refused
}

// keptOut says of a figure that is not posted whether it can be weighed all the same: it is known
// with its time and its owner, and what keeps it out is something else of its row, what stands
// above the table, or an entity the book does not know. Whoever mends that should hear of all.
func keptOut(book *ledger.Book, upload ledger.Upload) func(ledger.Activity) bool {
	lines, entities := map[int]bool{}, map[string]bool{}
	for _, line := range upload.Lost {
		lines[line] = true
	}
	for _, fault := range upload.Faults {
		lines[fault.Line] = true
	}
	for _, entity := range upload.Entities {
		entities[entity.ID] = true
	}
	return func(a ledger.Activity) bool {
		_, known := book.Entity(a.Entity)
		return a.Entity != "" && !a.Period.IsZero() &&
			(lines[a.Line] || !known && !entities[a.Entity])
	}
}

// arrange gives every figure its place: by owner, by account in the order of their flows, and as
// they came.
func (r *reader) arrange() {
	order := r.order()
	next, total := make([]int, len(r.drafts)), 0
	for _, at := range order {
		next[at] = total
		total += int(r.drafts[at].count)
	}
	figures := make([]Figure, total)
	x := r.index
	x.accounts = make([]Account, len(order))
	for i, at := range order {
		d := r.drafts[at]
		end := next[at] + int(d.count)
		x.accounts[i] = Account{Who: d.who, Move: d.move, Fresh: d.fresh,
			Raw: figures[next[at]:end:end]}
	}
	for first := 0; first < len(order); {
		owner, end := r.drafts[order[first]].owner, first
		for end < len(order) && r.drafts[order[end]].owner == owner {
			end++
		}
		x.Owners[owner].Accounts = x.accounts[first:end:end]
		first = end
	}
	// Each worker fills a part of the places and passes over what belongs to the others.
	workers := Workers()
	mine := make([][]bool, workers)
	for part := range workers {
		mine[part] = make([]bool, len(next))
		for account, at := range next {
			mine[part][account] = total*part/workers <= at && at < total*(part+1)/workers
		}
	}
	Walk(workers, 1, func(_, part int) { r.put(figures, next, mine[part]) })
}

// put puts the figures of some accounts where they belong: next is the place of the next one of
// each account.
func (r *reader) put(figures []Figure, next []int, mine []bool) {
	put := func(account uint32, f Figure) {
		figures[next[account]] = f
		next[account]++
	}
	for _, e := range r.before {
		if mine[e.account] {
			put(e.account, e.figure)
		}
	}
	list := r.index.tallies.List
	for i, account := range r.talliesAt {
		if !mine[account] {
			continue
		}
		t := &list[i]
		f, kind := r.times[t.When], &r.kinds[t.What]
		f.Number, f.Vintage, f.Gap, f.row = r.index.tallies.Total(t), kind.Vintage, kind.Gap, int32(i)
		put(account, f)
	}
	for _, e := range r.behind {
		if mine[e.account] {
			put(e.account, e.figure)
		}
	}
}

// order returns the drafts by owner, and those of one owner in the order of their flows.
func (r *reader) order() []uint32 {
	first := make([]int, len(r.index.Owners)+1)
	for _, d := range r.drafts {
		first[d.owner+1]++
	}
	for owner := range r.index.Owners {
		first[owner+1] += first[owner]
	}
	order, next := make([]uint32, len(r.drafts)), slices.Clone(first)
	for at, d := range r.drafts {
		order[next[d.owner]] = uint32(at)
		next[d.owner]++
	}
	Walk(len(r.index.Owners), accountsAtOnce, func(_, owner int) {
		slices.SortFunc(order[first[owner]:first[owner+1]], func(a, b uint32) int {
			return r.compare(&r.drafts[a], &r.drafts[b])
		})
	})
	return order
}

// compare is Flow.Compare for accounts of one entity.
func (r *reader) compare(d, e *draft) int {
	a, b := &r.index.Whos[d.who], &r.index.Whos[e.who]
	if order := strings.Compare(a.Site, b.Site); order != 0 {
		return order
	}
	m, n := &r.index.Moves[d.move], &r.index.Moves[e.move]
	return cmp.Or(strings.Compare(m.Commodity, n.Commodity),
		strings.Compare(string(m.From), string(n.From)),
		strings.Compare(string(m.To), string(n.To)),
		strings.Compare(a.Counterparty, b.Counterparty))
}
