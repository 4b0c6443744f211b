package factors_test

import (
	"maps"
	"math/big"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/quantity"
)

const relations = "testdata/relations/"

// lines reads a list with a header into one map a row.
func lines(t *testing.T, path string) []map[string]string {
	t.Helper()
	rows := rowsOf(t, path)
	list := make([]map[string]string, 0, len(rows))
	for _, row := range rows[1:] {
		line := map[string]string{}
		for i, name := range rows[0] {
			line[name] = row[i]
		}
		list = append(list, line)
	}
	return list
}

// rat reads a decimal or a quotient: 0.7143, 44/12.
func rat(t *testing.T, text string) *big.Rat {
	t.Helper()
	value, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is no number", text)
	}
	return value
}

func isWithin(a, b, limit *big.Rat) bool {
	apart := new(big.Rat).Sub(a, b)
	return apart.Abs(apart).Cmp(limit) <= 0
}

// halfPlace is half a unit of the last place a number is printed to: 0.00005 for 0.7143.
func halfPlace(printed string) *big.Rat {
	_, decimals, _ := strings.Cut(printed, ".")
	places := big.NewInt(int64(len(decimals)))
	return new(big.Rat).SetFrac(big.NewInt(1),
		new(big.Int).Mul(big.NewInt(2), new(big.Int).Exp(big.NewInt(10), places, nil)))
}

// inPrintedUnits is the value of a factor counted in the units of its source.
func inPrintedUnits(t *testing.T, f factors.Factor) *big.Rat {
	t.Helper()
	size := func(c quantity.Commodity, symbol string) *big.Rat {
		unit, err := quantity.ParseUnit(symbol)
		if err != nil {
			t.Fatal(err)
		}
		perUnit, _, err := c.Accept(unit)
		if err != nil {
			t.Fatal(err)
		}
		return rat(t, perUnit.String())
	}
	value := rat(t, f.Value.String())
	value.Mul(value, size(f.From, f.PerUnit))
	return value.Quo(value, size(f.To, f.ToUnit))
}

// checker holds the factors of the Chinese sets and what broke a relation of its source.
type checker struct {
	factors map[[2]string]factors.Factor
	broken  map[[2]string]string
}

func newChecker(t *testing.T) checker {
	c := checker{map[[2]string]factors.Factor{}, map[[2]string]string{}}
	for _, set := range open(t).Sets() {
		for _, f := range set.Factors {
			c.factors[[2]string{set.ID, f.ID}] = f
		}
	}
	return c
}

func (c checker) factor(t *testing.T, set, id string) factors.Factor {
	t.Helper()
	f, ok := c.factors[[2]string{set, id}]
	if !ok {
		t.Fatalf("no factor %s/%s", set, id)
	}
	return f
}

func (c checker) breaks(set, id, text string) { c.broken[[2]string{set, id}] = text }

var exceptionLine = regexp.MustCompile(`(?m)^- ([a-z0-9-]+): \S`)

// exceptions reads the list `- id: reason` below `# Exceptions` of a source.md.
func exceptions(t *testing.T, set string) (ids []string) {
	t.Helper()
	_, list, ok := strings.Cut(string(read(t, "sets/"+set+"/source.md")), "\n# Exceptions\n")
	if !ok {
		t.Errorf("%s/source.md has no list of exceptions", set)
	}
	list, _, _ = strings.Cut(list, "\n# ")
	for _, match := range exceptionLine.FindAllStringSubmatch(list, -1) {
		ids = append(ids, match[1])
	}
	if len(ids) == 0 && strings.TrimSpace(list) != "None." {
		t.Errorf("%s/source.md: the list of exceptions is neither `- id: reason` nor None.", set)
	}
	return ids
}

// byDefinition are rows that no document prints as a number.
var byDefinition = [][2]string{{"scope2-instruments", "green-electricity"}}

// chinese lists the sets of this file: those the map to the fact sheets names, and three others.
func chinese(t *testing.T) []string {
	named := map[string]bool{"nbs-205-1-reference": true, "scope2-instruments": true}
	for _, line := range lines(t, relations+"facts.csv") {
		named[line["set"]] = true
	}
	return slices.Sorted(maps.Keys(named))
}

