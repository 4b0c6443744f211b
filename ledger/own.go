package ledger

import "slices"

// FactorSet names a set of factors that a batch brings whole: its id and the text of its source.md.
type FactorSet struct {
	ID     string `json:"id"`
	Source string `json:"source"`
}

// Factors are factors as a batch brought them.
type Factors struct {
	Position int
	// Set is the set the rows form; its ID is empty for own factors, which share one set.
	Set  FactorSet
	Text string
}

func factorsOf(batch Batch) Factors {
	f := Factors{Position: batch.Receipt.Position, Text: batch.Factors}
	if batch.Set != nil {
		f.Set = *batch.Set
	}
	return f
}

// Factors returns the factors that stand, in the order they were added.
func (b *Book) Factors() []Factors {
	return slices.DeleteFunc(slices.Clone(b.factors),
		func(f Factors) bool { return b.isReversed(f.Position) })
}

// AddFactors makes the batch that puts a user's own factors into the book, so that what is read
// from a position is read with the factors known there.
func AddFactors(b *Book, source Source, text string, rows int) Batch {
	return factorBatch(b, source, Batch{Factors: text}, rows)
}

// AddSet is AddFactors for a set of its own, which policies name by its id.
func AddSet(b *Book, source Source, set FactorSet, text string, rows int) Batch {
	return factorBatch(b, source, Batch{Factors: text, Set: &set}, rows)
}

func factorBatch(b *Book, source Source, batch Batch, rows int) Batch {
	batch.Receipt = Sealed(b, Receipt{Position: b.position + 1, Upload: source.Identity(),
		File: source.File, FileDigest: source.FileDigest, Dialect: source.Dialect,
		Sheet: source.Sheet, Posted: rows}, batch)
	return batch
}
