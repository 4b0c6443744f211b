package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"

	"carbonledger/internal/store"
	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/ledger/index"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
)

// History makes real batches one behind the other, as uploads, own factors and reversals do.
// The same seed makes the same batches.
type History struct {
	book *ledger.Book
	last ledger.Batch
	seed uint64
}

// NewHistory begins with the empty book.
func NewHistory(seed uint64) *History { return &History{book: ledger.NewBook(), seed: seed} }

// Resume goes on behind what the store holds.
func Resume(ctx context.Context, s store.Store, seed uint64) (*History, error) {
	h := NewHistory(seed)
	head, err := s.Head(ctx)
	if err != nil {
		return nil, err
	}
	records, err := s.Records(ctx, 1, head.Position)
	if err != nil {
		return nil, err
	}
	for _, record := range records {
		if h.last, err = record.Batch(nil); err != nil {
			return nil, err
		}
		if err := h.book.Commit(h.last); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// Head returns where the history stands.
func (h *History) Head() store.Head {
	return store.Head{Position: h.book.Position(), Digest: h.book.Head()}
}

// Next makes the next batch: mostly an upload with so many rows, now and then own factors or the
// reversal of the batch before.
func (h *History) Next(rows int) store.Record {
	switch position := h.book.Position() + 1; {
	case position%7 == 3:
		source := ledger.Source{File: "own.csv", FileDigest: seal.Bytes(fmt.Append(nil, position))}
		return h.commit(ledger.AddFactors(h.book, source, fmt.Sprintf("id\nown-%d\n", position), 1))
	case position%7 == 5:
		batch, err := ledger.Reverse(h.book, h.last.Receipt.ID, "posted twice", h.last.Sums)
		if err != nil {
			panic("storetest: reversal: " + err.Error())
		}
		return h.commit(batch)
	}
	return h.Upload(rows)
}

// Upload makes the next batch from a file with so many rows.
func (h *History) Upload(rows int) store.Record {
	position := h.book.Position() + 1
	random := rand.New(rand.NewPCG(h.seed, uint64(position)))
	upload := ledger.Upload{Source: ledger.Source{
		File:       fmt.Sprintf("2020-%03d.csv", position),
		FileDigest: seal.Bytes(fmt.Append(nil, h.seed, position)),
		Dialect:    "en-long",
		Encoding:   "utf-8",
	}}
	day := quantity.DayOf(2020, 1, position)
	for i := range enterprises {
		upload.Entities = append(upload.Entities, ledger.Entity{ID: enterprise(i),
			Name: fmt.Sprintf("青云谱第%d厂", i), Industry: "C3011", Area: "360104", From: day,
			Line: i + 2})
	}
	for i := range rows {
		upload.Activities = append(upload.Activities, activity(random, i,
			quantity.Period{First: day, End: day + 1}))
	}
	upload.Assertions = []ledger.Assertion{{Entity: enterprise(0), Commodity: "raw-coal",
		Period: quantity.Period{First: day, End: day + 1}, Edge: ledger.Closing,
		Number: quantity.Int(int64(random.IntN(1e6))), Line: 2, Written: "期末库存"}}
	batch, faults := admission.Prepare(h.book, upload,
		admission.Known{UnitOf: func(string) string { return "kWh" }})
	if len(faults) > 0 {
		panic("storetest: upload: " + faults[0].Error())
	}
	return h.commit(batch)
}

// enterprises is how many entities report.
const enterprises = 20

func enterprise(i int) string { return fmt.Sprintf("91360104MA35%06d", i%enterprises) }

// activity makes the i-th row of a file: every 50th has no figure.
func activity(random *rand.Rand, i int, period quantity.Period) ledger.Activity {
	a := ledger.Activity{
		Flow: ledger.Flow{Entity: enterprise(i), Site: fmt.Sprintf("meter-%05d", i),
			From: ledger.Supply, To: ledger.Use, Commodity: "electricity", Period: period},
		Document: fmt.Sprintf("%08x", random.Uint32()),
		Line:     i + 2,
	}
	if i%50 == 49 {
		a.Absence, a.Written = ledger.Missing, "-"
		return a
	}
	a.Written = fmt.Sprintf("%d.%03d", random.IntN(1e9), random.IntN(1000))
	number, err := quantity.ParseNumber(a.Written)
	if err != nil {
		panic("storetest: number: " + err.Error())
	}
	a.Number = number
	return a
}

func (h *History) commit(batch ledger.Batch) store.Record {
	if err := h.book.Commit(batch); err != nil {
		panic("storetest: commit: " + err.Error())
	}
	h.last = batch
	r, err := store.RecordOf(batch)
	if err != nil {
		panic("storetest: record: " + err.Error())
	}
	return r
}

// Large makes the next batch from a file with so many rows, in so many blocks, which are fewer rows
// to a block than an upload has.
func (h *History) Large(blocks, rows int) store.Record {
	position := h.book.Position() + 1
	random := rand.New(rand.NewPCG(h.seed, uint64(position)))
	day := quantity.DayOf(2020, 1, position)
	batch := ledger.Batch{}
	var list store.List
	for range blocks {
		var part []ledger.Activity
		for range rows / blocks {
			part = append(part, activity(random, len(batch.Activities)+len(part),
				quantity.Period{First: day, End: day + 1}))
		}
		plain := ledger.EncodeActivities(part)
		block, err := store.Pack(plain, index.OfActivities(part))
		if err != nil {
			panic("storetest: block: " + err.Error())
		}
		list = append(list, block)
		batch.Activities = append(batch.Activities, part...)
		batch.Parts = append(batch.Parts, ledger.Part(plain))
	}
	batch.Sums = ledger.SumsOf(batch.Activities)
	batch.Receipt = ledger.Sealed(h.book, ledger.Receipt{Position: position,
		Upload: seal.Bytes(fmt.Append(nil, h.seed, position)), File: "large.csv"}, batch)
	r := h.commit(batch)
	r.Blocks = list
	return r
}
