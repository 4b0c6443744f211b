package quantity

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
)

// Dimension says what kind of thing a unit measures. Two units convert only inside one dimension.
type Dimension string

// The dimensions of the book. Standard coal is a dimension of its own: a tonne of standard coal is
// an energy agreed by GB/T 2589 and never a mass of coal.
const (
	Energy         Dimension = "energy"
	Mass           Dimension = "mass"
	Volume         Dimension = "volume"
	CoalEquivalent Dimension = "coal-equivalent"
	Money          Dimension = "money"
	Area           Dimension = "area"
	People         Dimension = "people"
	Pieces         Dimension = "pieces"
	Share          Dimension = "share"
	Distance       Dimension = "distance"
)

// ErrUnit is returned for a spelling that no unit has, and for one that has two readings.
var ErrUnit = errors.New("not a known unit")

// Unit is a unit of measure with its exact size. The zero value is no unit.
type Unit struct {
	// Symbol is the unit as it was asked for: 万kWh, t, m3.
	Symbol    string
	Dimension Dimension
	// State is the reference state of a gas volume: 0C (Nm3), 15C (Sm3), 60F (scf) or empty
	// where it is not said.
	State string
	// Of names the only commodity the unit can measure: co2 for tCO2. Empty for all others.
	Of string

	size Number // in the smallest unit of the dimension
}

// IsZero says whether u is no unit at all.
func (u Unit) IsZero() bool { return u.Dimension == "" }

// Same says whether u and v are one unit, however they are spelled.
func (u Unit) Same(v Unit) bool {
	return u.Dimension == v.Dimension && u.State == v.State && u.Of == v.Of && u.size.Equal(v.size)
}

// Per returns how many of v are in one u: exactly, or as a ratio that does not end.
func (u Unit) Per(v Unit) (Ratio, bool) {
	if u.Dimension != v.Dimension {
		return Ratio{}, false
	}
	return RatioOf(u.size, v.size), true
}

// definition is a line of the unit list.
type definition struct {
	symbol    string
	dimension Dimension
	size      string
	state, of string
	spellings string
}

