package acceptance

import (
	"testing"

	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// TestResidualMix: acc-scope2-residual-and-snapshot. Certified electricity counts nothing in the
// market-based figure and the rest the residual mix; the location-based figure knows no contracts.
func TestResidualMix(t *testing.T) {
	published(t, "acc-scope2-residual-and-snapshot", "1000000", "0.20", "600000", "0.45", "200",
		"180")
	b := newBook(t)
	power := []string{"electricity", "electricity-solar"}
	// The location-based edges lead to co2, the market-based ones to co2e: a book has one factor
	// for an edge, area and time.
	b.own(edge{from: power[0], to: "co2", value: "0.20", perUnit: "kWh", toUnit: "kg"},
		edge{from: power[1], to: "co2", value: "0.20", perUnit: "kWh", toUnit: "kg"},
		edge{from: power[0], to: "co2e", value: "0.45", perUnit: "kWh", toUnit: "kgCO2e"},
		edge{from: power[1], to: "co2e", value: "0", perUnit: "kWh", toUnit: "kgCO2e"})
	b.post(activity("plant", "GB", "2023", "use", power[1], "kWh", "600000"),
		activity("plant", "GB", "2023", "use", power[0], "kWh", "400000"))
	location := b.policy("gwp-ar6", rule{to: "co2", commodities: power, scope: "2"})
	market := b.policy("gwp-ar6", rule{to: "co2e", commodities: power, scope: "2"})
	same(t, "location, kg", b.total(location, inventory.CO2e, "2023"), "200000")
	same(t, "market, kg", b.total(market, inventory.CO2e, "2023"), "180000")
	rows := b.ask(market, inventory.CO2e, "2023", inventory.Commodity).Rows
	if rows.Len() != 2 || !rows.Figure(1, 0).Number.IsZero() {
		t.Errorf("certified electricity is not a line with 0: %v", rows)
	}
}

// TestFactorSnapshot: acc-scope2-residual-and-snapshot. A later edition of a factor leaves alone
// what was read before: the figure is asked for as of its position.
func TestFactorSnapshot(t *testing.T) {
	published(t, "acc-scope2-residual-and-snapshot", "500", "2.38", "2.40", "1190")
	b := newBook(t)
	diesel := "output:diesel.L"
	b.post(activity("truck", "GB", "2023", "product", diesel, "L", "500"))
	first := b.own(edge{from: diesel, to: "co2e", value: "2.38", perUnit: "L", toUnit: "kgCO2e"})
	policy := b.policy("gwp-ar6", rule{to: "co2e", role: "product", commodities: []string{diesel}})
	same(t, "kg as first read", b.total(policy, inventory.CO2e, "2023"), "1190")
	if _, err := b.Reverse(t.Context(), first.ID, "a new edition"); err != nil {
		t.Fatal(err)
	}
	if v := b.query(policy, 0, inventory.CO2e, "2023", ""); v.Totals[0].Gaps != 1 {
		t.Errorf("without the factor there are %d gaps, want 1", v.Totals[0].Gaps)
	}
	b.own(edge{from: diesel, to: "co2e", value: "2.40", perUnit: "L", toUnit: "kgCO2e"})
	same(t, "kg under the new edition", b.total(policy, inventory.CO2e, "2023"), "1200")
	old := b.query(policy, first.Position, inventory.CO2e, "2023", "")
	same(t, "kg as of the old position", old.Totals[0].Number, "1190")
}

// TestElectricityAndWaterUK: acc-uk-electricity-water. Generation, transmission losses and the two
// well-to-tank parts are switched on by the rules of a policy; each has a target of its own.
func TestElectricityAndWaterUK(t *testing.T) {
	const id = "acc-uk-electricity-water"
	published(t, id, "0.177", "0.01853", "0.0459", "0.00397", "0.1913", "0.17088", "0.15311",
		"0.18574", "2.229", "1.9553", "0.00033885", "2.454", "10", "1")
	b := newBook(t)
	const losses, upstream, upstreamLosses = "output:td.kg", "output:wtt.kg", "output:wtt-td.kg"
	const sewage = "output:sewage.m3"
	year := func(e edge, first, end string) edge {
		e.first, e.end, e.area = first+"-01-01", end+"-01-01", "GB"
		return e
	}
	power := func(to, value string) edge {
		return year(edge{from: "electricity", to: to, value: value, perUnit: "kWh", toUnit: "kg"},
			"2025", "2026")
	}
	water := func(from, value, first, end string) edge {
		return year(edge{from: from, to: "co2e", value: value, perUnit: "m3", toUnit: "kg"},
			first, end)
	}
	b.own(power("co2e", "0.177"), power(losses, "0.01853"), power(upstream, "0.0459"),
		power(upstreamLosses, "0.00397"), water("fresh-water", "0.1913", "2025", "2026"),
		water(sewage, "0.17088", "2025", "2026"), water("fresh-water", "0.15311", "2024", "2025"),
		water(sewage, "0.18574", "2024", "2025"))
	b.post(activity("office", "GB", "2025", "use", "electricity", "kWh", "10"),
		activity("office", "GB", "2024", "use", "fresh-water", "m3", "1"),
		activity("office", "GB", "2024", "product", sewage, "m3", "1"))
	sum := func(period string, targets ...string) quantity.Number {
		rules := []rule{{to: "co2e", commodities: []string{"fresh-water"}},
			{to: "co2e", role: "product", commodities: []string{sewage}}}
		for _, to := range targets {
			rules = append(rules, rule{to: to, commodities: []string{"electricity"}})
		}
		policy, total := b.policy("gwp-ar6", rules...), quantity.Number{}
		for _, to := range targets {
			total = total.Add(b.total(policy, inventory.Measure(to), period))
		}
		return total
	}
	same(t, "e1: without losses, with well-to-tank", sum("2025", "co2e", upstream), "2.229")
	same(t, "e2: with losses, without well-to-tank", sum("2025", "co2e", losses), "1.9553")
	same(t, "all on", sum("2025", "co2e", losses, upstream, upstreamLosses), "2.454")
	same(t, "w1: supply and treatment of 2024", sum("2024", "co2e"), "0.33885")
}

// TestWaterNewZealand: water-nz-emission-factors. A factor is the sum of three gases; the editions
// of two years hold side by side, each for its year.
func TestWaterNewZealand(t *testing.T) {
	const id = "water-nz-emission-factors"
	published(t, id, "0.0365414", "0.00115538", "0.0000589379", "0.0471473099", "0.0013108989",
		"0.0000909972", "0.0377557", "0.048549206", "37.7557", "-22.23", "1000")
	// Published parts are in CO2e already, so each leads to a target of its own and is not warmed.
	targets := []string{"output:of-co2.kg", "output:of-ch4.kg", "output:of-n2o.kg"}
	editions := map[string][]string{
		"2026": {"0.0365414", "0.00115538", "0.0000589379"},
		"2025": {"0.0471473099", "0.0013108989", "0.0000909972"}}
	ends := map[string]string{"2025": "2026-01-01", "2026": "2027-01-01"}
	b := newBook(t)
	var rules []rule
	for i, to := range targets {
		rules = append(rules, rule{to: to, commodities: []string{"fresh-water"}, scope: "3"})
		for edition, values := range editions {
			b.own(edge{from: "fresh-water", to: to, value: values[i], perUnit: "m3", toUnit: "kg",
				area: "NZ", first: edition + "-01-01", end: ends[edition]})
		}
	}
	policy, perM3 := b.policy("gwp-ar5", rules...), map[string]quantity.Number{}
	for edition := range editions {
		b.post(activity("works", "NZ", edition, "use", "fresh-water", "m3", "1000"))
		for _, to := range targets {
			perM3[edition] = perM3[edition].Add(b.total(policy, inventory.Measure(to), edition))
		}
	}
	// The 2026 total is printed to seven places; 1e-8, the tolerance of the case, is finer.
	prints(t, "kg per m3, 2026", in(perM3["2026"], "1000"), 7, "0.0377557")
	near(t, "kg per m3, 2025", in(perM3["2025"], "1000"), "0.048549206", "0.00000001")
	prints(t, "1,000 m3, kg", quantity.Whole(perM3["2026"]), 4, "37.7557")
	prints(t, "change of edition, %", change(quantity.Whole(perM3["2026"]),
		quantity.Whole(perM3["2025"])), 2, "-22.23")
}
