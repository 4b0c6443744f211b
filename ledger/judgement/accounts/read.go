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
// tallies are those of the rows that would be posted, in the order of their flows. Rows that would
// not be are taken one by one: of them the upload holds all its activities, the batch those of
// these that would be posted.
func Read(book *ledger.Book, upload ledger.Upload, batch ledger.Batch,
	tallies tally.Tallies) *Index {
	r := newReader(tallies)
	r.cumulative = batch.Cumulative
	r.keys()
	for i := range tallies.List {
		if who := tallies.List[i].Who; i == 0 || who != tallies.List[i-1].Who {
			r.owner(tallies.Whos[who].Entity)
		}
	}
	for _, a := range upload.Activities {
		r.owner(a.Entity)
	}
	r.book(book, r.Has)
	r.tally()
	r.refuse(book, upload, batch)
	return r.settled()
}

// OfBook returns the figures that the book has of some entities.
func OfBook(book *ledger.Book, wanted func(entity string) bool) *Index {
	r := newReader(tally.Tallies{})
	r.book(book, wanted)
	return r.settled()
}

// settled puts accounts and figures in order by owner.
func (r *reader) settled() *Index {
	r.sort()
	r.Index.before, r.Index.behind = r.grouped(r.before), r.grouped(r.behind)
	return r.Index
}

// reader numbers accounts and finds out which figures are whose.
type reader struct {
	*Index
	// latest is the draft that accountOf has found last.
	latest uint32
	// moments are times as figures have them.
	moments        map[quantity.Period]Figure
	before, behind []entry
}

// draft is an account before anybody opens its owner.
type draft struct {
	who, move, owner uint32
	// before is the draft of the same who before this one, or none; local is its place among those
	// of its owner.
	before, local int32
	fresh         bool
}

const none = -1

// accountsAtOnce is how many accounts a worker takes at once.
const accountsAtOnce = 128

// entry is a figure and its account.
type entry struct {
	account uint32
	figure  Figure
}

// entries are figures by owner; those of an owner begin where first says.
type entries struct {
	list  []entry
	first []int
}

// of returns the entries of an owner.
func (e *entries) of(owner int) []entry {
	if len(e.list) == 0 {
		return nil
	}
	return e.list[e.first[owner]:e.first[owner+1]]
}

// grouped puts entries in order by owner; those of one stay in their order.
func (r *reader) grouped(list []entry) entries {
	if len(list) == 0 {
		return entries{}
	}
	owner := func(i int) uint32 { return r.drafts[list[i].account].owner }
	order, first := dealt(len(list), len(r.entities), owner)
	e := entries{make([]entry, len(list)), first}
	for i, at := range order {
		e.list[i] = list[at]
	}
	return e
}

// dealt puts the places of n things in the order of the owners they are of, and tells where those
// of each owner begin.
func dealt(n, owners int, owner func(int) uint32) (order []uint32, first []int) {
	first = make([]int, owners+1)
	for i := range n {
		first[owner(i)+1]++
	}
	for i := range owners {
		first[i+1] += first[i]
	}
	order, next := make([]uint32, n), slices.Clone(first)
	for i := range n {
		o := owner(i)
		order[next[o]] = uint32(i)
		next[o]++
	}
	return order, first
}

func newReader(tallies tally.Tallies) *reader {
	return &reader{Index: &Index{tallies: tallies, owners: map[string]uint32{},
		whos: map[column.Who]uint32{}, moves: map[Move]uint32{}, apart: map[uint32][]Refused{}},
		moments: map[quantity.Period]Figure{}}
}

// keys finds what the lists of the tallies are called here, and what their times and absences are.
func (r *reader) keys() {
	t := &r.tallies
	for _, w := range t.Whos {
		r.whoOf = append(r.whoOf, r.who(w))
	}
	for _, w := range t.Whats {
		r.moveOf = append(r.moveOf,
			r.move(Move{ledger.Role(w.From), ledger.Role(w.To), w.Commodity}))
		r.kinds = append(r.kinds, Figure{Vintage: quantity.Day(w.Vintage),
			Gap: gapOf(ledger.Absence(w.Absence))})
	}
	for _, w := range t.Whens {
		r.times = append(r.times, r.moment(w.Period()))
	}
}

func (r *reader) who(w column.Who) uint32 {
	at := placeOf(r.whos, &r.Whos, w)
	if int(at) == len(r.last) {
		r.last = append(r.last, none)
	}
	return at
}

