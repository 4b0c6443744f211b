package decomposition_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios/decomposition"
)

func number(t testing.TB, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// read makes an aggregate of lines: a name, then a group of values for each year, split by bars; a
// value may be a quotient, and - is one without an answer.
func read(t testing.TB, factors string, years []int, lines ...string) decomposition.Aggregate {
	t.Helper()
	a := decomposition.Aggregate{Factors: strings.Fields(factors), Years: years}
	for _, line := range lines {
		name, rest, _ := strings.Cut(line, ":")
		cell := decomposition.Cell{Name: name}
		for _, group := range strings.Split(rest, "|") {
			var values []quantity.Ratio
			for _, text := range strings.Fields(group) {
				above, below, ok := strings.Cut(text, "/")
				switch {
				case text == "-":
					values = append(values, quantity.Ratio{})
				case ok:
					values = append(values, quantity.RatioOf(number(t, above), number(t, below)))
				default:
					values = append(values, quantity.Whole(number(t, text)))
				}
			}
			cell.Values = append(cell.Values, values)
		}
		a.Cells = append(a.Cells, cell)
	}
	return a
}

var three = quantity.Rounding{Places: 3}

// TestByHand is the example of docs/method/decomposition.md.
func TestByHand(t *testing.T) {
	a := read(t, "output energy-per-output factor", []int{2020, 2025},
		"steel: 100 0.5 2.4 | 120 0.4 2.4", "shops: 200 0.1 1 | 300 0.1 0.5")
	got, err := a.Between(2020, 2025, three)
	if err != nil {
		t.Fatal(err)
	}
	want := "140 130.2 -9.8 [28.485 -26.238 -12.047] " +
		"steel -4.8 [21.438 -26.238 0] shops -5 [7.047 0 -12.047] []"
	if text := line(got); text != want {
		t.Errorf("steel and shops:\n got %s\nwant %s", text, want)
	}
}

func line(c decomposition.Change) string {
	text := fmt.Sprint(c.From, " ", c.To, " ", c.Difference, " ", c.Effects)
	for _, cell := range c.Cells {
		text += fmt.Sprint(" ", cell.Name, " ", cell.Difference, " ", cell.Effects)
	}
	return text + fmt.Sprint(" ", c.Shared)
}

// TestZeros goes through the limits where a cell or a factor is 0.
func TestZeros(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"a factor rises from 0", "c: 0 2 | 5 3", "0 15 15 [15 0] c 15 [15 0] []"},
		{"a factor falls to 0", "c: 5 3 | 0 4", "15 0 -15 [-15 0] c -15 [-15 0] []"},
		{"both rise from 0", "c: 0 0 | 5 3", "0 15 15 [7.5 7.5] c 15 [7.5 7.5] [c]"},
		{"both fall to 0", "c: 5 3 | 0 0", "15 0 -15 [-7.5 -7.5] c -15 [-7.5 -7.5] [c]"},
		{"0 stays 0", "c: 0 2 | 0 3", "0 0 0 [0 0] c 0 [0 0] []"},
		{"one falls, the other rises", "c: 0 2 | 5 0", "0 0 0 [0 0] c 0 [0 0] []"},
		{"a value without an answer", "c: 0 - | 5 3", "0 15 15 [15 0] c 15 [15 0] []"},
		{"nothing there at all", "c: 0 - | 0 -", "0 0 0 [0 0] c 0 [0 0] []"},
		{"nothing changes", "c: 5 3 | 5 3", "15 15 0 [0 0] c 0 [0 0] []"},
	} {
		got, err := read(t, "x y", []int{1, 2}, c.line).Between(1, 2, three)
		if err != nil || line(got) != c.want {
			t.Errorf("%s: %s %v, want %s", c.name, line(got), err, c.want)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		a     decomposition.Aggregate
		wants string
	}{
		{"negative", read(t, "x y", []int{1, 2}, "c: 1 -2 | 3 4"), "c in 1: y is negative"},
		{"no answer", read(t, "x y", []int{1, 2}, "c: 1 2 | 3 -"), "c in 2: y has no value"},
		{"short row", read(t, "x y", []int{1, 2}, "c: 1 | 3 4"), "c in 1: 1 values"},
		{"a year too few", read(t, "x y", []int{1, 2}, "c: 1 2"), "c: values for 1 years"},
		{"order", read(t, "x y", []int{2, 1}, "c: 1 2 | 3 4"), "year 1 follows 2"},
		{"one year", read(t, "x y", []int{1}, "c: 1 2"), "a decomposition of 2 factors over 1"},
		{"unknown year", read(t, "x", []int{2, 3}, "c: 1 | 3"), "no values for 1"},
	} {
		_, err := c.a.Between(1, 2, three)
		if err == nil || !strings.HasPrefix(err.Error(), c.wants) {
			t.Errorf("%s: %v, want %s...", c.name, err, c.wants)
		}
	}
	a := read(t, "x", []int{1, 2}, "c: 0 | 3")
	if _, err := a.IndexBetween(1, 2, three); err == nil {
		t.Error("an index from 0 has a value, want a refusal")
	}
}

