package acceptance

import (
	"errors"
	"slices"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
)

// TestLocationAndMarket works both methods of the Scope 2 Guidance by hand for a plant in Jiangxi,
// 2023: average 0.5836, residual 0.6096 kgCO2/kWh.
//
//	location  1,000,000 x 0.5836                                    = 583,600 kg
//	market    (1,000,000 - 300,000) x 0.6096 + 300,000 x 0          = 426,720 kg
//	          (1,000,000 - 200,000) x 0.6096 + 200,000 x 0.9        = 667,680 kg with a contract
func TestLocationAndMarket(t *testing.T) {
	b := newBook(t)
	b.post(activity("green", "360104", "2023", "use", "electricity", "kWh", "1000000"),
		activity("green", "360104", "2023-03", "use", "绿证", "kWh", "300000"),
		activity("contract", "360104", "2023", "use", "electricity", "kWh", "1000000"),
		activity("contract", "360104", "2023", "use", "合同电力", "kWh", "200000"),
		activity("greedy", "360104", "2023", "use", "electricity", "kWh", "1000"),
		activity("greedy", "360104", "2023", "use", "green-electricity", "kWh", "1001"))
	b.own(edge{from: "contract-electricity", to: "co2", value: "0.9", perUnit: "kWh",
		toUnit: "kgCO2", area: "@contract"})
	location := b.by("ghgp", inventory.CO2e, "2023", inventory.Entity)
	same(t, "location", location["green"], "583600")
	same(t, "location, contract", location["contract"], "583600")
	same(t, "location, greedy", location["greedy"], "583.6")
	for _, c := range []struct {
		entity, want string
		gaps         int
	}{
		{"green", "426720", 0}, {"contract", "667680", 0},
		// What nobody used cannot be claimed: the claims are gaps, and all power counts residual.
		{"greedy", "609.6", 2},
	} {
		v := b.query("ghgp+market", 0, inventory.CO2e, "2023", "", "entity="+c.entity)
		same(t, "market, "+c.entity, v.Totals[0].Number, c.want)
		if v.Totals[0].Gaps != c.gaps {
			t.Errorf("market, %s: %d gaps, want %d", c.entity, v.Totals[0].Gaps, c.gaps)
		}
		for _, gap := range v.Gaps {
			if gap.Reason != ledger.ReasonOverclaimed {
				t.Errorf("market, %s: gap for %s, want overclaimed", c.entity, gap.Reason)
			}
		}
	}
	if energy := b.total("ghgp", inventory.Energy, "2023", "entity=green"); energy.String() !=
		"122900" {
		t.Errorf("energy %s kgce, want 122900: a claim moves no energy", energy)
	}
}

// TestContractWithoutFactor: a claim that nobody can rate takes nothing off either.
func TestContractWithoutFactor(t *testing.T) {
	b := newBook(t)
	b.post(activity("e", "360104", "2023", "use", "electricity", "kWh", "1000"),
		activity("e", "360104", "2023", "use", "contract-electricity", "kWh", "400"))
	v := b.query("ghgp+market", 0, inventory.CO2e, "2023", "")
	same(t, "all at the residual mix", v.Totals[0].Number, "609.6")
	if v.Totals[0].Gaps != 2 {
		t.Errorf("%d gaps, want 2: what is taken off and what is put there", v.Totals[0].Gaps)
	}
}

// TestSupplierFactor: what a supplier says of its power belongs to the market-based method.
func TestSupplierFactor(t *testing.T) {
	b := newBook(t)
	b.post(activity("e", "360104", "2023", "use", "electricity", "kWh", "1000"),
		activity("f", "360104", "2023", "use", "electricity", "kWh", "1000"))
	b.own(edge{from: "electricity", to: "co2", value: "0.3", perUnit: "kWh", toUnit: "kgCO2",
		area: "@e"})
	market := b.by("ghgp+market", inventory.CO2e, "2023", inventory.Entity)
	same(t, "market, its customer", market["e"], "300")
	same(t, "market, another entity", market["f"], "609.6")
	same(t, "location", b.total("ghgp+location", inventory.CO2e, "2023"), "1167.2")
	same(t, "a policy that allows it", b.total("cn-enterprise", inventory.CO2e, "2023"), "883.6")
}

