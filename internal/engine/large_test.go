package engine

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

// manyRows makes a table of the long form: bills of a few plants, some with mistakes.
func manyRows(random *rand.Rand, rows int, odd int, rising bool) string {
	text := "entity,name,area,period,commodity,quantity,unit,document\n"
	for i := range rows {
		plant, document := random.IntN(5), fmt.Sprintf("B%06d", i)
		if !rising {
			document = fmt.Sprintf("B%06d", random.IntN(rows*4))
		}
		commodity := []string{"electricity", "diesel", "柴油"}[random.IntN(3)]
		unit := map[string]string{"electricity": "kWh"}[commodity]
		period := fmt.Sprintf("2022-%02d", 1+random.IntN(12))
		figure := fmt.Sprintf("%d.%d", 900+random.IntN(200), random.IntN(100))
		if odd > 0 && random.IntN(odd) == 0 {
			switch random.IntN(7) {
			case 0:
				figure = "abc"
			case 1:
				period = "2022"
			case 2:
				document = ""
			case 3:
				plant = 9
			case 4:
				figure = "-3"
			case 5:
				figure = "99999999"
			default:
				unit = "MWh"
			}
		}
		if unit == "" {
			unit = "kg"
		}
		name, area := "", ""
		if i < 5 {
			name, area = fmt.Sprint("plant ", i), "360104"
			plant = i
		}
		if plant == 9 {
			name = ""
		}
		text += strings.Join([]string{fmt.Sprint("PLANT-", plant), name, area, period, commodity,
			figure, unit, document}, ",") + "\n"
	}
	return text
}

// outcomeOf is what an import of files one after the other comes to, as text.
func outcomeOf(t *testing.T, files []string, how Import) (text string) {
	t.Helper()
	book := filepath.Join(t.TempDir(), "book.db")
	e, err := Open(t.Context(), book, false)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for _, file := range files {
		list, err := e.Import(t.Context(), file, how)
		for _, i := range list {
			text += fmt.Sprintf("%s %s\n%s\n", i.File, i.Outcome, i.Receipt.Encode())
			for _, faults := range [][]table.Fault{i.Faults, i.Warnings, i.Notes} {
				slices.SortStableFunc(faults, func(f, g table.Fault) int {
					return cmp.Or(f.Line-g.Line, f.Column-g.Column, cmp.Compare(f.Code, g.Code))
				})
				for _, f := range faults {
					text += f.Code + " " + f.Text(table.EN) + "\n"
				}
			}
		}
		text += fmt.Sprintln(err)
	}
	if _, err := e.Check(t.Context()); err != nil {
		t.Error(err)
	}
	return text
}

// never is a size from which no file is read in pieces.
const never = 1 << 62

// TestQuestionsBehindTheHead asks what a name means that stands behind what tells the table.
func TestQuestionsBehindTheHead(t *testing.T) {
	var text strings.Builder
	text.WriteString("entity,name,area,period,commodity,quantity,unit,document\n")
	for i := range 8000 {
		commodity := "electricity,%d,kWh"
		if i >= 7000 {
			commodity = "coal,%d,t"
		}
		fmt.Fprintf(&text, "PLANT-1,plant 1,360104,2022-%02d,"+commodity+",B%06d\n", 1+i%12,
			90+i%9, i)
	}
	file := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	asked := 0
	how := Import{Large: never, Ask: func(dialects.Question) (int, bool) {
		asked++
		return 0, true
	}}
	want := outcomeOf(t, []string{file}, how)
	how.Large = 1
	if got := outcomeOf(t, []string{file}, how); got != want || asked != 2 {
		t.Errorf("asked %d times in two imports: %s\nwant %s", asked, got, want)
	}
}

// TestLargeFilesAreImportedAsSmallOnes imports tables whole and in pieces: receipts, digests,
// faults and warnings are the same, whatever the number of workers.
func TestLargeFilesAreImportedAsSmallOnes(t *testing.T) {
	for seed := range uint64(40) {
		random := rand.New(rand.NewPCG(seed, 3))
		folder := t.TempDir()
		var files []string
		text := ""
		for i := range 1 + random.IntN(3) {
			if i == 0 || random.IntN(2) == 0 {
				text = manyRows(random, 1+random.IntN(120), []int{0, 5, 60}[random.IntN(3)],
					random.IntN(3) > 0)
			} else if random.IntN(2) == 0 {
				text = strings.Replace(text, "\nPLANT-1,", "\nPLANT-1 ,", 1)
			}
			file := filepath.Join(folder, fmt.Sprint(i, ".csv"))
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
		how := Import{Large: never, Partial: random.IntN(3) == 0}
		want := outcomeOf(t, files, how)
		for _, workers := range []int{1, 2, 7} {
			how.Large, how.Workers = 1, workers
			if got := outcomeOf(t, files, how); got != want {
				t.Fatalf("seed %d, %d workers: %s\nwant %s\nof\n%s", seed, workers, got, want, text)
			}
		}
	}
}
