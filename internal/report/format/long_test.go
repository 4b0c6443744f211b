package format_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"carbonledger/internal/report"
	"carbonledger/internal/report/format"
)

// listed is a body of cells that are there.
type listed [][]string

func (l listed) Len() int { return len(l) }

func (l listed) Append(dst []byte, row, column int) []byte { return append(dst, l[row][column]...) }

func (l listed) Words(int) []report.Words { return nil }

func (l listed) Places(dst []uint32, _, _, _ int) []uint32 { return dst }

// worded is a body whose cells are words: those of the first column are one, of the others several.
type worded struct {
	words  [][]report.Words
	places [][]uint32
}

func (b worded) Len() int { return len(b.places[0]) }

func (b worded) Words(column int) []report.Words { return b.words[column] }

func (b worded) Places(dst []uint32, list, first, end int) []uint32 {
	return append(dst, b.places[list][first:end]...)
}

func (b worded) Append(dst []byte, row, column int) []byte {
	for _, words := range b.words[column] {
		at := uint32(0)
		if len(words.Texts) > 1 {
			at = b.places[words.By][row]
		}
		dst = append(dst, words.Texts[at]...)
	}
	return dst
}

// TestWordsPrintAsCells prints words that must be guarded, quoted or doubled, and the same cells
// from rows.
func TestWordsPrintAsCells(t *testing.T) {
	const seed = 20220102
	chance := rand.New(rand.NewPCG(seed, seed))
	values := []string{"", "-", "--", "plant", "=1+1", "东,区:1=a%", "a\"b", "a,b", " x", "\\.", "＝x",
		"3\n4", "'+", "-1.5", "12.50 *"}
	some := func(list int) report.Words {
		chance.Shuffle(len(values), func(i, j int) {
			values[i], values[j] = values[j], values[i]
		})
		return report.Words{Texts: slices.Clone(values[:1+chance.IntN(len(values))]), By: list}
	}
	fixed := func(texts ...string) report.Words {
		return report.Words{Texts: []string{texts[chance.IntN(len(texts))]}}
	}
	for round := range 60 {
		b := worded{words: [][]report.Words{{some(0)},
			{fixed("co2e:1:", "=", "", ",", "x"), some(1), fixed(",b=", "\"", ""), some(0)},
			{fixed("a:b,", "7"), some(1), fixed("\"", "z")}, {some(1)}}}
		b.places = make([][]uint32, 2)
		for range chance.IntN(3) * chance.IntN(9000) {
			for list, words := range []report.Words{b.words[0][0], b.words[3][0]} {
				most := len(words.Texts)
				for _, of := range b.words[1:3] {
					for _, w := range of {
						if len(w.Texts) > 1 && w.By == list {
							most = min(most, len(w.Texts))
						}
					}
				}
				b.places[list] = append(b.places[list], uint32(chance.IntN(most)))
			}
		}
		long := report.Table{Columns: []report.Column{{Key: "a"}, {Key: "b"}, {Key: "c"},
			{Key: "d", Figures: true}}, Body: b}
		var got, want bytes.Buffer
		if err := format.CSV(&got, long); err != nil {
			t.Fatal(err)
		}
		if err := format.CSV(&want, long.Whole()); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Fatalf("seed %d, round %d: %d rows are\n%.300s\nwant\n%.300s", seed, round, b.Len(),
				got.String(), want.String())
		}
	}
}

// TestLongTablesPrintAsShortOnes prints cells that must be guarded, quoted or cut, from a body and
// from rows.
func TestLongTablesPrintAsShortOnes(t *testing.T) {
	const seed = 20220101
	chance := rand.New(rand.NewPCG(seed, seed))
	values := []string{"", "-", "--", "plant", "=1+1", "东,区:1=a%", "a\"b", "a,b", " x", "\\.", "＝x",
		"3\n4", "3,\r", "'+", "-1.5", "12.50 *", "7", "+1", "x *"}
	for round := range 30 {
		rows := make([][]string, chance.IntN(3)*chance.IntN(9000))
		for i := range rows {
			for range 3 {
				rows[i] = append(rows[i], values[chance.IntN(len(values))])
			}
		}
		short := report.Table{Columns: []report.Column{{Key: "a"}, {Key: "b"},
			{Key: "c", Unit: "t", Figures: true}}, Rows: rows}
		if round%2 == 0 {
			short.Total = []string{"=total", "", "1 *"}
		}
		long := short
		long.Rows, long.Body = nil, listed(rows)
		for _, f := range format.Formats {
			if f.Whole != nil {
				continue // it makes all cells first, and takes a second for a long table
			}
			var got, want bytes.Buffer
			if err := f.Write(&got, long); err != nil {
				t.Fatal(err)
			}
			if err := f.Write(&want, short); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want.Bytes()) {
				t.Fatalf("seed %d, round %d: %s of %d rows is\n%.300s\nwant\n%.300s",
					seed, round, f.ID, len(rows), got.String(), want.String())
			}
		}
	}
}