// definitions lists every unit with its size in the smallest unit of its dimension (J, g, L, gce,
// yuan, m2, person, piece, one, km). Sizes are definitions and exact: SI; 1 kcal_IT = 4186.8 J and
// 1 Btu_IT = 1055.05585262 J (ISO 31-4); US gallon = 3.785411784 L, foot = 0.3048 m,
// pound = 453.59237 g (international yard and pound agreement, 1959); imperial gallon = 4.54609 L;
// barrel = 42 US gallons; short ton = 2000 lb; US therm = 10^5 Btu_IT; ton hour of cooling =
// 12000 Btu_IT; toe = 10^7 kcal_IT. Spellings such as kcf (thousand cubic feet) are those of
// Portfolio Manager; codes such as MTQ are those of UN/ECE Recommendation 20, [lb_av] of UCUM.
var definitions = []definition{
	{symbol: "J", dimension: Energy, size: "1", spellings: "焦|焦耳|JOU"},
	{symbol: "kJ", dimension: Energy, size: "1000", spellings: "千焦|千焦耳"},
	{symbol: "MJ", dimension: Energy, size: "1000000", spellings: "兆焦|兆焦耳"},
	{symbol: "GJ", dimension: Energy, size: "1000000000", spellings: "吉焦|吉焦耳|百万千焦|百万kJ"},
	{symbol: "TJ", dimension: Energy, size: "1000000000000", spellings: "太焦|太焦耳"},
	{symbol: "Wh", dimension: Energy, size: "3600", spellings: "瓦时|W·h|W.h"},
	{symbol: "kWh", dimension: Energy, size: "3600000",
		spellings: "千瓦时|千瓦·时|千瓦.时|千瓦小时|度|度电|kw.h|kW·h|kW-h|kilowatthours|" +
			"kilowatt-hours|kWh(thousandWatt-hours)"},
	{symbol: "MWh", dimension: Energy, size: "3600000000",
		spellings: "兆瓦时|兆瓦·时|MW·h|MW.h|megawatthours|MWh(millionWatt-hours)"},
	{symbol: "GWh", dimension: Energy, size: "3600000000000", spellings: "吉瓦时|GW·h|GW.h"},
	{symbol: "TWh", dimension: Energy, size: "3600000000000000", spellings: "太瓦时|TW·h|TW.h"},
	{symbol: "kcal", dimension: Energy, size: "4186.8", spellings: "千卡|大卡"},
	{symbol: "Gcal", dimension: Energy, size: "4186800000", spellings: "吉卡"},
	{symbol: "toe", dimension: Energy, size: "41868000000", spellings: "吨标准油|吨标油|吨油当量"},
	{symbol: "Btu", dimension: Energy, size: "1055.05585262", spellings: "btu_it|[Btu_IT]"},
	{symbol: "kBtu", dimension: Energy, size: "1055055.85262", spellings: "kBtu(thousandBtu)"},
	{symbol: "MMBtu", dimension: Energy, size: "1055055852.62",
		spellings: "millionBtu|MBtu/MMBtu(millionBtu)|MBtu(millionBtu)|MMBtu(millionBtu)"},
	{symbol: "therm", dimension: Energy, size: "105505585.262", spellings: "therms|thm"},
	{symbol: "ton-hour", dimension: Energy, size: "12660670.23144",
		spellings: "tonhour|tonhours|ton-hours|冷吨时|冷吨·时|冷吨小时"},

	{symbol: "g", dimension: Mass, size: "1", spellings: "克"},
	{symbol: "kg", dimension: Mass, size: "1000",
		spellings: "千克|公斤|KGM|kilogram|kilograms"},
	{symbol: "t", dimension: Mass, size: "1000000",
		spellings: "吨|公吨|TNE|tonne|tonnes|metricton|metrictons|tonnes(metric)|tons(metric)"},
	{symbol: "kt", dimension: Mass, size: "1000000000"},
	{symbol: "shortton", dimension: Mass, size: "907184.74",
		spellings: "shorttons|ton(short)|tons(short)|ton(US)|tons(US)|短吨"},
	{symbol: "lb", dimension: Mass, size: "453.59237",
		spellings: "lbs|磅|LBR|[lb_av]|pound|pounds|lbs.|lbs.(pounds)"},
	{symbol: "klb", dimension: Mass, size: "453592.37",
		spellings: "klbs|klbs.|klbs.(thousandpounds)"},

	{symbol: "kgCO2", dimension: Mass, size: "1000", of: "co2",
		spellings: "千克二氧化碳|公斤二氧化碳|千克CO2"},
	{symbol: "tCO2", dimension: Mass, size: "1000000", of: "co2",
		spellings: "吨二氧化碳|t二氧化碳|t-CO2|吨CO2|metrictonsCO2"},
	{symbol: "kgCO2e", dimension: Mass, size: "1000", of: "co2e",
		spellings: "千克二氧化碳当量|千克CO2当量|kgCO2eq|kgCO2-eq"},
	{symbol: "tCO2e", dimension: Mass, size: "1000000", of: "co2e",
		spellings: "吨二氧化碳当量|t二氧化碳当量|t-CO2e|吨CO2e|吨CO2当量|tCO2eq|tCO2-eq|metrictonsCO2e"},

	{symbol: "mL", dimension: Volume, size: "0.001", spellings: "ml|毫升"},
	{symbol: "L", dimension: Volume, size: "1",
		spellings: "升|l|公升|LTR|liter|litre|liters|litres"},
	{symbol: "kL", dimension: Volume, size: "1000", spellings: "千升"},
	{symbol: "m3", dimension: Volume, size: "1000",
		spellings: "立方米|立方|方|m^3|立米|MTQ|cubicmeter|cubicmetre|cubicmeters|cubicmetres"},
	{symbol: "kcm", dimension: Volume, size: "1000000", spellings: "kcm(thousandcubicmeters)"},
	{symbol: "Nm3", dimension: Volume, size: "1000", state: "0C",
		spellings: "标立方米|标方|标准立方米|标立方|标m3|标m^3|Nm^3"},
	{symbol: "Sm3", dimension: Volume, size: "1000", state: "15C", spellings: "Sm^3"},
	{symbol: "gal", dimension: Volume, size: "3.785411784",
		spellings: "gallon|gallons|usgal|GLL|[gal_us]|gallons(US)|gallon(US)|gal(US)"},
	{symbol: "galUK", dimension: Volume, size: "4.54609",
		spellings: "gallons(UK)|gallon(UK)|gal(UK)|imperialgallons"},
	{symbol: "kgal", dimension: Volume, size: "3785.411784",
		spellings: "kilogallons|kgal(thousandgallons)(US)|kgal(thousandgallons)"},
	{symbol: "bbl", dimension: Volume, size: "158.987294928", spellings: "barrel|barrels|桶"},
	{symbol: "ft3", dimension: Volume, size: "28.316846592",
		spellings: "cf|ft^3|FTQ|[cft_i]|cubicfeet|cubicfoot|cf(cubicfeet)"},
	{symbol: "scf", dimension: Volume, size: "28.316846592", state: "60F"},
	{symbol: "ccf", dimension: Volume, size: "2831.6846592",
		spellings: "hcf|ccf(hundredcubicfeet)|hundredcubicfeet"},
	{symbol: "kcf", dimension: Volume, size: "28316.846592",
		spellings: "kcf(thousandcubicfeet)|thousandcubicfeet"},
	{symbol: "MMcf", dimension: Volume, size: "28316846.592",
		spellings: "Mcf(millioncubicfeet)|millioncubicfeet"},

	{symbol: "gce", dimension: CoalEquivalent, size: "1", spellings: "克标准煤|克标煤"},
	{symbol: "kgce", dimension: CoalEquivalent, size: "1000",
		spellings: "千克标准煤|公斤标准煤|千克标煤|公斤标煤|kg标准煤|kg标煤|kgtce"},
	{symbol: "tce", dimension: CoalEquivalent, size: "1000000",
		spellings: "吨标准煤|吨标煤|吨ce|t标准煤|t标煤|吨(标准煤)|吨(标煤)"},

	{symbol: "yuan", dimension: Money, size: "1", spellings: "元|人民币元|元人民币|¥|CNY|RMB"},
	{symbol: "m2", dimension: Area, size: "1",
		spellings: "平方米|平米|m^2|sqm|squaremeters|squaremetres"},
	{symbol: "ha", dimension: Area, size: "10000", spellings: "公顷"},
	{symbol: "km2", dimension: Area, size: "1000000", spellings: "平方公里|平方千米|km^2"},
	{symbol: "ft2", dimension: Area, size: "0.09290304",
		spellings: "ft^2|sqft|sq.ft.|squarefeet|squarefoot|平方英尺"},
	{symbol: "person", dimension: People, size: "1", spellings: "人|persons|people"},
	{symbol: "piece", dimension: Pieces, size: "1", spellings: "件|个|台|辆|套|pieces|unit|units"},
	{symbol: "%", dimension: Share, size: "0.01", spellings: "percent|百分比"},
	{symbol: "‰", dimension: Share, size: "0.001", spellings: "千分比"},
	{symbol: "one", dimension: Share, size: "1", spellings: "1"},
	{symbol: "km", dimension: Distance, size: "1", spellings: "公里|千米|kilometre|kilometres"},
}

