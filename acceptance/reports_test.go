package acceptance

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"carbonledger/internal/engine"
	"carbonledger/ledger"
)

// TestReportsInAnyOrder uploads the twelve 205-1 reports of 2022 of the example district in any
// order. One of them goes up in a wrong version first and is corrected later. The book has the same
// months every time, and the lines behind each of them sum to it.
func TestReportsInAnyOrder(t *testing.T) {
	files, err := filepath.Glob("../examples/qingyunpu/205-1/2022-*.csv")
	if err != nil || len(files) != 12 {
		t.Fatal(files, err)
	}
	texts := map[string]string{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, err := simplifiedchinese.GB18030.NewDecoder().String(string(data))
		if err != nil {
			t.Fatal(err)
		}
		texts[file] = text
	}
	may := files[4]
	wrong := mistyped(texts[may], "电力")
	random := rand.New(rand.NewPCG(3, 4))
	var want []string
	for i := range 6 {
		order := slices.Clone(files)
		if i > 0 {
			random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		}
		b := newBook(t)
		for _, file := range order {
			text := texts[file]
			if file == may {
				text = wrong
			}
			b.post205(t, file, text)
		}
		b.post205(t, may, texts[may])
		got := b.months(t)
		if want == nil {
			want = got
		}
		if !slices.Equal(got, want) {
			t.Fatalf("order %v gives other months:\n%s", order, firstDifference(got, want))
		}
	}
	// 8 enterprises with 12 months each of at least power bought and used.
	if len(want) < 8*12*2 {
		t.Errorf("only %d lines", len(want))
	}
	for _, line := range want {
		if strings.Contains(line, " -") {
			t.Errorf("a month is negative: %s", line)
		}
	}
}

// mistyped puts a digit too many before the figures of a fuel, as a typing mistake would: 20
// becomes 120. The parts of the row still agree.
func mistyped(text, fuel string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		cells := strings.Split(line, ",")
		if len(cells) > 10 && cells[2] == fuel {
			cells[6], cells[9], cells[10] = "1"+cells[6], "1"+cells[9], "1"+cells[10]
			lines[i] = strings.Join(cells, ",")
		}
	}
	return strings.Join(lines, "\n")
}

func (b book) post205(t *testing.T, file, text string) {
	t.Helper()
	_, err := b.Post(t.Context(), filepath.Base(file), []byte(text), engine.Import{})
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// months prints what the book has, flow by flow.
func (b book) months(t *testing.T) []string {
	t.Helper()
	var lines []string
	err := b.Export(t.Context(), func(_ ledger.Receipt, a ledger.Activity) {
		lines = append(lines, fmt.Sprint(a.Entity, " ", a.Period, " ", a.From, ">", a.To, " ",
			a.Commodity, " ", a.Number, " ", a.Absence))
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return lines
}

func firstDifference(got, want []string) string {
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return got[i] + "\nwant " + want[i]
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(got), len(want))
}
