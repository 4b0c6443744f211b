package factors_test

import (
	"slices"
	"testing"

	"carbonledger/factors"
	"carbonledger/quantity"
)

const boundsHeader = "id,from,to,value,per_unit,to_unit,area,valid_from,valid_to,published," +
	"basis,lower,upper,distribution,parts,source,page,status,note\n"

// TestBounds compares bounds with values across units and signs.
func TestBounds(t *testing.T) {
	catalogue, err := factors.Commodities()
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct{ name, row, low, high string }{
		{"printed units are those of the value",
			"x,electricity,co2,0.5,MWh,tCO2,CN,,,,,0.45,0.6,,,s,,own,", "0.9", "1.2"},
		{"bounds of a composite factor are of the whole",
			"x,diesel,co2,,t,kg,CN,,,,net,3121.8,3216.4,,ncv=43 GJ/t;ef=74100 kg/TJ,s,,own,",
			"0.97975708502", "1.00944669366"},
		{"a value may be an end",
			"x,electricity,co2,0.5,MWh,tCO2,CN,,,,,0.45,0.5,,,s,,own,", "0.9", "1"},
		{"no upper bound", "x,electricity,co2,0.5,MWh,tCO2,CN,,,,,0.45,,,,s,,own,", "", ""},
		{"no bounds", "x,electricity,co2,0.5,MWh,tCO2,CN,,,,,,,,,s,,own,", "", ""},
		{"a value outside of its bounds",
			"x,electricity,co2,0.5,MWh,tCO2,CN,,,,,0.6,0.7,,,s,,own,", "", ""},
		{"nothing", "x,electricity,co2,0,MWh,tCO2,CN,,,,,0,0.7,,,s,,own,", "", ""},
		{"below nothing", "x,co2,co2e,-2,kg,kg,CN,,,,,-3,-1,,,s,,own,", "0.5", "1.5"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			set, faults := factors.ParseSet("own",
				[]byte("title_zh: 自有\ntitle_en: own\nlicence: own\n"),
				[]byte(boundsHeader+c.row+"\n"), catalogue)
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			low, high, ok := set.Factors[0].Bounds()
			got := elevenPlaces(low) + " " + elevenPlaces(high)
			if ok != (c.low != "") || ok && got != c.low+" "+c.high {
				t.Errorf("Bounds() = %v, %v, %v, want %s and %s", low, high, ok, c.low, c.high)
			}
		})
	}
}

func elevenPlaces(r quantity.Ratio) string {
	n, _ := r.Round(quantity.Rounding{Places: 11})
	return n.String()
}

// TestStatedBoundsHoldTheValue walks the sets: who states bounds has both, and the value between.
func TestStatedBoundsHoldTheValue(t *testing.T) {
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range library.Sets() {
		for _, f := range set.Factors {
			if _, _, ok := f.Bounds(); !ok && f.Lower+f.Upper != "" {
				t.Errorf("%s %s: %s is not between %q and %q", set.ID, f.ID, f.Printed, f.Lower,
					f.Upper)
			}
		}
	}
}

// TestActivityBounds reads the list of the program: every id once, every commodity known.
func TestActivityBounds(t *testing.T) {
	list, err := factors.ListActivityBounds()
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := factors.Commodities()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, b := range list {
		ids = append(ids, b.ID)
		if b.ID == "" || b.Source == "" || b.Status == "" || b.DataSource == "" {
			t.Errorf("%q lacks an id, a source, a status or a data source", b.ID)
		}
		for _, id := range b.Commodities {
			if _, ok := catalogue.ByID(id); !ok {
				t.Errorf("%s: no commodity %q", b.ID, id)
			}
		}
	}
	slices.Sort(ids)
	if len(ids) == 0 || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("ids are not unique: %v", ids)
	}
}
