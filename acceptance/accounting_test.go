package acceptance

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// TestCloudCompute: acc-ccf-compute. Hours of a virtual processor become energy, by a composite
// factor for its idle power and one for what it draws more when busy, and energy becomes CO2.
func TestCloudCompute(t *testing.T) {
	published(t, "acc-ccf-compute", "0.71", "3.46", "0.01", "1.135", "2", "0.000415755", "0.000928",
		"0.001674125", "0.0008370625", "0.0000006960258393749999", "0.000000776794")
	cases := []struct{ id, replication, grid, kWh, tonnes string }{
		{"1", "2", "0.000415755", "0.001674125", "0.0000006960258393749999"},
		{"2", "1", "0.000928", "0.0008370625", "0.000000776794"},
	}
	for _, c := range cases {
		t.Run(c.id, func(t *testing.T) {
			b := newBook(t)
			idle, busy := "output:idle.piece", "output:busy.piece"
			chain := ";pue=1.135;replication=" + c.replication
			grid := ";grid=" + c.grid + " t/kWh"
			b.own(
				edge{from: idle, to: "electricity", perUnit: "piece", toUnit: "kWh",
					parts: "power=0.71 Wh/piece" + chain},
				edge{from: busy, to: "electricity", perUnit: "piece", toUnit: "kWh",
					parts: "power=2.75 Wh/piece" + chain}, // 3.46 - 0.71
				edge{from: idle, to: "co2", perUnit: "piece", toUnit: "t",
					parts: "power=0.71 Wh/piece" + chain + grid},
				edge{from: busy, to: "co2", perUnit: "piece", toUnit: "t",
					parts: "power=2.75 Wh/piece" + chain + grid},
			)
			policy := b.policy("gwp-ar6",
				rule{to: "electricity", role: "product", commodities: []string{idle, busy}},
				rule{to: "co2", role: "product", commodities: []string{idle, busy}, scope: "3"})
			b.post(activity("cloud", "US", "2023", "product", idle, "piece", "1"),
				activity("cloud", "US", "2023", "product", busy, "piece", "0.01"))
			same(t, "kWh", b.total(policy, "electricity", "2023"), c.kWh)
			nearly(t, "t CO2", in(b.total(policy, "co2", "2023"), tonne), c.tonnes,
				"0.000000000001")
		})
	}
}

// stationaryNames are the fuels of acc-citycatalyst-stationary that the catalogue knows.
var stationaryNames = map[string]string{"natural-gas": "natural-gas", "anthracite": "anthracite",
	"lignite": "lignite", "coking-coal": "coking-coal", "gasoline": "gasoline",
	"bitumen":                   "asphalt",
	"liquefied-petroleum-gases": "lpg", "diesel-oil": "diesel", "gas-oil": "diesel",
	"other-kerosene": "kerosene", "crude-oil": "crude-oil", "naphtha": "naphtha",
	"refinery-gas": "refinery-gas", "coke-oven-gas": "coke-oven-gas", "firewood": "biomass",
	"wood-wood-waste": "biomass", "other-primary-solid-biomass": "biomass",
	"jet-kerosene": "jet-kerosene", "residual-fuel-oil": "fuel-oil"}