func (r *reader) move(m Move) uint32 { return placeOf(r.moves, &r.Moves, m) }

func (r *reader) owner(entity string) uint32 {
	return placeOf(r.owners, &r.entities, entity)
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
		owner: r.owner(r.Whos[who].Entity), before: r.last[who]})
	r.last[who] = int32(len(r.drafts) - 1)
	return uint32(r.last[who])
}

// find returns the place of an account, or none.
func (x *Index) find(who, move uint32) int32 {
	at := x.last[who]
	for at != none && x.drafts[at].move != move {
		at = x.drafts[at].before
	}
	return at
}

// accountOf is the account of a flow. Often it is that of the flow before.
func (r *reader) accountOf(f ledger.Flow) uint32 {
	who := column.Who{Entity: f.Entity, Site: f.Site, Counterparty: f.Counterparty}
	move := Move{f.From, f.To, f.Commodity}
	if l := r.latest; len(r.drafts) > 0 && r.Whos[r.drafts[l].who] == who &&
		r.Moves[r.drafts[l].move] == move {
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
		r.before = append(r.before, entry{at, r.figureOf(sum.Flow, sum.Total)})
	})
}

// tally finds the accounts of the tallies, and which of them are whose.
func (r *reader) tally() {
	r.tallied = make([][2]int, len(r.entities))
	list := r.tallies.List
	for i := range list {
		t := &list[i]
		if i > 0 && t.Who == list[i-1].Who && t.What == list[i-1].What {
			continue
		}
		at := r.account(r.whoOf[t.Who], r.moveOf[t.What])
		r.drafts[at].fresh = true
		owner := r.drafts[at].owner
		if r.tallied[owner][1] == 0 {
			r.tallied[owner] = [2]int{i, len(list)}
			if i > 0 {
				before := r.owner(r.tallies.Whos[list[i-1].Who].Entity)
				r.tallied[before][1] = i
			}
		}
	}
}

// refuse takes the rows that would not be posted. Where they can be weighed all the same they are
// figures like others, unless the book has figures of the time; a cumulative report replaces those.
func (r *reader) refuse(book *ledger.Book, upload ledger.Upload, batch ledger.Batch) {
	r.refused = unposted(upload.Activities, batch.Activities)
	if len(r.refused) == 0 {
		return
	}
	kept := keptOut(book, upload)
	held := map[uint32][]quantity.Period{}
	for _, e := range r.before {
		if e.figure.Gap == Present && !batch.Cumulative {
			held[e.account] = append(held[e.account], e.figure.Period)
		}
	}
	for i, a := range r.refused {
		figure := r.figureOf(a.Flow, a.Number)
		figure.row = int32(len(r.tallies.List) + i)
		account, known := r.known(a.Flow)
		holds := known && slices.ContainsFunc(held[account], a.Period.Overlaps)
		if kept(a) && !holds {
			at := r.accountOf(a.Flow)
			r.drafts[at].fresh = true
			r.behind = append(r.behind, entry{at, figure})
			continue
		}
		owner := r.owner(a.Entity)
		r.apart[owner] = append(r.apart[owner], Refused{a.Flow, figure})
		if known {
			// What is told as a fault already is not left out.
			figure.row, figure.Gap = inBook, Absent
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

// sort puts the drafts in order by owner, and those of one owner in the order of their flows.
func (r *reader) sort() {
	r.order, r.first = dealt(len(r.drafts), len(r.entities),
		func(i int) uint32 { return r.drafts[i].owner })
	Walk(len(r.entities), accountsAtOnce, func(_, owner int) {
		own := r.order[r.first[owner]:r.first[owner+1]]
		slices.SortFunc(own, func(a, b uint32) int {
			return r.compare(&r.drafts[a], &r.drafts[b])
		})
		for i, at := range own {
			r.drafts[at].local = int32(i)
		}
	})
}

// compare is Flow.Compare for accounts of one entity.
func (r *reader) compare(d, e *draft) int {
	a, b := &r.Whos[d.who], &r.Whos[e.who]
	if order := strings.Compare(a.Site, b.Site); order != 0 {
		return order
	}
	m, n := &r.Moves[d.move], &r.Moves[e.move]
	return cmp.Or(strings.Compare(m.Commodity, n.Commodity),
		strings.Compare(string(m.From), string(n.From)),
		strings.Compare(string(m.To), string(n.To)),
		strings.Compare(a.Counterparty, b.Counterparty))
}