// prefixes multiply any unit: 万kWh, 亿立方米, 万百万千焦, 10^4Nm3.
var prefixes = []struct {
	spelling string
	size     int64
}{
	{"千万", 10_000_000}, {"百万", 1_000_000}, {"十万", 100_000}, {"万", 10_000},
	{"亿", 100_000_000}, {"千", 1_000}, {"百", 100}, {"十", 10},
	{"10^8", 100_000_000}, {"10^6", 1_000_000}, {"10^4", 10_000}, {"10^3", 1_000},
}

// TwoUnits is the error of a spelling that different trades read as different units. It wraps
// ErrUnit.
type TwoUnits struct {
	Spelling string
	// Readings are spellings of the units it may mean, which have one reading each.
	Readings []string
}

// Error names the readings.
func (e *TwoUnits) Error() string {
	return fmt.Sprintf("%q means %s", e.Spelling, strings.Join(e.Readings, " or "))
}

// Unwrap returns ErrUnit.
func (e *TwoUnits) Unwrap() error { return ErrUnit }

// twoReadings lists them by spelling in lower case: M is a thousand to American utilities (Roman
// numerals) and a million to Portfolio Manager, a ton is short in America and metric elsewhere.
var twoReadings = map[string][]string{
	"mbtu": {"kBtu", "MMBtu"},
	"mcf":  {"kcf", "million cubic feet"},
	"mgal": {"kgal", "10^6 gal"},
	"mlb":  {"klb", "10^6 lb"}, "mlbs": {"klb", "10^6 lb"},
	"ton": {"t", "short ton"}, "tons": {"t", "short ton"},
	"mt": {"t", "10^6 t"},
}

