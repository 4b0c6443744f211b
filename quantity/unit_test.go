package quantity_test

import (
	"errors"
	"strings"
	"testing"

	"carbonledger/quantity"
)

func unit(t testing.TB, text string) quantity.Unit {
	t.Helper()
	u, err := quantity.ParseUnit(text)
	if err != nil {
		t.Fatalf("ParseUnit(%q): %v", text, err)
	}
	return u
}

// per is how many of v are in one u, for units of one dimension.
func per(t testing.TB, u, v quantity.Unit) quantity.Ratio {
	t.Helper()
	ratio, ok := u.Per(v)
	if !ok {
		t.Fatalf("%s and %s are of the dimensions %s and %s",
			u.Symbol, v.Symbol, u.Dimension, v.Dimension)
	}
	return ratio
}

// TestSpellings: the units as forms, bills and exports write them, after table.Fold. The size is
// counted in the unit of the second column.
func TestSpellings(t *testing.T) {
	for _, c := range []struct{ size, in, spellings string }{
		{"10000", "kWh", "万千瓦时|万kWh|万kwh|万度|10^4kWh|万千瓦·时|万 kWh|10^4 kW·h|万KWH"},
		{"1", "kWh", "千瓦时|度|kWh|KWH|kw.h|kW·h|Kwh|千瓦小时|KW·H"},
		{"100000000", "kWh", "亿千瓦时|亿kWh|亿度|10^8kWh|万万kWh"},
		{"1000", "kWh", "MWh|MWH|mwh|兆瓦时"},
		{"10000", "m3", "万立方米|万m3|万m^3|万方|10^4m3|10^4m^3"},
		{"10000", "Nm3", "万Nm3|万Nm^3|万标立方米|万标方|10^4Nm3"},
		{"1", "m3", "立方米|m3|m^3|方|M3"},
		{"1", "Nm3", "标立方米|标方|Nm3|Nm^3|nm3"},
		{"1", "t", "吨|t|T|公吨|tonne"},
		{"10000", "t", "万吨|万t|10^4t"},
		{"1000", "kg", "吨|t"},
		{"1", "km", "km|公里|千米|KM"}, {"10000", "km", "万公里|万km|10^4km"},
		{"1", "tce", "吨标准煤|吨标煤|tce|吨ce|TCE"},
		{"1", "kgce", "千克标准煤|公斤标煤|公斤标准煤|kgce|kgtce"},
		{"10000", "tce", "万吨标准煤|万tce|万吨标煤"},
		{"1", "GJ", "吉焦|GJ|百万千焦|百万kJ|百万千焦耳|gj"},
		{"1000", "GJ", "TJ|太焦|千吉焦"},
		{"10000", "GJ", "万百万千焦|万吉焦|万GJ|万百万kJ"},
		{"1", "MJ", "兆焦|MJ|mj|千kJ|百万焦"},
		{"4.1868", "kJ", "大卡|千卡|kcal"},
		{"1", "tCO2", "吨二氧化碳|tCO2|t-CO2|吨CO2|TCO2"},
		{"10000", "tCO2", "万吨CO2|万吨二氧化碳|万tCO2"},
		{"1", "tCO2e", "吨二氧化碳当量|tCO2e|t-CO2e"},
		{"1", "yuan", "元"}, {"1000", "yuan", "千元"}, {"10000", "yuan", "万元"},
		{"100000000", "yuan", "亿元|万万元"},
		{"10", "t", "十吨"}, {"100", "t", "百吨"}, {"1000000", "t", "百万吨"},
		{"10000000", "t", "千万吨"}, {"1000000000000", "yuan", "万亿元"},
		{"105505585.262", "J", "therm|therms|thm|Therms"},
		{"1000000", "Btu", "MMBtu|mmBtu|MMBTU|MBtu/MMBtu (million Btu)|MBtu (million Btu)"},
		{"1000", "Btu", "kBtu|KBTU|kBtu (thousand Btu)"}, {"12000", "Btu",
			"ton hours|ton-hour|冷吨时"},
		{"1055.05585262", "J", "Btu|BTU|[Btu_IT]"}, {"100000", "Btu", "therms"},
		{"1", "kWh", "kWh (thousand Watt-hours)|千瓦时(kWh)|kWh(度)|千瓦.时|kilowatt-hours|kW h"},
		{"10000", "kWh", "万千瓦时(万kWh)|万千瓦小时|万kW·h|万 千瓦时"},
		{"1000", "kWh", "MWh (million Watt-hours)|千度|MW.h"}, {"1000000000", "kWh", "TWh|十亿度"},
		{"41.868", "GJ", "toe|吨标准油|千万大卡"}, {"1000000", "kcal", "Gcal|百万大卡|吉卡"},
		{"3.785411784", "L", "gal|gallons|Gallons (US)|[gal_us]|GLL"},
		{"4.54609", "L", "Gallons (UK)"}, {"158.987294928", "L", "桶|bbl|barrels"},
		{"3785.411784", "L", "kgal|kGal|KGAL|kGal (thousand gallons) (US)"},
		{"1000", "L", "kL|千升|m3|MTQ|立方"}, {"0.001", "L", "mL|ml|毫升"}, {"1", "L", "升|L|l|LTR|公升"},
		{"2.831684659200", "m3", "ccf|hcf|ccf (hundred cubic feet)|CCF"},
		{"28.316846592", "m3", "kcf|kcf (thousand cubic feet)|千ft3"},
		{"28316.846592", "m3", "Mcf (million cubic feet)|million cubic feet"},
		{"28.316846592", "L", "ft3|cf|ft^3|cubic feet|cf (cubic feet)|[cft_i]|FTQ"},
		{"1000", "m3", "kcm (Thousand Cubic meters)|千立方米|千方"}, {"10000", "m3", "万立方"},
		{"1", "Nm3", "标准立方米|标m3|标m^3"}, {"0.45359237", "kg", "lb|lbs|Lbs. (pounds)|[lb_av]|LBR"},
		{"453.59237", "kg", "kLbs. (thousand pounds)|KLbs"}, {"907.18474", "kg",
			"short ton|tons (short)"},
		{"1", "t", "metric tons|tonnes (metric)|TNE|吨(t)|(吨)"}, {"1000", "t", "kt|千吨"},
		{"1", "tce", "t标准煤|吨(标准煤)|t标煤|吨标准煤(tce)"}, {"1", "kgce", "千克标煤|kg标煤|公斤标煤"},
		{"1", "tCO2", "t二氧化碳|吨 CO2|tCO2|Metric Tons CO2"}, {"1", "kgCO2", "千克CO2|公斤二氧化碳|kgCO2"},
		{"1", "tCO2e", "Metric Tons CO2e|tCO2-eq|吨CO2当量|t CO2e"},
		{"1", "yuan", "元|人民币元|¥|CNY"}, {"10000", "yuan", "万元人民币"},
		{"0.09290304", "m2", "ft2|ft^2|sq ft|Square Feet"}, {"1", "m2", "平方米|m2|m^2|平米"},
		{"0.01", "one", "%"}, {"0.1", "%", "‰"},
		{"10000", "person", "万人"}, {"1000000", "m2", "平方公里|km2|km^2"},
	} {
		for spelling := range strings.SplitSeq(c.spellings, "|") {
			t.Run(spelling, func(t *testing.T) {
				ratio := per(t, unit(t, spelling), unit(t, c.in))
				if got, ok := ratio.Exact(); !ok || !got.Equal(num(t, c.size)) {
					t.Errorf("1 %s = %s %s, want %s", spelling, got, c.in, c.size)
				}
			})
		}
	}
}

