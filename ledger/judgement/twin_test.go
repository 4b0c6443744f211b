package judgement_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/ledger/judgement"
	"carbonledger/ledger/tally"
	"carbonledger/quantity"
	"carbonledger/table"
)

// draw makes uploads of some entities in which every question has something to find.
type draw struct {
	*rand.Rand
	entities []string
}

func (d draw) one(list ...string) string { return list[d.IntN(len(list))] }

// The units of what is drawn, and entities with their industries: enough of one division to be an
// industry.
var (
	drawnUnits = map[string][]string{
		"electricity": {"kWh", "万kWh", "MWh"}, "heat": {"GJ", "MJ"},
		"natural-gas": {"Nm3", "万Nm3"}, "natural-gas-gross": {"GJ", "MJ"},
		"raw-coal": {"t", "kg"}, "other-fuel": {"tce"}, "fresh-water": {"m3"},
		"gross-output": {"万元", "亿元"}, "floor-area": {"m2"},
	}
	drawnEntities = []string{"A:C3110", "B:C3120", "C:C3130", "D:C3140", "E:C3150", "F:C3160",
		"G:C3210", "H"}
)

// period draws months in a row most of the time, and now and then another span.
func (d draw) period(at int) string {
	first := quantity.Month(2021, time.Month(at+1))
	switch d.IntN(14) {
	case 0:
		return quantity.Quarter(2021, at/3+1).String()
	case 1:
		return quantity.Year(2021 + at/12).String()
	case 2:
		return first.First.String()
	case 3:
		return fmt.Sprintf("%s/%s", first.First+quantity.Day(d.IntN(3)), first.End)
	}
	return first.String()
}

// number draws amounts of about the same size, sometimes in another unit, and some that other rows
// have as well.
func (d draw) number() string {
	switch d.IntN(24) {
	case 0:
		return "0"
	case 1:
		return "-" + d.one("1", "250.5")
	case 2:
		return d.one("1", "3600000", "13000", "1300000")
	case 3, 4, 5:
		return d.one("100", "360", "38.9", "71.43", "1000", "10")
	}
	return fmt.Sprintf("%d.%d", 90+d.IntN(30), d.IntN(4)*25)
}

// rows draws an upload. Accounts run on for some months, so that they have a history.
func (d draw) rows(count int) string {
	var rows []string
	if d.IntN(3) == 0 {
		rows = d.years()
	}
	if d.IntN(2) == 0 {
		rows = append(rows, d.pairs()...)
	}
	for len(rows) < count {
		entity := d.one(d.entities...)
		site := d.one("-", "-", "S", "T")
		commodity := d.one("electricity", "electricity", "heat", "natural-gas", "gross-output",
			"natural-gas-gross", "raw-coal", "other-fuel", "fresh-water", "floor-area")
		role := d.one("use", "use", "use", "supply", "stock>use", "feedstock", "stock>sale")
		if commodity == "gross-output" || commodity == "floor-area" || d.IntN(9) == 0 {
			role = "product"
		}
		first, jump := d.IntN(18), d.IntN(6)
		for at := first; at < min(first+1+d.IntN(7), 24); at++ {
			if jump == 0 && d.IntN(4) == 0 {
				continue
			}
			units := drawnUnits[commodity]
			unit := units[0]
			if d.IntN(8) == 0 {
				unit = units[d.IntN(len(units))]
			}
			figure := d.number() + " " + unit
			if d.IntN(30) == 0 {
				figure = d.one("missing", "not-occurring", "confidential") + " -"
			}
			for bill := range 1 + d.IntN(12)/11*2 {
				rows = append(rows, strings.Join([]string{entity, site, d.period(at), role,
					commodity, figure, d.one("", fmt.Sprint("b", bill))}, " "))
			}
		}
	}
	return strings.Join(rows, "\n")
}

// years draws the energy and the output of a whole year for most entities.
func (d draw) years() (rows []string) {
	year := d.one("2021", "2022")
	for _, entity := range d.entities {
		if d.IntN(6) > 0 {
			rows = append(rows,
				fmt.Sprintf("%s Y %s use electricity %d00 万kWh", entity, year, 8+d.IntN(5)),
				fmt.Sprintf("%s Y %s product gross-output %s 万元", entity, year,
					d.one("900", "1000", "1100", "10", "50000")))
		}
	}
	return rows
}

// pairs draws the same energy in several units and bills, and a quarter beside its months.
func (d draw) pairs() (rows []string) {
	for range 2 {
		entity, month := d.one(d.entities...), quantity.Month(2023, time.Month(1+d.IntN(12)))
		for range 4 {
			site, rest, _ := strings.Cut(d.one("P use electricity 10 万kWh",
				"P use electricity 50000 kWh b1", "P use electricity 50000 kWh b2",
				"P use electricity 10 万kWh b3", "Q use electricity 100000 kWh", "P use heat 360 GJ",
				"P stock>use electricity 100000 kWh", "P use raw-coal 100 t",
				"Q use other-fuel 71.43 tce", "P use natural-gas 1000 Nm3",
				"P use natural-gas-gross 38.9 GJ"), " ")
			rows = append(rows, fmt.Sprintf("%s %s %s %s", entity, site, month, rest))
		}
	}
	for _, period := range []string{"2024-01", "2024-02", "2024-03", "2024Q1"} {
		number := d.one("100", "101")
		if period == "2024Q1" {
			number = d.one("300", "400")
		}
		rows = append(rows, fmt.Sprintf("%s %s %s use fresh-water %s m3", d.entities[0],
			period[4:5], period, number))
	}
	return rows
}

