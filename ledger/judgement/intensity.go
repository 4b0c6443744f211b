package judgement

import (
	"cmp"
	"slices"
	"strconv"

	"carbonledger/ledger"
	"carbonledger/quantity"
)

const (
	// intensityApart is how many times the median of its industry an intensity is questioned.
	// Enterprises of one division differ much in their products; ten times is a wrong unit or a
	// wrong industry more often than a product.
	intensityApart = 10
	// intensityPeers is how many other entities of the division make a range.
	intensityPeers = 5
	// intensityChange is how many times that of the entity's own earlier year it is questioned.
	intensityChange = 3
	// intensityYears is how many years back the earlier one is looked for.
	intensityYears = 3
)

// denominators are what energy is divided by, with the unit it is shown per.
var denominators = map[string]string{
	"value-added": "万元", "gross-output": "万元", "floor-area": "m2",
}

// energyClasses are those whose use is energy; media are made of energy that counts already.
var energyClasses = []quantity.Class{quantity.ClassFuel, quantity.ClassElectricity,
	quantity.ClassHeat}

// when is an entity in a period.
type when struct {
	entity string
	period quantity.Period
}

// energy is the standard coal an entity used in a period, in kgce.
type energy struct {
	total quantity.Number
	// largest is the account with the most, days how much of the period it covers.
	largest quantity.Number
	days    int
	// last is the last row of the upload it is made of.
	last figure
}

// intensity is energy over a denominator.
type intensity struct {
	when        when
	commodity   string
	denominator figure
	energy      energy
	ratio       quantity.Ratio
}

// trend is what intensities are compared within: a division, a denominator and a period.
type trend struct {
	division, commodity string
	period              quantity.Period
}

// intensities finds energy per value added, output or floor area that is far from the industry of
// the entity, or where it has too few others, from the entity's own earlier year.
func intensities(x *index) {
	all := x.intensities()
	fresh := slices.ContainsFunc(all, func(i intensity) bool { return i.fresh() })
	if !fresh {
		return
	}
	byTrend := map[trend][]intensity{}
	known := map[when]map[string]intensity{}
	for _, i := range all {
		at := trend{x.division(i.when.entity), i.commodity, i.when.period}
		byTrend[at] = append(byTrend[at], i)
		if known[i.when] == nil {
			known[i.when] = map[string]intensity{}
		}
		known[i.when][i.commodity] = i
	}
	for _, list := range byTrend {
		slices.SortStableFunc(list, func(a, b intensity) int { return a.ratio.Cmp(b.ratio) })
		for at, i := range list {
			if !i.fresh() {
				continue
			}
			if i.division(x) != "" && len(list)-1 >= intensityPeers {
				x.compareIndustry(list, at)
			} else {
				x.compareEarlier(i, known)
			}
		}
	}
}

func (i intensity) fresh() bool { return i.denominator.fresh || i.energy.last.fresh }

func (i intensity) division(x *index) string { return x.division(i.when.entity) }