func TestUnitsThatAreRefused(t *testing.T) {
	for _, spelling := range []string{
		"", " ", "MBtu", "mBtu", "mbtu", "mWh", "mJ", "MW", "mW", "kW", "斤", "吨煤", "万", "10^4",
		"kWh/t", "Mcf", "MCF", "MGal", "ton", "Tons", "MT", "mlbs", "吨(kg)", "kWh(GJ)", "Nm3(m3)",
		"吨(干基)",
		"(kWh", "kWh)", "()", "((kWh))", "kWh()", "kWh(kWh", "m3/h", "kvarh", "美元", "$", "户",
		"kWh (million Btu)",
		"万万", "10^5kWh", "m^4", "tC", strings.Repeat("千万", 30) + "x", strings.Repeat("万",
			1000) + "t",
	} {
		if u, err := quantity.ParseUnit(spelling); !errors.Is(err, quantity.ErrUnit) {
			t.Errorf("ParseUnit(%.30q) = %v, %v, want ErrUnit", spelling, u, err)
		}
	}
}

// TestUnitsWithTwoReadings: the readings are named by spellings that have one reading.
func TestUnitsWithTwoReadings(t *testing.T) {
	for spelling, times := range map[string]string{"MBtu": "1000", "mbtu": "1000", "Mcf": "1000",
		"MGal": "1000", "Mlbs": "1000", "MT": "1000000"} {
		_, err := quantity.ParseUnit(spelling)
		var two *quantity.TwoUnits
		if !errors.As(err, &two) || !errors.Is(err, quantity.ErrUnit) || len(two.Readings) != 2 {
			t.Errorf("ParseUnit(%q): %v, want two readings", spelling, err)
			continue
		}
		small, large := unit(t, two.Readings[0]), unit(t, two.Readings[1])
		if got, ok := per(t, large, small).Exact(); !ok || !got.Equal(num(t, times)) {
			t.Errorf(
				"%s: one %s is %s %s, want %s",
				spelling,
				large.Symbol,
				got,
				small.Symbol,
				times,
			)
		}
	}
	_, err := quantity.ParseUnit("tons")
	if err == nil || err.Error() != `"tons" means t or short ton` {
		t.Errorf("ParseUnit(tons): %v", err)
	}
}

