package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
	"carbonledger/table"
)

const plant, mill = "plant", "mill"

// number reads a decimal that a test writes.
func number(t testing.TB, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func period(t testing.TB, text string) quantity.Period {
	t.Helper()
	p, err := quantity.ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// activity reads: ENTITY PERIOD FROM>TO COMMODITY NUMBER [with=ENTITY] [absence=KIND]
// [document=ID].
func activity(t testing.TB, line int, words []string) ledger.Activity {
	t.Helper()
	from, to, _ := strings.Cut(words[2], ">")
	a := ledger.Activity{Line: line, Number: number(t, words[4]), Flow: ledger.Flow{
		Entity: words[0], Period: period(t, words[1]), From: ledger.Role(from),
		To: ledger.Role(to), Commodity: words[3]}}
	a.Written = words[4]
	for _, word := range words[5:] {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "with":
			a.Counterparty = value
		case "absence":
			a.Absence = ledger.Absence(value)
		case "document":
			a.Document = value
		case "site":
			a.Site = value
		default:
			t.Fatalf("%q is no part of an activity", word)
		}
	}
	return a
}

// upload is a file of the two entities with one activity a line of text.
func upload(t testing.TB, file, rows string) ledger.Upload {
	t.Helper()
	u := ledger.Upload{Source: ledger.Source{File: file, FileDigest: seal.Bytes([]byte(rows))}}
	for _, id := range []string{plant, mill} {
		u.Entities = append(u.Entities, ledger.Entity{ID: id, Area: "360104"})
	}
	for line := range strings.Lines(rows) {
		words := strings.Fields(line)
		u.Activities = append(u.Activities, activity(t, len(u.Activities)+2, words))
	}
	return u
}

func unitOf(string) string { return "unit" }

// post takes an upload into the book, whatever its faults are.
func post(t testing.TB, book *ledger.Book, u ledger.Upload) (ledger.Batch, []string) {
	t.Helper()
	batch, faults := admission.Prepare(book, u, admission.Known{UnitOf: unitOf})
	if err := batch.Verify(); err != nil {
		t.Fatal(err)
	}
	if err := book.Commit(batch); err != nil {
		t.Fatal(err)
	}
	return batch, short(faults)
}

// short prints faults as code, line and what fills the words.
func short(faults []table.Fault) []string {
	lines := []string{}
	for _, f := range faults {
		if f.Code == "row.posted" {
			f.Args = f.Args[:1] // what it names is in TestPostedRowNamesItsReceipt
		}
		lines = append(lines, strings.TrimSpace(
			fmt.Sprintf("%s %d %s", f.Code, f.Line, strings.Join(f.Args, " "))))
	}
	return lines
}

func readerOf(t testing.TB, id string, book *ledger.Book) *ledger.Reader {
	t.Helper()
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	policy, err := ledger.PolicyByID(id)
	if err != nil {
		t.Fatal(err)
	}
	return ledger.NewReader(policy, library, book.EntityAt)
}

// sumsText prints the sums of a book.
func sumsText(book *ledger.Book) string {
	return string(ledger.EncodeSums(slices.Collect(book.Sums().All())))
}

func wantFaults(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("faults:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestPreviewAndPostingHaveTheSameDigest(t *testing.T) {
	book := ledger.NewBook()
	post(t, book, upload(t, "a.csv", "plant 2022-01 supply>use electricity 5"))
	u := upload(t, "b.csv", "plant 2022-02 supply>use electricity 7\nmill 2022 supply>use heat 1")
	preview, _ := admission.Prepare(book, u, admission.Known{UnitOf: unitOf})
	before := book.Head()
	posted, _ := post(t, book, u)
	if string(preview.Receipt.Encode()) != string(posted.Receipt.Encode()) {
		t.Errorf("preview %s, posting %s", preview.Receipt.Encode(), posted.Receipt.Encode())
	}
	if book.Head() != seal.Next(before, preview.Receipt.Batch) {
		t.Error("the head after posting is not the one the preview leads to")
	}
	if err := book.Commit(posted); err == nil {
		t.Error("the same batch was taken twice")
	}
}

func TestSameFileTwiceIsPosted(t *testing.T) {
	book := ledger.NewBook()
	u := upload(t, "a.csv", "plant 2022-01 supply>use electricity 5")
	first, _ := post(t, book, u)
	again, _ := admission.Prepare(book, u, admission.Known{UnitOf: unitOf})
	receipt, ok := book.Posted(again.Receipt.Upload)
	if !ok || receipt.ID != first.Receipt.ID {
		t.Errorf("Posted = %q, %v, want receipt %q", receipt.ID, ok, first.Receipt.ID)
	}
	u.Source.DialectDigest = seal.Bytes([]byte("another dialect"))
	other, _ := admission.Prepare(book, u, admission.Known{UnitOf: unitOf})
	if _, ok := book.Posted(other.Receipt.Upload); ok {
		t.Error("the same bytes read by another dialect are another upload")
	}
}

func TestReversalRestoresTheBook(t *testing.T) {
	book := ledger.NewBook()
	post(t, book, upload(t, "a.csv", "plant 2022-01 supply>use electricity 0.1"))
	before := sumsText(book)
	u := upload(t, "b.csv", "plant 2022-02 supply>use electricity 7.00\n"+
		"plant 2022-02 supply>use raw-coal 0 absence=missing\nmill 2022 supply>use raw-coal 3")
	u.Assertions = []ledger.Assertion{{Entity: plant, Commodity: "raw-coal", Edge: ledger.Closing,
		Period: quantity.Year(2021), Number: quantity.Int(5), Line: 9}}
	batch, _ := post(t, book, u)
	reversal, err := ledger.Reverse(book, batch.Receipt.ID, "wrong file", batch.Sums)
	if err != nil || reversal.Verify() != nil {
		t.Fatal(err, reversal.Verify())
	}
	if err := book.Commit(reversal); err != nil {
		t.Fatal(err)
	}
	if sumsText(book) != before {
		t.Errorf("sums after the reversal: %v", book.Sums())
	}
	if _, err := ledger.Reverse(book, batch.Receipt.ID, "again", batch.Sums); err == nil {
		t.Error("a batch was reversed twice")
	}
	if _, err := ledger.Reverse(book, reversal.Receipt.ID, "back", reversal.Sums); err == nil {
		t.Error("a reversal was reversed")
	}
	if _, ok := book.Posted(batch.Receipt.Upload); ok {
		t.Error("a reversed file counts as posted")
	}
	wantFaults(t, openingCount(t, book, 4))
	_, faults := post(t, book, u)
	wantFaults(t, faults)
	wantFaults(t, openingCount(t, book, 4), "balance.opening 3 raw-coal raw-coal 5 unit")
	if standing := fmt.Sprint(book.Standing()); standing != "[1 4]" {
		t.Errorf("Standing = %s, want [1 4]", standing)
	}
}

// openingCount previews a count of coal on the first day of 2022.
func openingCount(t *testing.T, book *ledger.Book, n int64) []string {
	t.Helper()
	_, faults := admission.Prepare(book, ledger.Upload{Assertions: []ledger.Assertion{{
		Entity:    plant,
		Commodity: "raw-coal", Edge: ledger.Opening, Period: quantity.Year(2022),
		Number: quantity.Int(n), Line: 3}}}, admission.Known{UnitOf: unitOf})
	return short(faults)
}

func TestVerifyFindsDamage(t *testing.T) {
	book := ledger.NewBook()
	batch, _ := post(t, book, upload(t, "a.csv", "plant 2022-01 supply>use electricity 5"))
	reversal, err := ledger.Reverse(book, batch.Receipt.ID, "wrong", batch.Sums)
	if err != nil {
		t.Fatal(err)
	}
	one := quantity.Int(1)
	cases := map[string]func() ledger.Batch{
		"a changed row": func() ledger.Batch {
			b := batch
			b.Activities = []ledger.Activity{b.Activities[0]}
			b.Activities[0].Number = b.Activities[0].Number.Add(one)
			return b
		},
		"a changed sum": func() ledger.Batch {
			b := batch
			b.Sums = []ledger.Sum{{Flow: b.Sums[0].Flow, Total: b.Sums[0].Total.Add(one), Rows: 1}}
			return b
		},
		"a changed sum of a reversal": func() ledger.Batch {
			b := reversal
			b.Sums = []ledger.Sum{{Flow: b.Sums[0].Flow, Total: b.Sums[0].Total.Add(one), Rows: -1}}
			return b
		},
		"a changed receipt": func() ledger.Batch {
			b := batch
			b.Receipt.File = "b.csv"
			return b
		},
		"another area of an entity": func() ledger.Batch {
			b := batch
			b.Entities = []ledger.Entity{{ID: plant, Area: "360000"}, b.Entities[1]}
			return b
		},
	}
	for name, damage := range cases {
		t.Run(name, func(t *testing.T) {
			if damage().Verify() == nil {
				t.Error("Verify found nothing")
			}
		})
	}
}
