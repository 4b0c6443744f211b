package ledger

import (
	"carbonledger/ledger/column"
	"carbonledger/ledger/flows"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
)

// ErrBlock is returned for bytes that are not a block this program wrote.
var ErrBlock = column.ErrBlock

// BlockRows is how many activities go into one block: large enough that a block compresses well,
// small enough that explaining one figure opens little.
const BlockRows = 1 << 16

// partsFrom is the version of the blocks that stand in the digest of their batch by a digest of
// their own, so that several can be digested at once and none has to be at hand. Older ones stand
// there as they are.
const partsFrom = 2

// Part is what of a block goes into the digest of its batch.
func Part(block []byte) []byte {
	if len(block) == 0 || block[0] < partsFrom {
		return block
	}
	digest := seal.Bytes(block)
	return digest[:]
}

// writeFlows writes the columns of a list of flows, one column after the other.
func writeFlows(w *column.Writer, n int, at func(int) Flow) {
	columns := []func(Flow) string{
		func(f Flow) string { return f.Entity }, func(f Flow) string { return f.Site },
		func(f Flow) string { return string(f.From) }, func(f Flow) string { return string(f.To) },
		func(f Flow) string { return f.Commodity }, func(f Flow) string { return f.Counterparty },
		func(f Flow) string { return string(f.Absence) },
	}
	for _, field := range columns {
		for i := range n {
			w.Word(field(at(i)))
		}
	}
	for i := range n {
		f := at(i)
		w.Int(int64(f.Period.First))
		w.Int(int64(f.Period.End - f.Period.First))
		w.Int(int64(f.Vintage))
	}
}

// DecodeActivities reads a block of activities of any version, and returns ErrBlock for anything
// else.
func DecodeActivities(block []byte) ([]Activity, error) {
	if len(block) > 0 && block[0] == column.RowsVersion {
		rows, err := column.DecodeRows(block)
		if err != nil {
			return nil, err
		}
		return ActivitiesOf(rows)
	}
	return decodeFirst(block)
}

// decodeFirst reads a block of the first version, which said number and text of every row as words.
func decodeFirst(block []byte) ([]Activity, error) {
	r, rows := column.Open(block)
	list := make([]Activity, rows)
	readFlows(r, rows, func(i int) *Flow { return &list[i].Flow })
	line := int64(0)
	for i := range list {
		line += r.Int()
		list[i].Line = int(line)
	}
	for i := range list {
		list[i].Number = r.Number()
	}
	for i := range list {
		list[i].Document = r.Word()
	}
	for i := range list {
		list[i].Written = r.Word()
	}
	return list, r.Close()
}

// EncodeSums writes sums as a block of tables and columns, in the order given: see package flows.
func EncodeSums(list []Sum) []byte {
	var t flows.Tables
	columns := columnsOf(list, &t)
	return flows.Encode(&t, &columns)
}

// DecodeSums reads what EncodeSums wrote, and returns ErrBlock for anything else.
func DecodeSums(block []byte) ([]Sum, error) {
	stored, err := decodeStored([][]byte{block})
	return stored.list(), err
}

// plainSums writes sums as a column block of words. Books of earlier versions hold such blocks, and
// the digest of a reversal is over one.
func plainSums(list []Sum) []byte {
	w := column.NewWriter()
	writeFlows(w, len(list), func(i int) Flow { return list[i].Flow })
	for _, s := range list {
		w.Word(s.Total.String())
	}
	for _, s := range list {
		w.Int(int64(s.Rows))
	}
	return w.Finish(len(list))
}

// readPlainSums reads what plainSums wrote.
func readPlainSums(block []byte) ([]Sum, error) {
	r, rows := column.Open(block)
	list := make([]Sum, rows)
	readFlows(r, rows, func(i int) *Flow { return &list[i].Flow })
	for i := range list {
		list[i].Total = r.Number()
	}
	for i := range list {
		list[i].Rows = int(r.Int())
	}
	return list, r.Close()
}

func readFlows(r *column.Reader, n int, at func(int) *Flow) {
	columns := []func(*Flow, string){
		func(f *Flow, s string) { f.Entity = s }, func(f *Flow, s string) { f.Site = s },
		func(f *Flow, s string) { f.From = Role(s) }, func(f *Flow, s string) { f.To = Role(s) },
		func(f *Flow, s string) { f.Commodity = s }, func(f *Flow, s string) { f.Counterparty = s },
		func(f *Flow, s string) { f.Absence = Absence(s) },
	}
	for _, field := range columns {
		for i := range n {
			field(at(i), r.Word())
		}
	}
	for i := range n {
		first := r.Int()
		length, vintage := r.Int(), r.Int()
		at(i).Period = quantity.Period{
			First: quantity.Day(first),
			End:   quantity.Day(first + length),
		}
		at(i).Vintage = quantity.Day(vintage)
	}
}
