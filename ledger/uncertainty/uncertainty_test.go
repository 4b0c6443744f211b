package uncertainty_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/ledger/uncertainty"
	"carbonledger/quantity"
)

// TestByHand is the example of docs/method/uncertainty.md. Power of two entities in two months goes
// through one factor, 0.5 kg/kWh, 0.45 to 0.55: 5,000 kg, 500 below and above, added linearly.
// Diesel goes through 3 kg/kg, 2.7 to 3.6: 3,000 kg, 300 below and 600 above. Every amount of power
// is good to 4 % by itself: 20, 60 and 120 kg, in quadrature.
//
//	below^2 = 500^2 + 300^2 + 20^2 + 60^2 + 120^2 = 358,400, the root is 598.665
//	above^2 = 500^2 + 600^2 + 20^2 + 60^2 + 120^2 = 628,400, the root is 792.717
func TestByHand(t *testing.T) {
	s := stateOf(t, rows(t, `plant 2022-01 use electricity 1000
plant 2022-02 use electricity 3000
mill 2022-01 use electricity 6000
plant 2022 use anthracite 0 not-occurring
mill 2022 use gasoline 0 missing
plant 2022-01 use diesel 1000
`))
	s.Policy.Rules = slices.DeleteFunc(slices.Clone(s.Policy.Rules),
		func(r ledger.Rule) bool { return r.To == "n2o" })
	answer := build(t, s, query(inventory.Scope), assume(t, s, "electricity=4")...)
	want := []string{"1 3000 -90000 +360000 of 3000: 3000, 0",
		"2 5000 -268400 +268400 of 5000: 5000, 5000"}
	for i, row := range answer.Rows {
		if got := row.Key[0] + " " + text(row.Interval); got != want[i] {
			t.Errorf("scope %s, want %s", got, want[i])
		}
	}
	if got, want := text(answer.Total),
		"8000 -358400 +628400 of 8000: 8000, 5000"; got != want {
		t.Errorf("total %s, want %s", got, want)
	}
	below, above := answer.Total.Widths(quantity.Int(1), quantity.Rounding{Places: 3})
	if below.String() != "598.665" || above.String() != "792.717" {
		t.Errorf("half-widths %s and %s, want 598.665 and 792.717", below, above)
	}
	minus, plus, ok := answer.Total.Percents(quantity.Rounding{Places: 2})
	if minus.String() != "7.48" || plus.String() != "9.91" || !ok {
		t.Errorf("-%s %% +%s %%, want -7.48 %% +9.91 %%", minus, plus)
	}
	if answer.Total.Gaps != 1 || answer.Total.Flows != 5 {
		t.Errorf("%d gaps of %d flows, want 1 of 5", answer.Total.Gaps, answer.Total.Flows)
	}
}

