package flows

import (
	"sync"

	"carbonledger/quantity"
)

// Record is the sums of batches, one after the other. What is found in them is worked out when
// somebody asks: who only reads needs no index, and who posts nothing in order. It is safe for
// concurrent readers. The zero value is empty.
type Record struct {
	mutex     sync.Mutex
	tables    Tables
	batches   []Sums
	positions []int
	// ordered are all sums in order, until the next batch.
	ordered *Ordered
	// index holds the first batches, as many as indexed says.
	index   *Index
	indexed int
	// places are those of an entity in the table of who, as far as seen says.
	places map[string][]uint32
	seen   int
}

// Ordered are sums in the order of their flows, with the tables their codes refer to.
type Ordered struct {
	Sums
	Who  []Who
	What []What
	When []quantity.Period
}

// Post takes what a batch moved: sums makes it with places in the tables. The position is 0 for a
// reversal.
func (r *Record) Post(position int, sums func(*Tables) Sums) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	moved := sums(&r.tables)
	if r.ordered = nil; moved.Len() > 0 {
		r.batches, r.positions = append(r.batches, moved), append(r.positions, position)
	}
}

// IsEmpty says whether nothing was ever posted.
func (r *Record) IsEmpty() bool { return len(r.batches) == 0 }

// Stale says that what stands apart has changed.
func (r *Record) Stale() { r.ordered = nil }

// Ordered returns all sums in order, and among them those that stand apart.
func (r *Record) Ordered(apart func(*Tables) Sums) *Ordered {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.ordered == nil {
		r.ordered = r.tables.Ordered(Merge(&r.tables, r.batches, apart(&r.tables)))
	}
	return r.ordered
}

// Ordered returns sums with the tables.
func (t *Tables) Ordered(s Sums) *Ordered {
	return &Ordered{s, t.Who.list, t.What.list, t.When.list}
}

// current returns the index of all batches. The mutex is held.
func (r *Record) current() *Index {
	if r.index == nil {
		r.index, r.places = NewIndex(), map[string][]uint32{}
	}
	for ; r.indexed < len(r.batches); r.indexed++ {
		r.index.Add(&r.tables, &r.batches[r.indexed], r.positions[r.indexed])
	}
	for ; r.seen < len(r.tables.Who.list); r.seen++ {
		entity := r.tables.Who.list[r.seen].Entity
		r.places[entity] = append(r.places[entity], uint32(r.seen))
	}
	return r.index
}

// Find returns the sum of a flow, or false where there is none.
func (r *Record) Find(who Who, what What, when quantity.Period) (Held, bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	code, ok := r.tables.Find(who, what, when)
	if !ok {
		return Held{}, false
	}
	return r.current().Find(code)
}

// Account calls yield for the sums of an account, whatever their time and absence, in the order in
// which their flows were first posted.
func (r *Record) Account(who Who, what What, yield func(What, quantity.Period, Held)) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.current().Account(&r.tables, who, what, func(h Held) {
		yield(r.tables.What.list[h.Code.What], r.tables.When.list[h.Code.When], h)
	})
}

// Of calls yield for every sum of the entities that `of` is true for, in no order.
func (r *Record) Of(of func(entity string) bool, yield func(Who, What, quantity.Period, Held)) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	index := r.current()
	for entity, places := range r.places {
		if !of(entity) {
			continue
		}
		for _, place := range places {
			index.Of(place, func(h Held) {
				yield(r.tables.Who.list[place], r.tables.What.list[h.Code.What],
					r.tables.When.list[h.Code.When], h)
			})
		}
	}
}
