package judgement

import (
	"cmp"
	"slices"
	"strconv"

	"carbonledger/ledger"
	"carbonledger/ledger/judgement/accounts"
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
	// last is the last row of the upload it is made of, at a line.
	last accounts.Figure
	line int
}

// intensity is energy over a denominator.
type intensity struct {
	when        when
	commodity   string
	denominator accounts.Figure
	energy      energy
	ratio       quantity.Ratio
}

// trend is what intensities are compared within: a division, a denominator and a period.
type trend struct {
	division, commodity string
	period              quantity.Period
}

// intensities keeps the intensities of an entity, to be compared when those of all are known.
func intensities(w *weigher, o *accounts.Owner) {
	w.intensities = append(w.intensities, w.intensitiesOf(w.own, o)...)
}

// compareIntensities finds energy per value added, output or floor area that is far from the
// industry of the entity, or where it has too few others, from the entity's own earlier year.
func (w *weigher) compareIntensities() {
	all := w.intensities
	if !slices.ContainsFunc(all, intensity.fresh) {
		return
	}
	others := w.peers()
	for owner := range others.Len() {
		all = append(all, w.intensitiesOf(others, others.Open(owner, &w.page))...)
	}
	byTrend := map[trend][]intensity{}
	known := map[when]map[string]intensity{}
	for _, i := range all {
		at := trend{w.division(i.when.entity), i.commodity, i.when.period}
		byTrend[at] = append(byTrend[at], i)
		if known[i.when] == nil {
			known[i.when] = map[string]intensity{}
		}
		known[i.when][i.commodity] = i
	}
	for at, list := range byTrend {
		slices.SortStableFunc(list, func(a, b intensity) int { return a.ratio.Cmp(b.ratio) })
		for place, i := range list {
			switch {
			case !i.fresh():
			case at.division != "" && len(list)-1 >= intensityPeers:
				w.compareIndustry(list, place, at.division)
			default:
				w.compareEarlier(i, known)
			}
		}
	}
}

func (i intensity) fresh() bool { return i.denominator.Fresh() || i.energy.last.Fresh() }

// intensitiesOf returns the intensities of an entity. A period counts where its largest account
// covers 90 % of its days.
func (w *weigher) intensitiesOf(v view, o *accounts.Owner) []intensity {
	type wanted struct {
		accounts.Figure
		commodity string
	}
	var all []wanted
	var used map[quantity.Period]*energy
	for i := range o.Accounts {
		a := &o.Accounts[i]
		if denominators[v.move(a).Commodity] == "" {
			continue
		}
		for _, f := range a.Figures {
			if f.Number.Sign() <= 0 || f.Kind == accounts.Free {
				continue
			}
			if used == nil {
				used = map[quantity.Period]*energy{}
			}
			used[f.Period] = &energy{last: accounts.Of(quantity.Number{}, f.Period)}
			all = append(all, wanted{f, v.move(a).Commodity})
		}
	}
	if len(all) == 0 {
		return nil
	}
	w.use(v, o, used)
	var list []intensity
	for _, f := range all {
		e := used[f.Period]
		if e.total.Sign() > 0 && e.days*100 >= f.Period.Days()*completenessLeast {
			list = append(list, intensity{when{o.Entity, f.Period}, f.commodity, f.Figure, *e,
				quantity.RatioOf(e.total, f.Number)})
		}
	}
	return list
}

// use adds up the standard coal of what an entity used in some periods.
func (w *weigher) use(v view, o *accounts.Owner, used map[quantity.Period]*energy) {
	area := w.entity(o.Entity).Area
	for i := range o.Accounts {
		a := &o.Accounts[i]
		move := v.move(a)
		if move.To != ledger.Use || !move.isEnergy {
			continue
		}
		shares := map[quantity.Period]*energy{}
		for _, f := range a.Figures {
			coal, ok := w.coal(move.Commodity, area, f.Period)
			if !ok {
				continue
			}
			for _, period := range append(accounts.Around(f.Period), f.Period) {
				if used[period] == nil {
					continue
				}
				share := shares[period]
				if share == nil {
					share = &energy{last: accounts.Of(quantity.Number{}, period)}
					shares[period] = share
				}
				share.total = share.total.Add(f.Number.Mul(coal.Value))
				share.days += f.Period.Days()
				if line := w.line(f); f.Fresh() && line >= share.line {
					share.last, share.line = f, line
				}
			}
		}
		for period, share := range shares {
			used[period].add(share)
		}
	}
}

func (e *energy) add(share *energy) {
	e.total = e.total.Add(share.total)
	if share.total.Cmp(e.largest) > 0 {
		e.largest, e.days = share.total, share.days
	}
	if share.last.Fresh() && share.line >= e.line {
		e.last, e.line = share.last, share.line
	}
}

// compareIndustry compares an intensity with the median of the other entities of its division.
func (w *weigher) compareIndustry(list []intensity, at int, division string) {
	i := list[at]
	usual := median(list, []int{at}, func(a, b intensity) intensity {
		return intensity{ratio: a.ratio.Add(b.ratio).Mul(quantity.Whole(oneHalf))}
	})
	if isRatioWithin(i.ratio, usual.ratio, intensityApart) {
		return
	}
	w.intense(i, "intensity.range", w.perUnit(i.commodity, usual.ratio),
		strconv.Itoa(len(list)-1), division)
}

// compareEarlier compares an intensity with that of the same entity and part of an earlier year.
func (w *weigher) compareEarlier(i intensity, known map[when]map[string]intensity) {
	for years := 1; years <= intensityYears; years++ {
		period := accounts.YearBefore(i.when.period, years)
		earlier, ok := known[when{i.when.entity, period}][i.commodity]
		if !ok {
			continue
		}
		if !isRatioWithin(i.ratio, earlier.ratio, intensityChange) {
			w.intense(i, "intensity.change", w.perUnit(i.commodity, earlier.ratio),
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
func (w *weigher) intense(i intensity, code string, args ...string) {
	row := i.denominator
	if !row.Fresh() {
		row = i.energy.last
	}
	en, zh := w.owner(i.when.entity)
	over := w.commodity(i.commodity)
	args = append([]string{en, zh, spanText(i.when.period), over.NameEN, over.NameZH,
		w.perUnit(i.commodity, i.ratio)}, args...)
	w.warn(row, code, args...)
}

// intensityPlaces is how many decimals an intensity is shown with, as on every report.
const intensityPlaces = 4

// perUnit shows an intensity: tce per 万元, kgce per m2. It is rounded to be read, after all
// comparing is done.
func (w *weigher) perUnit(commodity string, r quantity.Ratio) string {
	unit := denominators[commodity]
	size := w.unitText(commodity, unit).perUnit
	coal := cmp.Or(map[string]string{"floor-area": "kgce"}[commodity], "tce")
	per := w.unitText(coalEquivalent, coal).perUnit
	shown, _ := quantity.RatioOf(r.Numerator.Mul(size), r.Denominator.Mul(per)).
		Round(quantity.Rounding{Places: intensityPlaces, Mode: quantity.HalfUp})
	return shown.Fixed(intensityPlaces) + " " + coal + "/" + unit
}
