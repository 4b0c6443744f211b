package acceptance

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios/decomposition"
)

// fifteen keeps more places than any tolerance of the cases asks for.
var fifteen = quantity.Rounding{Places: 15}

// between takes one cell with one row of values for each of two years apart.
func between(t *testing.T, first, last []quantity.Ratio) decomposition.Change {
	t.Helper()
	a := decomposition.Aggregate{Factors: make([]string, len(first)), Years: []int{1, 2},
		Cells: []decomposition.Cell{{Name: "whole", Values: [][]quantity.Ratio{first, last}}}}
	change, err := a.Between(1, 2, fifteen)
	if err != nil {
		t.Fatal(err)
	}
	return change
}

// TestEnergySlide: lmdi-ang-energy-slide. The slide gives the effects; as levers that add up they
// get themselves back, and without the intensity lever energy would have come to 180 Mtoe.
func TestEnergySlide(t *testing.T) {
	published(t, "lmdi-ang-energy-slide", "140", "160", "50", "-10", "-20", "20", "180")
	effects := []string{"50", "-10", "-20"}
	energy := func(set decomposition.Levers) (quantity.Number, error) {
		total := num(t, "140")
		for i, effect := range effects {
			if set.Has(i) {
				total = total.Add(num(t, effect))
			}
		}
		return total, nil
	}
	got, err := decomposition.Shapley(len(effects), energy, decomposition.Effort{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "energy at the end", got.With, "160")
	same(t, "change", got.With.Sub(got.Without), "20")
	for i, want := range effects {
		near(t, "effect", got.Parts[i], want, "0")
	}
	same(t, "without the gain in intensity", got.With.Sub(got.Shown(quantity.Rounding{})[2]), "180")
}

// TestHunan: lmdi-hunan-2008-2010. Effects over the size of the change add up to +1 or -1 in every
// city; the fall of intensity follows from the printed levels, in Changsha against the print.
func TestHunan(t *testing.T) {
	for _, line := range figures(t, "lmdi-hunan-2008-2010-lmdi-2008-2010.csv") {
		var sum quantity.Number
		for _, effect := range []string{"structure", "intensity", "growth", "population"} {
			sum = sum.Add(num(t, line[effect]))
		}
		near(t, line["city"]+": sum of effects", quantity.Whole(sum.Abs()), "1", "0.0025")
	}
	for _, line := range figures(t, "lmdi-hunan-2008-2010-intensity.csv") {
		want := line["exp_change_pct"]
		if line["city"] == "Changsha" {
			want = line["change_by_us_pct"]
		}
		near(t, line["city"]+": change, %", percent(decomposition.Growth(
			num(t, line["t_per_1e4yuan_2008"]), num(t, line["t_per_1e4yuan_2013"]))), want, "0.01")
	}
}

// TestKayaImage: lmdi-kaya-image-2030. Six factors, each the quotient of two printed variables, to
// 2e-6 Gt.
func TestKayaImage(t *testing.T) {
	published(t, "lmdi-kaya-image-2030", "3.180338", "10.551859", "-8.883105", "0.180180",
		"-0.387890", "0.118091", "4.759474", "14.568519", "19.128274")
	var years [2][]quantity.Ratio
	for y, column := range []string{"y2020", "y2030"} {
		v := map[string]quantity.Number{}
		for _, line := range figures(t, "lmdi-kaya-image-2030-input.csv") {
			v[line["variable"]] = num(t, line[column])
		}
		// Mt to Gt.
		total := v["FFI"].Sub(v["IP"]).Mul(num(t, "0.001"))
		fossil := v["coal"].Add(v["gas"]).Add(v["oil"])
		years[y] = []quantity.Ratio{quantity.Whole(v["P"]), quantity.RatioOf(v["GDP"], v["P"]),
			quantity.RatioOf(v["FE"], v["GDP"]), quantity.RatioOf(v["PE"], v["FE"]),
			quantity.RatioOf(fossil, v["PE"]), quantity.RatioOf(total, fossil)}
		near(t, "GDP per head", years[y][1], []string{"14.568519", "19.128274"}[y], "0.0000005")
	}
	got := between(t, years[0], years[1])
	for k, want := range []string{"3.180338", "10.551859", "-8.883105", "0.180180", "-0.387890",
		"0.118091"} {
		near(t, fmt.Sprintf("effect %d, Gt", k), quantity.Whole(got.Effects[k]), want, "0.000002")
	}
	near(t, "change, Gt", quantity.Whole(got.Difference), "4.759474", "0.000002")
}

// TestSynthetic: lmdi-lmdir-synthetic. Two cells and three factors over four years, added and
// multiplied, year by year and cumulated.
func TestSynthetic(t *testing.T) {
	published(t, "lmdi-lmdir-synthetic", "80", "180", "239", "338", "12.654981496", "-39.309962993",
		"41.355660839", "30.288678321")
	a := decomposition.Aggregate{Factors: []string{"x1", "x2", "x3"},
		Years: []int{1971, 1972, 1973, 1974},
		Cells: []decomposition.Cell{{Name: "1"}, {Name: "2"}}}
	for _, line := range figures(t, "lmdi-lmdir-synthetic-input.csv") {
		cell, _ := strconv.Atoi(line["subcategory"])
		var values []quantity.Ratio
		for _, factor := range a.Factors {
			values = append(values, quantity.Whole(num(t, line[factor])))
		}
		a.Cells[cell-1].Values = append(a.Cells[cell-1].Values, values)
	}
	chain, err := a.Chain(fifteen)
	if err != nil {
		t.Fatal(err)
	}
	_, indices, err := a.IndexChain(fifteen)
	if err != nil {
		t.Fatal(err)
	}
	for s, line := range figures(t, "lmdi-lmdir-synthetic-expected.csv") {
		step := chain.Steps[s]
		same(t, line["year"]+" change", step.Difference, line["dV_total"])
		near(t, line["year"]+" multiple", quantity.Whole(indices[s].Total.Times), line["D_total"],
			"0.000000001")
		for k := range a.Factors {
			name := line["year"] + " " + a.Factors[k]
			column := strconv.Itoa(k + 1)
			near(t, name, quantity.Whole(step.Effects[k]), line["dV"+column], "0.00000001")
			near(t, name, quantity.Whole(indices[s].Factors[k].Times), line["D"+column],
				"0.000000001")
		}
	}
	last, err := a.Between(1973, 1974, fifteen)
	if err != nil {
		t.Fatal(err)
	}
	for i, wants := range [][]string{{"12.654981496", "-39.309962993", "12.654981496"},
		{"41.355660839", "30.288678321", "41.355660839"}} {
		for k, want := range wants {
			near(t, fmt.Sprintf("1974, cell %d, effect %d", i+1, k+1),
				quantity.Whole(last.Cells[i].Effects[k]), want, "0.000000001")
		}
	}
}

// TestLogMean: lmdi-log-mean. The mean of equal values is that value, and it lies between the
// geometric and the arithmetic mean.
func TestLogMean(t *testing.T) {
	published(t, "lmdi-log-mean", "4.328", "5", "4.328085122667", "4", "1.000000049999999")
	for _, c := range []struct {
		a, b   string
		places int32
		want   string
	}{{"2", "8", 3, "4.328"}, {"2", "8", 12, "4.328085122667"}, {"8", "2", 12, "4.328085122667"},
		{"5", "5", 12, "5"}, {"1", "1.0000001", 15, "1.000000049999999"}} {
		got, ok := decomposition.LogarithmicMean(num(t, c.a), num(t, c.b),
			quantity.Rounding{Places: c.places})
		if !ok {
			t.Fatalf("L(%s, %s) has no value", c.a, c.b)
		}
		same(t, "L("+c.a+", "+c.b+")", got, c.want)
		product := num(t, c.a).Mul(num(t, c.b))
		if got.Mul(got).Cmp(product) < 0 ||
			got.Add(got).Cmp(num(t, c.a).Add(num(t, c.b))) > 0 {
			t.Errorf("L(%s, %s) = %s lies outside of its bounds", c.a, c.b, got)
		}
	}
}

// TestZeroLimits: lmdi-zero-limits. The contribution of x to V = x y in the eight cases.
func TestZeroLimits(t *testing.T) {
	published(t, "lmdi-zero-limits", "0")
	ways := [][2]string{{"0 2", "5 3"}, {"5 3", "0 4"}, {"4 0", "5 3"}, {"4 2", "5 0"},
		{"0 2", "0 3"}, {"4 0", "5 0"}, {"5 0", "0 3"}, {"0 3", "5 0"}}
	values := func(text string) (list []quantity.Ratio) {
		for _, word := range strings.Fields(text) {
			list = append(list, quantity.Whole(num(t, word)))
		}
		return list
	}
	for i, line := range figures(t, "lmdi-zero-limits.csv") {
		change := between(t, values(ways[i][0]), values(ways[i][1]))
		want := map[string]quantity.Number{"+V_T": change.To, "-V_0": change.From.Neg(),
			"0": quantity.Int(0)}[line["contribution"]]
		same(t, "case "+line["case"], change.Effects[0], want.String())
	}
}

// TestTapio: dec-tapio-thresholds. The published elasticities, and one in every range of the table.
func TestTapio(t *testing.T) {
	published(t, "dec-tapio-thresholds", "0.53", "0.85")
	gdp := ratio(t, "10", "100")
	for elasticity, want := range map[string]decomposition.State{
		"0.53": decomposition.WeakDecoupling, "0.85": decomposition.ExpansiveCoupling,
	} {
		growth := gdp.Mul(quantity.Whole(num(t, elasticity)))
		if got := decomposition.Decoupling(growth, gdp); got != want {
			t.Errorf("elasticity %s: %s, want %s", elasticity, got, want)
		}
	}
	for _, line := range figures(t, "dec-tapio-thresholds-states.csv") {
		if line["gdp_change"] == "<0" {
			gdp = ratio(t, "-10", "100")
		} else {
			gdp = ratio(t, "10", "100")
		}
		inside := map[string][]string{"<0.8": {"0.01", "0.799999"}, "0.8-1.2": {"0.8", "1", "1.2"},
			">1.2": {"1.200001", "7"}, "<0": {"-0.000001", "-3"}}[line["elasticity"]]
		for _, elasticity := range inside {
			growth := gdp.Mul(quantity.Whole(num(t, elasticity)))
			if got := decomposition.Decoupling(growth, gdp); string(got) != line["state"] {
				t.Errorf("elasticity %s with GDP %s: %s, want %s", elasticity, line["gdp_change"],
					got, line["state"])
			}
		}
	}
}
