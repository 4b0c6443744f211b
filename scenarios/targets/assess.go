package targets

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// Unknown says why a target cannot be judged; empty means that it is.
type Unknown string

// The reasons.
const (
	// NoBaseYear: the year a change is counted from is not among the complete years.
	NoBaseYear Unknown = "base-year"
	// NoYear: a year of the target is neither measured nor projected.
	NoYear Unknown = "year"
	// NominalGDP: GDP of a year stands at prices of its own, so that inflation would count.
	NominalGDP Unknown = "nominal-gdp"
	// NoGridShare: nothing says which part of the electricity is non-fossil.
	NoGridShare Unknown = "grid-share"
	// NoFigure: the figure of a year is not defined, such as a quotient by nothing.
	NoFigure Unknown = "figure"
)

// Result is how a pathway stands to a target. Figures are in the unit of the target.
type Result struct {
	Target  Target
	Unknown Unknown
	Met     bool
	// Value and Level are what is and what may be in the last year of the target; Gap is how much
	// is too much, or for a least too little, below 0 where there is room. Relative is Gap / Level.
	Value, Level, Gap, Relative quantity.Ratio
	// FirstBroken is the first year that is beyond the level, or behind the even way to a change; 0
	// where there is none.
	FirstBroken int
	// Required is the yearly change from the base year of the pathway on that would still meet the
	// target in its last year: per cent, or percentage points for a share. Without an answer where
	// that year has come or there is nothing to change.
	Required quantity.Ratio
	// Checked are the years that were looked at.
	Checked []Checked
}

// Checked is one year of a target.
type Checked struct {
	Year  int
	Value quantity.Ratio
	Kept  bool
}

// Assess judges a pathway by each target.
func Assess(p scenarios.Pathway, targets []Target) []Result {
	results := make([]Result, len(targets))
	for i, target := range targets {
		m, _ := measureOf(target.Measure)
		a := assessment{p, target, m}
		switch m.name {
		case peakYear:
			results[i] = a.peak()
		case co2Budget:
			results[i] = a.budget()
		default:
			results[i] = a.judge()
		}
	}
	return results
}

// assessment is one target held against one pathway.
type assessment struct {
	pathway scenarios.Pathway
	target  Target
	measure measure
}

// judge looks at every year of the target.
func (a assessment) judge() Result {
	r := Result{Target: a.target}
	level, why := a.level()
	if r.Level = level; why != "" {
		r.Unknown = why
		return r
	}
	first := a.target.First
	if a.isChange() {
		first = max(a.target.Base+1, a.earliest())
	}
	for year := first; year <= a.target.Last; year++ {
		value, why := a.value(year)
		if why != "" {
			if r.Unknown = why; a.isChange() && year < a.target.Last {
				r.Unknown = ""
				continue // a year on the way may be missing, the last may not
			}
			return r
		}
		kept := a.kept(value, year)
		if !kept && r.FirstBroken == 0 {
			r.FirstBroken = year
		}
		r.Checked = append(r.Checked, Checked{year, value, kept})
		r.Value = value
	}
	r.Met = a.met(r.Checked)
	r.Gap = r.Value.Sub(level).Lowest()
	if a.target.Least {
		r.Gap = level.Sub(r.Value).Lowest()
	}
	if level.Numerator.Sign() != 0 {
		r.Relative = over(r.Gap, level)
	}
	r.Required = a.required(level)
	return r
}

// met says whether a change is reached in the last year, or a level kept in all.
func (a assessment) met(checked []Checked) bool {
	if a.isChange() {
		return checked[len(checked)-1].Kept
	}
	for _, c := range checked {
		if !c.Kept {
			return false
		}
	}
	return true
}

func (a assessment) isChange() bool { return a.target.Base != 0 }

// level returns what may be in the last year: the value, or the figure of the base year changed by
// so many per cent.
func (a assessment) level() (quantity.Ratio, Unknown) {
	if !a.isChange() {
		return quantity.Whole(a.target.Value), ""
	}
	then, why := a.value(a.target.Base)
	if why == NoYear {
		why = NoBaseYear
	}
	return then.Mul(a.change()).Lowest(), why
}

// change returns 1 + value/100.
func (a assessment) change() quantity.Ratio {
	hundred := quantity.Int(100)
	return quantity.RatioOf(hundred.Add(a.target.Value), hundred)
}

// kept compares a year with the level or, on the way to a change of c by year n after the base,
// with the even way there, where every year changes by the same rate:
//
//	value(y) / value(b) <= c^((y - b)/n), that is (value(y) / value(b))^n <= c^(y - b)
//
// Both sides are powers of fractions, so that no root has to be cut off.
func (a assessment) kept(value quantity.Ratio, year int) bool {
	left, right := value, quantity.Whole(a.target.Value)
	if a.isChange() {
		then, _ := a.value(a.target.Base)
		left = power(over(value, then), a.target.Last-a.target.Base)
		right = power(a.change(), year-a.target.Base)
	}
	if a.target.Least {
		return left.Cmp(right) >= 0
	}
	return left.Cmp(right) <= 0
}

