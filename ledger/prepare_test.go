package ledger_test

import (
	"slices"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/quantity"
)

// TestFitsTheBook posts the files of a case one after the other; the faults are those of the last.
func TestFitsTheBook(t *testing.T) {
	cases := []struct {
		name       string
		cumulative bool
		files      []string
		faults     []string
		// sum is what the book has at the end of electricity of the plant.
		sum string
	}{
		{"a row twice in a file", false, []string{
			"plant 2022-01 supply>use electricity 1\nplant 2022-01 supply>use electricity 1"},
			[]string{"row.twice 2 3 2022-01", "row.twice 3 2 2022-01"}, "0"},
		{"a month inside a year of the same file", false, []string{
			"plant 2022 supply>use electricity 1\nplant 2022-01 supply>use electricity 1"},
			[]string{"row.twice 2 3 2022-01", "row.twice 3 2 2022"}, "0"},
		{"two bills of one month", false, []string{
			"plant 2022-01 supply>use electricity 1 document=1\n" +
				"plant 2022-01 supply>use electricity 2 document=2"},
			nil, "3"},
		{"two bills whose months overlap in part", false, []string{
			"plant 2022-01-01/2022-02-02 supply>use electricity 1 document=1\n" +
				"plant 2022-02 supply>use electricity 2 document=2"},
			[]string{"row.twice 2 3 2022-02", "row.twice 3 2 2022-01-01/2022-02-02"}, "0"},
		{"a month the book has", false, []string{
			"plant 2022-01 supply>use electricity 1", "plant 2022-01 supply>use electricity 2"},
			[]string{"row.posted 2 2022-01"}, "1"},
		{"a year around a month of the book", false, []string{
			"plant 2022-01 supply>use electricity 1", "plant 2022 supply>use electricity 2"},
			[]string{"row.posted 2 2022-01"}, "1"},
		{"a month inside a year of the book", false, []string{
			"plant 2022 supply>use electricity 1", "plant 2022-12 supply>use electricity 2"},
			[]string{"row.posted 2 2022"}, "1"},
		{"an estimate beside a figure of the book", false, []string{
			"plant 2022-01 supply>use electricity 1",
			"plant 2022-01 supply>use electricity 2 absence=estimated"},
			[]string{"row.posted 2 2022-01"}, "1"},
		{"the next month, another site, another seller", false, []string{
			"plant 2022-01 supply>use electricity 1",
			"plant 2022-02 supply>use electricity 2\n" +
				"plant 2022-01 supply>use electricity 3 site=2\n" +
				"plant 2022-01 supply>use electricity 4 with=mill"},
			nil, "10"},
		{"a figure for what was missing", false, []string{
			"plant 2022-01 supply>use electricity 0 absence=missing",
			"plant 2022-01 supply>use electricity 2"},
			nil, "2"},
		{"an entity nobody knows", false, []string{"shop 2022-01 supply>use electricity 1"},
			[]string{"entity.unknown 2 shop"}, "0"},
		{"the same row from another file", false, []string{
			"plant 2022-01 supply>use electricity 1 document=1",
			"plant 2022-01 supply>use electricity 1 document=1\n" +
				"plant 2022-02 supply>use electricity 2"},
			nil, "3"},
		{"a cumulative report over a month of the book", true, []string{
			"plant 2022-02 supply>use electricity 5",
			"plant 2022年1-3月 supply>use electricity 12.5"},
			[]string{"row.posted 2 2022-02"}, "5"},
		{"a cumulative report of the year before", true, []string{
			"plant 2022 supply>use electricity 5", "plant 2023-01 supply>use electricity 1"},
			nil, "6"},
		{"a cumulative report that does not begin in January", true, []string{
			"plant 2022-01 supply>use electricity 5", "plant 2022Q2 supply>use electricity 1"},
			[]string{"cumulative.period 2 2022Q2"}, "5"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			book := ledger.NewBook()
			var faults []string
			for i, rows := range c.files {
				u := upload(t, "a.csv", rows)
				// The first file stands for what the book has, not cumulative.
				u.Source.Cumulative = c.cumulative && i > 0
				_, faults = post(t, book, u)
			}
			wantFaults(t, faults, c.faults...)
			var sum quantity.Number
			for s := range book.Sums().All() {
				sum = sum.Add(s.Total)
			}
			if !sum.Equal(number(t, c.sum)) {
				t.Errorf("sum = %s, want %s", sum, c.sum)
			}
		})
	}
}