// TestSideBySide reads one book under several policies, methods and warming potentials.
func TestSideBySide(t *testing.T) {
	b := newBook(t)
	b.post(activity("e", "360104", "2023", "use", "electricity", "kWh", "1000"),
		activity("e", "360104", "2023", "use", "natural-gas", "万Nm3", "1"))
	list, err := b.Inventories(t.Context(),
		[]string{"ghgp", "ghgp+market+gwp-sar", "cn-statistics"}, 0,
		inventory.Query{Period: span(t, "2023"), Measures: []inventory.Measure{inventory.CO2e},
			By: []inventory.Dimension{inventory.Scope}})
	if err != nil {
		t.Fatal(err)
	}
	var policies []string
	for _, v := range list {
		policies = append(policies, v.Pins.Policy)
	}
	want := []string{"ghgp+location", "ghgp+market", "ghgp+market+gwp-sar", "cn-statistics"}
	if !slices.Equal(policies, want) {
		t.Fatalf("policies %v, want %v", policies, want)
	}
	// 1 万Nm3 x 389.31 GJ: CH4 1 kg/TJ and N2O 0.1 kg/TJ of IPCC 2006 on 48.0 GJ/t differ by the
	// warming potentials alone, 27.9 and 273 (AR6) against 21 and 310 (SAR).
	location, market, sar := list[0], list[1], list[2]
	difference := location.Totals[0].Number.Sub(market.Totals[0].Number)
	same(t, "location less market", difference, "-26")
	gas := inventory.Query{Period: span(t, "2023"), Measures: []inventory.Measure{"ch4", "n2o"}}
	amounts, err := b.Inventory(t.Context(), "ghgp", 0, gas)
	if err != nil {
		t.Fatal(err)
	}
	warmer := amounts.Totals[0].Number.Mul(num(t, "6.9")).Sub(
		amounts.Totals[1].Number.Mul(num(t, "37")))
	same(t, "AR6 less SAR", market.Totals[0].Number.Sub(sar.Totals[0].Number), warmer.String())
}

// TestEditionsPinned: a figure read before the announcement of 2023 is had again digit for digit.
func TestEditionsPinned(t *testing.T) {
	b := newBook(t)
	b.post(activity("e", "360104", "2023", "use", "electricity", "kWh", "1000"))
	same(t, "as known today", b.total("cn-statistics", inventory.CO2e, "2023"), "583.6")
	same(t, "on 2025-12-31, when 2023 was announced",
		b.total("cn-statistics@2025-12-31", inventory.CO2e, "2023"), "583.6")
	same(t, "the day before, 2022 stands in",
		b.total("cn-statistics@2025-12-30", inventory.CO2e, "2023"), "575.2")
	same(t, "in the summer of 2024, 2021 stands in",
		b.total("cn-statistics@2024-07-01", inventory.CO2e, "2023"), "583.5")
	if v := b.query("cn-statistics@2024-04-11", 0, "co2", "2023", ""); v.Totals[0].Gaps != 1 {
		t.Errorf("before the first announcement there are %d gaps, want 1", v.Totals[0].Gaps)
	}
	same(t, "the residual mix in place of the average",
		b.total("cn-statistics+cn-grid-average=cn-grid-residual", inventory.CO2e, "2023"), "609.6")
}

// TestDerivedPoliciesThatDoNotExist are refused and never read as something else.
func TestDerivedPoliciesThatDoNotExist(t *testing.T) {
	b := newBook(t)
	for _, name := range []string{"ghgp+", "ghgp+marked", "ghgp+location+market", "ghgp+gwp-ar9",
		"ghgp+cn24-heat=", "ghgp+=cn24-heat", "ghgp+gbt2589-2008=cn24-heat", "ghgp@", "ghgp@2024",
		"ghgp@2024-02-30", "ghgp+gwp-ar5=nowhere", "cn-statistics+market", "+market", "@2024-01-01",
		"ghgp market"} {
		if p, err := b.Policy(name); !errors.Is(err, ledger.ErrPolicy) {
			t.Errorf("%s: got policy %q and %v, want no such policy", name, p.ID, err)
		}
	}
}
