package acceptance

import (
	"testing"

	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// levels posts energy in tce and GDP in 亿元 of an area for two years, so that the change of the
// energy intensity between them can be asked for. Growth rates enter as 1,000 and 1,000 (1 + g).
func (b book) levels(area, before, after, energyGrowth, gdpGrowth string) {
	b.t.Helper()
	grown := func(percent string) string {
		return num(b.t, percent).Add(quantity.Int(100)).Mul(quantity.Int(10)).String()
	}
	b.post(activity("e"+area, area, before, "use", "other-fuel", "tce", "1000"),
		activity("e"+area, area, after, "use", "other-fuel", "tce", grown(energyGrowth)))
	b.economy(area+",gdp,"+before+",亿元,1000", area+",gdp,"+after+",亿元,"+grown(gdpGrowth))
}

// intensityChange is the change of energy per GDP of an area between two years in percent.
func (b book) intensityChange(area, before, after string) quantity.Ratio {
	b.t.Helper()
	return change(b.per("cn-statistics", inventory.Energy, after, "gdp", area),
		b.per("cn-statistics", inventory.Energy, before, "gdp", area))
}

// TestProvinces2020: int-provinces-2020-a. The official change must lie between what the ends of
// the printed growth rates give: rates are printed to 0.1, the change to 0.01.
func TestProvinces2020(t *testing.T) {
	all := newBook(t)
	for _, p := range figures(t, "int-provinces-2020-a.csv") {
		t.Run(p["province"], func(t *testing.T) {
			b := book{all.Engine, t}
			e, g := num(t, p["energy_growth_pct"]), num(t, p["gdp_growth_pct"])
			half := num(t, "0.05")
			ask := func(point string, e, g quantity.Number) quantity.Ratio {
				area := "CN/" + p["province"] + point
				b.levels(area, "2019", "2020", e.String(), g.String())
				return b.intensityChange(area, "2019", "2020")
			}
			prints(t, "point", ask("", e, g), 3, p["point_by_us"])
			last := quantity.Whole(num(t, "0.005"))
			low := ask("-low", e.Sub(half), g.Add(half)).Add(over(last, ratio(t, "-1", "1")))
			high := ask("-high", e.Add(half), g.Sub(half)).Add(last)
			prints(t, "low end", low, 3, p["band_low_by_us"])
			prints(t, "high end", high, 3, p["band_high_by_us"])
			official := quantity.Whole(num(t, p["exp_intensity_change_pct"]))
			if official.Cmp(low) < 0 || official.Cmp(high) > 0 {
				t.Errorf("the official change lies outside %s to %s", shown(low, 3), shown(high, 3))
			}
		})
	}
}

// TestNationalIntensity: int-national-2020-and-2015-2018, the formula in both directions.
func TestNationalIntensity(t *testing.T) {
	const id = "int-national-2020-and-2015-2018"
	published(t, id, "2.2", "2.3", "-0.1", "0.9", "1.4", "2.9", "3.3", "0.914", "1.365", "2.848",
		"3.295")
	b := newBook(t)
	b.levels("CN", "2019", "2020", "2.2", "2.3")
	near(t, "change of 2020, %", b.intensityChange("CN", "2019", "2020"), "-0.1", "0.1")
	// Energy growth follows from levels of intensity and GDP: e = (1+i)(1+g) - 1.
	for _, y := range []struct{ year, gdp, intensity, official, implied string }{
		{"2015", "6.9", "-5.6", "0.9", "0.914"}, {"2016", "6.7", "-5.0", "1.4", "1.365"},
		{"2017", "6.8", "-3.7", "2.9", "2.848"}, {"2018", "6.6", "-3.1", "3.3", "3.295"}} {
		published(t, id, y.gdp, y.intensity)
		b := newBook(t)
		b.levels("CN", "2010", y.year, "0", y.gdp)
		gdp := quantity.Whole(b.total("cn-statistics", "gdp", y.year))
		base := quantity.Whole(b.total("cn-statistics", "gdp", "2010"))
		level := num(t, y.intensity).Add(quantity.Int(100))
		implied := change(gdp.Mul(quantity.RatioOf(level, quantity.Int(100))), base)
		prints(t, "implied energy growth of "+y.year, implied, 3, y.implied)
		near(t, "official energy growth of "+y.year, implied, y.official, "0.1")
	}
}

// TestIntensityLevels: int-jiangxi-11fyp and int-national-2005-2007, changes of printed levels: a
// level is so much tce for 10^4 yuan.
func TestIntensityLevels(t *testing.T) {
	cases := []struct {
		id, area, before, levelBefore, after, level, want, tolerance string
		places                                                       int32
		derived                                                      string
	}{
		{"int-jiangxi-11fyp", "360000", "2005", "1.056", "2010", "0.845", "-19.9811", "0.01", 4,
			"-19.9811"},
		{"int-national-2005-2007", "CN", "2005", "1.226", "2006", "1.204", "-1.79", "0.02", 2,
			"-1.79"},
		{"int-national-2005-2007", "CN", "2006", "1.204", "2007", "1.160", "-3.66", "0.02", 4,
			"-3.6545"},
	}
	published(t, "int-jiangxi-11fyp", "19.9811")
	published(t, "int-national-2005-2007", "-1.79", "-3.66", "-3.6545")
	for _, c := range cases {
		published(t, c.id, c.levelBefore, c.level)
		b := newBook(t)
		b.post(activity("e", c.area, c.before, "use", "other-fuel", "tce", c.levelBefore),
			activity("e", c.area, c.after, "use", "other-fuel", "tce", c.level))
		b.economy(c.area+",gdp,"+c.before+",万元,1", c.area+",gdp,"+c.after+",万元,1")
		level := b.per("cn-statistics", inventory.Energy, c.after, "gdp", c.area)
		if want := ratio(t, c.level, "10"); level.Cmp(want) != 0 { // kgce/yuan x 10 = tce/万元
			t.Errorf("%s: level of %s is %s, want %s", c.id, c.after, shown(level, 6), c.level)
		}
		got := b.intensityChange(c.area, c.before, c.after)
		near(t, c.id+" "+c.after+", %", got, c.want, c.tolerance)
		prints(t, c.id+" "+c.after+", %", got, c.places, c.derived)
	}
	// The bulletin of 2008 implies other levels of 2007 than that of 2007 printed.
	for _, c := range []struct{ level, percent, want string }{
		{"1.102", "-4.59", "1.155"}, {"0.928", "-5.53", "0.9823"}} {
		published(t, "int-national-2005-2007", c.level, c.percent, c.want)
		implied := quantity.RatioOf(num(t, c.level).Mul(quantity.Int(100)),
			num(t, c.percent).Add(quantity.Int(100)))
		near(t, "level of 2007 implied by "+c.level, implied, c.want, "0.00005")
	}
}

// TestHunan2016: int-hunan-2016-formula. From a fall of 5.34 % in intensity and a rise of 2.17 % in
// energy follows the growth of GDP; posted, it gives the fall back.
func TestHunan2016(t *testing.T) {
	published(t, "int-hunan-2016-formula", "-5.34", "2.17", "7.9", "7.9337")
	implied := change(ratio(t, "102.17", "1"), ratio(t, "94.66", "1"))
	prints(t, "implied GDP growth, %", implied, 4, "7.9337")
	b := newBook(t)
	b.levels("430000", "2015", "2016", "2.17", "7.9337")
	prints(t, "change of intensity, %", b.intensityChange("430000", "2015", "2016"), 2, "-5.34")
	// Both inputs are printed to 0.01, and so is the implied growth.
	near(t, "GDP growth, %", quantity.RatioOf(b.total("cn-statistics", "gdp", "2016").
		Sub(b.total("cn-statistics", "gdp", "2015")), b.total("cn-statistics", "gdp", "2015")).
		Mul(ratio(t, "100", "1")), "7.9337", "0.01")
}

// TestElasticityXinjiang: int-elasticity-xinjiang. Growth of energy and of electricity over that of
// GDP, each from posted levels. Printed rates may be off by 0.05, so the printed elasticity must
// lie in the band they leave, and where energy fell there is none.
func TestElasticityXinjiang(t *testing.T) {
	b := newBook(t)
	for _, r := range figures(t, "int-elasticity-xinjiang.csv") {
		area := "650000/" + r["year"]
		b.levels(area, "1979", r["year"], r["energy_growth_pct"], r["gdp_growth_pct"])
		power := num(t, r["power_growth_pct"]).Add(quantity.Int(100))
		b.post(activity("p"+area, area, "1979", "use", "electricity", "万kWh", "100"),
			activity("p"+area, area, r["year"], "use", "electricity", "万kWh", power.String()))
		growth := func(m inventory.Measure, where ...string) quantity.Ratio {
			where = append(where, "area="+area)
			return change(quantity.Whole(b.total("cn-statistics", m, r["year"], where...)),
				quantity.Whole(b.total("cn-statistics", m, "1979", where...)))
		}
		gdp := growth("gdp")
		for _, c := range []struct {
			name   string
			growth quantity.Ratio
			wanted string
			ours   string
		}{
			{"energy", growth(inventory.Energy, "commodity=other-fuel"), r["exp_energy_elasticity"],
				r["energy_from_printed_by_us"]},
			{"power", growth("electricity"), r["exp_power_elasticity"],
				r["power_from_printed_by_us"]},
		} {
			what := c.name + " elasticity of " + r["year"]
			prints(t, what, over(c.growth, gdp), 2, c.ours)
			if c.wanted == "" {
				if c.growth.Cmp(quantity.Ratio{}) >= 0 {
					t.Errorf("%s is blank though consumption grew", what)
				}
				continue
			}
			half, edge := ratio(t, "5", "100"), num(t, "0.005")
			minus := quantity.RatioOf(half.Numerator.Neg(), half.Denominator)
			low := over(c.growth.Add(minus), gdp.Add(half))
			high := over(c.growth.Add(half), gdp.Add(minus))
			if low.Cmp(quantity.Whole(num(t, c.wanted).Add(edge))) > 0 ||
				high.Cmp(quantity.Whole(num(t, c.wanted).Sub(edge))) < 0 {
				t.Errorf("%s: %s lies outside %s to %s", what, c.wanted, shown(low, 3),
					shown(high, 3))
			}
		}
	}
}
