package ledger

import (
	"encoding/json"
	"fmt"
	"slices"

	"carbonledger/ledger/seal"
	"carbonledger/table"
)

// Source says where an upload came from and how it was read.
type Source struct {
	File          string
	FileDigest    seal.Digest
	Dialect       string
	DialectDigest seal.Digest
	Encoding      string
	// Sheet, Delimiter, HeaderLine and Mapping say where and how the table was found in the file.
	Sheet, Delimiter string
	HeaderLine       int
	Mapping          []Mapped
	// Cumulative: the figures run from 1 January to the end of their period. They are stored as
	// reported, and months are read from them.
	Cumulative bool
	// Registers: the file is a register of entities, so that what it says replaces what was known.
	Registers bool
	// Partial: rows with faults are left out and the others posted; otherwise one fault stops all.
	Partial bool
}

// Identity is the identity of an upload: the same sheet of the same bytes read in the same way.
func (s Source) Identity() seal.Digest {
	return seal.Parts(s.FileDigest[:], s.DialectDigest[:], fmt.Append(nil, s.Partial),
		[]byte(s.Sheet))
}

// Upload is a file as intake understood it.
type Upload struct {
	Source     Source
	Activities []Activity
	Assertions []Assertion
	Statements []Statement
	Entities   []Entity
	// Lost are the lines of rows that a fault above the table keeps out; they have none themselves.
	Lost []int
	// Faults and Warnings stand in the order of the file.
	Faults, Warnings []table.Fault
}

// Batch is an upload that fits the book, with everything the store keeps of it.
type Batch struct {
	Receipt    Receipt
	Activities []Activity
	// Parts fix the rows, one part for each column block in order: see Part. nil where they are to
	// be made of the activities.
	Parts      [][]byte
	Assertions []Assertion
	Statements []Statement
	Entities   []Entity
	// Sums are those of a batch that is made; of one that was stored they are columns: see List.
	Sums      []Sum
	stored    *stored
	Registers bool
	// Cumulative: the figures run from 1 January to the end of their period.
	Cumulative bool
	// Factors is the text of a user's own factors, where the batch adds some, and Set the set they
	// form; nil stands for the own factors that all batches have in common.
	Factors string
	Set     *FactorSet
	// Learned is a dialect learned from a sample, where the batch adds one.
	Learned *Learned
}

// Sealed fills in the digests: of the batch over everything it says, and of the book after it.
func Sealed(b *Book, r Receipt, batch Batch) Receipt {
	r.Batch, r.Head, r.ID = seal.Digest{}, seal.Digest{}, ""
	parts := slices.Concat([][]byte{r.Encode(), batch.Meta()}, batch.parts())
	if r.Reverses != 0 {
		// A reversal has no rows that its sums could be made from again.
		parts = append(parts, plainSums(batch.List()))
	}
	r.Batch = seal.Parts(parts...)
	r.Head = seal.Next(b.head, r.Batch)
	r.ID = r.Head.String()[:receiptIDLength]
	return r
}

// Reverse makes the batch that takes back the one with the receipt: its sums with the other sign.
// It returns ErrReceipt where there is no such standing batch. Registered entities stay.
func Reverse(b *Book, id, reason string, sums []Sum) (Batch, error) {
	receipt, err := b.Receipt(id)
	if err != nil {
		return Batch{}, err
	}
	if receipt.Reverses != 0 {
		return Batch{}, fmt.Errorf("%w: %s is a reversal itself; import the file again instead",
			ErrReceipt, id)
	}
	batch := Batch{}
	for _, s := range sums {
		batch.Sums = append(batch.Sums, Sum{s.Flow, s.Total.Neg(), -s.Rows})
	}
	batch.Receipt = Sealed(b, Receipt{Position: b.position + 1, Reverses: receipt.Position,
		Reason: reason, File: receipt.File, Upload: receipt.Upload}, batch)
	return batch, nil
}

// parts are Parts, made of the activities where nobody has made them.
func (b Batch) parts() [][]byte {
	if b.Parts != nil {
		return b.Parts
	}
	parts := b.Blocks()
	for i, block := range parts {
		parts[i] = Part(block)
	}
	return parts
}

