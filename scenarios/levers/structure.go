package levers

import (
	"cmp"
	"slices"
	"strconv"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// Structure divides GDP anew: it leads the share of a sector to a level, and the sectors without
// such a row keep their proportions in what is left. GDP as a whole stays what growth made it.
//
//	share of a sector with rows = from + (value - from) x part of the way covered
//	from                        = what growth and earlier rows leave it: left x G / sum of G, over
//	                              the sectors whose rows do not begin earlier
//	driver                      = GDP x share / 100
//
// with G the GDP of a sector after growth, and left 100 less the shares of the sectors whose rows
// begin earlier.
type Structure struct{}

var structureForm = course.Form{
	Sectors: []string{scenarios.Primary, scenarios.Secondary, scenarios.Tertiary},
	Bounds:  course.Bounds{"%": course.Share},
}

// gdpOf names the GDP of the three sectors.
var gdpOf = map[string]string{
	scenarios.Primary:   scenarios.GDPPrimary,
	scenarios.Secondary: scenarios.GDPSecondary,
	scenarios.Tertiary:  scenarios.GDPTertiary,
}

// shareRounding is for shares of GDP in per cent: with twelve places the GDP of the world, about
// 10^15 yuan, is divided to a yuan. Split hands out what is cut, so shares sum to 100.
var shareRounding = quantity.Rounding{Places: 12, Mode: quantity.HalfEven}

// Names returns the words of the lever column.
func (Structure) Names() []string { return []string{"structure"} }

// Check says what in a row does not fit.
func (Structure) Check(row scenarios.Row) []table.Fault { return structureForm.Check(row) }

// division is GDP being divided: the sectors whose rows have begun, and the shares they have.
type division struct {
	draft  *scenarios.Draft
	rows   map[string][]scenarios.Row
	shares map[string]quantity.Ratio
}

// Apply divides GDP and sets the drivers.
func (Structure) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	v := division{d, map[string][]scenarios.Row{}, map[string]quantity.Ratio{}}
	var last scenarios.Row
	for _, row := range rows {
		if course.CoveredBy(d, row).Numerator.Sign() > 0 {
			v.rows[row.Sector] = append(v.rows[row.Sector], row)
			last = row
		}
	}
	if len(v.rows) == 0 {
		return nil
	}
	if err := v.lead(); err != nil {
		return err
	}
	return v.set(last)
}

// lead follows the rows of each sector, the sector that begins first going first; sectors that
// begin in the same year do not see each other.
func (v division) lead() error {
	var sectors []string
	for sector := range v.rows {
		sectors = append(sectors, sector)
	}
	begins := func(sector string) int {
		return max(v.rows[sector][0].First, v.draft.Base.Year)
	}
	slices.SortFunc(sectors, func(a, b string) int {
		return cmp.Or(cmp.Compare(begins(a), begins(b)), cmp.Compare(a, b))
	})
	for i := 0; i < len(sectors); {
		together := map[string]quantity.Ratio{}
		left, free := v.rest()
		for first := begins(sectors[i]); i < len(sectors) && begins(sectors[i]) == first; i++ {
			gdp := v.draft.Drivers[gdpOf[sectors[i]]]
			if gdp.IsZero() {
				return v.rows[sectors[i]][0].Fault("sector", "scenario.structure-zero",
					strconv.Itoa(v.draft.Base.Year))
			}
			from := left.Mul(quantity.RatioOf(gdp, free))
			together[sectors[i]] = course.Level(v.draft, v.rows[sectors[i]], from)
		}
		for sector, share := range together {
			v.shares[sector] = share
		}
	}
	return nil
}

// rest returns the per cent of GDP that no row has given away, and the GDP after growth of the
// sectors it goes to.
func (v division) rest() (left quantity.Ratio, free quantity.Number) {
	left = quantity.Whole(course.Hundred)
	for _, sector := range structureForm.Sectors {
		if share, ok := v.shares[sector]; ok {
			left = left.Sub(share)
		} else {
			free = free.Add(v.draft.Drivers[gdpOf[sector]])
		}
	}
	return left, free
}

// set makes drivers of the shares, or says that they do not sum to 100.
func (v division) set(last scenarios.Row) error {
	left, free := v.rest()
	sum, _ := quantity.Whole(course.Hundred).Sub(left).Round(shareRounding)
	if left.Numerator.Sign() < 0 || left.Numerator.Sign() > 0 && free.IsZero() {
		return last.Fault("value", "scenario.structure-sum",
			strconv.Itoa(v.draft.Year), sum.String())
	}
	var gdp quantity.Number
	var shares []quantity.Ratio
	for _, sector := range structureForm.Sectors {
		value := v.draft.Drivers[gdpOf[sector]]
		gdp = gdp.Add(value)
		share, ok := v.shares[sector]
		if !ok && !value.IsZero() {
			share = left.Mul(quantity.RatioOf(value, free))
		} else if !ok {
			share = course.Nought
		}
		shares = append(shares, share)
	}
	for i, part := range quantity.Split(course.Hundred, overCommon(shares), shareRounding) {
		v.draft.Drivers[gdpOf[structureForm.Sectors[i]]] = gdp.Mul(part).Mul(course.Percent)
	}
	return nil
}

// overCommon returns the numerators of fractions brought to one denominator.
func overCommon(fractions []quantity.Ratio) []quantity.Number {
	numerators := make([]quantity.Number, len(fractions))
	for i, fraction := range fractions {
		numerators[i] = fraction.Numerator
		for j, other := range fractions {
			if j != i {
				numerators[i] = numerators[i].Mul(other.Denominator)
			}
		}
	}
	return numerators
}
