package format_test

import (
	"bytes"
	"math/rand/v2"
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