// Blocks returns the activities of the batch as column blocks.
func (b Batch) Blocks() [][]byte {
	var blocks [][]byte
	for part := range slices.Chunk(b.Activities, BlockRows) {
		blocks = append(blocks, EncodeActivities(part))
	}
	return blocks
}

// batchMeta is the part of a batch that is small: entities and stock counts.
type batchMeta struct {
	Factors    string      `json:"factors,omitempty"`
	Learned    *Learned    `json:"learned,omitempty"`
	Statements []Statement `json:"statements,omitempty"`
	Registers  bool        `json:"registers,omitempty"`
	Cumulative bool        `json:"cumulative,omitempty"`
	Entities   []Entity    `json:"entities,omitempty"`
	Assertions []Assertion `json:"assertions,omitempty"`
	Set        *FactorSet  `json:"set,omitempty"`
}

// Meta returns entities and stock counts of the batch as bytes.
func (b Batch) Meta() []byte {
	text, err := json.Marshal(batchMeta{b.Factors, b.Learned, b.Statements, b.Registers,
		b.Cumulative, b.Entities, b.Assertions, b.Set})
	if err != nil {
		panic("ledger: batch: " + err.Error())
	}
	return text
}

// Restore makes a batch of what the store kept of it, with or without its activities.
func Restore(receipt Receipt, meta []byte, sums, blocks [][]byte) (Batch, error) {
	batch := Batch{Receipt: receipt}
	var small batchMeta
	if entities, ok := registered(meta); ok {
		small.Registers, small.Entities = true, entities
	} else if err := json.Unmarshal(meta, &small); err != nil {
		return Batch{}, fmt.Errorf("%w: batch %d: %w", ErrBlock, receipt.Position, err)
	}
	batch.Registers, batch.Entities, batch.Assertions =
		small.Registers, small.Entities, small.Assertions
	batch.Factors, batch.Set, batch.Statements = small.Factors, small.Set, small.Statements
	batch.Learned = small.Learned
	batch.Cumulative = small.Cumulative
	var err error
	if batch.stored, err = decodeStored(sums); err != nil {
		return Batch{}, fmt.Errorf("batch %d: sums: %w", receipt.Position, err)
	}
	for i, block := range blocks {
		part, err := DecodeActivities(block)
		if err != nil {
			return Batch{}, fmt.Errorf("batch %d: block %d: %w", receipt.Position, i, err)
		}
		batch.Activities = append(batch.Activities, part...)
		batch.Parts = append(batch.Parts, Part(block))
	}
	return batch, nil
}

// Verify checks a restored batch: its digest, and its sums against its rows where it has rows of
// its own. What it finds is damage to the store.
func (b Batch) Verify() error {
	return b.VerifyBy(func(sums []Sum) bool {
		return slices.EqualFunc(SumsOf(b.Activities), sums, Sum.Equal)
	})
}

// VerifyBy is Verify for a batch with the parts of its blocks and without its rows: agrees says
// whether they come to these sums.
func (b Batch) VerifyBy(agrees func(sums []Sum) bool) error {
	again := Sealed(NewBook(), b.Receipt, b)
	if again.Batch != b.Receipt.Batch {
		return fmt.Errorf("%w: the digest of batch %d is not that of its receipt",
			ErrBlock, b.Receipt.Position)
	}
	if b.Receipt.Reverses == 0 && !agrees(b.List()) {
		return fmt.Errorf("%w: the period sums of batch %d are not those of its rows",
			ErrBlock, b.Receipt.Position)
	}
	return nil
}

// SumsOf adds activities up by flow, in the order of flows.
func SumsOf(activities []Activity) []Sum {
	totals := map[Flow]Sum{}
	for _, a := range activities {
		s := totals[a.Flow]
		totals[a.Flow] = Sum{a.Flow, s.Total.Add(a.Number), s.Rows + 1}
	}
	sums := make([]Sum, 0, len(totals))
	for _, s := range totals {
		sums = append(sums, s)
	}
	slices.SortFunc(sums, func(a, b Sum) int { return a.Flow.Compare(b.Flow) })
	return sums
}
