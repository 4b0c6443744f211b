package acceptance

import (
	"testing"

	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// TestDataCentre: energy-datacentre-a. Electricity in standard coal by its calorific value, from
// the library, and by its equal value, a factor of the user's own; and total power over power of
// the machines.
func TestDataCentre(t *testing.T) {
	published(t, "energy-datacentre-a", "37818.35", "1.229", "2.8534", "68.64", "1.4571", "8760",
		"46478.76", "107910.89", "100.02", "46578.77", "108010.90", "1.199", "46478.7522",
		"107910.8799", "46578.7675", "108010.8952")
	const machines = "output:it-load.kWh"
	b := newBook(t)
	// (328 x 100 + 82 x 24 + 82 x 15) kW x 8,760 h
	load := quantity.Int(328*100 + 82*24 + 82*15).Mul(quantity.Int(8760))
	centre := b.post(
		activity("centre", "CN", "2021", "use", "electricity", "万kWh", "37818.35"),
		activity("centre", "CN", "2021", "use", "diesel", "t", "68.64"),
		activity("centre", "CN", "2021", "product", machines, "kWh", load.String()))
	b.own(edge{from: "electricity", to: "coal-equivalent", value: "2.8534", perUnit: "万kWh",
		toUnit: "tce"})
	for _, c := range []struct {
		name                string
		position            int
		power, powerPrinted string
		total, totalPrinted string
	}{
		{"calorific value", centre.Position, "46478.7522", "46478.76", "46578.7675", "46578.77"},
		{"equal value", 0, "107910.8799", "107910.89", "108010.8952", "108010.90"},
	} {
		ask := func(where ...string) quantity.Ratio {
			v := b.query("cn-statistics", c.position, inventory.Energy, "2021", "", where...)
			if v.Totals[0].Gaps > 0 {
				t.Errorf("%s: gaps %v", c.name, v.Gaps)
			}
			return in(v.Totals[0].Number, "1000")
		}
		prints(t, c.name+" of electricity, tce", ask("commodity=electricity"), 4, c.power)
		near(t, c.name+" of electricity, tce", ask("commodity=electricity"), c.powerPrinted, "0.02")
		near(t, "diesel, tce", ask("commodity=diesel"), "100.02", "0.02")
		prints(t, c.name+", tce", ask(), 4, c.total)
		near(t, c.name+", tce", ask(), c.totalPrinted, "0.02")
	}
	prints(t, "PUE", b.per("cn-statistics", "electricity", "2021", machines, ""), 3, "1.199")
}

// TestJiangxiPower: energy-jiangxi-power-h1-2022. Eleven cities of half a year roll up to the
// province exactly.
func TestJiangxiPower(t *testing.T) {
	cities := []struct{ code, use string }{{"360400", "102.76"}, {"360900", "85.65"},
		{"360100", "69.33"}, {"360700", "67.25"}, {"361100", "61.13"}, {"360500", "46.02"},
		{"360800", "45.93"}, {"361000", "30.21"}, {"360300", "27.14"}, {"360200", "23.05"},
		{"360600", "20.77"}}
	published(t, "energy-jiangxi-power-h1-2022", "579.24", "11.97")
	b := newBook(t)
	var rows []string
	for _, city := range cities {
		published(t, "energy-jiangxi-power-h1-2022", city.use)
		rows = append(rows, activity("industry of "+city.code, city.code, "2022年上半年", "use",
			"electricity", "亿kWh", city.use, "", "", "C"))
	}
	b.post(rows...)
	province := b.total("cn-statistics", "electricity", "2022", "area=360000")
	same(t, "kWh of the province", province, "57924000000")
	same(t, "kWh of the half-year",
		b.total("cn-statistics", "electricity", "2022年上半年", "area=江西"), "57924000000")
	nanchang := b.total("cn-statistics", "electricity", "2022", "area=360100")
	share := quantity.RatioOf(nanchang, province)
	prints(t, "share of Nanchang, %", percent(share), 2, "11.97")
}

// TestEconomyJiangxi: econ-jiangxi-2021. Population is a level and is not averaged by the book: the
// mean of two year ends is worked out from both.
func TestEconomyJiangxi(t *testing.T) {
	const id, area = "econ-jiangxi-2021", "360000"
	published(t, id, "29619.7", "2334.3", "13183.2", "14102.2", "8.8", "3.8", "4517.4", "-1.5",
		"2776.4", "7.9", "44.5", "47.6", "61.46", "65560", "65557.1", "6.271")
	const urban = "output:urban.person"
	b := newBook(t)
	start := num(t, "4517.4").Sub(num(t, "-1.5")).String()
	b.economy(area+",gdp,2021,亿元,29619.7", area+",gdp-primary,2021,亿元,2334.3",
		area+",gdp-secondary,2021,亿元,13183.2", area+",gdp-tertiary,2021,亿元,14102.2",
		area+",population,2021,万人,4517.4", area+",population,2020,万人,"+start,
		area+","+urban+",2021,万人,2776.4")
	figure := func(m inventory.Measure, year string) quantity.Number {
		return b.total("cn-statistics", m, year)
	}
	gdp, sum := figure("gdp", "2021"), quantity.Number{}
	for sector, want := range map[inventory.Measure]string{"gdp-primary": "7.9",
		"gdp-secondary": "44.5", "gdp-tertiary": "47.6"} {
		sum = sum.Add(figure(sector, "2021"))
		near(t, "share of "+string(sector),
			percent(b.per("cn-statistics", sector, "2021", "gdp", area)), want, "0.1")
	}
	same(t, "sum of the sectors", sum, gdp.String())
	prints(t, "urban rate, %",
		percent(b.per("cn-statistics", urban, "2021", "population", area)), 2, "61.46")
	people := figure("population", "2021").Add(figure("population", "2020"))
	perHead := quantity.RatioOf(gdp.Mul(quantity.Int(2)), people)
	prints(t, "GDP per head, yuan", perHead, 1, "65557.1")
	nearly(t, "GDP per head, yuan", perHead, "65560", "0.0001")
	prints(t, "GDP per head of the year's end", b.per("cn-statistics", "gdp", "2021", "population",
		area), 0, "65568")
	// The printed 6.2 does not follow from the printed rates; 6.271 does.
	grows(t, "two years", ratio(t, "108.8", "100").Mul(ratio(t, "103.8", "100")), 2, "6.271",
		"0.0005")
}

// use posts parts of a water use under an entity each.
func (b book) use(area, period string, parts map[string]string) {
	b.t.Helper()
	var rows []string
	for name, amount := range parts {
		rows = append(rows,
			activity(name, area, period, "use", "fresh-water", "亿m3", amount))
	}
	b.post(rows...)
}

// shares compares the share of each entity in the water of a period, in percent to one place.
func (b book) shares(period string, want map[string]string) {
	b.t.Helper()
	total := b.total("cn-statistics", inventory.Water, period)
	for name, n := range b.by("cn-statistics", inventory.Water, period, inventory.Entity) {
		got := percent(quantity.RatioOf(n, total))
		near(b.t, "share of "+name+", %", got, want[name], "0.1")
	}
}

// TestWaterNational: water-national-2021. Two printed shares are 0.1 off what their inputs give
// (61.557 and 14.422); both lie within the tolerance of the case.
func TestWaterNational(t *testing.T) {
	const id = "water-national-2021"
	published(t, id, "5920.2", "909.4", "1049.6", "3644.3", "316.9", "4928.1", "853.8", "138.3",
		"107.3", "46.3", "19.2", "31.9", "9.9", "1143670", "1015986", "8.1", "9.6", "15.4", "17.7",
		"61.5", "5.4", "83.2", "14.5", "2.3", "51.8", "57.2", "-5.8", "-7.1", "5812.9", "1030.4",
		"-9.44", "61.557041991825", "14.421810073984")
	now := map[string]string{"domestic": "909.4", "industry": "1049.6", "agriculture": "3644.3",
		"ecology": "316.9"}
	rise := map[string]string{"domestic": "46.3", "industry": "19.2", "agriculture": "31.9",
		"ecology": "9.9"}
	before := map[string]string{}
	for name, n := range now {
		before[name] = num(t, n).Sub(num(t, rise[name])).String()
	}
	b := newBook(t)
	b.use("CN", "2021", now)
	b.use("CN", "2020", before)
	b.economy("CN,gdp,2021,亿元,1143670", "CN,gdp,2020,亿元,1015986")
	water := func(year string, where ...string) quantity.Number {
		return b.total("cn-statistics", inventory.Water, year, where...)
	}
	same(t, "L in 2021", water("2021"), "592020000000000")
	same(t, "L in 2020", water("2020"), "581290000000000")
	same(t, "L of industry in 2020", water("2020", "entity=industry"), "103040000000000")
	b.shares("2021", map[string]string{"domestic": "15.4", "industry": "17.7",
		"agriculture": "61.557041991825", "ecology": "5.4"})
	per := func(year string) quantity.Ratio { // L/yuan x 10 = m3/万元
		return b.per("cn-statistics", inventory.Water, year, "gdp", "CN").Mul(ratio(t, "10", "1"))
	}
	near(t, "m3/万元 in 2021", per("2021"), "51.8", "0.1")
	near(t, "m3/万元 in 2020", per("2020"), "57.2", "0.1")
	printed := func(year string) quantity.Ratio {
		return quantity.Whole(num(t, shown(per(year), 1)))
	}
	prints(t, "change of printed current-price levels, %",
		change(printed("2021"), printed("2020")), 2, "-9.44")
	// Real growth, not the current prices, tells by how much the use per GDP fell.
	fall := func(growth string, where ...string) quantity.Ratio {
		grown := quantity.RatioOf(num(t, growth).Add(quantity.Int(100)), quantity.Int(100))
		return change(quantity.RatioOf(water("2021", where...), water("2020", where...)), grown)
	}
	near(t, "fall per GDP, %", fall("8.1"), "-5.8", "0.05")
	near(t, "fall per industrial value added, %", fall("9.6", "entity=industry"), "-7.1", "0.05")

	supply := newBook(t)
	supply.use("CN", "2021", map[string]string{"surface": "4928.1", "ground": "853.8",
		"other": "138.3"})
	same(t, "L supplied", supply.total("cn-statistics", inventory.Water, "2021"), "592020000000000")
	supply.shares("2021", map[string]string{"surface": "83.2", "ground": "14.421810073984",
		"other": "2.3"})
}

// TestWaterPingxiang: water-pingxiang-2021. The printed share of agriculture is 54.7, its inputs
// give 54.797. The figures per head and per GDP have no printed denominator.
func TestWaterPingxiang(t *testing.T) {
	const id, area = "water-pingxiang-2021", "360300"
	published(t, id, "6.8000", "3.7262", "1.6442", "0.9420", "0.3374", "0.1502", "6.5065", "0.1635",
		"0.1300", "3.2988", "54.7", "24.2", "13.9", "5.0", "2.2", "95.7", "2.4", "1.9", "48.5",
		"54.797058823529", "1107", "61.4", "180.4", "377")
	b := newBook(t)
	b.use(area, "2021", map[string]string{"agriculture": "3.7262", "industry": "1.6442",
		"residential": "0.9420", "public": "0.3374", "ecology": "0.1502"})
	same(t, "L", b.total("cn-statistics", inventory.Water, "2021", "area=江西"), "680000000000")
	b.shares("2021", map[string]string{"agriculture": "54.797058823529", "industry": "24.2",
		"residential": "13.9", "public": "5.0", "ecology": "2.2"})
	// The denominators implied by the printed quotients give them back.
	b.economy(area+",gdp,2021,亿元,1107", area+",population,2021,万人,180.4")
	prints(t, "m3/万元", b.per("cn-statistics", inventory.Water, "2021", "gdp", area).
		Mul(ratio(t, "10", "1")), 1, "61.4")
	prints(t, "m3 per head", b.per("cn-statistics", inventory.Water, "2021", "population", area).
		Mul(ratio(t, "1", "1000")), 0, "377")
	supply := newBook(t)
	supply.use(area, "2021", map[string]string{"surface": "6.5065", "ground": "0.1635",
		"other": "0.1300"})
	supply.shares("2021", map[string]string{"surface": "95.7", "ground": "2.4", "other": "1.9"})
	consumed := quantity.RatioOf(num(t, "3.2988").Mul(num(t, "100000000000")),
		supply.total("cn-statistics", inventory.Water, "2021"))
	prints(t, "consumption, %", percent(consumed), 1, "48.5")
}