// TestRelationsOfChineseSets: whatever breaks an arithmetic relation of its source is named in
// source.md, and whatever is named there breaks one.
func TestRelationsOfChineseSets(t *testing.T) {
	c := newChecker(t)
	c.heatingValues(t)
	c.products(t)
	c.carbonates(t)
	c.grids(t)
	c.regions(t)
	c.equalValues(t)
	c.bounds()
	for _, set := range chinese(t) {
		named := exceptions(t, set)
		for _, id := range named {
			if c.factor(t, set, id); c.broken[[2]string{set, id}] == "" {
				t.Errorf("%s/source.md names %s as an exception, but every relation holds", set, id)
			}
		}
		for key, text := range c.broken {
			if key[0] == set && !slices.Contains(named, key[1]) {
				t.Errorf("%s/%s: %s; source.md does not name it", set, key[1], text)
			}
		}
	}
}

// heatingValues: coefficient = heating value / that of a kgce, as far as digits are printed.
//
//	2020: 7000 kcal x 4.1868 kJ = 29307.6 kJ; 2008: 7000 kcal x 4.1816 kJ = 29271.2 kJ
func (c checker) heatingValues(t *testing.T) {
	perCoal := map[string]*big.Rat{
		"gbt2589-2020": rat(t, "29307.6"), "gbt2589-2008": rat(t, "29271.2")}
	ends := map[[2]string]int{}
	for _, line := range lines(t, relations+"heating-values.csv") {
		f := c.factor(t, line["set"], line["id"])
		printed := f.Printed
		if line["end"] == "lower" {
			printed = f.Lower
		}
		ends[[2]string{line["set"], f.ID}]++
		want := new(big.Rat).Quo(rat(t, line["kj"]), perCoal[line["set"]])
		if isWithin(rat(t, printed), want, halfPlace(printed)) {
			continue
		}
		c.breaks(line["set"], f.ID, printed+", its heating value gives "+want.FloatString(6))
		if line["kcal"] == "" {
			continue
		}
		// Where the column of kJ is rounded, that of kcal is not.
		want.Quo(rat(t, line["kcal"]), rat(t, "7000"))
		if !isWithin(rat(t, printed), want, halfPlace(printed)) {
			t.Errorf("%s/%s: %s, want %s by kcal", line["set"], f.ID, printed, want.FloatString(6))
		}
	}
	for key, f := range c.factors {
		want := 1
		if f.Lower != "" {
			want = 2
		}
		if _, is := perCoal[key[0]]; is && ends[key] != want {
			t.Errorf("%s/%s has %d heating values, want %d", key[0], key[1], ends[key], want)
		}
	}
}

// products: the printed product is that of its factors.
func (c checker) products(t *testing.T) {
	checked := map[string]int{}
	for _, line := range lines(t, relations+"products.csv") {
		f, want := c.factor(t, line["set"], line["id"]), rat(t, "1")
		for _, factor := range strings.Fields(line["factors"]) {
			want.Mul(want, rat(t, factor))
		}
		checked[line["set"]]++
		if got := inPrintedUnits(t, f); !isWithin(got, want, rat(t, line["within"])) {
			c.breaks(line["set"], f.ID, got.FloatString(6)+", its parts give "+want.FloatString(6))
		}
	}
	for _, set := range []string{"cn24-oilgas-2014", "cn24-coal-2014"} {
		if checked[set] != 25 {
			t.Errorf("%s: %d products checked, want all 25", set, checked[set])
		}
	}
}

var atom = regexp.MustCompile(`([A-Z][a-z]?)(\d*)`)

// carbonates: CO2 per carbonate = carbon atoms x molar mass of CO2 / molar mass of the formula.
func (c checker) carbonates(t *testing.T) {
	weights := map[string]*big.Rat{}
	for _, line := range lines(t, relations+"atoms.csv") {
		weights[line["symbol"]] = rat(t, line["weight"])
	}
	list := lines(t, relations+"carbonates.csv")
	for _, line := range list {
		whole, carbon := new(big.Rat), new(big.Rat)
		for _, part := range atom.FindAllStringSubmatch(line["formula"], -1) {
			number := rat(t, max(part[2], "1"))
			whole.Add(whole, new(big.Rat).Mul(number, weights[part[1]]))
			if part[1] == "C" {
				carbon = number
			}
		}
		dioxide := new(big.Rat).Add(weights["C"], new(big.Rat).Add(weights["O"], weights["O"]))
		want := dioxide.Quo(dioxide.Mul(dioxide, carbon), whole)
		f := c.factor(t, line["set"], line["id"])
		if !isWithin(rat(t, f.Printed), want, rat(t, "0.001")) {
			c.breaks(line["set"], f.ID, f.Printed+", its formula gives "+want.FloatString(5))
		}
	}
	if len(list) != 18 {
		t.Errorf("%d carbonates checked, want 18", len(list))
	}
}

