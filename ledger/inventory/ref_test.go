package inventory_test

import (
	"reflect"
	"testing"

	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// TestRefComesBack prints references with every awkward letter in them and reads them again.
func TestRefComesBack(t *testing.T) {
	cases := map[string]inventory.Ref{
		"co2e:2022:cn-statistics:7:commodity=electricity,scope=2": {Measure: inventory.CO2e,
			Period: quantity.Year(2022), Policy: "cn-statistics", Position: 7,
			Where: map[inventory.Dimension]string{"commodity": "electricity", "scope": "2"}},
		"energy:2022-03-05/2022-04-05:mine%3Aown:0": {Measure: inventory.Energy,
			Period: quantity.Period{First: quantity.DayOf(2022, 3, 5),
				End: quantity.DayOf(2022, 4, 5)},
			Policy: "mine:own", Where: map[inventory.Dimension]string{}},
		"output%3Agears.t:2022Q1:ghgp:1:area==360104/三店,commodity=output:gears.t,site=东%2C区=%25": {
			Measure: "output:gears.t", Period: quantity.Quarter(2022, 1), Policy: "ghgp",
			Position: 1, Where: map[inventory.Dimension]string{"area": "=360104/三店",
				"commodity": "output:gears.t", "site": "东,区=%"}},
		"co2e/output%3Agears.t:2022:cn-statistics@2024-12-31:3:area=360104": {
			Measure: inventory.CO2e, Per: "output:gears.t", Period: quantity.Year(2022),
			Policy: "cn-statistics@2024-12-31", Position: 3,
			Where: map[inventory.Dimension]string{"area": "360104"}},
		"a%2Fb/c%2Fd:2022:p:1": {Measure: "a/b", Per: "c/d", Period: quantity.Year(2022),
			Policy: "p", Position: 1, Where: map[inventory.Dimension]string{}},
	}
	for want, ref := range cases {
		if got := ref.String(); got != want {
			t.Errorf("String() = %s, want %s", got, want)
		}
		if got, err := inventory.ParseRef(want); err != nil || !reflect.DeepEqual(got, ref) {
			t.Errorf("ParseRef(%s) = %v, %v", want, got, err)
		}
	}
	for _, text := range []string{"", "co2e", "co2e:2022:p", "co2e:22:p:1", "co2e:2022:p:-1",
		"co2e:2022:p:one", "co2e:2022:p:1:colour=red", "co2e:2022:p:1:scope",
		"co2e/:2022:p:1"} {
		if ref, err := inventory.ParseRef(text); err == nil {
			t.Errorf("ParseRef(%q) = %v, want an error", text, ref)
		}
	}
}

func FuzzParseRef(f *testing.F) {
	f.Add("co2e:2022:cn-statistics:7:commodity=electricity,scope=2")
	f.Add("output%3Agears.t:2022Q1:ghgp:1:area==360104,site=东%2C区=1%25")
	f.Add("energy/gdp:2022:p:1:area=360104")
	f.Add("a%2Fb/c%2Fd/e:2022:p:1")
	f.Add("energy:2022年上半年:%25:007:,scope==,month=2022-03,")
	f.Fuzz(func(t *testing.T, text string) {
		ref, err := inventory.ParseRef(text)
		if err != nil {
			return
		}
		again, err := inventory.ParseRef(ref.String())
		if err != nil || !reflect.DeepEqual(again, ref) {
			t.Errorf("%q reads as %v, which prints as %q and reads as %v, %v",
				text, ref, ref.String(), again, err)
		}
	})
}