func TestStandardCoalIsNoMass(t *testing.T) {
	for _, pair := range [][2]string{{"tce", "t"}, {"kWh", "tce"}, {"m3", "t"}, {"元", "人"}} {
		if ratio, ok := unit(t, pair[0]).Per(unit(t, pair[1])); ok {
			t.Errorf("1 %s = %v %s, want no answer", pair[0], ratio, pair[1])
		}
	}
}

func TestMultipliersMultiply(t *testing.T) {
	sizes := map[string]int64{"十": 10, "百": 100, "千": 1000, "万": 10_000, "十万": 100_000,
		"百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000, "10^4": 10_000, "": 1}
	for first, a := range sizes {
		for second, b := range sizes {
			for _, base := range []string{"千瓦时", "kWh", "吨", "千焦", "吉焦", "立方米", "千克", "元"} {
				ratio := per(t, unit(t, first+second+base), unit(t, base))
				if got, ok := ratio.Exact(); !ok || !got.Equal(quantity.Int(a*b)) {
					t.Errorf("1 %s%s%s = %s %s, want %d", first, second, base, got, base, a*b)
				}
			}
		}
	}
}

// The commodities a bill names, in their book units.
var (
	gas = quantity.Commodity{ID: "natural-gas", Class: quantity.ClassFuel, State: "0C"}
	all = map[string]quantity.Commodity{
		"electricity": {ID: "electricity", Class: quantity.ClassElectricity},
		"heat":        {ID: "heat", Class: quantity.ClassHeat},
		"natural-gas": gas,
		"fresh-water": {ID: "fresh-water", Class: quantity.ClassWater},
		"raw-coal":    {ID: "raw-coal", Class: quantity.ClassFuel},
		"co2":         {ID: "co2", Class: quantity.ClassGas},
		"co2e":        {ID: "co2e", Class: quantity.ClassEquivalent},
		"ch4":         {ID: "ch4", Class: quantity.ClassGas},
	}
	bookUnits = map[string]string{"electricity": "kWh", "heat": "kJ", "natural-gas": "Nm3",
		"fresh-water": "L", "raw-coal": "kg", "co2": "kg", "co2e": "kg", "ch4": "kg"}
)

func commodity(t testing.TB, id string) quantity.Commodity {
	t.Helper()
	c, ok := all[id]
	if !ok {
		t.Fatalf("the test has no commodity %s", id)
	}
	c.Unit = unit(t, bookUnits[id])
	return c
}

func TestAccept(t *testing.T) {
	for _, c := range []struct {
		commodity, unit, want string
		remark                quantity.Remark
		err                   error
	}{
		{"electricity", "万kWh", "10000", "", nil},
		{"electricity", "MWh", "1000", "", nil},
		{"electricity", "GJ", "", "", quantity.ErrInexact}, // 1 GJ = 277.777... kWh
		{"electricity", "MMBtu", "", "", quantity.ErrInexact},
		{"electricity", "kg", "", "", quantity.ErrDimension},
		{"electricity", "tce", "", "", quantity.ErrDimension},
		{"heat", "万百万千焦", "10000000000", "", nil},
		{"heat", "kWh", "3600", "", nil},
		{"heat", "kcal", "4.1868", "", nil},
		{"natural-gas", "万Nm3", "10000", "", nil},
		{"natural-gas", "m3", "1", quantity.RemarkStateAssumed, nil},
		{"natural-gas", "ccf", "2.8316846592", quantity.RemarkStateAssumed, nil},
		{"natural-gas", "Sm3", "", "", quantity.ErrState},
		{"natural-gas", "GJ", "", "", quantity.ErrDimension},
		{"natural-gas", "t", "", "", quantity.ErrDimension},
		{"fresh-water", "m3", "1000", "", nil},
		{"fresh-water", "t", "1000", quantity.RemarkTonneAsVolume, nil},
		{"fresh-water", "kg", "1", quantity.RemarkTonneAsVolume, nil},
		{"fresh-water", "万吨", "10000000", quantity.RemarkTonneAsVolume, nil},
		{"fresh-water", "Nm3", "", "", quantity.ErrState},
		{"fresh-water", "tCO2", "", "", quantity.ErrDimension},
		{"raw-coal", "万吨", "10000000", "", nil},
		{"raw-coal", "lb", "0.45359237", "", nil},
		{"raw-coal", "tce", "", "", quantity.ErrDimension},
		{"raw-coal", "tCO2", "", "", quantity.ErrDimension},
		{"co2", "tCO2", "1000", "", nil},
		{"co2", "t", "1000", "", nil},
		{"co2", "tCO2e", "", "", quantity.ErrDimension},
		{"co2e", "tCO2e", "1000", "", nil},
		{"co2e", "tCO2", "", "", quantity.ErrDimension},
		{"ch4", "tCO2", "", "", quantity.ErrDimension},
	} {
		t.Run(c.unit+" of "+c.commodity, func(t *testing.T) {
			got, remark, err := commodity(t, c.commodity).Accept(unit(t, c.unit))
			if !errors.Is(err, c.err) || remark != c.remark {
				t.Fatalf("Accept = %s, %q, %v, want remark %q, error %v", got, remark, err,
					c.remark, c.err)
			}
			if c.err == nil && got.String() != c.want {
				t.Errorf("1 %s = %s %s, want %s", c.unit, got, bookUnits[c.commodity], c.want)
			}
		})
	}
}

func TestAmountOfAndBack(t *testing.T) {
	// Jiangxi bought 149.87 万m3 of gas: 1498700 Nm3 in the book.
	amount, remark, err := quantity.AmountOf(commodity(t, "natural-gas"), num(t, "149.87"),
		unit(t, "万m3"))
	if err != nil || remark != quantity.RemarkStateAssumed {
		t.Fatalf("AmountOf: remark %q, %v", remark, err)
	}
	if got, want := amount.String(), "1498700 Nm3 natural-gas"; got != want {
		t.Errorf("amount = %s, want %s", got, want)
	}
	ratio, err := amount.In(unit(t, "万Nm3"))
	if got, ok := ratio.Exact(); err != nil || !ok || got.String() != "149.87" {
		t.Errorf("in 万Nm3: %s, %v, want 149.87", got, err)
	}
	if _, err := amount.In(unit(t, "t")); !errors.Is(err, quantity.ErrDimension) {
		t.Errorf("in t: %v, want ErrDimension", err)
	}
}

func TestDenominators(t *testing.T) {
	for class, want := range map[quantity.Class]bool{quantity.ClassEconomy: true,
		quantity.ClassLevel: true, quantity.ClassFuel: false, quantity.ClassWater: false,
		quantity.ClassGas: false, quantity.ClassEquivalent: false, quantity.ClassClaim: false,
		quantity.ClassMaterial: false, quantity.ClassTransport: false} {
		if got := class.Denominator(); got != want {
			t.Errorf("%s divides: %v, want %v", class, got, want)
		}
	}
}

// TestParseUnitIsQuick: 千万 is also 千 and 万, and trying both at every step takes 2^n of them.
func TestParseUnitIsQuick(t *testing.T) {
	for _, times := range []int{9, 100_000} {
		text := strings.Repeat("千万", times) + "斤"
		if u, err := quantity.ParseUnit(text); !errors.Is(err, quantity.ErrUnit) {
			t.Errorf("ParseUnit of %d times 千万 = %v, %v, want ErrUnit", times, u, err)
		}
	}
}

func FuzzParseUnit(f *testing.F) {
	for _, spelling := range []string{"万kWh", "10^4kWh", "万百万千焦", "KWH", "吨ce", "tCO2e", "mWh",
		"MBtu",
		"千万千万千万千万x", "kGal (thousand gallons) (US)", "万千瓦时(万kWh)", "吨(kg)", "((", "‰", "Mcf",
		"[Btu_IT]", "ml", "mL", " k W h ", "%", "1", "万 立方米", "ｋＷｈ"} {
		f.Add(spelling)
	}
	f.Fuzz(func(t *testing.T, text string) {
		u, err := quantity.ParseUnit(text)
		if err != nil {
			if !errors.Is(err, quantity.ErrUnit) || !u.IsZero() {
				t.Fatalf("ParseUnit(%q) = %v, %v, want no unit and ErrUnit", text, u, err)
			}
			return
		}
		again, err := quantity.ParseUnit(u.Symbol)
		if err != nil || again.Symbol != u.Symbol || again.State != u.State || again.Of != u.Of {
			t.Fatalf("%q gives %v, whose symbol reads back as %v, %v", text, u, again, err)
		}
		if one, ok := per(t, u, again).Exact(); !ok || one.String() != "1" {
			t.Fatalf("1 %s = %s %s", u.Symbol, one, again.Symbol)
		}
	})
}