// TestCityStationaryEnergy: acc-citycatalyst-stationary, 56 rows of fuel with three gases each.
// Every row has factors of its own, so every row reports from an area of its own. A fuel that the
// book counts by mass and the row by volume is refused; under a name of its own it is taken.
func TestCityStationaryEnergy(t *testing.T) {
	published(t, "acc-citycatalyst-stationary", "1", "28", "265")
	b := newBook(t)
	var rows, refused []string
	var edges []edge
	var own []string
	list := figures(t, "acc-citycatalyst-stationary.csv")
	for _, r := range list {
		id, area := "r"+r["row"], "GB/r"+r["row"]
		name, known := stationaryNames[r["fuel"]]
		commodity, fits := b.Library().Catalogue.ByID(name)
		unit, err := quantity.ParseUnit(r["unit"])
		if err != nil {
			t.Fatal(err)
		}
		if fits {
			_, _, err = commodity.Accept(unit)
			fits = err == nil
		}
		role := "use"
		if !fits {
			if known {
				refused = append(refused,
					activity(id, area, "2023", role, name, r["unit"], r["quantity"]))
			}
			name, role = "output:"+r["fuel"]+"."+r["unit"], "product"
			own = append(own, name)
		}
		rows = append(rows, activity(id, area, "2023", role, name, r["unit"], r["quantity"]))
		for _, gas := range []string{"co2", "ch4", "n2o"} {
			per := r["unit"]
			if per == "m3" && commodity.State != "" {
				per = "Nm3" // A factor states the state that an amount is read at.
			}
			edges = append(edges, edge{from: name, to: gas, area: area,
				value: r[gas+"_kg_per_unit"], perUnit: per, toUnit: "kg"})
		}
	}
	if got := b.faults(refused...); !slices.Equal(got, []string{"unit.dimension"}) {
		t.Errorf("fuels by volume where the book counts mass: faults %v, want unit.dimension", got)
	}
	b.own(edges...)
	b.post(rows...)
	var rules []rule
	for _, gas := range []string{"co2", "ch4", "n2o"} {
		rules = append(rules, rule{to: gas, class: "fuel", scope: "1"},
			rule{to: gas, role: "product", commodities: own, scope: "1"})
	}
	got := b.by(b.policy("gwp-ar5", rules...), inventory.CO2e, "2023", inventory.Entity)
	for _, r := range list {
		what := fmt.Sprintf("row %s, %s, t CO2e", r["row"], r["fuel"])
		prints(t, what, in(got["r"+r["row"]], tonne), 2, r["exp_published_t"])
		near(t, what, in(got["r"+r["row"]], tonne), r["exp_unrounded_t_by_us"], "0.000001")
	}
}

// TestElectricityChina2023: acc-cn-electricity-2023, with the library's own sets: the factor of the
// narrowest area the unit lies in, the residual mix and the fossil mix.
func TestElectricityChina2023(t *testing.T) {
	areas := []struct{ area, factor string }{{"CN", "0.5306"}, {"CN-EAST", "0.5500"},
		{"CN-CENTRAL", "0.5271"}, {"CN-NORTH", "0.6361"}, {"360000", "0.5836"},
		{"110000", "0.5554"},
		{"330000", "0.4974"}, {"420000", "0.4044"}, {"510000", "0.1564"}, {"360104", "0.5836"}}
	b := newBook(t)
	for _, a := range areas {
		published(t, "acc-cn-electricity-2023", a.factor)
		b.post(activity("e "+a.area, a.area, "2023", "use", "electricity", "kWh", "1000"))
	}
	got := b.by("cn-enterprise", "co2", "2023", inventory.Entity)
	for _, a := range areas {
		want := num(t, a.factor).Mul(quantity.Int(1000)).String()
		same(t, "1,000 kWh in "+a.area, got["e "+a.area], want)
	}
	published(t, "acc-cn-electricity-2023", "530.6", "583.6", "609.6", "0.6096", "0.8273")
	same(t, "national", got["e CN"], "530.6")
	same(t, "Jiangxi", got["e 360000"], "583.6")
	sets := map[string]string{"cn-grid-residual": "609.6", "cn-grid-fossil": "827.3"}
	for set, want := range sets {
		policy := b.policy("gwp-ar5", rule{to: "co2", commodities: []string{"electricity"},
			scope: "2", sets: set})
		same(t, set, b.total(policy, "co2", "2023", "entity=e CN"), want)
	}
}