// grids: in each year average < residual < fossil, and the factors of other purposes lie where
// their meaning puts them.
func (c checker) grids(t *testing.T) {
	rises := func(ids ...[2]string) {
		for i := range ids[1:] {
			low, high := c.factor(t, ids[i][0], ids[i][1]), c.factor(t, ids[i+1][0], ids[i+1][1])
			if low.Value.Cmp(high.Value) >= 0 {
				c.breaks(high.Set, high.ID, high.Printed+" is not above "+low.Set+"/"+low.ID)
			}
		}
	}
	for _, year := range gridYears {
		id := year + "-cn"
		rises([2]string{"cn-grid-average", id}, [2]string{"cn-grid-residual", id},
			[2]string{"cn-grid-fossil", id})
	}
	rises([2]string{"cn-grid-average", "2023-cn"}, [2]string{"cn-grid-footprint", "2023-cn"},
		[2]string{"cn-grid-fossil", "2023-cn"})
	for _, year := range []string{"2021", "2022"} {
		rises([2]string{"cn-grid-average", year + "-cn"}, [2]string{"cn-grid-ets", year})
	}
	for key := range c.factors {
		if key[0] == "cn-grid-baseline-bm" {
			rises(key, [2]string{"cn-grid-baseline-om", key[1]})
		}
	}
	const central, operating = "-cn-central", "cn-grid-baseline-om"
	rises([2]string{operating, "2014" + central}, [2]string{operating, "2016" + central},
		[2]string{operating, "2012" + central})
}

// regions: a mean lies between what it is the mean of.
func (c checker) regions(t *testing.T) {
	between := func(set, whole string, parts []string) {
		f := c.factor(t, set, whole)
		values := make([]quantity.Number, len(parts))
		for i, part := range parts {
			values[i] = c.factor(t, set, part).Value
		}
		low := slices.MinFunc(values, quantity.Number.Cmp)
		high := slices.MaxFunc(values, quantity.Number.Cmp)
		if f.Value.Cmp(low) < 0 || f.Value.Cmp(high) > 0 {
			c.breaks(set, whole, f.Printed+" is not between its parts")
		}
	}
	for _, line := range lines(t, relations+"regions-2012.csv") {
		for _, year := range []string{"2010", "2012"} {
			var parts []string
			for _, province := range strings.Fields(line["provinces"]) {
				parts = append(parts, year+"-"+province)
			}
			between("cn-grid-average-2012", year+"-"+strings.ToLower(line["region"]), parts)
		}
	}
	areas, members := open(t).Areas, map[string][]string{}
	for key, f := range c.factors {
		if area, _ := areas.ByCode(f.Area); key[0] == "cn-grid-average" && f.Area != "CN" {
			whole := f.ID[:len("2021-")] + strings.ToLower(area.Parent)
			members[whole] = append(members[whole], f.ID)
		}
	}
	for whole, parts := range members {
		between("cn-grid-average", whole, parts)
	}
	if len(members) != 8*len(gridYears) {
		t.Errorf("%d wholes checked, want a country and seven regions a year", len(members))
	}
}

// equalValues: what is burned for a kWh is more than the heat in it.
func (c checker) equalValues(t *testing.T) {
	heat := c.factor(t, "gbt2589-2020", "electricity").Value
	for key, f := range c.factors {
		if f.To.ID == "coal-equivalent-equal" && f.Value.Cmp(heat) <= 0 {
			c.breaks(key[0], key[1], f.Printed+" is not above the calorific value")
		}
	}
}

// bounds: a value lies between its bounds.
func (c checker) bounds() {
	for key, f := range c.factors {
		low, okLow := new(big.Rat).SetString(f.Lower)
		high, okHigh := new(big.Rat).SetString(f.Upper)
		value, ok := new(big.Rat).SetString(f.Printed)
		if okLow && okHigh && ok && (low.Cmp(value) > 0 || value.Cmp(high) > 0) {
			c.breaks(key[0], key[1], f.Printed+" is not between its bounds")
		}
	}
}

const sheets = "../../shared/facts/"

