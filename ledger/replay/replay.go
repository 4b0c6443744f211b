// Package replay adds the stored blocks of a batch up again, one after the other, so that a check
// needs memory for the sums and not for the rows.
//
// Several cores replay some of the blocks each, and their sums are joined; the order changes
// nothing.
package replay

import (
	"slices"

	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/quantity"
)

// Sums are what the blocks added so far come to. They are not safe for concurrent use.
type Sums struct {
	// names gives everybody, everything and every time that rows name a place, and holds no rows.
	names  *column.Builder
	totals map[place]total
	// Rows counts the rows.
	Rows int
}

// place is a flow by places in names; a flow in two units has two.
type place struct{ who, what, when uint32 }

type total struct {
	number quantity.Number
	rows   int
}

// New returns the sums of no block.
func New() *Sums { return &Sums{names: column.NewBuilder(), totals: map[place]total{}} }

// Add adds a plain block of any version and returns the index it should have. It returns ErrBlock
// for anything else and then adds nothing.
func (s *Sums) Add(block []byte) (index []byte, err error) {
	if len(block) > 0 && block[0] != column.RowsVersion {
		return s.addFirst(block)
	}
	rows, err := column.DecodeRows(block)
	if err != nil {
		return nil, err
	}
	numbers, err := ledger.NumbersOf(rows)
	if err != nil {
		return nil, err
	}
	whos, whats, whens := s.named(rows)
	for i, number := range numbers {
		s.add(place{whos[rows.Who[i]], whats[rows.What[i]], whens[rows.When[i]]},
			total{number, 1})
	}
	s.Rows += len(numbers)
	return ledger.IndexOfRows(rows), nil
}

// addFirst adds a block of the first version.
func (s *Sums) addFirst(block []byte) (index []byte, err error) {
	list, err := ledger.DecodeActivities(block)
	if err != nil {
		return nil, err
	}
	b := column.NewBuilder()
	for _, a := range list {
		ledger.AddRow(b, a)
	}
	whos, whats, whens := s.named(&b.Rows)
	for i, a := range list {
		s.add(place{whos[b.Who[i]], whats[b.What[i]], whens[b.When[i]]}, total{a.Number, 1})
	}
	s.Rows += len(list)
	return ledger.IndexOf(list), nil
}

// named returns the places of what rows name.
func (s *Sums) named(r *column.Rows) (whos, whats, whens []uint32) {
	for _, who := range r.Whos {
		whos = append(whos, s.names.PlaceOfWho(who))
	}
	for _, what := range r.Whats {
		whats = append(whats, s.names.PlaceOfWhat(what))
	}
	for _, when := range r.Whens {
		whens = append(whens, s.names.PlaceOfWhen(when))
	}
	return whos, whats, whens
}

func (s *Sums) add(at place, t total) {
	sum := s.totals[at]
	s.totals[at] = total{sum.number.Add(t.number), sum.rows + t.rows}
}

// Join adds other sums.
func (s *Sums) Join(other *Sums) {
	whos, whats, whens := s.named(&other.names.Rows)
	for at, t := range other.totals {
		s.add(place{whos[at.who], whats[at.what], whens[at.when]}, t)
	}
	s.Rows += other.Rows
}

// List returns the sums by flow, in the order of flows.
func (s *Sums) List() []ledger.Sum {
	// Places are joined by flow first: the same in two units is one.
	list := make([]ledger.Sum, 0, len(s.totals))
	for at, t := range s.totals {
		list = append(list, ledger.Sum{Flow: s.flow(at), Total: t.number, Rows: t.rows})
	}
	slices.SortFunc(list, func(a, b ledger.Sum) int { return a.Flow.Compare(b.Flow) })
	joined := list[:0]
	for _, sum := range list {
		if n := len(joined); n > 0 && joined[n-1].Flow == sum.Flow {
			joined[n-1].Total = joined[n-1].Total.Add(sum.Total)
			joined[n-1].Rows += sum.Rows
			continue
		}
		joined = append(joined, sum)
	}
	return joined
}

func (s *Sums) flow(at place) ledger.Flow {
	who, what, when := s.names.Whos[at.who], s.names.Whats[at.what], s.names.Whens[at.when]
	return ledger.Flow{Entity: who.Entity, Site: who.Site, Counterparty: who.Counterparty,
		From: ledger.Role(what.From), To: ledger.Role(what.To), Commodity: what.Commodity,
		Absence: ledger.Absence(what.Absence), Vintage: quantity.Day(what.Vintage),
		Period: quantity.Period{First: quantity.Day(when.First), End: quantity.Day(when.End)}}
}