// intensities returns every intensity of the book and the upload. A period counts where the largest
// account covers 90 % of its days.
func (x *index) intensities() []intensity {
	wanted := map[when][]figure{}
	var order []when
	for _, a := range x.accounts {
		if denominators[a.key.Commodity] == "" {
			continue
		}
		for _, f := range a.figures {
			at := when{a.key.Entity, f.flow.Period}
			if f.number.Sign() <= 0 || !isCalendar(f.flow.Period) {
				continue
			}
			if wanted[at] == nil {
				order = append(order, at)
			}
			wanted[at] = append(wanted[at], f)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	used := x.energies(wanted)
	var all []intensity
	for _, at := range order {
		e := used[at]
		if e == nil || e.total.Sign() <= 0 ||
			e.days*100 < at.period.Days()*completenessLeast {
			continue
		}
		for _, f := range wanted[at] {
			all = append(all, intensity{at, f.flow.Commodity, f, *e,
				quantity.RatioOf(e.total, f.number)})
		}
	}
	return all
}

// energies adds up the standard coal of what entities used in the wanted periods.
func (x *index) energies(wanted map[when][]figure) map[when]*energy {
	used := map[when]*energy{}
	for _, a := range x.accounts {
		commodity := x.commodity(a.key.Commodity)
		if a.key.To != ledger.Use || !slices.Contains(energyClasses, commodity.Class) {
			continue
		}
		shares := map[when]energy{}
		for _, f := range a.figures {
			coal, ok := x.coal(commodity, f.flow)
			if !ok {
				continue
			}
			for _, period := range append(calendar(f.flow.Period), f.flow.Period) {
				at := when{a.key.Entity, period}
				if wanted[at] == nil {
					continue
				}
				share := shares[at]
				share.total = share.total.Add(f.number.Mul(coal.Value))
				share.days += f.flow.Period.Days()
				if f.fresh && f.line >= share.last.line {
					share.last = f
				}
				shares[at] = share
			}
		}
		for at, share := range shares {
			if used[at] == nil {
				used[at] = &energy{}
			}
			used[at].add(share)
		}
	}
	return used
}

func (e *energy) add(share energy) {
	e.total = e.total.Add(share.total)
	if share.total.Cmp(e.largest) > 0 {
		e.largest, e.days = share.total, share.days
	}
	if share.last.fresh && share.last.line >= e.last.line {
		e.last = share.last
	}
}

// compareIndustry compares an intensity with the median of the other entities of its division.
func (x *index) compareIndustry(list []intensity, at int) {
	i := list[at]
	usual := median(list, []int{at}, func(a, b intensity) intensity {
		return intensity{ratio: a.ratio.Add(b.ratio).Mul(quantity.Whole(oneHalf))}
	})
	if isRatioWithin(i.ratio, usual.ratio, intensityApart) {
		return
	}
	x.intense(i, "intensity.range", x.perUnit(i.commodity, usual.ratio),
		strconv.Itoa(len(list)-1), i.division(x))
}

// compareEarlier compares an intensity with that of the same entity and part of an earlier year.
func (x *index) compareEarlier(i intensity, known map[when]map[string]intensity) {
	for years := 1; years <= intensityYears; years++ {
		period := yearBefore(i.when.period, years)
		earlier, ok := known[when{i.when.entity, period}][i.commodity]
		if !ok {
			continue
		}
		if !isRatioWithin(i.ratio, earlier.ratio, intensityChange) {
			x.intense(i, "intensity.change", x.perUnit(i.commodity, earlier.ratio),
				spanText(period))
		}
		return
	}
}

func isRatioWithin(a, b quantity.Ratio, times int64) bool {
	n := quantity.Whole(quantity.Int(times))
	return a.Cmp(b.Mul(n)) < 0 && a.Mul(n).Cmp(b) > 0
}

// intense asks about an intensity at the row of its denominator, or else the last one of its
// energy.
func (x *index) intense(i intensity, code string, args ...string) {
	row := i.denominator
	if !row.fresh {
		row = i.energy.last
	}
	en, zh := x.owner(i.when.entity)
	over := x.commodity(i.commodity)
	args = append([]string{en, zh, spanText(i.when.period), over.NameEN, over.NameZH,
		x.perUnit(i.commodity, i.ratio)}, args...)
	x.warn(row, code, args...)
}

// intensityPlaces is how many decimals an intensity is shown with, as on every report.
const intensityPlaces = 4

// perUnit shows an intensity: tce per 万元, kgce per m2. It is rounded to be read, after all
// comparing is done.
func (x *index) perUnit(commodity string, r quantity.Ratio) string {
	unit := denominators[commodity]
	size := x.unitText(commodity, unit).perUnit
	coal := cmp.Or(map[string]string{"floor-area": "kgce"}[commodity], "tce")
	per := x.unitText(coalEquivalent, coal).perUnit
	shown, _ := quantity.RatioOf(r.Numerator.Mul(size), r.Denominator.Mul(per)).
		Round(quantity.Rounding{Places: intensityPlaces, Mode: quantity.HalfUp})
	return shown.Fixed(intensityPlaces) + " " + coal + "/" + unit
}