// value returns the figure of a year in the unit of the target.
func (a assessment) value(year int) (quantity.Ratio, Unknown) {
	y, ok := a.year(year)
	switch {
	case !ok:
		return quantity.Ratio{}, NoYear
	case a.measure.gdp && y.Nominal:
		return quantity.Ratio{}, NominalGDP
	case a.measure.name == nonFossilShare && !y.GridKnown:
		return quantity.Ratio{}, NoGridShare
	}
	value := a.measure.value(y, a.target)
	if !value.Defined() || a.isChange() && year == a.target.Base && value.Numerator.IsZero() {
		return quantity.Ratio{}, NoFigure
	}
	return over(value, a.measure.perUnit), ""
}

// year finds a year that was measured or is projected.
func (a assessment) year(year int) (scenarios.Year, bool) {
	for _, years := range [][]scenarios.Year{a.pathway.History, a.pathway.Years} {
		for _, y := range years {
			if y.Year == year {
				return y, true
			}
		}
	}
	return scenarios.Year{}, false
}

// earliest is the first year there is a figure of.
func (a assessment) earliest() int {
	if len(a.pathway.History) > 0 {
		return a.pathway.History[0].Year
	}
	return a.pathway.Years[0].Year
}

// ratePlaces are the decimals of a required rate as a part of one: 2.97142 % and no further.
const ratePlaces = 7

// required returns the yearly change that leads from the base year of the pathway to the level:
//
//	rate = (level / value)^(1/n) - 1, n the years that are left; for a share (level - value) / n
//
// The root is cut off on the side of more effort.
func (a assessment) required(level quantity.Ratio) quantity.Ratio {
	now := a.pathway.Years[0].Year
	years := a.target.Last - now
	value, why := a.value(now)
	if years <= 0 || why != "" || value.Numerator.Sign() <= 0 {
		return quantity.Ratio{}
	}
	if a.measure.name == nonFossilShare {
		return level.Sub(value).Mul(quantity.RatioOf(quantity.Int(1),
			quantity.Int(int64(years)))).Lowest()
	}
	wanted := over(level, value)
	root, ok := wanted.Root(years, ratePlaces)
	if !ok {
		return quantity.Ratio{}
	}
	rate := quantity.Whole(root)
	if a.target.Least && power(rate, years).Cmp(wanted) < 0 {
		step := quantity.RatioOf(quantity.Int(1), quantity.Int(10_000_000)) // one of ratePlaces
		rate = rate.Add(step)
	}
	return rate.Sub(unity).Mul(quantity.Whole(quantity.Int(100))).Lowest()
}

// peak judges when CO2 peaks: met where the verdict is that it has, in that year or before.
func (a assessment) peak() Result {
	r := Result{Target: a.target, Level: quantity.Whole(a.target.Value)}
	verdict := a.pathway.Verdict()
	r.Value = quantity.Whole(quantity.Int(int64(verdict.PeakYear)))
	r.Gap = r.Value.Sub(r.Level)
	r.Relative = quantity.Ratio{}
	r.Met = verdict.Status == scenarios.Peaked && r.Gap.Numerator.Sign() <= 0
	if !r.Met {
		r.FirstBroken = a.target.Last
	}
	return r
}

// budget holds the sum of the CO2 of all years of the target against a level. The first year broken
// is the one in which the sum passes it.
func (a assessment) budget() Result {
	r := Result{Target: a.target, Level: quantity.Whole(a.target.Value)}
	var sum quantity.Number
	for at := a.target.First; at <= a.target.Last; at++ {
		year, ok := a.year(at)
		if !ok {
			r.Unknown = NoYear
			return r
		}
		sum = sum.Add(year.CO2)
		r.Value = over(quantity.Whole(sum), a.measure.perUnit)
		kept := r.Value.Cmp(r.Level) <= 0
		if !kept && r.FirstBroken == 0 {
			r.FirstBroken = at
		}
		r.Checked = append(r.Checked, Checked{at, r.Value, kept})
	}
	r.Gap = r.Value.Sub(r.Level).Lowest()
	if r.Met = r.FirstBroken == 0; a.target.Least {
		r.Gap, r.FirstBroken = r.Level.Sub(r.Value).Lowest(), 0
		r.Met = r.Gap.Numerator.Sign() <= 0
	}
	if r.Level.Numerator.Sign() != 0 {
		r.Relative = over(r.Gap, r.Level)
	}
	return r
}

// power multiplies a fraction with itself.
func power(r quantity.Ratio, times int) quantity.Ratio {
	product := unity
	for range times {
		product = product.Mul(r)
	}
	return product
}

// over returns a / b.
func over(a, b quantity.Ratio) quantity.Ratio {
	return a.Mul(quantity.RatioOf(b.Denominator, b.Numerator)).Lowest()
}
