package factors_test

import (
	"fmt"
	"maps"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/quantity"
)

// intlPrefixes begin the ids of the sets whose sources hold for the world, Britain or America.
var intlPrefixes = []string{"gwp-", "ipcc-2006-", "desnz-", "epa-hub-", "egrid-"}

// intlProcess is checked with the Chinese process factors, whose commodities it shares.
const intlProcess = "ipcc-2006-process"

// intlSets returns these sets by their id.
func intlSets(t *testing.T) map[string]factors.Set {
	t.Helper()
	sets := map[string]factors.Set{}
	for _, set := range open(t).Sets() {
		if set.ID != intlProcess && slices.ContainsFunc(intlPrefixes, func(prefix string) bool {
			return strings.HasPrefix(set.ID, prefix)
		}) {
			sets[set.ID] = set
		}
	}
	return sets
}

// intlChecker collects the factors that break a relation which holds in their source.
type intlChecker struct {
	t      *testing.T
	sets   map[string]factors.Set
	broken map[string]string // set/id, and how
	seen   map[string]int    // factors compared, by relation
}

// TestIntlRelations checks the arithmetic that holds in the sources. A factor may break a relation
// only if its source.md names it, and only what breaks one may be named.
func TestIntlRelations(t *testing.T) {
	c := intlChecker{t, intlSets(t), map[string]string{}, map[string]int{}}
	for _, relation := range []struct {
		name  string
		check func(intlChecker, string)
		least int
	}{
		{"carbon content x 44/12", intlChecker.carbon, 4 * 58},
		{"lower <= value <= upper", intlChecker.brackets, 4 * 174},
		{"bounds in percent of the default", intlChecker.percents, 18},
		{"gross over net", intlChecker.grossOverNet, 4 * 44},
		{"water per million litres", intlChecker.water, 8},
		{"losses of a network", intlChecker.losses, 16},
		{"heat content x factor per mmBtu", intlChecker.heatContents, 34},
		{"blends of refrigerants", intlChecker.blends, 24},
	} {
		relation.check(c, relation.name)
		if got := c.seen[relation.name]; got < relation.least {
			t.Errorf("%s: %d factors compared, want %d", relation.name, got, relation.least)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.sets)) {
		for _, fault := range intlJudge(c.broken, id, string(read(t, "sets/"+id+"/source.md"))) {
			t.Error(fault)
		}
	}
}

