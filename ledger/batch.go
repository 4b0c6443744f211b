package ledger

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"carbonledger/ledger/seal"
	"carbonledger/quantity"
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

// Known is what Prepare asks others.
type Known struct {
	// UnitOf returns the symbol of the book unit of a commodity.
	UnitOf func(commodity string) string
	// NamesOf returns the names of a commodity in Chinese and English; nil leaves its id.
	NamesOf func(commodity string) (zh, en string)
	// Documents returns the numbers of the documents behind a flow of the book, with an empty text
	// for rows without one. nil stands for a book whose rows nobody can open.
	Documents func(Flow) []string
}

// Prepare checks an upload against the book and makes the batch it would be. It changes nothing:
// thrown away, the batch was a preview, with the digests the posting would have.
//
// It returns every fault; the batch is usable where there is none, or under Partial, where it holds
// the rows without faults.
func Prepare(b *Book, u Upload, known Known) (Batch, []table.Fault) {
	p := preparation{book: b, known: known, upload: u, faults: withoutFormulas(u.Faults),
		seen: map[Flow][]Activity{}, entities: map[string]bool{}, totals: map[Flow]Sum{}}
	p.drop()
	for _, entity := range p.upload.Entities {
		p.entities[entity.ID] = true
	}
	for _, sum := range sum(p.upload.Activities) {
		p.totals[sum.Flow] = sum
	}
	for _, activity := range p.upload.Activities {
		p.admit(activity)
	}
	p.whole()
	p.balance()
	batch := Batch{
		Activities: p.admitted,
		Assertions: p.upload.Assertions,
		Statements: p.upload.Statements,
		Entities:   p.upload.Entities,
		Registers:  u.Source.Registers,
		Cumulative: u.Source.Cumulative,
	}
	batch.Sums = sum(batch.Activities)
	batch.Receipt = p.receipt(batch, known.UnitOf)
	return batch, sorted(append(p.faults, p.warnings...))
}

