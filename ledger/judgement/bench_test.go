package judgement_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/ledger/column"
	"carbonledger/ledger/judgement"
	"carbonledger/ledger/tally"
	"carbonledger/quantity"
)

// BenchmarkWeigh weighs 100,000 rows (two years of months of 4,167 accounts) against a book of
// 100,000 sums of the two years before.
func BenchmarkWeigh(b *testing.B) {
	s := newScene(b)
	rows := func(year int) string {
		var text strings.Builder
		for account := range 4167 {
			for month := range 24 {
				fmt.Fprintf(
					&text,
					"E%d:C31 S%d %s use electricity %d.%d kWh\n",
					account%500,
					account,
					quantity.Month(year, time.Month(month+1)),
					1000+account%97*10+month,
					account%10,
				)
			}
		}
		return text.String()
	}
	s.post(rows(2020))
	upload := s.upload(rows(2022))
	batch, _ := admission.Prepare(s.book, upload,
		admission.Known{UnitOf: s.unitOf, NamesOf: s.namesOf})
	tallies := tally.Of(batch.Activities)
	for b.Loop() {
		judgement.Weigh(s.book, upload, batch, tallies, s.library)
	}
	perTally(b, tallies)
}

// benchEnterprises, benchMonths and benchMoves are those of an upload of a province: 540,000
// tallies.
const (
	benchEnterprises = 5000
	benchMonths      = 36
	benchDivisions   = 20
)

var benchMoves = []column.What{
	{From: "supply", To: "use", Commodity: "electricity", Unit: " 万kWh", PerUnit: "10000"},
	{From: "supply", To: "use", Commodity: "natural-gas", Unit: " Nm3", PerUnit: "1"},
	{From: "supply", To: "use", Commodity: "heat", Unit: " GJ", PerUnit: "1000000"},
}

// benchTallies are months of enterprises from 2022 on, within 20 % of their usual size by season.
// Rows of one month stand together.
func benchTallies() (ledger.Upload, tally.Tallies) {
	var u ledger.Upload
	t := tally.Tallies{Whats: benchMoves}
	for month := range benchMonths {
		p := quantity.Month(2022, time.Month(month+1))
		t.Whens = append(t.Whens, column.When{First: int32(p.First), End: int32(p.End)})
	}
	for i := range benchEnterprises {
		id := fmt.Sprintf("9136010%011d", i)
		t.Whos = append(t.Whos, column.Who{Entity: id})
		u.Entities = append(u.Entities, ledger.Entity{ID: id, Line: i + 1, Area: "360104",
			Industry: fmt.Sprintf("C%d10", 13+i%benchDivisions)})
	}
	season := []int64{120, 115, 104, 96, 88, 92, 101, 103, 90, 84, 97, 116}
	for month := range benchMonths {
		for i := range benchEnterprises {
			for what, move := range benchMoves {
				size, per := int64(1000+i*37%9000), quantity.Number{}
				if err := per.UnmarshalText([]byte(move.PerUnit)); err != nil {
					panic(err)
				}
				figure := quantity.Scaled(size*season[(month+what*3)%12], 2)
				line := len(t.List)*18 + 2
				t.Put(tally.Tally{Who: uint32(i), What: uint32(what), When: uint32(month),
					Rows: 18, Line: uint32(line)}, figure.Mul(per), size*7/100, 2, per)
			}
		}
	}
	t.Arrange()
	return u, t
}

// BenchmarkWeighTallies weighs the tallies of an upload of 10 million rows against an empty book.
func BenchmarkWeighTallies(b *testing.B) {
	s := newScene(b)
	upload, tallies := benchTallies()
	b.ReportAllocs()
	for b.Loop() {
		if asked := judgement.Weigh(s.book, upload, ledger.Batch{}, tallies,
			s.library); len(asked) > 0 {
			b.Fatal(len(asked), asked[0])
		}
	}
	perTally(b, tallies)
}

// BenchmarkWeighRows is the plain twin with one row for each of these tallies.
func BenchmarkWeighRows(b *testing.B) {
	s := newScene(b)
	upload, tallies := benchTallies()
	for i := range tallies.List {
		t := &tallies.List[i]
		upload.Activities = append(upload.Activities, ledger.Activity{Flow: tallies.Flow(t),
			Number: tallies.Total(t), Line: int(t.Line), Written: tallies.Written(t)})
	}
	batch := ledger.Batch{Activities: upload.Activities}
	b.ReportAllocs()
	for b.Loop() {
		plainWeigh(s.book, upload, batch, s.library)
	}
	perTally(b, tallies)
}

// perTally tells the time of one tally.
func perTally(b *testing.B, t tally.Tallies) {
	each := b.Elapsed().Nanoseconds() / int64(b.N*len(t.List))
	b.Log(each, "ns a tally")
}