// TestGuidanceFuelsChina: acc-cn-electricity-2023, fuels by litre and cubic metre, and the scopes.
func TestGuidanceFuelsChina(t *testing.T) {
	published(t, "acc-cn-electricity-2023", "2.718", "2.184", "27.18", "21.84", "557.78", "530.6")
	b := newBook(t)
	diesel := "output:diesel.L"
	b.own(edge{from: diesel, to: "co2", value: "2.718", perUnit: "L", toUnit: "kg"},
		edge{from: "natural-gas", to: "co2", value: "2.184", perUnit: "Nm3", toUnit: "kg"})
	b.post(activity("e", "CN", "2023", "use", "electricity", "kWh", "1000"),
		activity("d", "CN", "2023", "product", diesel, "L", "10"),
		activity("g", "CN", "2023", "use", "natural-gas", "m3", "10"))
	policy := b.policy("gwp-ar5",
		rule{to: "co2", commodities: []string{"electricity"}, scope: "2", sets: "cn-grid-average"},
		rule{to: "co2", class: "fuel", scope: "1"},
		rule{to: "co2", role: "product", commodities: []string{diesel}, scope: "1"})
	by := b.by(policy, "co2", "2023", inventory.Entity)
	same(t, "electricity", by["e"], "530.6")
	same(t, "diesel", by["d"], "27.18")
	same(t, "gas", by["g"], "21.84")
	same(t, "scope 1 of diesel", b.total(policy, "co2", "2023", "scope=1", "entity=d"), "27.18")
	same(t, "scope 2", b.total(policy, "co2", "2023", "scope=2"), "530.6")
	same(t, "electricity and diesel", by["e"].Add(by["d"]), "557.78")
}

// TestCarbonMaterialBasics: acc-gbt32151-34-basics.
func TestCarbonMaterialBasics(t *testing.T) {
	published(t, "acc-gbt32151-34-basics", "0.015", "0.98", "0.02", "0.0001", "0.5306", "2800",
		"0.11", "0.1078", "53.06", "0.308", "0.733333333333", "0.036666666667", "21.62188809", "70",
		"280", "3.095909637", "42.652", "0.0202", "389.31", "0.0153", "0.99")
	b := newBook(t)
	volume, heat, steam := "output:volume.m3", "output:heat.GJ", "output:steam.kg"
	mass := "output:mass.t"
	b.own(
		edge{from: volume, to: "co2", perUnit: "m3", toUnit: "t",
			parts: "carbon=0.015 tC/m3;oxidation=98 %;molar=44/12"},
		// In grams, so that the repeating quotient keeps 12 places of a gram.
		edge{from: mass, to: "co2", perUnit: "t", toUnit: "g",
			parts: "carbon=0.02 tC/t;oxidation=100 %;molar=44/12"},
		edge{from: heat, to: "co2", perUnit: "GJ", toUnit: "g",
			parts: "carbon=0.0001 tC/GJ;oxidation=100 %;molar=44/12"},
		edge{from: steam, to: "co2", perUnit: "kg", toUnit: "t",
			parts: "enthalpy=2800 kJ/kg;factor=0.11 t/GJ"},
		edge{from: steam, to: "heat", value: "2800", perUnit: "kg", toUnit: "kJ"},
		edge{from: "electricity-solar", to: "co2", value: "0", perUnit: "kWh", toUnit: "kg"},
		edge{from: "raw-coal", to: "heat", value: "35", perUnit: "t", toUnit: "GJ"},
		edge{from: "lignite", to: "heat", value: "28", perUnit: "t", toUnit: "GJ"},
		edge{from: "diesel", to: "co2", perUnit: "t", toUnit: "t",
			parts: "ncv=42.652 GJ/t;carbon=0.0202 tC/GJ;oxidation=98 %;molar=44/12"},
	)
	goods := []string{volume, mass, heat, steam}
	policy := b.policy("gwp-ar5",
		rule{to: "co2", role: "product", commodities: goods, scope: "1"},
		rule{to: "co2", commodities: []string{"electricity"}, scope: "2", sets: "cn-grid-average"},
		rule{to: "co2", commodities: []string{"electricity-solar", "diesel"}, scope: "2"},
		rule{to: "heat", commodities: []string{"raw-coal", "lignite"}},
		rule{to: "heat", role: "product", commodities: []string{steam}})
	b.post(
		activity("volume", "CN", "2023", "product", volume, "m3", "2"),
		activity("mass", "CN", "2023", "product", mass, "t", "10"),
		activity("heat", "CN", "2023", "product", heat, "GJ", "100"),
		activity("steam", "CN", "2023", "product", steam, "kg", "1000"),
		activity("power", "CN", "2023", "use", "electricity", "MWh", "100"),
		activity("power", "CN", "2023", "use", "electricity-solar", "MWh", "20", "contract 1"),
		activity("power", "CN", "2023", "use", "electricity-solar", "MWh", "30", "contract 2"),
		activity("energy 1", "CN", "2023", "use", "raw-coal", "t", "2"),
		activity("energy 2", "CN", "2023", "use", "lignite", "t", "10"),
		activity("diesel", "CN", "2023", "use", "diesel", "t", "1"),
		activity("bought heat", "CN", "2023", "use", "heat", "GJ", "2.8"),
		activity("gas", "CN", "2023", "use", "natural-gas", "万Nm3", "1"),
	)
	got := b.by(policy, "co2", "2023", inventory.Entity)
	same(t, "fuel by volume, kg", got["volume"], "107.8")
	prints(t, "fuel by mass, t", in(got["mass"], tonne), 12, "0.733333333333")
	prints(t, "fuel by heat, t", in(got["heat"], tonne), 12, "0.036666666667")
	same(t, "steam, kg", got["steam"], "308")
	same(t, "electricity, kg", got["power"], "53060")
	prints(t, "1 t diesel, t", in(got["diesel"], tonne), 9, "3.095909637")
	lines := b.ask(policy, "co2", "2023", inventory.Commodity, "entity=power").Rows
	if lines.Len() != 2 || lines.Value(1, 0) != "electricity-solar" ||
		!lines.Figure(1, 0).Number.IsZero() {
		t.Errorf("electricity with factor 0 is not a line of its own: %v", lines)
	}
	energy := b.by(policy, "heat", "2023", inventory.Entity, "entity=energy 1")
	same(t, "2 t x 35 GJ/t, kJ", energy["energy 1"], "70000000")
	same(t, "10 t x 28 GJ/t, kJ", b.total(policy, "heat", "2023", "entity=energy 2"), "280000000")
	same(t, "steam, kJ", b.total(policy, "heat", "2023", "entity=steam"), "2800000")
	same(t, "heat by the library, kg",
		b.total("cn-enterprise", "co2", "2023", "entity=bought heat"), "308")
	same(t, "1 万Nm3 gas by the library, kg",
		b.total("cn-enterprise", "co2", "2023", "entity=gas"), "21621.88809")
}