// spellingMax bounds the bytes of a spelling with its multipliers; 亿千克二氧化碳当量 has 27.
const spellingMax = 60

// unitsBySpelling finds a unit by its spelling, and by its spelling in lower case where that leaves
// one reading.
var unitsBySpelling = sync.OnceValues(func() (exact, folded map[string]Unit) {
	exact, folded = map[string]Unit{}, map[string]Unit{}
	ambiguous := map[string]bool{}
	for _, d := range definitions {
		size, err := ParseNumber(d.size)
		if err != nil {
			panic("quantity: unit " + d.symbol + ": " + err.Error())
		}
		unit := Unit{Symbol: d.symbol, Dimension: d.dimension, State: d.state, Of: d.of, size: size}
		for _, spelling := range append(strings.Split(d.spellings, "|"), d.symbol) {
			if spelling == "" {
				continue
			}
			exact[spelling] = unit
			lower := strings.ToLower(spelling)
			if other, ok := folded[lower]; ok && other != unit {
				ambiguous[lower] = true
			}
			folded[lower] = unit
		}
	}
	maps.DeleteFunc(folded, func(lower string, _ Unit) bool { return ambiguous[lower] })
	return exact, folded
})

// ParseUnit reads a unit in Chinese or Latin spelling, with any multiplier before it and brackets
// around it. Blanks inside are ignored; letters that differ only in case are accepted where one
// unit has them. The text is expected in NFKC form, with a raised digit written ^4.
func ParseUnit(text string) (Unit, error) {
	spelling := strings.Join(strings.Fields(text), "")
	if len(spelling) > spellingMax {
		return Unit{}, fmt.Errorf("%w: a spelling of %d bytes", ErrUnit, len(spelling))
	}
	if inside := strings.Trim(spelling, "()"); spelling == "("+inside+")" {
		spelling = inside
	}
	unit, ok := findUnit(spelling)
	if !ok {
		unit, ok = findTwin(spelling)
	}
	if readings, two := twoReadings[strings.ToLower(spelling)]; two && !ok {
		return Unit{}, &TwoUnits{spelling, readings}
	}
	if !ok {
		return Unit{}, fmt.Errorf("%w: %q", ErrUnit, text)
	}
	unit.Symbol = spelling
	return unit, nil
}

// findTwin reads a unit that stands twice, the second time in brackets: 万千瓦时(万kWh). Both
// spellings must mean the same.
func findTwin(spelling string) (Unit, bool) {
	outside, inside, ok := strings.Cut(strings.TrimSuffix(spelling, ")"), "(")
	if !ok || !strings.HasSuffix(spelling, ")") {
		return Unit{}, false
	}
	unit, ok := findUnit(outside)
	other, okOther := findUnit(inside)
	return unit, ok && okOther && unit.Same(other)
}

// findUnit looks the spelling up as it stands, then without regard to case, then without its first
// multiplier. The first multiplier that fits is the only one tried: any other way to cut the same
// characters has the same product, and trying all of them takes 2^n steps.
func findUnit(spelling string) (Unit, bool) {
	exact, folded := unitsBySpelling()
	if unit, ok := exact[spelling]; ok {
		return unit, true
	}
	if unit, ok := folded[strings.ToLower(spelling)]; ok && !isMilli(spelling) {
		return unit, true
	}
	for _, prefix := range prefixes {
		if rest, ok := strings.CutPrefix(spelling, prefix.spelling); ok {
			unit, ok := findUnit(rest)
			unit.size = unit.size.Mul(Int(prefix.size))
			return unit, ok
		}
	}
	return Unit{}, false
}

// isMilli says whether the spelling means a thousandth: mWh and mJ are no careless MWh and MJ, of
// which they are the 10^9th part. mwh, without any capital, is careless.
func isMilli(spelling string) bool {
	return len(spelling) > 1 && spelling[0] == 'm' && 'A' <= spelling[1] && spelling[1] <= 'Z'
}
