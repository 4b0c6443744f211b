package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"carbonledger/ledger"
)

// report is a cumulative upload of the plant.
func report(t testing.TB, file, rows string) ledger.Upload {
	t.Helper()
	u := upload(t, file, rows)
	u.Source.Cumulative = true
	return u
}

// moved prints what the book has of electricity, period by period.
func moved(book *ledger.Book) string {
	var lines []string
	for sum := range book.Sums().All() {
		lines = append(lines, strings.TrimSpace(
			fmt.Sprint(sum.Period, " ", sum.Total, " ", sum.Absence)))
	}
	return strings.Join(lines, "; ")
}

// TestReports posts cumulative reports one after the other and reads what moved between them.
func TestReports(t *testing.T) {
	cases := []struct {
		name    string
		reports []string
		moved   string
		// said are the faults and warnings of the last report.
		said []string
	}{
		{"month after month", []string{"2022-01 5", "2022年1-2月 12", "2022年1-3月 12"},
			"2022-01 5; 2022-02 7; 2022-03 0", nil},
		{"the later one first", []string{"2022年1-3月 12", "2022-01 5"},
			"2022-01 5; 2022-02-01/2022-04-01 7", nil},
		{"January comes with February", []string{"2022年1-2月 12", "2022年1-3月 20"},
			"2022-01-01/2022-03-01 12; 2022-03 8", nil},
		{"the same figure again", []string{"2022-01 5", "2022-01 5"}, "2022-01 5", nil},
		{"a corrected report", []string{"2022-01 5", "2022年1-2月 12", "2022-01 6"},
			"2022-01 6; 2022-02 6", []string{"cumulative.replaced 2 5 unit"}},
		{"a report below an earlier one corrects it", []string{"2022-01 5", "2022年1-2月 12",
			"2022年1-3月 11"}, "2022-01 5; 2022-02-01/2022-04-01 6",
			[]string{"cumulative.correction 2 11 unit 12 unit 2022-01~2022-02"}},
		{"until the earlier one is corrected", []string{"2022-01 5", "2022年1-2月 12",
			"2022年1-3月 11", "2022年1-2月 9"}, "2022-01 5; 2022-02 4; 2022-03 2",
			[]string{"cumulative.replaced 2 12 unit"}},
		{"an earlier one above a later one", []string{"2022年1-3月 11", "2022年1-2月 12"},
			"2022Q1 11", []string{"cumulative.correction 2 12 unit 11 unit 2022Q1"}},
		{"a blank between two figures", []string{"2022-01 5",
			"2022年1-2月 0 absence=missing", "2022年1-3月 11"},
			"2022-01 5; 2022-02-01/2022-04-01 6", nil},
		{"a blank at the end", []string{"2022-01 5", "2022年1-2月 0 absence=missing"},
			"2022-01 5; 2022-02 0 missing", nil},
		{"a blank does not replace a figure", []string{"2022-01 5",
			"2022-01 0 absence=missing"}, "2022-01 5", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			book := ledger.NewBook()
			var said []string
			for i, row := range c.reports {
				when, rest, _ := strings.Cut(row, " ")
				_, said = post(t, book, report(t, fmt.Sprint(i),
					"plant "+when+" supply>use electricity "+rest))
			}
			if got := moved(book); got != c.moved {
				t.Errorf("moved %s, want %s", got, c.moved)
			}
			wantFaults(t, said, c.said...)
		})
	}
}

// TestReportsBlockOtherRows: what reports cover is not posted a second time from another form.
func TestReportsBlockOtherRows(t *testing.T) {
	book := ledger.NewBook()
	post(t, book, report(t, "a", "plant 2022年1-3月 supply>use electricity 12"))
	_, said := post(t, book, upload(t, "b", "plant 2022-02 supply>use electricity 4\n"+
		"plant 2022-04 supply>use electricity 5"))
	wantFaults(t, said, "row.posted 2 2022Q1")
	if got := moved(book); got != "2022Q1 12; 2022-04 5" {
		t.Error(got)
	}
}

// TestAnyOrderOfReports: twelve monthly reports and a later correction of one of them, posted in
// any order that keeps the correction behind its report, give the same months; and so does a
// report too many that is reversed again.
func TestAnyOrderOfReports(t *testing.T) {
	const year = "2022-01 1; 2022-02 2; 2022-03 3; 2022-04 4; 2022-05 8; 2022-06 3; 2022-07 7; " +
		"2022-08 8; 2022-09 9; 2022-10 10; 2022-11 11; 2022-12 12"
	figures := []int{1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 66, 78}
	random := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		book := ledger.NewBook()
		order := random.Perm(13)
		months := map[int]bool{}
		for _, at := range order {
			// May comes twice: as reported first, and corrected from 15 to 18.
			month, figure := at+1, 0
			if at == 12 {
				month = 5
			}
			figure = figures[month-1]
			if month == 5 && months[5] {
				figure = 18
			}
			months[month] = true
			post(t, book, report(t, fmt.Sprint(at), row(month, figure)))
		}
		extra, _ := post(t, book, report(t, "extra", row(9, 44)))
		reversal, err := ledger.Reverse(book, extra.Receipt.ID, "sent by mistake", extra.Sums)
		if err != nil {
			t.Fatal(err)
		}
		if err := book.Commit(reversal); err != nil {
			t.Fatal(err)
		}
		if got := moved(book); got != year {
			t.Fatalf("order %v gives %s, want %s", order, got, year)
		}
	}
}

func row(month, figure int) string {
	return fmt.Sprintf("plant 2022年1-%d月 supply>use electricity %d", month, figure)
}

// TestShares: the stored reports behind a flow sum to it.
func TestShares(t *testing.T) {
	book := ledger.NewBook()
	var batches []ledger.Batch
	for i, figure := range []int{5, 12, 11, 20} {
		batch, _ := post(t, book, report(t, fmt.Sprint(i), row(i+1, figure)))
		batches = append(batches, batch)
	}
	shares := book.Shares()
	parts := map[string]int64{}
	for _, batch := range batches {
		for _, sum := range batch.Sums {
			for _, share := range shares(batch.Receipt.Position, sum.Flow) {
				figure := int64(0)
				fmt.Sscan(sum.Total.String(), &figure)
				if share.Less {
					figure = -figure
				}
				parts[share.Flow.Period.String()] += figure
			}
		}
	}
	// 12 is corrected by 11, so that February and March are one span: 11 - 5.
	if got := fmt.Sprint(parts); got != "map[2022-01:5 2022-02-01/2022-04-01:6 2022-04:9]" {
		t.Error(got)
	}
}
