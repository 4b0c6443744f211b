package factors_test

import (
	"errors"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/quantity"
)

func open(t testing.TB) *factors.Library {
	t.Helper()
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	return library
}

func period(t testing.TB, text string) quantity.Period {
	t.Helper()
	p, err := quantity.ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEverySetLoads(t *testing.T) {
	folders, err := os.ReadDir("sets")
	if err != nil {
		t.Fatal(err)
	}
	library := open(t)
	if got := len(library.Sets()); got != len(folders) {
		t.Errorf("%d sets, want %d, one a folder", got, len(folders))
	}
	for _, folder := range folders {
		set, ok := library.Set(folder.Name())
		if !ok || len(set.Factors) == 0 || set.TitleZH == "" || set.TitleEN == "" ||
			set.Licence == "" {
			t.Errorf("set %s: found %v, %d factors, titles %q and %q, licence %q",
				folder.Name(), ok,
				len(set.Factors), set.TitleZH, set.TitleEN, set.Licence)
		}
		for _, f := range set.Factors {
			if f.Set != set.ID || f.Line < 2 || f.Printed == "" || f.Value.Sign() < 0 {
				t.Errorf("%s/%s: set %s, line %d, printed %q, value %s",
					set.ID, f.ID, f.Set, f.Line, f.Printed, f.Value)
			}
		}
	}
}

// natural gas of the 24 industry guidelines, by hand:
// 389.31 GJ/万Nm3 x 0.0153 tC/GJ x 0.99 x 44/12 = 21.62188809 tCO2/万Nm3
func TestCompositeNaturalGas(t *testing.T) {
	f, _, err := open(t).Find(factors.Query{Sets: []string{"cn24-general-2015"},
		From: "natural-gas", To: "co2", Area: "360104", Period: period(t, "2022")})
	if err != nil {
		t.Fatal(err)
	}
	want := new(big.Rat).SetFrac64(38931*153*99*44, 12*100*10_000*100*10_000)
	got, _ := new(big.Rat).SetString(f.Value.String())
	if got.Cmp(want.Mul(want, big.NewRat(1000, 1))) != 0 || f.Value.String() != "2.162188809" {
		t.Errorf("natural gas = %s kgCO2/Nm3, want 2.162188809 = %s", f.Value, want.FloatString(12))
	}
	if got, want := f.Printed, "389.31 GJ/万Nm3 x 0.01530 tC/GJ x 99 % x 44/12"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
	if got := f.Apply(quantity.Int(1_000_000)).String(); got != "2162188.809" {
		t.Errorf("100 万Nm3 give %s kg, want 2162188.809", got)
	}
	if len(f.Parts) != 4 || f.Parts[2].Name != "oxidation" || f.Parts[2].Text != "99 %" {
		t.Errorf("parts %v, want ncv, carbon, oxidation, molar", f.Parts)
	}
}

// grid returns a year's values of one electricity set by area.
func grid(t *testing.T, set string, year string) map[string]quantity.Number {
	t.Helper()
	values := map[string]quantity.Number{}
	found, _ := open(t).Set(set)
	for _, f := range found.Factors {
		if f.Valid == period(t, year) {
			values[f.Area] = f.Value
		}
	}
	return values
}

var gridYears = []string{"2021", "2022", "2023"}

func TestGridAverageBelowResidualBelowFossil(t *testing.T) {
	for _, year := range gridYears {
		average, residual := grid(t, "cn-grid-average", year), grid(t, "cn-grid-residual", year)
		fossil, compared := grid(t, "cn-grid-fossil", year), 0
		for area, rest := range residual {
			a, okAverage := average[area]
			f, okFossil := fossil[area]
			if !okAverage || !okFossil {
				continue
			}
			compared++
			if a.Cmp(rest) >= 0 || rest.Cmp(f) >= 0 {
				t.Errorf("%s, %s: average %s, residual %s, fossil %s, want them to rise", year,
					area, a, rest, f)
			}
		}
		if compared == 0 {
			t.Errorf("%s: no area has all three", year)
		}
	}
}

// TestRegionsLieBetweenTheirProvinces: an average weighted by use cannot leave its members, and the
// country cannot leave its regions.
func TestRegionsLieBetweenTheirProvinces(t *testing.T) {
	areas := open(t).Areas
	for _, year := range gridYears {
		values := grid(t, "cn-grid-average", year)
		members := map[string][]string{}
		for code := range values {
			if area, ok := areas.ByCode(code); ok && code != "CN" {
				members[area.Parent] = append(members[area.Parent], code)
			}
		}
		if len(members) != 8 {
			t.Errorf("%s: %d wholes, want the country and 7 regions", year, len(members))
		}
		for whole, parts := range members {
			low, high := values[parts[0]], values[parts[0]]
			for _, part := range parts {
				if values[part].Cmp(low) < 0 {
					low = values[part]
				}
				if values[part].Cmp(high) > 0 {
					high = values[part]
				}
			}
			if v := values[whole]; v.Cmp(low) < 0 || v.Cmp(high) > 0 {
				t.Errorf("%s: %s has %s, want between %s and %s of %v", year, whole, v, low,
					high, parts)
			}
		}
	}
}

// TestStandardCoalFollowsHeatingValue compares with the fact sheets beside the project, if they are
// there: coefficient = heating value / 29307.6 kJ/kgce, as far as the standard prints digits.
func TestStandardCoalFollowsHeatingValue(t *testing.T) {
	const facts = "../../shared/facts/standard_coal.csv"
	if _, err := os.Stat(facts); err != nil {
		t.Skip("no fact sheets beside the project")
	}
	rows := rowsOf(t, facts)
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	library, compared := open(t), 0
	set, _ := library.Set("gbt2589-2020")
	for _, row := range rows[1:] {
		commodity, ok := library.Catalogue.Find(row[at["item_zh"]])
		energy, okEnergy := new(big.Rat).SetString(row[at["lhv_kj_max"]])
		if !ok || !okEnergy || row[at["edition"]] != "GB/T 2589-2020" || row[at["kind"]] != "fuel" {
			continue
		}
		for _, f := range set.Factors {
			if f.From.ID != commodity.ID {
				continue
			}
			compared++
			printed, _ := new(big.Rat).SetString(f.Printed)
			want := energy.Quo(energy, big.NewRat(293076, 10))
			apart := new(big.Rat).Sub(printed, want)
			// One unit of the fourth decimal: the standard rounds both columns from kcal.
			if apart.Abs(apart).Cmp(big.NewRat(1, 10_000)) > 0 {
				t.Errorf("%s = %s, want %s by its heating value", f.ID, f.Printed,
					want.FloatString(6))
			}
		}
	}
	if compared < 20 {
		t.Errorf("%d coefficients compared, want at least 20", compared)
	}
}

func TestCoefficientsLieWithinTheirBounds(t *testing.T) {
	for _, set := range open(t).Sets() {
		for _, f := range set.Factors {
			if f.Lower == "" || f.Upper == "" {
				continue
			}
			low, _ := new(big.Rat).SetString(f.Lower)
			high, _ := new(big.Rat).SetString(f.Upper)
			if low.Cmp(high) > 0 {
				t.Errorf("%s/%s: lower %s, upper %s", set.ID, f.ID, f.Lower, f.Upper)
			}
		}
	}
}

// trace writes the steps of a search: cn-grid-average@360000 found 2022-360000.
func trace(steps factors.Trace) string {
	lines := make([]string, len(steps))
	for i, s := range steps {
		lines[i] = strings.TrimSpace(fmt.Sprintf("%s@%s %s %s", s.Set, s.Area, s.Outcome, s.Factor))
	}
	return strings.Join(lines, "; ")
}

func TestFindElectricity(t *testing.T) {
	average, fossil := "cn-grid-average", "cn-grid-fossil"
	library := open(t)
	for _, c := range []struct {
		name, sets, area, period string
		vintage                  factors.Vintage
		want, trace              string
	}{
		{"a district takes its province's", average, "360104", "2022", factors.OfPeriod,
			"0.5752", "cn-grid-average@360000 found 2022-360000"},
		{"a street of it too", average, "360104/三店街道", "2022-03", factors.OfPeriod,
			"0.5752", "cn-grid-average@360000 found 2022-360000"},
		{"a grid its own", average, "CN-CENTRAL", "2021Q1", factors.OfPeriod,
			"0.5354", "cn-grid-average@CN-CENTRAL found 2021-cn-central"},
		{"a province without one its grid's", average, "540000", "2021", factors.OfPeriod,
			"0.2113", "cn-grid-average@CN-SOUTHWEST found 2021-cn-southwest"},
		{"the first set that has it wins, even if wider", fossil + "," + average, "360104", "2022",
			factors.OfPeriod, "0.8325", "cn-grid-fossil@CN found 2022-cn"},
		{"the other order", average + "," + fossil, "360104", "2022", factors.OfPeriod,
			"0.5752", "cn-grid-average@360000 found 2022-360000"},
		{"a set without the edge is passed", "cn24-heat," + fossil, "CN", "2022", factors.OfPeriod,
			"0.8325", "cn24-heat@ no-edge; cn-grid-fossil@CN found 2022-cn"},
		{"an unpublished year under a strict policy", average, "360104", "2024", factors.OfPeriod,
			"", "cn-grid-average@360000 no-time 2021-360000"},
		{"an unpublished year under a mild one", average, "360104", "2024",
			factors.OfPeriodOrEarlier,
			"0.5836", "cn-grid-average@360000 no-time 2021-360000; " +
				"cn-grid-average@360000 stood-in 2023-360000"},
		{"a bill across two years has no one factor", average, "360104", "2021-12-15/2022-01-15",
			factors.OfPeriod, "", "cn-grid-average@360000 no-time 2021-360000"},
		{"2020 has no earlier one either", average + "," + fossil, "360104", "2020",
			factors.OfPeriodOrEarlier, "",
			"cn-grid-average@360000 no-time 2021-360000; cn-grid-fossil@CN no-time 2021-cn"},
		{"another country", average, "US-CA", "2022", factors.OfPeriod, "",
			"cn-grid-average@CN no-area 2021-cn"},
		{"a set that nobody has", "none", "CN", "2022", factors.OfPeriod, "", "none@ no-edge"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, steps, err := library.Find(factors.Query{Sets: strings.Split(c.sets, ","),
				From: "electricity", To: "co2", Area: c.area, Period: period(t, c.period),
				Vintage: c.vintage})
			if got := trace(steps); got != c.trace {
				t.Errorf("trace %s, want %s", got, c.trace)
			}
			if c.want == "" != errors.Is(err, factors.ErrNoFactor) {
				t.Fatalf("factor %s, error %v, want %q", f.Value, err, c.want)
			}
			if c.want != "" && f.Value.String() != c.want {
				t.Errorf("factor %s, want %s", f.Value, c.want)
			}
		})
	}
}

