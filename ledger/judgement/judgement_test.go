package judgement_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/ledger/judgement"
	"carbonledger/ledger/seal"
	"carbonledger/ledger/tally"
	"carbonledger/quantity"
	"carbonledger/table"
)

// scene is a book and an upload as a table test writes them.
type scene struct {
	t       testing.TB
	library *factors.Library
	book    *ledger.Book
}

func newScene(t testing.TB) *scene {
	t.Helper()
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	return &scene{t, library, ledger.NewBook()}
}

func (s *scene) unitOf(id string) string {
	commodity, _ := s.library.Catalogue.ByID(id)
	return commodity.Unit.Symbol
}

func (s *scene) namesOf(id string) (zh, en string) {
	commodity, _ := s.library.Catalogue.ByID(id)
	return commodity.NameZH, commodity.NameEN
}

// upload reads rows of the form
//
//	ENTITY[:INDUSTRY] SITE PERIOD [FROM>]ROLE COMMODITY NUMBER UNIT [DOCUMENT]
//
// with - for no site, and an absence in the place of the number. A row "cumulative" makes the
// figures run from 1 January.
func (s *scene) upload(rows string) ledger.Upload {
	s.t.Helper()
	u := ledger.Upload{Source: ledger.Source{File: "x.csv", FileDigest: seal.Bytes([]byte(rows))}}
	known := map[string]bool{}
	for i, row := range strings.Split(strings.TrimSpace(rows), "\n") {
		words := append(strings.Fields(row), "", "", "")
		if words[0] == "cumulative" {
			u.Source.Cumulative = true
			continue
		}
		id, industry, _ := strings.Cut(words[0], ":")
		if _, posted := s.book.Entity(id); !posted && !known[id] {
			known[id] = true
			u.Entities = append(u.Entities, ledger.Entity{ID: id, Industry: industry,
				Area: "360104", Line: i + 1})
		}
		u.Activities = append(u.Activities, s.activity(id, words, i+1))
	}
	return u
}

func (s *scene) activity(id string, words []string, line int) ledger.Activity {
	s.t.Helper()
	period, err := quantity.ParsePeriod(words[2])
	if err != nil {
		s.t.Fatal(err)
	}
	from, to, both := strings.Cut(words[3], ">")
	role := ledger.Role(to)
	if !both {
		role = ledger.Role(words[3])
		from = string(role.Source())
	}
	a := ledger.Activity{Line: line, Document: words[7], Flow: ledger.Flow{Entity: id,
		Site: strings.Trim(words[1], "-"), From: ledger.Role(from), To: role.Target(),
		Commodity: words[4], Period: period}}
	if absence, ok := ledger.ParseAbsence(words[5]); ok {
		a.Absence = absence
		return a
	}
	a.Number, a.Written = s.amount(words[4], words[5], words[6]), words[5]+" "+words[6]
	a.PerUnit = s.amount(words[4], "1", words[6])
	return a
}

func (s *scene) amount(commodity, number, unit string) quantity.Number {
	s.t.Helper()
	c, _ := s.library.Catalogue.ByID(commodity)
	u, err := quantity.ParseUnit(unit)
	if err != nil {
		s.t.Fatal(err)
	}
	n, err := quantity.ParseNumber(number)
	if err != nil {
		s.t.Fatal(err)
	}
	amount, _, err := quantity.AmountOf(c, n, u)
	if err != nil {
		s.t.Fatal(err)
	}
	return amount.Number
}

func (s *scene) weigh(u ledger.Upload) (ledger.Batch, []table.Fault) {
	batch, _ := admission.Prepare(s.book, u, admission.Known{UnitOf: s.unitOf, NamesOf: s.namesOf})
	return batch, judgement.Weigh(s.book, u, batch, tally.Of(batch.Activities), s.library)
}

// post puts rows into the book, whatever is asked about them.
func (s *scene) post(rows string) {
	s.t.Helper()
	batch, _ := s.weigh(s.upload(rows))
	if err := s.book.Commit(batch); err != nil {
		s.t.Fatal(err)
	}
}

// asked returns the warnings as LINE CODE.
func asked(faults []table.Fault) (list []string) {
	for _, fault := range faults {
		list = append(list, fmt.Sprint(fault.Line, " ", fault.Code))
	}
	return list
}

// series writes rows of consecutive months from 2022-01 on, one for each number.
func series(entity, site, commodity, unit string, numbers ...string) string {
	rows := make([]string, len(numbers))
	for i, number := range numbers {
		month := quantity.Month(2022, time.Month(i+1))
		rows[i] = fmt.Sprintf("%s %s %s use %s %s %s", entity, site, month, commodity, number, unit)
	}
	return strings.Join(rows, "\n")
}

// days writes rows of consecutive days of April 2022.
func days(site string, numbers ...string) string {
	rows := make([]string, len(numbers))
	for i, number := range numbers {
		rows[i] = fmt.Sprintf("A %s 2022-04-%02d use electricity %s kWh", site, i+1, number)
	}
	return strings.Join(rows, "\n")
}

func times(n int, number string) []string { return slices.Repeat([]string{number}, n) }

// weighing is a case: what is posted first, the upload, and what is asked about it.
type weighing struct {
	name string
	book []string
	rows string
	want []string
}

func weighAll(t *testing.T, cases []weighing) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			for _, rows := range c.book {
				s.post(rows)
			}
			_, faults := s.weigh(s.upload(c.rows))
			if got := asked(faults); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q\n%v", got, c.want, faults)
			}
			for _, fault := range faults {
				if !fault.IsWarning() || strings.Contains(fault.Text(table.ZH), "{") ||
					strings.Contains(fault.Text(table.EN), "{") {
					t.Errorf("%s: %s", fault.Text(table.EN), fault.Text(table.ZH))
				}
			}
		})
	}
}

// TestOrder wants the same questions in the same order each time, by line and code, and the book
// as it was.
func TestOrder(t *testing.T) {
	s := newScene(t)
	s.post(series("A", "-", "electricity", "kWh", "1000", "1000", "1000"))
	head := s.book.Head()
	upload := s.upload("A - 2022-05 use electricity -1 kWh\nA S 2022-05 use electricity 360 kWh\n" +
		"A T 2022-05 use heat 1.296 GJ\nA - 2022-07 use electricity 1 kWh\n" +
		days("D", times(30, "9")...) + "\nA E 2022-04 use electricity 0.027 万kWh")
	_, first := s.weigh(upload)
	want := []string{"1 period.gap", "1 use.negative", "3 unit.two", "4 completeness.low",
		"4 period.gap", "4 unit.magnitude", "35 daily.twice"}
	if got := asked(first); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q\n%v", got, want, first)
	}
	for range 20 {
		_, again := s.weigh(upload)
		if !slices.EqualFunc(first, again, func(a, b table.Fault) bool {
			return a.Text(table.EN) == b.Text(table.EN)
		}) {
			t.Fatalf("got %v, want %v", again, first)
		}
	}
	if s.book.Head() != head {
		t.Error("weighing has changed the book")
	}
}
