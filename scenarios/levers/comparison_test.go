package levers_test

import (
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
)

const two = header + `slow,,growth,secondary,,,2023,10,%/yr,,x
fast,slow,efficiency,industry,all,,2023,-20,%/yr,,x
`

const plant = `year 2022
cell industry raw-coal 1000 700 1900
driver gdp-primary 0
driver gdp-secondary 500
driver gdp-tertiary 0
`

// TestCompare checks one line by hand. In 2023 GDP is 550 yuan; slow emits 1900 x 1.1 = 2090 kg,
// fast 0.8 of it, 1672 kg. Against 2022 fast emits 228 kg less, 12 %; per yuan it falls from
// 1900/500 to 1672/550, by 20 %; against slow it emits 418 kg less, a fifth.
func TestCompare(t *testing.T) {
	set, base := parse(t, two), readBase(t, plant)
	comparison, err := scenarios.Compare([]scenarios.Pathway{
		project(t, base, set, "slow", 2023), project(t, base, set, "fast", 2023)}, "slow")
	if err != nil {
		t.Fatal(err)
	}
	line := comparison.Lines[3]
	for _, c := range []struct {
		name, want string
		got        quantity.Ratio
	}{
		{"CO2", "1672", quantity.Whole(line.CO2)},
		{"energy", "616", quantity.Whole(line.Energy)},
		{"CO2 per GDP", "3.04", line.CO2PerGDP},
		{"energy per GDP", "1.12", line.EnergyPerGDP},
		{"CO2 against the base", "-228", quantity.Whole(line.AgainstBase.CO2.Difference)},
		{"CO2 against the base, relative", "-0.12", line.AgainstBase.CO2.Relative},
		{"CO2 per GDP against the base", "-0.2", line.AgainstBase.CO2PerGDP},
		{"energy against the base", "-0.12", line.AgainstBase.Energy.Relative},
		{"CO2 against slow", "-418", quantity.Whole(line.AgainstReference.CO2.Difference)},
		{"CO2 against slow, relative", "-0.2", line.AgainstReference.CO2.Relative},
		{"energy per GDP against slow", "-0.2", line.AgainstReference.EnergyPerGDP},
	} {
		if c.got.Cmp(quantity.Whole(number(t, c.want))) != 0 {
			t.Errorf("%s: %s / %s, want %s", c.name, c.got.Numerator, c.got.Denominator, c.want)
		}
	}
	if line.Scenario != "fast" || line.Year != 2023 || comparison.BaseYear != 2022 {
		t.Errorf("line of %s %d from %d, want fast 2023 from 2022",
			line.Scenario, line.Year, comparison.BaseYear)
	}
}

func TestCompareWithoutGDPHasNoIntensity(t *testing.T) {
	base := readBase(t, strings.NewReplacer("industry", "residential", "500", "0").Replace(plant)+
		"driver population 10\n")
	pathway := project(t, base, parse(t, header+"still,,,,,,,,,,\n"), "still", 2023)
	comparison, err := scenarios.Compare([]scenarios.Pathway{pathway}, "still")
	if err != nil {
		t.Fatal(err)
	}
	line := comparison.Lines[1]
	if line.CO2PerGDP.Defined() || line.AgainstBase.CO2PerGDP.Defined() {
		t.Errorf("CO2 per GDP is %v, its change %v; want no answer for either",
			line.CO2PerGDP, line.AgainstBase.CO2PerGDP)
	}
}

func TestCompareRefuses(t *testing.T) {
	set, base := parse(t, two), readBase(t, plant)
	slow, fast := project(t, base, set, "slow", 2023), project(t, base, set, "fast", 2024)
	_, err := scenarios.Compare([]scenarios.Pathway{slow, fast}, "slow")
	want := `scenarios "fast" and "slow" differ in base or horizon; ` +
		`project both from one base to one year`
	if err == nil || err.Error() != want {
		t.Errorf("other horizon: %v, want %s", err, want)
	}
	_, err = scenarios.Compare([]scenarios.Pathway{slow}, "quick")
	want = `reference "quick" is not among the scenarios that are compared`
	if err == nil || err.Error() != want {
		t.Errorf("unknown reference: %v, want %s", err, want)
	}
}
