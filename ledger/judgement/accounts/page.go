package accounts

import "slices"

// Page is where the figures of an owner are made. The zero value is ready; it must not be used by
// two at once.
type Page struct {
	owner   Owner
	figures []Figure
	// local are the accounts of the tallies by their places among those of the owner; next is where
	// the next figure of an account belongs.
	local []int32
	next  []int
}

// Open makes an owner with its accounts on a page. It stays until the page is used again.
func (x *Index) Open(at int, page *Page) *Owner {
	order := x.order[x.first[at]:x.first[at+1]]
	before, behind := x.before.of(at), x.behind.of(at)
	from, end := 0, 0
	if at < len(x.tallied) {
		from, end = x.tallied[at][0], x.tallied[at][1]
	}
	page.count(x, len(order), from, end, before, behind)
	total := end - from + len(before) + len(behind)
	page.figures = slices.Grow(page.figures[:0], total)[:total]
	o := &page.owner
	o.Entity, o.Refused, o.Accounts = x.entities[at], x.apart[uint32(at)], o.Accounts[:0]
	for i, draft := range order {
		d := &x.drafts[draft]
		begin, end := page.next[i], page.next[i+1]
		o.Accounts = append(o.Accounts, Account{Who: d.who, Move: d.move, Fresh: d.fresh,
			Raw: page.figures[begin:end:end]})
	}
	page.fill(x, from, before, behind)
	for i := range o.Accounts {
		x.settle(&o.Accounts[i], x.cumulative)
	}
	return o
}

// count finds the accounts of the tallies and works out where the figures of each account begin.
func (p *Page) count(x *Index, accounts, from, end int, before, behind []entry) {
	p.next = append(p.next[:0], make([]int, accounts+1)...)
	p.local = p.local[:0]
	list := x.tallies.List
	for i := from; i < end; i++ {
		t := &list[i]
		if i == from || t.Who != list[i-1].Who || t.What != list[i-1].What {
			p.local = append(p.local, x.drafts[x.find(x.whoOf[t.Who], x.moveOf[t.What])].local)
		} else {
			p.local = append(p.local, p.local[len(p.local)-1])
		}
		p.next[p.local[len(p.local)-1]+1]++
	}
	for _, some := range [2][]entry{before, behind} {
		for i := range some {
			p.next[x.drafts[some[i].account].local+1]++
		}
	}
	for i := range accounts {
		p.next[i+1] += p.next[i]
	}
}

// fill puts the figures where they belong: those of the book, of the tallies, and of rows that are
// not posted.
func (p *Page) fill(x *Index, from int, before, behind []entry) {
	put := func(list []entry) {
		for i := range list {
			local := x.drafts[list[i].account].local
			p.figures[p.next[local]] = list[i].figure
			p.next[local]++
		}
	}
	put(before)
	for i, local := range p.local {
		t := &x.tallies.List[from+i]
		f := &p.figures[p.next[local]]
		p.next[local]++
		*f = x.times[t.When]
		kind := &x.kinds[t.What]
		f.Number, f.Vintage, f.Gap = x.tallies.Total(t), kind.Vintage, kind.Gap
		f.row = int32(from + i)
	}
	put(behind)
}