// TestCombining takes bounds through products, sums and deductions.
func TestCombining(t *testing.T) {
	cases := []struct{ name, rows, assumptions, want string }{
		{"one factor keeps its bounds to the digit", "a 2022 use lignite 10\n", "",
			"10 -81 +8100 of 10: 10, 0"},
		{"symmetric bounds are shared", "a 2022 use electricity 1000\n", "",
			"500 -2500 +2500 of 500: 500, 0"},
		{"a product adds relative half-widths in quadrature", "a 2022 use anthracite 10\n",
			"anthracite=30/40", "20 -136 +464 of 20: 20, 20"},
		{"two asymmetric factors stay apart below and above",
			"a 2022 use anthracite 10\na 2022 use lignite 10\n", "",
			"30 -181 +8500 of 30: 30, 0"},
		{"one factor over two entities adds linearly",
			"a 2022 use anthracite 10\nb 2022 use anthracite 10\n", "",
			"40 -400 +1600 of 40: 40, 0"},
		{"what is sold takes the uncertainty of the factor back",
			"a 2022 use electricity 1000\nb 2022 sale electricity 600\n", "",
			"200 -400 +400 of 800: 800, 0"},
		{"and the amounts keep theirs, each by itself",
			"a 2022 use electricity 1000\nb 2022 sale electricity 600\n", "electricity=10/20",
			"200 -6500 +11300 of 800: 800, 800"},
		{"a net sale swaps below and above",
			"b 2022 sale electricity 1000\n", "electricity=10/20",
			"-500 -12500 +5000 of 500: 500, 500"},
		{"a factor without bounds counts as unknown", "a 2022 use gasoline 10\n", "",
			"30 -0 +0 of 30: 0, 0"},
		{"and an assumption may stand in for them", "a 2022 use gasoline 10\n", "own=10/20",
			"30 -9 +36 of 30: 30, 0"},
		{"the assumption of a factor goes before that of its set", "a 2022 use gasoline 10\n",
			"own:gasoline-co2=50 own=10", "30 -225 +225 of 30: 30, 0"},
		{"bounds of the set go before an assumption", "a 2022 use anthracite 10\n", "own=1",
			"20 -100 +400 of 20: 20, 0"},
		{"the amount enters every gas at once; one unknown potential leaves its gas unknown",
			"a 2022 use diesel 1000\n", "diesel=10 own:diesel-n2o=0",
			"3265 -196602.25 +466602.25 of 3265: 3000, 3265"},
		{"an assumption of the commodity before the class before all",
			"a 2022 use electricity 1000\na 2022 use anthracite 10\na 2022 use lignite 10\n",
			"electricity=1 fuel=2 all=50 own=0", "530 -2706.2 +11025.2 of 530: 530, 530"},
		{"the last of two that fit alike", "a 2022 use lignite 10\n", "all=50 all=10 own=0",
			"10 -82 +8101 of 10: 10, 10"},
		{"an estimate is not as good as a reading",
			"a 2022 use lignite 10 estimated\n", "all=10", "10 -81 +8100 of 10: 10, 0"},
		{"what is said of estimates", "a 2022 use lignite 10 estimated\n", "all=10 estimated=50",
			"10 -106 +8125 of 10: 10, 10"},
		{"a row of the list", "a 2022 use electricity 1000\n", "meter.electricity",
			"500 -2600 +2600 of 500: 500, 500"},
		{"a row of the list with a percentage of one's own", "a 2022 use electricity 1000\n",
			"meter.electricity=10", "500 -5000 +5000 of 500: 500, 500"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := stateOf(t, rows(t, c.rows))
			answer := build(t, s, query(), assume(t, s, strings.Fields(c.assumptions)...)...)
			if got := text(answer.Total); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// TestFloor: what is only added up cannot be less than nothing; the quadrature of a product of two
// wide data could be. Where something is taken off there is no such end.
func TestFloor(t *testing.T) {
	widths := func(book string, assumptions ...string) string {
		s := stateOf(t, rows(t, book))
		i := build(t, s, query(), assume(t, s, assumptions...)...).Total
		below, above := i.Widths(quantity.Int(1), quantity.Rounding{Places: 2})
		minus, _, _ := i.Percents(quantity.Rounding{Places: 1})
		return below.String() + " " + above.String() + " " + minus.String()
	}
	if got, want := widths("a 2022 use lignite 10\n", "all=90"), "10 90.45 100"; got != want {
		t.Errorf("half-widths and percent %s, want %s", got, want)
	}
	if got, want := widths("a 2022 use electricity 20\na 2022 sale electricity 10\n", "all=90"),
		"10.07 10.07 201.5"; got != want {
		t.Errorf("half-widths and percent %s, want %s", got, want)
	}
}

func TestNoAssumption(t *testing.T) {
	s := stateOf(t)
	listed, err := factors.ListActivityBounds()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "nonsense", "nonsense=5", "all", "all=", "all=x", "all=-5",
		"all=5/", "all=5/-1", "fuel", "electricity=1e5", "own=5"} {
		_, err := uncertainty.ParseAssumption(text, s.Library.Catalogue, listed)
		if !errors.Is(err, uncertainty.ErrAssumption) {
			t.Errorf("ParseAssumption(%q): %v, want ErrAssumption", text, err)
		}
	}
	for _, text := range []string{"", "own", "none=5", "own:none=5", "own=five"} {
		_, err := uncertainty.ParseFactorAssumption(text, s.Library)
		if !errors.Is(err, uncertainty.ErrAssumption) {
			t.Errorf("ParseFactorAssumption(%q): %v, want ErrAssumption", text, err)
		}
	}
	for _, measures := range [][]inventory.Measure{nil, {"co2", "n2o"}, {"nonsense"}} {
		q := query()
		q.Measures = measures
		if _, err := uncertainty.Build(s, q, nil); !errors.Is(err, inventory.ErrMeasure) {
			t.Errorf("measures %v: %v, want ErrMeasure", measures, err)
		}
	}
}

// random makes rows that do not clash.
func random(chance *rand.Rand) []ledger.Activity {
	var list []ledger.Activity
	for _, entity := range []string{"a", "b", "c", "d"} {
		for _, commodity := range []string{"electricity", "diesel", "gasoline", "anthracite",
			"lignite"} {
			for month := range 6 {
				a := ledger.Activity{Line: len(list) + 2}
				a.Number = quantity.Int(chance.Int64N(1_000_000))
				a.Entity, a.Commodity, a.To = entity, commodity, ledger.Use
				a.Period = quantity.Period{First: quantity.DayOf(2022, 1, 1+30*month),
					End: quantity.DayOf(2022, 1, 31+30*month)}
				switch chance.IntN(8) {
				case 0:
					continue
				case 1:
					a.Absence, a.Number = ledger.Missing, quantity.Number{}
				case 2:
					a.Absence = ledger.Estimated
				case 3:
					a.To = ledger.Sale
				}
				a.From = a.To.Source()
				list = append(list, a)
			}
		}
	}
	return list
}

// all prints an answer and the ranking behind it.
func all(t *testing.T, s inventory.State, q inventory.Query, a []uncertainty.Assumption) []string {
	t.Helper()
	answer := build(t, s, q, a...)
	var lines []string
	for _, row := range answer.Rows {
		lines = append(lines, strings.Join(row.Key, "|")+" "+text(row.Interval))
	}
	ranking, err := uncertainty.Rank(s, q, a)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range slices.Concat(ranking.Sized, ranking.Unsized) {
		lines = append(lines, item.Name()+" "+item.Sum.String()+" "+text(item.Left))
	}
	for _, m := range ranking.Missing {
		lines = append(lines, m.Entity+" "+m.Commodity+" "+m.Hint.Numerator.String()+"/"+
			m.Hint.Denominator.String())
	}
	return append(lines, text(answer.Total))
}

var said = []string{"electricity=2", "fuel=5/10", "estimated=40"}

// TestOrderFilesAndWorkersChangeNoDigit reads the same rows in other orders, cut into other files,
// with other numbers of workers.
func TestOrderFilesAndWorkersChangeNoDigit(t *testing.T) {
	chance := rand.New(rand.NewPCG(seed, 1))
	list := random(chance)
	q := query(inventory.Scope, inventory.Commodity)
	plain := stateOf(t, list)
	want := all(t, plain, q, assume(t, plain, said...))
	for workers := range 8 {
		files := make([][]ledger.Activity, 1+chance.IntN(9))
		chance.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for i, row := range list {
			files[i%len(files)] = append(files[i%len(files)], row)
		}
		s := stateOf(t, files...)
		q.Workers = workers
		if got := all(t, s, q, assume(t, s, said...)); !slices.Equal(got, want) {
			t.Fatalf("seed %d, %d files:\n%s\nwant\n%s", seed, len(files),
				strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// TestFiguresAreThoseOfTheInventory: the interval stands beside the figure and contains it.
func TestFiguresAreThoseOfTheInventory(t *testing.T) {
	chance := rand.New(rand.NewPCG(seed, 2))
	for range 20 {
		s := stateOf(t, random(chance))
		q := query(inventory.Entity, inventory.Gas)
		v, err := inventory.Build(s, q)
		if err != nil {
			t.Fatal(err)
		}
		answer := build(t, s, q, assume(t, s, said...)...)
		for i, row := range answer.Rows {
			want := v.Rows.At(i)
			if !slices.Equal(row.Key, want.Key) || row.Interval.Figure != want.Figures[0] {
				t.Fatalf("seed %d: row %v %v, want %v", seed, row.Key, row.Interval.Figure, want)
			}
			below, above := row.Interval.Widths(quantity.Int(1), quantity.Rounding{Places: 3})
			if below.Sign() < 0 || above.Sign() < 0 {
				t.Fatalf("seed %d: half-widths %s and %s", seed, below, above)
			}
		}
		if answer.Total.Figure != v.Totals[0] || len(answer.Rows) != v.Rows.Len() {
			t.Fatalf("seed %d: total %v, want %v", seed, answer.Total.Figure, v.Totals[0])
		}
	}
}

// TestScaling: k times the amounts have k times the half-widths, exactly.
func TestScaling(t *testing.T) {
	chance := rand.New(rand.NewPCG(seed, 3))
	for _, k := range []int64{0, 1, 7, 1000003} {
		list := random(chance)
		once := stateOf(t, list)
		want := build(t, once, query(), assume(t, once, said...)...).Total
		for i := range list {
			list[i].Number = list[i].Number.Mul(quantity.Int(k))
		}
		s := stateOf(t, list)
		got := build(t, s, query(), assume(t, s, said...)...).Total
		square := quantity.Int(k).Mul(quantity.Int(k))
		if !got.Below.Equal(want.Below.Mul(square)) || !got.Above.Equal(want.Above.Mul(square)) {
			t.Errorf("seed %d: %d times the amounts: %s, once: %s", seed, k, text(got), text(want))
		}
	}
}

// TestCorrelation: n equal amounts through one factor are n times as uncertain as one, and through
// amounts of their own the root of n times.
func TestCorrelation(t *testing.T) {
	for n := 1; n <= 25; n++ {
		var book strings.Builder
		for i := range n {
			book.WriteString("e" + strings.Repeat("x", i) + " 2022 use electricity 1000\n")
		}
		s := stateOf(t, rows(t, book.String()))
		count := quantity.Int(int64(n))
		shared := build(t, s, query()).Total.Below
		if want := quantity.Int(2500).Mul(count).Mul(count); !shared.Equal(want) {
			t.Errorf("%d entities, one factor: %s, want %s", n, shared, want)
		}
		apart := build(t, s, query(), assume(t, s, "all=10")...).Total.Below.Sub(shared)
		if want := quantity.Int(2500).Mul(count); !apart.Equal(want) {
			t.Errorf("%d entities, amounts apart: %s, want %s", n, apart, want)
		}
	}
}

// TestTotalIsNotTheSumOfTheRows: rows that share a factor add up linearly, and rows that share
// nothing do not.
func TestTotalIsNotTheSumOfTheRows(t *testing.T) {
	s := stateOf(t, rows(t, "a 2022 use anthracite 15\na 2022 use electricity 300\n"))
	answer := build(t, s, query(inventory.Commodity))
	if got, want := text(answer.Total), "180 -450 +1125 of 180: 180, 0"; got != want {
		t.Errorf("total %s, want %s", got, want)
	}
	byEntity := build(t, s, query(inventory.Entity))
	if got, want := text(byEntity.Rows[0].Interval), text(answer.Total); got != want {
		t.Errorf("the only entity has %s, the total %s", got, want)
	}
}