// withoutFormulas leaves out what is said of a cell besides that its formula has no result.
func withoutFormulas(faults []table.Fault) []table.Fault {
	type cell struct{ line, column int }
	formulas := map[cell]bool{}
	for _, f := range faults {
		if f.Code == "cell.formula" {
			formulas[cell{f.Line, f.Column}] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(faults), func(f table.Fault) bool {
		return f.Code != "cell.formula" && strings.HasPrefix(f.Code, "cell.") &&
			formulas[cell{f.Line, f.Column}]
	})
}

// preparation is the state of one Prepare.
type preparation struct {
	book     *Book
	known    Known
	upload   Upload
	admitted []Activity
	// moved and counted are what stocks are compared by: also what the lost rows say.
	moved   []Activity
	counted []Assertion
	// refused are the activities kept out by what the book or the file has.
	refused []Activity
	// unchanged counts the rows the book has already.
	unchanged int
	seen      map[Flow][]Activity
	// totals are the sums of the upload itself.
	totals map[Flow]Sum
	// spans are the whole times of the rows of the upload.
	spans            map[rowKey]quantity.Period
	entities         map[string]bool
	faults, warnings []table.Fault
}

// rowKey names what a row says of one account.
type rowKey struct {
	line    int
	account Flow
}

// drop leaves out every row that intake found a fault in.
func (p *preparation) drop() {
	bad := map[int]bool{}
	for _, fault := range p.upload.Faults {
		bad[fault.Line] = true
	}
	p.warnings = slices.Clone(p.upload.Warnings)
	badActivity := func(a Activity) bool { return bad[a.Line] }
	badAssertion := func(a Assertion) bool { return bad[a.Line] }
	p.moved = slices.DeleteFunc(slices.Clone(p.upload.Activities), badActivity)
	p.counted = slices.DeleteFunc(slices.Clone(p.upload.Assertions), badAssertion)
	for _, line := range p.upload.Lost {
		bad[line] = true
	}
	p.upload.Activities = slices.DeleteFunc(slices.Clone(p.upload.Activities), badActivity)
	p.upload.Assertions = slices.DeleteFunc(slices.Clone(p.upload.Assertions), badAssertion)
	p.upload.Statements = slices.DeleteFunc(slices.Clone(p.upload.Statements),
		func(s Statement) bool { return bad[s.Line] })
	p.upload.Entities = slices.DeleteFunc(p.registered(bad), func(e Entity) bool {
		known, ok := p.book.Entity(e.ID)
		return bad[e.Line] || ok && (!p.upload.Source.Registers || known.same(e))
	})
}

// registered are the entities of the upload, each at a row of its own that stays where its first
// one is left out: what that row says of the figures is wrong, and not who it is of.
func (p *preparation) registered(bad map[int]bool) []Entity {
	entities := slices.Clone(p.upload.Entities)
	for i, e := range entities {
		if !bad[e.Line] {
			continue
		}
		at := slices.IndexFunc(p.upload.Activities, func(a Activity) bool {
			return a.Entity == e.ID
		})
		if at >= 0 {
			entities[i].Line = p.upload.Activities[at].Line
		}
	}
	return entities
}

// receipt counts the batch and fixes it.
func (p *preparation) receipt(batch Batch, unitOf func(string) string) Receipt {
	source := p.upload.Source
	r := Receipt{Position: p.book.position + 1, Upload: source.Identity(), File: source.File,
		FileDigest: source.FileDigest, Dialect: source.Dialect,
		DialectDigest: source.DialectDigest, Encoding: source.Encoding,
		Sheet: source.Sheet, Delimiter: source.Delimiter, HeaderLine: source.HeaderLine,
		Mapping: source.Mapping, Unchanged: p.unchanged, Stated: len(batch.Statements),
		Cumulative: batch.Cumulative, Registered: len(batch.Entities),
		Warnings: table.Warnings(p.warnings)}
	r.Rejected, r.Reasons = p.rejected()
	for _, a := range batch.Activities {
		if a.Absence.HasFigure() {
			r.Posted++
		} else {
			r.Absent++
		}
	}
	r.Totals = TotalsOf(batch, unitOf)
	return sealed(p.book, r, batch)
}

// sealed fills in the digests: of the batch over everything it says, and of the book after it.
func sealed(b *Book, r Receipt, batch Batch) Receipt {
	r.Batch, r.Head, r.ID = seal.Digest{}, seal.Digest{}, ""
	parts := [][]byte{r.Encode(), batch.Meta()}
	parts = append(parts, batch.Blocks()...)
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
	batch.Receipt = sealed(b, Receipt{Position: b.position + 1, Reverses: receipt.Position,
		Reason: reason, File: receipt.File, Upload: receipt.Upload}, batch)
	return batch, nil
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
	if err := json.Unmarshal(meta, &small); err != nil {
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
	}
	return batch, nil
}

// Verify checks a restored batch: its digest, and its sums against its rows where it has rows of
// its own. What it finds is damage to the store.
func (b Batch) Verify() error {
	again := sealed(NewBook(), b.Receipt, b)
	if again.Batch != b.Receipt.Batch {
		return fmt.Errorf("%w: the digest of batch %d is not that of its receipt",
			ErrBlock, b.Receipt.Position)
	}
	if b.Receipt.Reverses == 0 && !slices.Equal(EncodeSums(sum(b.Activities)), EncodeSums(b.List())) {
		return fmt.Errorf("%w: the period sums of batch %d are not those of its rows",
			ErrBlock, b.Receipt.Position)
	}
	return nil
}

// sum adds activities up by flow, in the order of flows.
func sum(activities []Activity) []Sum {
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

// sorted puts faults in the order of the file, each once: a row that moves the same amount twice
// (bought and used) says the same twice.
func sorted(faults []table.Fault) []table.Fault {
	slices.SortStableFunc(faults, func(a, b table.Fault) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	told := map[string]bool{}
	return slices.DeleteFunc(faults, func(f table.Fault) bool {
		key := fmt.Sprintf("%+v", f)
		twice := told[key]
		told[key] = true
		return twice
	})
}