// reports draws an upload of cumulative figures.
func (d draw) reports(count int) string {
	rows := []string{"cumulative"}
	for range count {
		end := 1 + d.IntN(6)
		rows = append(rows, fmt.Sprintf("%s - 2022年1-%d月 use electricity %d00.5 %s",
			d.one("A:C3110", "B:C3120"), end, end*(1+d.IntN(20)/19*40), d.one("kWh", "万kWh")))
	}
	return strings.Join(rows, "\n")
}

// spoil gives some rows faults of their own and forgets to register some entities.
func (d draw) spoil(u ledger.Upload) ledger.Upload {
	for _, a := range u.Activities {
		switch d.IntN(25) {
		case 0:
			u.Faults = append(u.Faults, table.Fault{Line: a.Line, Code: "unit.unknown"})
		case 1:
			u.Lost = append(u.Lost, a.Line)
		}
	}
	if len(u.Entities) > 0 && d.IntN(3) == 0 {
		u.Entities = slices.Delete(u.Entities, 0, 1)
	}
	return u
}

// TestPlainTwin asks about random uploads behind random books, row by row and by tallies: both must
// find the same.
func TestPlainTwin(t *testing.T) {
	library, err := openLibrary()
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]int{}
	for seed := range uint64(200) {
		d := draw{rand.New(rand.NewPCG(seed, 1)), drawnEntities}
		size := 150
		if seed%25 == 0 {
			d.entities, size = manyEntities(), 3000
		}
		s := &scene{t, library, ledger.NewBook()}
		for range d.IntN(4) {
			s.postDrawn(s.upload(d.rows(1 + d.IntN(size))))
		}
		if d.IntN(4) == 0 {
			s.postDrawn(s.upload(d.reports(8)))
		}
		u := s.upload(d.rows(1 + d.IntN(size)))
		switch d.IntN(4) {
		case 0:
			u = d.spoil(u)
		case 1:
			u = s.upload(d.reports(12))
		}
		batch, _ := admission.Prepare(s.book, u,
			admission.Known{UnitOf: s.unitOf, NamesOf: s.namesOf})
		want := plainWeigh(s.book, u, batch, library)
		got := judgement.Weigh(s.book, u, batch, tally.Of(batch.Activities), library)
		for _, fault := range want {
			codes[fault.Code]++
		}
		compareFaults(t, seed, got, want)
		compareFaults(t, seed, s.weighUnusual(u, batch), want)
	}
	for _, code := range []string{"amount.magnitude", "balance.unstored", "completeness.low",
		"daily.monthly", "daily.twice", "intensity.change", "intensity.range", "month.tenfold",
		"period.gap", "site.whole", "unit.magnitude", "unit.magnitude-industry", "unit.two",
		"use.negative"} {
		if codes[code] == 0 {
			t.Errorf("%s is never asked: %v", code, codes)
		}
	}
}

// manyEntities are so many that several workers share them.
func manyEntities() (list []string) {
	for i := range 200 {
		list = append(list, fmt.Sprintf("E%d:C%d10", i, 20+i%10))
	}
	return list
}

// postDrawn commits what can be posted of an upload.
func (s *scene) postDrawn(u ledger.Upload) {
	s.t.Helper()
	batch, _ := s.weigh(u)
	if err := s.book.Commit(batch); err != nil {
		s.t.Fatal(err)
	}
}

// weighUnusual leaves the activities out that are posted and above zero, as an import does that
// has tallies for them.
func (s *scene) weighUnusual(u ledger.Upload, batch ledger.Batch) []table.Fault {
	tallies := tally.Of(batch.Activities)
	type key struct {
		line int
		flow ledger.Flow
	}
	usual := map[key]bool{}
	for _, a := range batch.Activities {
		usual[key{a.Line, a.Flow}] = a.Number.Sign() >= 0
	}
	isUsual := func(a ledger.Activity) bool { return usual[key{a.Line, a.Flow}] }
	u.Activities = slices.DeleteFunc(slices.Clone(u.Activities), isUsual)
	batch.Activities = slices.DeleteFunc(slices.Clone(batch.Activities), isUsual)
	return judgement.Weigh(s.book, u, batch, tallies, s.library)
}

func compareFaults(t *testing.T, seed uint64, got, want []table.Fault) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || !reflect.DeepEqual(got[i], want[i]) {
			var text [2]string
			for side, list := range [][]table.Fault{got, want} {
				if i < len(list) {
					text[side] = fmt.Sprintf("%d %s %q %q", list[i].Line, list[i].Code,
						list[i].Cell, list[i].Args)
				}
			}
			t.Fatalf("seed %d, question %d of %d: got\n%s\nwant\n%s", seed, i, len(want), text[0],
				text[1])
		}
	}
}