// TestDecimalRules: acc-gbt32151-34-basics, what a decimal engine must do and refuse.
func TestDecimalRules(t *testing.T) {
	published(t, "acc-gbt32151-34-basics", "2793.8", "2795.1", "2794.45", "1.235", "-1.235", "1.24",
		"-1.24", "1.234567890123456789", "3.703703670370370367")
	// 1.75 MPa lies halfway between 1.70 and 1.80.
	middle := quantity.RatioOf(num(t, "2793.8").Add(num(t, "2795.1")), quantity.Int(2))
	if got, ok := middle.Exact(); !ok || !got.Equal(num(t, "2794.45")) {
		t.Errorf("enthalpy at 1.75 MPa = %s, want 2794.45", got)
	}
	for text, want := range map[string]string{"1.235": "1.24", "-1.235": "-1.24"} {
		got := num(t, text).Round(quantity.Rounding{Places: 2, Mode: quantity.HalfUp})
		same(t, text+" half up", got, want)
	}
	same(t, "product", num(t, "1.234567890123456789").Mul(quantity.Int(3)), "3.703703670370370367")
	for _, text := range []string{"NaN", "1,000", "1e5", "0x10", "Inf"} {
		if n, err := quantity.ParseNumber(text); err == nil {
			t.Errorf("%q was read as %s, want a refusal", text, n)
		}
	}
	b := newBook(t)
	for _, cell := range []string{"NaN", "1e5", "Inf"} {
		codes := b.faults(activity("x", "CN", "2023", "use", "electricity", "kWh", cell))
		if len(codes) != 1 || !strings.HasPrefix(codes[0], "cell.") {
			t.Errorf("%q: faults %v, want one of cell.*", cell, codes)
		}
	}
}