func TestNoSetIsAddedTwice(t *testing.T) {
	library := open(t)
	if err := library.Add(library.Sets()[0]); err == nil {
		t.Error("a set was added a second time, want an error")
	}
}

// TestFindMatches looks for factors with everything but edge, area and time of the set.
func TestFindMatches(t *testing.T) {
	const header = "id,from,to,value,per_unit,to_unit,area,valid_from,valid_to,published,basis," +
		"lower,upper,distribution,parts,source,page,status,note,gwp,evidence,approver\n"
	const end = ",,,,,,made up,,own,"
	library := open(t)
	set, faults := factors.ParseSet("own", []byte("title_zh: 自有\ntitle_en: own\nlicence: own\n"),
		[]byte(header+
			"old,electricity,co2,0.6,kWh,kgCO2,CN,2022-01-01,2023-01-01,2024-12-20"+end+",,,\n"+
			"site,electricity,co2,0.1,kWh,kgCO2,@E1/S1,2022-01-01,2023-01-01,2023"+end+",,,\n"+
			"entity,electricity,co2,0.2,kWh,kgCO2,@E1,2022-01-01,2023-01-01,"+end+",,,\n"+
			"ar5,fresh-water,co2e,0.3,m3,kgCO2e,CN,,,"+end+",gwp-ar5,,\n"), library.Catalogue)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if err := library.Add(set); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, entity, site string
		query              factors.Query
		trace              string
	}{
		{"the site's own", "E1", "S1", factors.Query{From: "electricity", To: "co2"},
			"own@@E1/S1 found site"},
		{"another site takes the entity's", "E1", "S2",
			factors.Query{From: "electricity", To: "co2"}, "own@@E1 found entity"},
		{"another entity takes the area's", "E2", "S1",
			factors.Query{From: "electricity", To: "co2"}, "own@CN found old"},
		{"what was not published then", "E2", "", factors.Query{From: "electricity", To: "co2",
			Known: quantity.DayOf(2024, 12, 19)}, "own@CN not-yet old"},
		{"published that day", "E2", "", factors.Query{From: "electricity", To: "co2",
			Known: quantity.DayOf(2024, 12, 20)}, "own@CN found old"},
		{"published in the course of a year", "E1", "S1", factors.Query{From: "electricity",
			To: "co2", Known: quantity.DayOf(2023, 12, 30)}, "own@@E1 found entity"},
		{"other warming potentials", "E2", "", factors.Query{From: "fresh-water", To: "co2e",
			GWP: []string{"gwp-ar6"}}, "own@CN other-gwp ar5"},
		{"the same warming potentials", "E2", "", factors.Query{From: "fresh-water", To: "co2e",
			GWP: []string{"gwp-ar6", "gwp-ar5"}}, "own@CN found ar5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.query.Sets, c.query.Area = []string{"own"}, "360104"
			c.query.Period, c.query.Vintage = period(t, "2022-03"), factors.OfPeriod
			c.query.Subjects = library.Subjects(c.entity, c.site)
			_, steps, _ := library.Find(c.query)
			if got := trace(steps); got != c.trace {
				t.Errorf("trace %s, want %s", got, c.trace)
			}
		})
	}
}