// intlJudge compares what is broken in a set with the exceptions its source.md names.
func intlJudge(broken map[string]string, set, source string) (faults []string) {
	named := map[string]bool{}
	_, section, _ := strings.Cut(source, "\n# Exceptions\n")
	section, _, _ = strings.Cut(section, "\n# ")
	for line := range strings.Lines(section) {
		if id, _, ok := strings.Cut(strings.TrimPrefix(line, "- "), ": "); ok && line[0] == '-' {
			named[id] = true
		}
	}
	for _, key := range slices.Sorted(maps.Keys(broken)) {
		id, mine := strings.CutPrefix(key, set+"/")
		if mine && !named[id] {
			faults = append(faults, key+": "+broken[key]+", and source.md names no exception")
		}
		if mine {
			delete(named, id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(named)) {
		faults = append(faults, set+"/"+id+": named as an exception, but is none")
	}
	return faults
}

func TestIntlJudge(t *testing.T) {
	broken := map[string]string{"a/x": "2, want 3", "a/y": "4, want 5", "ab/z": "6, want 7"}
	source := "title_en: a\n\n# Exceptions\n\n- x: misprint\n- v: none\n\n# Other\n\n- w: no\n"
	want := []string{"a/y: 4, want 5, and source.md names no exception",
		"a/v: named as an exception, but is none"}
	if got := intlJudge(broken, "a", source); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// intlTable reads a file of testdata/relations without its header.
func intlTable(t *testing.T, name string) [][]string {
	t.Helper()
	return rowsOf(t, "testdata/relations/intl_"+name+".csv")[1:]
}

func intlRat(t *testing.T, text string) *big.Rat {
	t.Helper()
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is no number", text)
	}
	return n
}

// intlPrinted returns the number of a factor as its source prints it: of a composite factor the
// last part, which is the emission factor.
func intlPrinted(t *testing.T, f factors.Factor) *big.Rat {
	t.Helper()
	text := f.Printed
	if len(f.Parts) > 0 {
		text, _, _ = strings.Cut(f.Parts[len(f.Parts)-1].Text, " ")
	}
	return intlRat(t, text)
}

// intlValue returns the value of a factor in the units of its bounds.
func intlValue(t *testing.T, f factors.Factor) *big.Rat {
	t.Helper()
	value := intlRat(t, f.Value.String())
	for i, side := range []struct {
		commodity quantity.Commodity
		unit      string
	}{{f.From, f.PerUnit}, {f.To, f.ToUnit}} {
		unit, err := quantity.ParseUnit(side.unit)
		if err != nil {
			t.Fatal(err)
		}
		size, _, err := side.commodity.Accept(unit)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			value.Mul(value, intlRat(t, size.String()))
		} else {
			value.Quo(value, intlRat(t, size.String()))
		}
	}
	return value
}

// near breaks the relation for a factor where two numbers are further apart than the tolerance.
func (c intlChecker) near(name string, f factors.Factor, got, want *big.Rat, tolerance string) {
	c.seen[name]++
	apart := new(big.Rat).Sub(got, want)
	if apart.Abs(apart).Cmp(intlRat(c.t, tolerance)) > 0 {
		c.broken[f.Set+"/"+f.ID] = fmt.Sprintf("%s: %s, want %s", name, got.FloatString(6),
			want.FloatString(6))
	}
}

// find returns a factor of a set by its id.
func (c intlChecker) find(set, id string) (factors.Factor, bool) {
	all := c.sets[set].Factors
	i := slices.IndexFunc(all, func(f factors.Factor) bool { return f.ID == id })
	if i < 0 {
		return factors.Factor{}, false
	}
	return all[i], true
}

func (c intlChecker) must(set, id string) factors.Factor {
	c.t.Helper()
	f, ok := c.find(set, id)
	if !ok {
		c.t.Fatalf("%s has no factor %s", set, id)
	}
	return f
}

// threeDigits rounds a number of at least 100 half up to three significant digits.
func threeDigits(n *big.Rat) *big.Rat {
	unit := big.NewRat(1, 1)
	for new(big.Rat).Quo(n, unit).Cmp(big.NewRat(1000, 1)) >= 0 {
		unit.Mul(unit, big.NewRat(10, 1))
	}
	scaled := new(big.Rat).Add(new(big.Rat).Quo(n, unit), big.NewRat(1, 2))
	whole := new(big.Int).Quo(scaled.Num(), scaled.Denom())
	return unit.Mul(unit, new(big.Rat).SetInt(whole))
}

// carbon: kgC/GJ x 1000 GJ/TJ x 44/12 = kgCO2/TJ, which the tables print with three digits.
func (c intlChecker) carbon(name string) {
	carbon := map[string]string{}
	for _, row := range intlTable(c.t, "fuels") {
		carbon[row[1]] = row[2]
	}
	for id, set := range c.sets {
		for _, f := range set.Factors {
			if !strings.HasPrefix(id, "ipcc-2006-") || !strings.HasPrefix(f.To.ID, "co2") {
				continue
			}
			exact := intlRat(c.t, carbon[f.From.ID])
			exact.Mul(exact, big.NewRat(1000*44, 12))
			c.near(name, f, intlPrinted(c.t, f), threeDigits(exact), "0")
		}
	}
}

func (c intlChecker) brackets(name string) {
	for _, set := range c.sets {
		for _, f := range set.Factors {
			if f.Lower == "" && f.Upper == "" {
				continue
			}
			c.seen[name]++
			value := intlValue(c.t, f)
			if intlRat(c.t, f.Lower).Cmp(value) > 0 || intlRat(c.t, f.Upper).Cmp(value) < 0 {
				c.broken[set.ID+"/"+f.ID] = name + ": " + f.Lower + ", " + value.FloatString(6) +
					", " + f.Upper
			}
		}
	}
}

// percents: (bound - default) / default, which others worked out with two decimals.
func (c intlChecker) percents(name string) {
	for _, row := range intlTable(c.t, "bounds") {
		f := c.must(row[0], row[1])
		value := intlValue(c.t, f)
		for i, bound := range []string{f.Lower, f.Upper} {
			percent := new(big.Rat).Sub(intlRat(c.t, bound), value)
			percent.Mul(percent.Quo(percent, value), big.NewRat(100, 1))
			c.near(name, f, percent, intlRat(c.t, row[2+i]), "0.005")
		}
	}
}

// grossOverNet: hydrogen in a fuel makes water, whose heat of condensation only the gross value
// counts: about 4 % of it for coke, 10 % for natural gas. A factor per gross kWh is lower so far.
func (c intlChecker) grossOverNet(name string) {
	for id, set := range c.sets {
		for _, f := range set.Factors {
			if !strings.HasPrefix(id, "desnz-") || f.Basis == "" {
				continue
			}
			net := c.must(id, strings.Replace(f.ID, "_gross_cv", "_net_cv", 1))
			gross := c.must(id, strings.Replace(f.ID, "_net_cv", "_gross_cv", 1))
			if f.ID != gross.ID {
				continue
			}
			ratio := new(big.Rat).Quo(intlPrinted(c.t, gross), intlPrinted(c.t, net))
			c.near(name, f, ratio, big.NewRat(92, 100), "0.04") // between 0.88 and 0.96
		}
	}
}

// water: 1000 m3 are a million litres; both are printed, with five decimals where rounded.
func (c intlChecker) water(name string) {
	for _, row := range intlTable(c.t, "water") {
		f := c.must(row[0], row[1])
		each := intlRat(c.t, row[2])
		c.near(name, f, intlPrinted(c.t, f), each.Quo(each, big.NewRat(1000, 1)), "0.000005")
	}
}

// losses: what a network loses is a small part of what goes through it.
func (c intlChecker) losses(name string) {
	for id, set := range c.sets {
		whole, ok := strings.CutSuffix(id, "-td")
		if !ok {
			continue
		}
		for _, f := range set.Factors {
			i := slices.IndexFunc(c.sets[whole].Factors, func(of factors.Factor) bool {
				return of.From.ID == f.From.ID
			})
			part := new(big.Rat).Quo(intlPrinted(c.t, f),
				intlPrinted(c.t, c.sets[whole].Factors[i]))
			c.near(name, f, part, big.NewRat(1, 10), "0.1") // between 0 and a fifth
		}
	}
}

// heatContents: mmBtu per short ton x kg per mmBtu = kg per short ton, printed in whole kg; of
// methane and nitrous oxide in whole g, of gallons with two decimals, of cubic feet with five.
func (c intlChecker) heatContents(name string) {
	for _, row := range intlTable(c.t, "heat_contents") {
		suffix, tolerance := "_st", "1"
		if row[2] == "gal" {
			suffix, tolerance = "_gal", "0.01"
		}
		for _, set := range []string{"epa-hub-2024", "epa-hub-2025"} {
			for _, gas := range []string{"co2", "ch4", "n2o"} {
				f, ok := c.find(set, row[0]+"."+gas+suffix)
				if row[2] == "scf" && gas == "co2" {
					f, ok = c.find(set, "mobile.cng.co2")
					tolerance = "0.0001"
				}
				if !ok {
					continue
				}
				each, ok := c.find(set, row[0]+"."+gas+"_mmbtu")
				if !ok { // The edition repeats what the one before printed.
					each = c.must("epa-hub-2024", row[0]+"."+gas+"_mmbtu")
				}
				product := new(big.Rat).Mul(intlRat(c.t, row[1]), intlPrinted(c.t, each))
				c.near(name, f, intlPrinted(c.t, f), product, tolerance)
			}
			if hhv, ok := c.find(set, row[0]+".hhv"); ok {
				c.near(name, hhv, intlPrinted(c.t, hhv), intlRat(c.t, row[1]), "0")
			}
		}
	}
}

// blends: the sum of mass share x potential of the component.
func (c intlChecker) blends(name string) {
	rows := intlTable(c.t, "blends")
	for id := range c.sets {
		if !strings.HasPrefix(id, "gwp-") {
			continue
		}
		sums := map[string]*big.Rat{}
		for _, row := range rows {
			part := intlRat(c.t, row[2])
			part.Mul(part, intlPrinted(c.t, c.must(id, row[1])))
			part.Quo(part, big.NewRat(100, 1))
			if sums[row[0]] == nil {
				sums[row[0]] = new(big.Rat)
			}
			sums[row[0]].Add(sums[row[0]], part)
		}
		for blend, sum := range sums {
			f := c.must(id, blend)
			c.near(name, f, intlPrinted(c.t, f), sum, "0")
		}
	}
}

// TestIntlDocuments: every section that a reader looks for is in every source.md.
func TestIntlDocuments(t *testing.T) {
	for id := range intlSets(t) {
		text, err := os.ReadFile("sets/" + id + "/source.md")
		if err != nil {
			t.Fatal(err)
		}
		for _, title := range []string{"Where it comes from", "What was taken and what not",
			"What was checked", "Exceptions"} {
			if !strings.Contains(string(text), "\n# "+title+"\n") {
				t.Errorf("%s/source.md has no section %q", id, title)
			}
		}
	}
}
