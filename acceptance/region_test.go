package acceptance

import (
	"testing"

	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// TestNanchang: acc-nanchang-2000-2006. The published totals come out when both coefficients are
// applied to tonnes of fuel; the basis belongs to the factor, so here it is that of the paper. The
// book has no carbon, so the factor leads to CO2 and the paper's carbon is 12/44 of it.
func TestNanchang(t *testing.T) {
	carriers := []struct{ column, commodity, unit, coal, carbon string }{
		{"raw_coal", "raw-coal", "万t", "0.7143", "0.7559"},
		{"washed_coal", "washed-coal", "万t", "0.9", "0.7559"},
		{"coke", "coke", "万t", "0.9714", "0.855"},
		{"gasoline", "gasoline", "万t", "1.4714", "0.5538"},
		{"kerosene", "kerosene", "万t", "1.4571", "0.5714"},
		{"diesel", "diesel", "万t", "1.4571", "0.5912"},
		{"fuel_oil", "fuel-oil", "万t", "1.4286", "0.6185"},
		{"natural_gas", "natural-gas", "亿Nm3", "0.1229", "0.4483"},
		{"electricity", "electricity", "亿kWh", "0.1229", "0.68"},
	}
	b := newBook(t)
	var edges []edge
	for _, c := range carriers {
		published(t, "acc-nanchang-2000-2006", c.coal, c.carbon)
		edges = append(edges,
			edge{from: c.commodity, to: "coal-equivalent", value: c.coal, perUnit: c.unit,
				toUnit: "万tce", area: "360100"},
			edge{from: c.commodity, to: "co2", perUnit: c.unit, toUnit: "kg", area: "360100",
				parts: "carbon=" + c.carbon + " 万tC/" + c.unit + ";molar=44/12"})
	}
	b.own(edges...)
	policy := b.policy("gwp-ar5", rule{to: "co2", class: "fuel"},
		rule{to: "co2", commodities: []string{"electricity"}},
		rule{to: "coal-equivalent", class: "fuel"},
		rule{to: "coal-equivalent", commodities: []string{"electricity"}})
	years := figures(t, "acc-nanchang-2000-2006.csv")
	for _, year := range years {
		var rows []string
		for _, c := range carriers {
			rows = append(rows, activity("city", "360100", year["year"], "use", c.commodity, c.unit,
				year["quantity_by_us_"+c.column]))
		}
		b.post(rows...)
		carbon := in(b.total(policy, "co2", year["year"]), tonnes1e4).Mul(ratio(t, "12", "44"))
		near(t, "carbon of "+year["year"], carbon, year["exp_carbon_total_1e4t"], "0.03")
		energy := in(b.total(policy, inventory.Energy, year["year"]), tonnes1e4)
		near(t, "energy of "+year["year"], energy, year["exp_energy_total_1e4tce"], "0.1")
	}
}

// TestXian: acc-xian-series-growth, a city's carbon by fuel over 16 years.
func TestXian(t *testing.T) {
	const id = "acc-xian-series-growth"
	published(t, id, "2.43", "6.10", "775.86", "64.66", "20.4", "-21.58", "-21.22", "-17.29",
		"48.15", "25.53", "2013", "-33.92", "65.1")
	const carbon = "output:carbon.t"
	b := newBook(t)
	years := figures(t, id+".csv")
	fuels := []string{"raw_coal", "coke", "crude", "gasoline", "kerosene", "diesel", "fuel_oil",
		"natural_gas"}
	var rows []string
	for _, year := range years {
		for _, fuel := range fuels {
			rows = append(rows, activity(fuel, "610100", year["year"], "product", carbon, "万t",
				year[fuel]))
		}
	}
	b.post(rows...)
	totals := b.by("cn-statistics", carbon, "2000-01-01/2016-01-01", inventory.Year)
	in1e4 := func(n quantity.Number) quantity.Ratio { return in(n, "10000") }
	best := "2000"
	for _, year := range years {
		near(t, "sum of "+year["year"], in1e4(totals[year["year"]]), year["exp_total_1e4t"], "0.05")
		if totals[year["year"]].Cmp(totals[best]) > 0 {
			best = year["year"]
		}
	}
	if best != "2013" {
		t.Errorf("the largest year is %s, want 2013", best)
	}
	at := func(year string) quantity.Ratio { return quantity.Whole(totals[year]) }
	prints(t, "2015 over 2000", over(at("2015"), at("2000")), 2, "2.43")
	grows(t, "total", over(at("2015"), at("2000")), 15, "6.10", "0.005")
	rise := quantity.RatioOf(totals["2015"].Sub(totals["2003"]), quantity.Int(10000))
	// The paper subtracts its printed totals, which are off their sums by up to 0.05.
	near(t, "rise 2003-2015", rise, "775.86", "0.05")
	near(t, "mean rise 2003-2015", rise.Mul(ratio(t, "1", "12")), "64.66", "0.01")
	prints(t, "growth of 2004, %", change(at("2004"), at("2003")), 2, "48.15")
	prints(t, "growth of 2013, %", change(at("2013"), at("2012")), 2, "25.53")
	prints(t, "since 2013, %", change(at("2015"), at("2013")), 2, "-33.92")
	fuelOf := func(fuel, year string) quantity.Ratio {
		return quantity.Whole(b.total("cn-statistics", carbon, year, "entity="+fuel))
	}
	for fuel, want := range map[string][2]string{"natural_gas": {"20.4", "0.05"},
		"coke": {"-21.58", "0.005"}, "kerosene": {"-21.22", "0.005"},
		"fuel_oil": {"-17.29", "0.005"}} {
		grows(t, fuel, over(fuelOf(fuel, "2015"), fuelOf(fuel, "2000")), 15, want[0], want[1])
	}
	if over(fuelOf("fuel_oil", "2015"), fuelOf("fuel_oil", "2014")).Defined() {
		t.Error("fuel oil grew from 0 in 2014 by a number, want no answer")
	}
	share := over(fuelOf("raw_coal", "2000"), at("2000"))
	for _, year := range years {
		if s := over(fuelOf("raw_coal", year["year"]), at(year["year"])); s.Cmp(share) < 0 {
			share = s
		}
	}
	prints(t, "least share of coal, %", percent(share), 1, "65.1")
}

// TestRegionTertiary: acc-cpipc-region-tertiary. Transport and buildings of a region over eleven
// years: energy in standard coal, with a factor for each fuel, sector and year, and the GDP of the
// tertiary sector.
func TestRegionTertiary(t *testing.T) {
	const id, area = "acc-cpipc-region-tertiary", "320000"
	published(t, id, "5898.284185338009", "10906.027504334841")
	industries := map[string]string{"transport": "G54", "building": "S91"}
	sectors := map[string]string{"transport": "transport", "building": "services"}
	b := newBook(t)
	var rows []string
	var edges []edge
	for _, f := range figures(t, id+"-energy-factors.csv") {
		entity := f["sector"] + " " + f["fuel"]
		place := area + "/" + f["sector"] + "-" + f["fuel"]
		rows = append(rows, activity(entity, place, f["year"], "use", "other-fuel", "万tce",
			f["energy_1e4tce"], "", "", industries[f["sector"]]))
		if f["factor_tco2_per_tce"] != "" {
			edges = append(edges, edge{from: "other-fuel", to: "co2", area: place, perUnit: "tce",
				toUnit: "t", value: f["factor_tco2_per_tce"], first: f["year"] + "-01-01",
				end: span(t, f["year"]).End.String()})
		}
	}
	// The workbook has coal of buildings in 2020 with energy 0 and no factor: it does not occur.
	rows = append(rows, activity("building coal", area+"/building-coal", "2020", "use",
		"other-fuel", "万tce", "", "", "not-occurring", industries["building"]))
	b.own(edges...)
	b.post(rows...)
	policy := b.policy("gwp-ar5", rule{to: "co2", class: "fuel", scope: "1"},
		rule{to: "coal-equivalent", class: "fuel", sets: "nbs-205-1-reference"})
	const precision = "0.000000001"
	for _, year := range figures(t, id+"-expected.csv") {
		y := year["year"]
		b.economy(area + ",gdp-tertiary," + y + ",亿元," + year["tertiary_gdp_1e8yuan"])
		co2 := b.by(policy, "co2", y, inventory.Sector)
		tce := b.by(policy, inventory.Energy, y, inventory.Sector)
		for name, sector := range sectors {
			nearly(t, name+" CO2 of "+y, in(co2[sector], tonnes1e4), year[name+"_1e4t"], precision)
			nearly(t, name+" tce of "+y, in(tce[sector], tonnes1e4), year[name+"_1e4tce"],
				precision)
		}
		nearly(t, "CO2 of "+y, in(b.total(policy, "co2", y), tonnes1e4), year["tertiary_1e4t"],
			precision)
		nearly(t, "tce of "+y, in(b.total(policy, inventory.Energy, y), tonnes1e4),
			year["tertiary_1e4tce"], precision)
		// kg/yuan x 10 = t/万元.
		intensity := b.per(policy, "co2", y, "gdp-tertiary", area).Mul(ratio(t, "10", "1"))
		prints(t, "t CO2/万元 of "+y, intensity, 6, year["tertiary_t_per_1e4yuan_by_us"])
	}
	// Coal of 2021 has energy and no factor: the sum must say that something is missing.
	b.post(activity("building coal", area+"/building-coal", "2021", "use", "other-fuel", "万tce",
		"1"))
	if v := b.query(policy, 0, "co2", "2021", ""); v.Totals[0].Gaps != 1 {
		t.Errorf("energy without a factor leaves %d gaps, want 1", v.Totals[0].Gaps)
	}
}