// without returns a library of one set that lacks some of its factors.
func without(t *testing.T, from *factors.Library, id string, lost ...string) *factors.Library {
	t.Helper()
	set, ok := from.Set(id)
	if !ok {
		t.Fatal("no set ", id)
	}
	set.Factors = slices.DeleteFunc(slices.Clone(set.Factors), func(f factors.Factor) bool {
		return slices.Contains(lost, f.ID)
	})
	library := factors.NewLibrary(from.Catalogue, from.Areas)
	if err := library.Add(set); err != nil {
		t.Fatal(err)
	}
	return library
}

// TestHolesAreGaps: where a set should have a factor, neither a wider area nor an earlier year
// stands in for it.
func TestHolesAreGaps(t *testing.T) {
	whole := open(t)
	for _, c := range []struct{ name, set, lost, area, period, want string }{
		{"a province within the time", "cn-grid-average", "2022-360000", "360104", "2022-03",
			"cn-grid-average@360000 hole 2021-360000"},
		{"the last one of a province, later", "cn-grid-average", "2023-360000", "360104", "2025",
			"cn-grid-average@360000 no-time 2021-360000; " +
				"cn-grid-average@360000 hole 2021-360000"},
		{"the country", "cn-grid-residual", "2022-cn", "360104", "2022",
			"cn-grid-residual@CN hole 2021-cn"},
		{"the country's last one, later", "cn-grid-residual", "2023-cn", "CN", "2024",
			"cn-grid-residual@CN no-time 2021-cn; cn-grid-residual@CN hole 2021-cn"},
		{"another province does not mind", "cn-grid-average", "2022-360000", "420000", "2022",
			"cn-grid-average@420000 found 2022-420000"},
		{"a province without one never had one", "cn-grid-average", "2022-360000", "540000", "2022",
			"cn-grid-average@CN-SOUTHWEST found 2022-cn-southwest"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, steps, err := without(t, whole, c.set, c.lost).Find(factors.Query{
				Sets: []string{c.set}, From: "electricity", To: "co2", Area: c.area,
				Period: period(t, c.period), Vintage: factors.OfPeriodOrEarlier})
			if got := trace(steps); got != c.want {
				t.Errorf("factor %s, %v, trace %s, want %s", f.ID, err, got, c.want)
			}
		})
	}
}