// facts reads the fact sheets beside the project by id.
func facts(t *testing.T) map[string]map[string]string {
	t.Helper()
	if _, err := os.Stat(sheets); err != nil {
		t.Skip("NOT CHECKED: no fact sheets at " + sheets)
	}
	all := map[string]map[string]string{}
	for _, file := range []string{"fuel_combustion_cn", "standard_coal", "grid_cn", "heat_steam",
		"process_waste", "water", "ipcc_2006_mobile"} {
		for _, line := range lines(t, sheets+file+".csv") {
			if all[line["id"]] != nil {
				t.Errorf("%s.csv: %s stands twice", file, line["id"])
			}
			line["sheet"] = file
			all[line["id"]] = line
		}
	}
	return all
}

// printedOf returns a number of a factor by the name that facts.csv gives it.
func printedOf(t *testing.T, f factors.Factor, name string) *big.Rat {
	switch name {
	case "value":
		return rat(t, f.Printed)
	case "lower":
		return rat(t, f.Lower)
	case "upper":
		return rat(t, f.Upper)
	case "product":
		return inPrintedUnits(t, f)
	}
	part, isRest := strings.CutPrefix(name, "1-")
	for _, p := range f.Parts {
		if p.Name != part {
			continue
		}
		number, unit, _ := strings.Cut(p.Text, " ")
		value := rat(t, number)
		if isRest && unit == "%" {
			return value.Sub(rat(t, "1"), value.Quo(value, rat(t, "100")))
		}
		return value
	}
	t.Errorf("%s/%s has no part %s", f.Set, f.ID, part)
	return new(big.Rat)
}

// TestPrintedValuesEqualTheFacts compares every number of every row with the fact sheets, and the
// status of the row with how the number was verified there.
func TestPrintedValuesEqualTheFacts(t *testing.T) {
	all, c, done := facts(t), newChecker(t), map[[2]string]bool{}
	for _, line := range lines(t, relations+"facts.csv") {
		f, recalled, product := c.factor(t, line["set"], line["id"]), false, ""
		done[[2]string{line["set"], line["id"]}] = true
		for _, item := range strings.Split(line["cells"], ";") {
			name, cell, _ := strings.Cut(item, "=")
			id, column, _ := strings.Cut(cell, "#")
			fact := all[id]
			limit := new(big.Rat)
			if name == "product" {
				product, limit = fact["verified"], halfPlace(fact[column])
			}
			if got := printedOf(t, f, name); !isWithin(got, rat(t, fact[column]), limit) {
				t.Errorf("%s/%s: %s = %s, want %s of %s", f.Set, f.ID, name, got.FloatString(8),
					fact[column], id)
			}
			recalled = recalled || strings.HasPrefix(fact["verified"], "memory")
		}
		if strings.HasPrefix(product, "seen") {
			recalled = false
		}
		if f.Status != factors.Computed && recalled != (f.Status == factors.Unconfirmed) {
			t.Errorf("%s/%s is %s, want unconfirmed: %v", f.Set, f.ID, f.Status, recalled)
		}
	}
	sets := chinese(t)
	conventions := strings.Split(string(read(t, "../../shared/conventions.md")), "\n")
	for key, f := range c.factors {
		if done[key] || slices.Contains(byDefinition, key) || !slices.Contains(sets, key[0]) {
			continue
		}
		if !slices.ContainsFunc(conventions, func(line string) bool {
			return strings.Contains(line, f.Page) && strings.Contains(line, f.Printed)
		}) {
			t.Errorf("%s/%s: %s stands in no fact sheet and in no line of the conventions",
				key[0], key[1], f.Printed)
		}
	}
}

// TestEveryCurrentFactIsShipped: a current row of a Chinese sheet is in a set, or left-out.csv says
// why not.
func TestEveryCurrentFactIsShipped(t *testing.T) {
	all, told := facts(t), map[string]string{}
	for _, line := range lines(t, relations+"left-out.csv") {
		told[line["fact"]] = line["reason"]
	}
	for _, line := range lines(t, relations+"facts.csv") {
		for _, item := range strings.Split(line["cells"], ";") {
			_, cell, _ := strings.Cut(item, "=")
			id, _, _ := strings.Cut(cell, "#")
			if told[id] == "" {
				told[id] = "shipped"
			} else if told[id] != "shipped" {
				t.Errorf("%s is left out and shipped in %s", id, line["set"])
			}
		}
	}
	for id, fact := range all {
		isChinese := fact["sheet"] != "ipcc_2006_mobile"
		if isChinese && fact["status"] == "current" && told[id] == "" {
			t.Errorf("%s (%s) is current and in no set", id, fact["sheet"])
		}
		delete(told, id)
	}
	for id := range told {
		t.Errorf("%s is in no fact sheet", id)
	}
}