// random makes an aggregate with zeros and quotients in it.
func random(r *rand.Rand, cells, factors, years int) decomposition.Aggregate {
	var a decomposition.Aggregate
	for k := range factors {
		a.Factors = append(a.Factors, "x"+strconv.Itoa(k))
	}
	for y := range years {
		a.Years = append(a.Years, 2020+y)
	}
	for i := range cells {
		cell := decomposition.Cell{Name: "c" + strconv.Itoa(i)}
		for range years {
			var values []quantity.Ratio
			for range factors {
				n := quantity.Int(r.Int64N(1000))
				if r.IntN(8) == 0 {
					n = quantity.Int(0)
				}
				values = append(values, quantity.RatioOf(n, quantity.Int(r.Int64N(99)+1)))
			}
			cell.Values = append(cell.Values, values)
		}
		a.Cells = append(a.Cells, cell)
	}
	return a
}

func sum(list []quantity.Number) (total quantity.Number) {
	for _, n := range list {
		total = total.Add(n)
	}
	return total
}

// TestEverythingAddsUp walks over random aggregates, at several roundings.
func TestEverythingAddsUp(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		a := random(r, 1+r.IntN(6), 1+r.IntN(5), 2+r.IntN(4))
		rounding := quantity.Rounding{Places: int32(r.IntN(8) - 2)}
		got, err := a.Chain(rounding)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		check := func(what string, got, want quantity.Number) {
			t.Helper()
			if !got.Equal(want) {
				t.Errorf("seed %d: %s = %s, want %s", seed, what, got, want)
			}
		}
		check("from + difference", got.From.Add(got.Difference), got.To)
		check("sum of effects", sum(got.Effects), got.Difference)
		cells := make([]quantity.Number, len(a.Factors))
		steps := make([]quantity.Number, len(a.Factors))
		var whole, way quantity.Number
		for _, cell := range got.Cells {
			check(cell.Name, sum(cell.Effects), cell.Difference)
			whole = whole.Add(cell.Difference)
			for k, effect := range cell.Effects {
				cells[k] = cells[k].Add(effect)
			}
		}
		for _, step := range got.Steps {
			check(strconv.Itoa(step.Last), sum(step.Effects), step.Difference)
			way = way.Add(step.Difference)
			for k, effect := range step.Effects {
				steps[k] = steps[k].Add(effect)
			}
		}
		check("sum of cells", whole, got.Difference)
		check("sum of steps", way, got.Difference)
		for k, factor := range a.Factors {
			check(factor+" over cells", cells[k], got.Effects[k])
			check(factor+" over steps", steps[k], got.Effects[k])
		}
	}
}

// TestReversed turns time round: every effect changes its sign and nothing else.
func TestReversed(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 2))
		a := random(r, 1+r.IntN(6), 1+r.IntN(5), 2)
		forward, err := a.Between(2020, 2021, three)
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range a.Cells {
			cell.Values[0], cell.Values[1] = cell.Values[1], cell.Values[0]
		}
		backward, err := a.Between(2020, 2021, three)
		if err != nil {
			t.Fatal(err)
		}
		for k, effect := range forward.Effects {
			if !effect.Equal(backward.Effects[k].Neg()) {
				t.Errorf("seed %d: effect %d is %s forward and %s backward", seed, k, effect,
					backward.Effects[k])
			}
		}
		for i, cell := range forward.Cells {
			for k, effect := range cell.Effects {
				if !effect.Equal(backward.Cells[i].Effects[k].Neg()) {
					t.Errorf("seed %d: %s effect %d is %s forward and %s backward", seed, cell.Name,
						k, effect, backward.Cells[i].Effects[k])
				}
			}
		}
	}
}

// TestIndices holds the product against the quotient of the ends, and the logarithms sum exactly.
func TestIndices(t *testing.T) {
	a := read(t, "x y z", []int{2020, 2021, 2022}, "c: 1 10 2 | 4 5 3 | 8 2 4",
		"d: 4 5 3 | 5 6 4 | 0 7 5")
	twelve := quantity.Rounding{Places: 12}
	whole, steps, err := a.IndexChain(twelve)
	if err != nil {
		t.Fatal(err)
	}
	for _, indices := range append(steps, whole) {
		product, logs := quantity.Int(1), quantity.Int(0)
		for _, index := range indices.Factors {
			product, logs = product.Mul(index.Times), logs.Add(index.Log)
		}
		if !logs.Equal(indices.Total.Log) {
			t.Errorf("%d-%d: logarithms sum to %s, want %s", indices.First, indices.Last, logs,
				indices.Total.Log)
		}
		if off := product.Sub(indices.Total.Times); off.Abs().Cmp(number(t, "0.00000000001")) > 0 {
			t.Errorf("%d-%d: the product is %s, want %s", indices.First, indices.Last, product,
				indices.Total.Times)
		}
	}
	if got := whole.Total.Times.String(); got != "0.8" {
		t.Errorf("2020-2022: times %s, want 64/80", got)
	}
}

// BenchmarkChain is a district: 12 sectors x 6 carriers, 5 factors, 11 years.
func BenchmarkChain(b *testing.B) {
	a := random(rand.New(rand.NewPCG(1, 3)), 72, 5, 11)
	for b.Loop() {
		if _, err := a.Chain(three); err != nil {
			b.Fatal(err)
		}
	}
}
