package ledger

import (
	"iter"
	"slices"
	"sync"

	"carbonledger/ledger/flows"
	"carbonledger/quantity"
)

// Sums is all that moved in a book, in the order of flows. Nobody can change it.
type Sums struct{ *flows.Ordered }

// Flow returns the flow of a sum.
func (s Sums) Flow(at int) Flow {
	code := s.Codes[at]
	return flowOf(s.Who[code.Who], s.What[code.What], s.When[code.When])
}

// At returns a sum.
func (s Sums) At(at int) Sum { return Sum{s.Flow(at), s.Total(at), s.Rows[at]} }

// All yields the sums in the order of their flows.
func (s Sums) All() iter.Seq[Sum] {
	return func(yield func(Sum) bool) {
		for i := range s.Len() {
			if !yield(s.At(i)) {
				return
			}
		}
	}
}

func flowOf(who flows.Who, what flows.What, when quantity.Period) Flow {
	return Flow{who.Entity, who.Site, Role(what.From), Role(what.To), what.Commodity, when,
		who.Counterparty, what.Vintage, Absence(what.Absence)}
}

func (f Flow) who() flows.Who {
	return flows.Who{Entity: f.Entity, Site: f.Site, Counterparty: f.Counterparty}
}

func (f Flow) what() flows.What {
	return flows.What{From: string(f.From), To: string(f.To), Commodity: f.Commodity,
		Absence: string(f.Absence), Vintage: f.Vintage}
}

// columnsOf writes sums as columns.
func columnsOf(list []Sum, t *flows.Tables) flows.Sums {
	columns := flows.NewSums(len(list))
	for _, sum := range list {
		columns.Add(t.Code(sum.who(), sum.what(), sum.Period), sum.Total, sum.Rows)
	}
	return columns
}

// stored are the sums of a batch as the store kept them.
type stored struct {
	tables flows.Tables
	sums   flows.Sums
}

// decodeStored reads the blocks of a batch, of the form of today or of an earlier one.
func decodeStored(blocks [][]byte) (s *stored, err error) {
	s = &stored{}
	if !slices.ContainsFunc(blocks, func(b []byte) bool { return !flows.IsBlock(b) }) {
		s.sums, err = flows.Decode(blocks, &s.tables)
		return s, err
	}
	var list []Sum
	for _, block := range blocks {
		read := readPlainSums
		if flows.IsBlock(block) {
			read = DecodeSums
		}
		part, err := read(block)
		if err != nil {
			return s, err
		}
		list = append(list, part...)
	}
	s.sums = columnsOf(list, &s.tables)
	return s, nil
}

func (s *stored) list() []Sum {
	view := Sums{s.tables.Ordered(s.sums)}
	return slices.AppendSeq(make([]Sum, 0, view.Len()), view.All())
}

// WithSums returns the batch with sums as columns, which it puts in the order of flows.
func (b Batch) WithSums(tables *flows.Tables, sums flows.Sums) Batch {
	made := &stored{tables: *tables}
	made.sums = flows.Merge(&made.tables, []flows.Sums{sums}, flows.Sums{})
	b.Sums, b.stored = nil, made
	return b
}

// made are the sums of the batch as columns.
func (b Batch) made() *stored {
	if b.stored != nil && b.Sums == nil {
		return b.stored
	}
	s := &stored{}
	s.sums = columnsOf(b.Sums, &s.tables)
	return s
}

// Counts counts the rows with a figure and those without one.
func (b Batch) Counts() (figures, absent int) {
	s := b.made()
	for i, code := range s.sums.Codes {
		if Absence(s.tables.What.List()[code.What].Absence).HasFigure() {
			figures += s.sums.Rows[i]
		} else {
			absent += s.sums.Rows[i]
		}
	}
	return figures, absent
}

// byWhat adds the figures up by what moved.
func (s *stored) byWhat(yield func(What flows.What, total quantity.Number)) {
	whats := s.tables.What.List()
	totals, moved := make([]quantity.Sum, len(whats)), make([]bool, len(whats))
	var mutex sync.Mutex
	flows.EachPart(s.sums.Len(), func(first, end int) {
		own := make([]quantity.Sum, len(whats))
		here := make([]bool, len(whats))
		for i := first; i < end; i++ {
			what := s.sums.Codes[i].What
			own[what].Add(s.sums.Total(i))
			here[what] = true
		}
		mutex.Lock()
		defer mutex.Unlock()
		for what := range whats {
			if here[what] {
				totals[what].Join(own[what])
				moved[what] = true
			}
		}
	})
	for i, what := range whats {
		if moved[i] && Absence(what.Absence).HasFigure() {
			yield(what, totals[i].Number())
		}
	}
}

// SumBlocks writes the sums of the batch as blocks of so many.
func (b Batch) SumBlocks(most int) (blocks [][]byte) {
	s := b.made()
	for from := 0; from < s.sums.Len(); from += most {
		tables, part := s.sums.Part(&s.tables, from, min(from+most, s.sums.Len()))
		blocks = append(blocks, flows.Encode(tables, part))
	}
	return blocks
}

// List returns the sums of the batch.
func (b Batch) List() []Sum {
	if b.stored == nil || b.Sums != nil {
		return b.Sums
	}
	return b.stored.list()
}

// flows counts the sums of the batch.
func (b Batch) flows() int {
	if b.stored == nil || b.Sums != nil {
		return len(b.Sums)
	}
	return b.stored.sums.Len()
}

// columns returns the sums of the batch with the places of the tables.
func (b Batch) columns(t *flows.Tables) flows.Sums {
	if b.stored == nil || b.Sums != nil {
		return columnsOf(b.Sums, t)
	}
	return b.stored.sums.Moved(&b.stored.tables, t)
}
