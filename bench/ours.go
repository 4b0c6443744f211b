package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"carbonledger/bench/factorlist"
	"carbonledger/bench/paired"
)

// answerOurs is the file our answer of a job stands in.
func (b *bench) answerOurs() string { return b.file("ours.csv") }

// inventory is our command for the answer, as a user would write it.
func (b *bench) inventory(program, book, output string, more ...string) paired.Step {
	args := []string{program, "--book", book, "--quiet", "--output", "csv", "inventory",
		"--period", "2021-2023", "--of", "co2e", "--by", "entity,month,scope",
		"--policy", factorlist.Policy}
	args = append(args, strings.Fields(b.exact)...)
	return paired.Step{Args: append(args, more...), Output: output}
}

// dry reads a file and stores nothing.
func (b *bench) dry(rows, output string) paired.Side {
	return paired.Side{Name: "carbonledger", Steps: []paired.Step{
		b.inventory(b.ours, b.book, output, "--preview", rows)}}
}

// faults is the file that an import writes wrong rows into.
func (b *bench) faults() string { return b.file("faults.csv") }

// durable imports a file into a fresh copy of the book and then asks the book.
func (b *bench) durable(rows, book, output string, flags ...string) paired.Side {
	importing := []string{b.ours, "--book", book, "--quiet", "import", "--no-input"}
	importing = append(append(importing, flags...), rows)
	return paired.Side{
		Name: "carbonledger",
		Prepare: func() error {
			os.Remove(b.faults()) // or the program would not write it again
			return copyBook(b.book, book)
		},
		Steps: []paired.Step{{Args: importing, Output: os.DevNull},
			b.inventory(b.ours, book, output)},
	}
}

// stored asks a book that has everything.
func (b *bench) stored(book, output string) paired.Side {
	return paired.Side{Name: "carbonledger",
		Steps: []paired.Step{b.inventory(b.ours, book, output)}}
}

// demo is the way on the example district, which stands beside the folder of the program: an
// earlier one has examples of its own.
func (b *bench) demo(program string) paired.Side {
	return paired.Side{Name: "carbonledger demo", Steps: []paired.Step{
		{Args: []string{program, "demo", filepath.Join(filepath.Dir(program), "..", "examples",
			"qingyunpu")}, Output: os.DevNull}}}
}

// copyBook replaces a book by another that is closed. It copies by a program, to stay small.
func copyBook(from, to string) error {
	removeBook(to)
	side := paired.Side{Name: "copy", Steps: []paired.Step{{Args: []string{"cp", from, to}}}}
	_, err := side.Time(context.Background())
	return err
}

// removeBook removes a book with its journals.
func removeBook(name string) {
	for _, file := range bookFiles(name) {
		os.Remove(file)
	}
}

func bookFiles(name string) []string {
	files, _ := filepath.Glob(name + "*")
	return files
}

// bookSize is the bytes of a book with its journals.
func bookSize(name string) int64 {
	var size int64
	for _, file := range bookFiles(name) {
		if stat, err := os.Stat(file); err == nil {
			size += stat.Size()
		}
	}
	return size
}
