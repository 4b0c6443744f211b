package inventory_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

var everything = []inventory.Measure{inventory.CO2e, "co2", inventory.Energy, inventory.Water,
	"electricity", "output:gears.t"}

// queries ask for every dimension by itself and for all of them at once.
func queries(workers int) []inventory.Query {
	list := []inventory.Query{{Period: quantity.Year(2022), Measures: everything,
		By: inventory.Dimensions, Workers: workers}}
	for _, d := range inventory.Dimensions {
		list = append(list, inventory.Query{Period: quantity.Year(2022), Measures: everything,
			By: []inventory.Dimension{d}, Workers: workers})
	}
	return list
}

// TestOrderFilesAndWorkersChangeNoDigit is the promise of an inventory: the same rows give the same
// figures however they came in and by however many they are read.
func TestOrderFilesAndWorkersChangeNoDigit(t *testing.T) {
	chance := rand.New(rand.NewPCG(seed, seed))
	rows := random(seed, 5)
	for _, policy := range []string{"cn-statistics", "cn-enterprise", "ghgp"} {
		plain := stateOf(t, policy, bookOf(t, rows))
		var want [][]string
		for _, q := range queries(1) {
			want = append(want, lines(build(t, plain, q)))
		}
		for workers := 1; workers <= 8; workers++ {
			files := cut(chance, rows, 1+chance.IntN(20))
			s := plain
			s.Book = bookOf(t, files...)
			for i, q := range queries(workers) {
				if i > 0 && i%4 != workers%4 {
					continue // The query by everything runs each time, the others twice.
				}
				if got := lines(build(t, s, q)); !slices.Equal(got, want[i]) {
					t.Fatalf("seed %d, %s, %d files, %d workers, by %v:\n%s\nwant\n%s", seed,
						policy, len(files), workers, q.By, strings.Join(got, "\n"),
						strings.Join(want[i], "\n"))
				}
			}
		}
	}
}

// TestTotalsAreTheSumsOfTheRows adds up again, and wants the same total by every dimension.
func TestTotalsAreTheSumsOfTheRows(t *testing.T) {
	s := stateOf(t, "cn-statistics", bookOf(t, random(seed+1, 12)))
	var first inventory.Inventory
	for i, q := range queries(3) {
		v := build(t, s, q)
		if i == 0 {
			first = v
		}
		for m := range q.Measures {
			var sum inventory.Figure
			for _, row := range v.Rows.All() {
				f := row.Figures[m]
				sum.Number = sum.Number.Add(f.Number)
				sum.Gaps, sum.Estimates = sum.Gaps+f.Gaps, sum.Estimates+f.Estimates
			}
			if got := text(v.Totals[m]); got != text(sum) || got != text(first.Totals[m]) {
				t.Errorf("seed %d: total of %s by %v = %s, the rows sum to %s, by all %s", seed+1,
					q.Measures[m], q.By, got, text(sum), text(first.Totals[m]))
			}
		}
	}
}

// TestExplainEveryCell takes every cell of an inventory apart by its reference.
func TestExplainEveryCell(t *testing.T) {
	for _, policy := range []string{"cn-statistics", "cn-enterprise"} {
		s := stateOf(t, policy, bookOf(t, random(seed+2, 3)))
		by := []inventory.Dimension{inventory.Area, inventory.Site, inventory.Scope,
			inventory.Commodity}
		queries := []inventory.Query{
			{Period: quantity.Year(2022), Measures: everything, By: by, Workers: 2},
			{Period: quantity.Month(2022, 3), Measures: everything,
				Where: map[inventory.Dimension]string{inventory.Area: "360104"}},
			{Period: quantity.Year(2022), Measures: everything[:1],
				By: []inventory.Dimension{inventory.Entity, inventory.Month, inventory.Category}},
		}
		for _, q := range queries {
			v := build(t, s, q)
			for _, row := range v.Rows.All() {
				for m := range q.Measures {
					checkCell(t, s, v, row, m)
				}
			}
		}
	}
}

func checkCell(t *testing.T, s inventory.State, v inventory.Inventory, row inventory.Row, m int) {
	t.Helper()
	ref, err := inventory.ParseRef(v.Ref(row, m).String())
	if err != nil {
		t.Fatal(err)
	}
	e, err := inventory.Explain(s, ref)
	if err != nil || text(e.Figure) != text(row.Figures[m]) {
		t.Errorf("Explain(%s) = %s, %v, the cell has %s",
			ref, text(e.Figure), err, text(row.Figures[m]))
	}
	var sum quantity.Number
	for _, part := range e.Parts {
		number := part.Amount
		for _, step := range part.Steps {
			number = number.Mul(step.Factor.Value)
		}
		sum = sum.Add(number)
	}
	if !sum.Equal(row.Figures[m].Number) || len(e.Gaps) != row.Figures[m].Gaps {
		t.Errorf("%s: the parts multiply out to %s with %d gaps, the cell has %s",
			ref, sum, len(e.Gaps), text(row.Figures[m]))
	}
}

