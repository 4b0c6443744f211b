package acceptance

import (
	"testing"

	"carbonledger/quantity"
)

// TestHandChecks are the products an accountant works out on paper, exactly and unrounded.
func TestHandChecks(t *testing.T) {
	b := newBook(t)
	b.post(
		activity("power", "360000", "2023", "use", "electricity", "万kWh", "1000"),
		activity("gas", "360000", "2023", "use", "natural-gas", "万Nm3", "100"),
	)
	for _, policy := range []string{"cn-enterprise", "cn-statistics"} {
		t.Run(policy, func(t *testing.T) {
			b := book{b.Engine, t}
			// 0.5836 kgCO2/kWh: Jiangxi, 2023 electricity factors of MEE and NBS.
			same(t, "1,000 万kWh in kg CO2",
				b.total(policy, "co2", "2023", "entity=power"), "5836000")
			// 389.31 GJ/万Nm3 x 0.0153 tC/GJ x 99 % x 44/12.
			same(t, "100 万Nm3 in kg CO2",
				b.total(policy, "co2", "2023", "entity=gas"), "2162188.809")
			// 0.1229 kgce/kWh, GB/T 2589-2020, calorific value.
			same(t, "1,000 万kWh in kgce",
				b.total(policy, "energy", "2023", "entity=power"), "1229000")
		})
	}
}

// TestHandIntensities are the published figures of a city: 620,718 tce and 193,752,690 m3 over a
// GDP of 443.37 亿元 are 0.14 tce and 43.7 m3 to 10^4 yuan.
func TestHandIntensities(t *testing.T) {
	b := newBook(t)
	b.post(
		activity("energy", "360104", "2020", "use", "other-fuel", "tce", "620718"),
		activity("water", "360104", "2020", "use", "fresh-water", "m3", "193752690"),
	)
	b.economy("360104,gdp,2020,亿元,443.37")
	energy := b.per("cn-statistics", "energy", "2020", "gdp", "360104")
	// kgce/yuan x 10 = tce/万元.
	if want := ratio(t, "620718000", "44337000000"); energy.Cmp(want) != 0 {
		t.Errorf("energy intensity = %v, want %v", energy, want)
	}
	energy = energy.Mul(quantity.Whole(quantity.Int(10)))
	if want := ratio(t, "0.14", "1"); energy.Cmp(want) != 0 {
		t.Errorf("energy intensity = %s tce/万元, want exactly 0.14", shown(energy, 12))
	}
	// L/yuan x 10 = m3/万元.
	water := b.per("cn-statistics", "water", "2020", "gdp", "360104").
		Mul(quantity.Whole(quantity.Int(10)))
	if want := ratio(t, "43.7", "1"); water.Cmp(want) != 0 {
		t.Errorf("water intensity = %s m3/万元, want exactly 43.7", shown(water, 12))
	}
}