// TestStockBalance warns of the amount missing and posts all the same.
//
//	opening 10 + bought 100 - burned 90 - material 5 = 15
func TestStockBalance(t *testing.T) {
	for closing, want := range map[int64][]string{15: nil,
		12: {"balance.site 9 raw-coal raw-coal -3 unit"},
		20: {"balance.site 9 raw-coal raw-coal 5 unit"}} {
		u := upload(t, "a.csv", "plant 2022 supply>stock raw-coal 100\n"+
			"plant 2022 stock>use raw-coal 90\nplant 2022 stock>feedstock raw-coal 5\n"+
			"plant 2022 stock>use diesel 7")
		count := ledger.Assertion{Entity: plant, Commodity: "raw-coal", Line: 9,
			Period: quantity.Year(2022), Edge: ledger.Opening, Number: quantity.Int(10)}
		u.Assertions = append(u.Assertions, count)
		count.Edge, count.Number = ledger.Closing, quantity.Int(closing)
		u.Assertions = append(u.Assertions, count)
		batch, faults := post(t, ledger.NewBook(), u)
		wantFaults(t, faults, want...)
		if batch.Receipt.Posted != 4 || batch.Receipt.Warnings != len(want) {
			t.Errorf("closing %d: %d posted, %d warnings", closing,
				batch.Receipt.Posted, batch.Receipt.Warnings)
		}
	}
}

// TestAbsencesAreNotZero follows the five kinds of nothing into the receipt and the readings.
func TestAbsencesAreNotZero(t *testing.T) {
	book := ledger.NewBook()
	batch, faults := post(t, book, upload(t, "a.csv", "plant 2022-01 supply>use diesel 0\n"+
		"plant 2022-02 supply>use diesel 0 absence=missing\n"+
		"plant 2022-03 supply>use diesel 0 absence=not-occurring\n"+
		"plant 2022-04 supply>use diesel 0 absence=included-elsewhere\n"+
		"plant 2022-05 supply>use diesel 0 absence=confidential\n"+
		"plant 2022-06 supply>use diesel 3 absence=estimated"))
	wantFaults(t, faults)
	if r := batch.Receipt; r.Posted != 2 || r.Absent != 4 {
		t.Errorf("%d posted, %d absent, want 2 and 4", r.Posted, r.Absent)
	}
	reader := readerOf(t, "cn-statistics", book)
	// Readings and gaps by month: CO2, standard coal at its calorific and at its equal value.
	want := []string{"3 0", "0 3", "0 0", "0 0", "0 3", "3 0"}
	for i, s := range slices.Collect(book.Sums().All()) {
		entry := reader.Convert(s.Flow, s.Total)
		got := quantity.Int(int64(len(entry.Readings))).String() + " " +
			quantity.Int(int64(len(entry.Gaps))).String()
		if got != want[i] {
			t.Errorf("%s %q: readings and gaps = %s, want %s", s.Period, s.Absence, got, want[i])
		}
	}
}

// TestRegisterReplacesAndRowsDoNot says who may change what is known of an entity.
func TestRegisterReplacesAndRowsDoNot(t *testing.T) {
	book := ledger.NewBook()
	area := func(registers bool, area string) string {
		u := ledger.Upload{Entities: []ledger.Entity{{ID: plant, Name: "厂", Area: area}}}
		u.Source.Registers = registers
		post(t, book, u)
		entity, _ := book.Entity(plant)
		return entity.Area
	}
	if got := area(false, "360104"); got != "360104" {
		t.Errorf("first registration: %s", got)
	}
	if got := area(false, "360100"); got != "360104" {
		t.Errorf("a row of another file moved the entity to %s", got)
	}
	if got := area(true, "360100"); got != "360100" {
		t.Errorf("the register left the entity at %s", got)
	}
}

// TestPostedRowNamesItsReceipt: who is told that the book has the figure is told from where.
func TestPostedRowNamesItsReceipt(t *testing.T) {
	book := ledger.NewBook()
	first, _ := post(t, book, upload(t, "a.csv", "plant 2022-01 supply>use electricity 1"))
	report, _ := post(t, book, report(t, "b.csv", "plant 2022年1-2月 supply>use heat 7"))
	_, faults := admission.Prepare(book, upload(t, "c.csv",
		"plant 2022-01 supply>use electricity 2\nplant 2022-02 supply>use heat 3"),
		admission.Known{UnitOf: unitOf})
	want := [][]string{{"2022-01", "1 unit", "a.csv", first.Receipt.ID},
		{"2022-01~2022-02", "7 unit", "b.csv", report.Receipt.ID}}
	for i, fault := range faults {
		if !slices.Equal(fault.Args, want[i]) {
			t.Errorf("%s names %q, want %q", fault.Code, fault.Args, want[i])
		}
	}
	if len(faults) != 2 {
		t.Errorf("%d faults, want 2", len(faults))
	}
}