// TestGaps follows what is not there into the figures.
func TestGaps(t *testing.T) {
	cases := []struct {
		name, rows, period, policy string
		measure                    inventory.Measure
		want                       []string
	}{
		{"missing is a gap", "plant 2022-01 supply>use diesel 0 absence=missing\n" +
			"plant 2022-02 supply>use diesel 2", "2022", "cn-statistics", inventory.Energy,
			[]string{"total 2.9142 gaps=1", "gap plant diesel 2022-01 coal-equivalent absent"}},
		{"zero is not", "plant 2022-01 supply>use diesel 0", "2022", "cn-statistics",
			inventory.Energy, []string{"total 0"}},
		{"a later figure fills a gap", "plant 2022-01 supply>use diesel 0 absence=missing\n" +
			"plant 2022-01 supply>use diesel 2", "2022", "cn-statistics", inventory.Energy,
			[]string{"total 2.9142"}},
		{"an estimate fills a gap and is counted",
			"plant 2022-01 supply>use diesel 0 absence=missing\n" +
				"plant 2022-01 supply>use diesel 2 absence=estimated", "2022", "cn-statistics",
			inventory.Energy, []string{"total 2.9142 estimates=1"}},
		{"a year asked by month spans", "plant 2022 supply>use diesel 2", "2022-03",
			"cn-statistics", inventory.Energy,
			[]string{"total 0 gaps=1", "gap plant diesel 2022 coal-equivalent spans"}},
		{"an amount asked by month spans", "plant 2022 supply>use diesel 2", "2022-03",
			"cn-statistics", "diesel", []string{"total 0 gaps=1",
				"gap plant diesel 2022 diesel spans"}},
		{"an entity without area", "shop 2022-01 supply>use electricity 2", "2022",
			"cn-statistics", inventory.CO2e,
			[]string{"total 0 gaps=1", "gap shop electricity 2022-01 co2 no-area"}},
		{"no factor for it", "plant 2022-01 supply>use raw-coal 2", "2022", "cn-statistics",
			inventory.CO2e, []string{"total 0 gaps=1", "gap plant raw-coal 2022-01 co2 no-factor"}},
		{"what a neighbour sold, under territory",
			"plant 2022-01 supply>use electricity 2 with=mill", "2022", "cn-statistics",
			inventory.Energy, []string{"total 0"}},
		{"what a neighbour sold, under enterprise",
			"plant 2022-01 supply>use electricity 2 with=mill", "2022", "cn-enterprise",
			inventory.Energy, []string{"total 0.2458"}},
		{"what a stranger sold, under territory",
			"plant 2022-01 supply>use electricity 2 with=trader", "2022", "cn-statistics",
			inventory.Energy, []string{"total 0.2458"}},
		{"water asked by its commodity counts once", "plant 2022-01 supply>use fresh-water 7",
			"2022", "cn-statistics", "fresh-water", []string{"total 7"}},
		{"a revision replaces what it revises, a year its quarter",
			"360104 2022 origin>product gdp 9 vintage=2023-03-31\n" +
				"360104 2022 origin>product gdp 8 vintage=2023-12-29\n" +
				"360104 2022Q1 origin>product gdp 2 vintage=2022-04-20", "2022", "cn-statistics",
			"gdp", []string{"total 8"}},
		{"a figure fills a gap of an earlier publication",
			"360104 2022 origin>product gdp 0 absence=missing vintage=2023-03-31\n" +
				"360104 2022 origin>product gdp 8 vintage=2023-12-29", "2022", "cn-statistics",
			"gdp", []string{"total 8"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := stateOf(t, c.policy, bookOf(t, activities(t, c.rows)))
			v := build(t, s, inventory.Query{Period: period(t, c.period),
				Measures: []inventory.Measure{c.measure}})
			got := lines(v)
			if v.Rows.Len() > 0 {
				got = got[1:]
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q\nwant %q", got, c.want)
			}
		})
	}
}

// TestAreaKeepsWhatLiesInside tells an area with everything inside from the area itself.
func TestAreaKeepsWhatLiesInside(t *testing.T) {
	s := stateOf(t, "cn-statistics", bookOf(t, activities(t, "plant 2022 supply>use diesel 1\n"+
		"mill 2022 supply>use diesel 10\nshop 2022 supply>use diesel 100")))
	for area, want := range map[string]string{"360104": "11", "=360104": "10",
		"360104/洪都街道": "1", "CN": "11", "=-": "100", "110000": "0"} {
		v := build(t, s, inventory.Query{Period: quantity.Year(2022),
			Measures: []inventory.Measure{"diesel"},
			Where:    map[inventory.Dimension]string{inventory.Area: area}})
		if got := text(v.Totals[0]); got != want {
			t.Errorf("diesel in %s = %s, want %s", area, got, want)
		}
	}
}

func TestQuestionsNobodyCanAnswer(t *testing.T) {
	s := stateOf(t, "cn-statistics", ledger.NewBook())
	for _, q := range []inventory.Query{{Measures: []inventory.Measure{"smoke"}},
		{Measures: everything, By: []inventory.Dimension{"colour"}}} {
		if _, err := inventory.Build(s, q); err == nil {
			t.Errorf("Build(%v) gave no error", q)
		}
	}
	if _, err := inventory.Explain(s, inventory.Ref{Measure: "smoke"}); err == nil {
		t.Error("Explain of smoke gave no error")
	}
	v := build(t, s, inventory.Query{Measures: everything, Workers: 5})
	if v.Rows.Len() != 0 || v.Pins.Position != 0 || len(v.Pins.Sets) == 0 {
		t.Errorf("an empty book gives %v under %v", v.Rows, v.Pins)
	}
}
