package ledger

import "slices"

// Learned is a dialect that was learned from a sample: its id, who sends files of this kind, the
// header they have, and the text of the dialect.
type Learned struct {
	ID     string `json:"id"`
	Sender string `json:"sender,omitempty"`
	// Header is the header in the form headers are compared in.
	Header string `json:"header"`
	Text   string `json:"text"`
}

// learnedAt is a learned dialect as a batch brought it.
type learnedAt struct {
	position int
	Learned
}

// Dialects returns the learned dialects that stand, in the order they were learned: of those for
// the same sender and header the last, with its reversal the one before it again.
func (b *Book) Dialects() []Learned {
	var list []Learned
	for _, l := range b.learned {
		if b.isReversed(l.position) {
			continue
		}
		list = slices.DeleteFunc(list, func(old Learned) bool {
			return old.Sender == l.Sender && old.Header == l.Header
		})
		list = append(list, l.Learned)
	}
	return list
}

// AddDialect makes the batch that keeps a learned dialect in the book.
func AddDialect(b *Book, source Source, learned Learned) Batch {
	batch := Batch{Learned: &learned}
	batch.Receipt = Sealed(b, Receipt{Position: b.position + 1, Upload: source.Identity(),
		File: source.File, FileDigest: source.FileDigest, Dialect: source.Dialect}, batch)
	return batch
}
