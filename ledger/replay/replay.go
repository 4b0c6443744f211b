// Package replay adds the stored blocks of a batch up again, one after the other, so that a check
// needs memory for the sums and not for the rows.
//
// Several cores replay some of the blocks each, and their sums are joined; the order changes
// nothing.
package replay

import (
	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/ledger/index"
	"carbonledger/quantity"
)

// Sums are what the blocks added so far come to. They are not safe for concurrent use.
type Sums struct {
	// names gives everybody, everything and every time that rows name a place, and holds no rows.
	names *column.Builder
	// totals stand in the order in which their flows came; at finds them.
	totals []total
	at     map[flow]int32
	// Rows counts the rows.
	Rows int
}

// flow is a flow by places in names.
type flow struct{ who, what, when uint32 }

type total struct {
	flow
	number quantity.Number
	rows   int
}

// New returns the sums of no block.
func New() *Sums { return &Sums{names: column.NewBuilder(), at: map[flow]int32{}} }

// Add adds a plain block of any version and returns the index it should have. It returns ErrBlock
// for anything else and then adds nothing.
func (s *Sums) Add(block []byte) ([]byte, error) {
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
		s.add(total{flow{whos[rows.Who[i]], whats[rows.What[i]], whens[rows.When[i]]}, number, 1})
	}
	s.Rows += len(numbers)
	return index.OfRows(rows), nil
}

// addFirst adds a block of the first version.
func (s *Sums) addFirst(block []byte) ([]byte, error) {
	list, err := ledger.DecodeActivities(block)
	if err != nil {
		return nil, err
	}
	for _, a := range list {
		s.add(total{s.flowOf(a.Flow), a.Number, 1})
	}
	s.Rows += len(list)
	return index.OfActivities(list), nil
}

// named returns the places of what rows name.
func (s *Sums) named(r *column.Rows) (whos, whats, whens []uint32) {
	for _, who := range r.Whos {
		whos = append(whos, s.names.PlaceOfWho(who))
	}
	for _, what := range r.Whats {
		// Numbers are in book units already, so the unit makes no other flow.
		what.Unit, what.PerUnit = "", ""
		whats = append(whats, s.names.PlaceOfWhat(what))
	}
	for _, when := range r.Whens {
		whens = append(whens, s.names.PlaceOfWhen(when))
	}
	return whos, whats, whens
}

func (s *Sums) add(t total) {
	at, known := s.at[t.flow]
	if !known {
		s.at[t.flow] = int32(len(s.totals))
		s.totals = append(s.totals, t)
		return
	}
	sum := &s.totals[at]
	sum.number, sum.rows = sum.number.Add(t.number), sum.rows+t.rows
}

// Join adds other sums.
func (s *Sums) Join(other *Sums) {
	whos, whats, whens := s.named(&other.names.Rows)
	for _, t := range other.totals {
		t.flow = flow{whos[t.who], whats[t.what], whens[t.when]}
		s.add(t)
	}
	s.Rows += other.Rows
}

// Agree says whether a list of sums, each flow once and in the order of flows, says the same.
func (s *Sums) Agree(list []ledger.Sum) bool {
	if len(list) != len(s.totals) {
		return false
	}
	for i, sum := range list {
		if i > 0 && list[i-1].Flow.Compare(sum.Flow) >= 0 {
			return false
		}
		at, known := s.at[s.flowOf(sum.Flow)]
		if !known || s.totals[at].rows != sum.Rows || !s.totals[at].number.Equal(sum.Total) {
			return false
		}
	}
	return true
}

// flowOf names a flow by places; one that no row has gets places of its own.
func (s *Sums) flowOf(f ledger.Flow) flow {
	return flow{
		s.names.PlaceOfWho(column.Who{Entity: f.Entity, Site: f.Site,
			Counterparty: f.Counterparty}),
		s.names.PlaceOfWhat(column.What{From: string(f.From), To: string(f.To),
			Commodity: f.Commodity, Absence: string(f.Absence), Vintage: int32(f.Vintage)}),
		s.names.PlaceOfWhen(column.When{First: int32(f.Period.First), End: int32(f.Period.End)}),
	}
}
