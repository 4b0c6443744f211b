package judgement_test

import (
	"cmp"
	"slices"
	"strconv"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/quantity"
)

// sameWithin: two amounts are the same where they differ by no more than this part of the larger.
// One rounded to four digits is off by at most one in two thousand.
const sameWithin = 2000

// kilojoules per book unit of standard coal, 7,000 kcal_IT (GB/T 2589-2020), and net over gross
// heating value of natural gas (IPCC 2006, volume 2, 1.4.1.2).
var (
	kilojoulesPerKgce = parsed("29307.6")
	netOfGross        = parsed("0.9")
	kilojoule, _      = quantity.ParseUnit("kJ")
)

func parsed(text string) quantity.Number {
	n, err := quantity.ParseNumber(text)
	if err != nil {
		panic("judgement: " + err.Error())
	}
	return n
}

// moment is what two figures of the same energy have in common: they come from the same role, or go
// to the same one. What is bought into stock and then used has neither in common.
type moment struct {
	entity   string
	period   quantity.Period
	from, to ledger.Role
}

// scaled is a figure on a scale it can be compared on. Two figures of the same key are never taken
// for each other.
type scaled struct {
	figure figure
	number quantity.Number
	key    string
}

// inputs are the roles an amount may have been counted in twice.
var inputs = []ledger.Role{ledger.Use, ledger.Stock, ledger.Feedstock, ledger.Convert}

// twoUnits finds figures of one entity and period that are the same amount in two units: 10 万kWh
// and 100000 kWh, electricity in kWh and as heat in GJ, coal in t and as other fuel in tce.
func twoUnits(x *index) {
	groups := map[moment][]figure{}
	for _, f := range x.inputs() {
		from := moment{entity: f.flow.Entity, period: f.flow.Period, from: f.flow.From}
		to := moment{entity: f.flow.Entity, period: f.flow.Period, to: f.flow.To}
		groups[from] = append(groups[from], f)
		groups[to] = append(groups[to], f)
	}
	for at, list := range groups {
		// A group by where it goes to finds more only where its figures come from several roles.
		if len(list) > 1 && (at.to == "" || isMixed(list)) {
			slices.SortStableFunc(list, func(a, b figure) int {
				return cmp.Compare(a.flow.Commodity, b.flow.Commodity)
			})
			x.twins(x.byCommodity(list, at.to != ""))
			x.twins([][]scaled{x.inEnergy(list), x.inCoal(list)})
			x.gasTwice(list)
		}
	}
}

func isMixed(list []figure) bool {
	return slices.ContainsFunc(list, func(f figure) bool {
		return f.flow.From != list[0].flow.From
	})
}

// inputs returns the rows of the upload, and of the same entities and periods what the book has.
func (x *index) inputs() []figure {
	var list []figure
	asked := map[when]bool{}
	for _, f := range x.inUnits(func(a ledger.Activity) bool {
		return x.admitted[rowKey{a.Line, a.Flow}]
	}) {
		if isInput(f.flow, f.number) {
			list = append(list, f)
			asked[when{f.flow.Entity, f.flow.Period}] = true
		}
	}
	for _, a := range x.accounts {
		for _, f := range a.figures {
			if !f.fresh && isInput(f.flow, f.number) &&
				asked[when{f.flow.Entity, f.flow.Period}] {
				list = append(list, f)
			}
		}
	}
	return list
}

func isInput(f ledger.Flow, n quantity.Number) bool {
	return n.Sign() > 0 && slices.Contains(inputs, f.To)
}

// byCommodity returns the figures of each commodity. Where they come from one role their keys are
// the sizes of their units; how a figure of the book was written is not looked up, so that it is
// left out. Where they go to one role their keys are the roles they come from: a bill and a form.
func (x *index) byCommodity(list []figure, byFrom bool) (all [][]scaled) {
	for len(list) > 0 {
		end := 1
		for end < len(list) && list[end].flow.Commodity == list[0].flow.Commodity {
			end++
		}
		var rows []scaled
		for _, f := range list[:end] {
			switch {
			case end == 1:
			case byFrom:
				rows = append(rows, scaled{f, f.number, string(f.flow.From)})
			case f.fresh:
				rows = append(rows, scaled{f, f.number, x.unit(f).perUnit.String()})
			}
		}
		all, list = append(all, rows), list[end:]
	}
	return all
}

// inEnergy returns the figures that are counted in units of energy, in kJ with their commodity as
// key.
func (x *index) inEnergy(list []figure) (rows []scaled) {
	several := slices.ContainsFunc(list, func(f figure) bool {
		return f.flow.Commodity != list[0].flow.Commodity
	})
	for _, f := range list {
		commodity := x.commodity(f.flow.Commodity)
		if !several || commodity.Unit.Dimension != quantity.Energy {
			continue
		}
		if ratio, ok := commodity.Unit.Per(kilojoule); ok {
			perUnit, _ := ratio.Exact()
			rows = append(rows, scaled{f, f.number.Mul(perUnit), commodity.ID})
		}
	}
	return rows
}

// inCoal returns the figures in kgce; those reported in it have another key than all the others.
func (x *index) inCoal(list []figure) (rows []scaled) {
	isCoal := func(f figure) bool {
		return x.commodity(f.flow.Commodity).Unit.Dimension == quantity.CoalEquivalent
	}
	if !slices.ContainsFunc(list, isCoal) {
		return nil
	}
	for _, f := range list {
		commodity := x.commodity(f.flow.Commodity)
		coal, ok := x.coal(commodity, f.flow)
		if ok && slices.Contains(energyClasses, commodity.Class) {
			rows = append(rows,
				scaled{f, f.number.Mul(coal.Value), strconv.FormatBool(isCoal(f))})
		}
	}
	return rows
}

// twins finds figures that are the same amount under different keys. Each is compared with the
// nearest smaller one of another key.
func (x *index) twins(lists [][]scaled) {
	for _, list := range lists {
		slices.SortStableFunc(list, func(a, b scaled) int { return a.number.Cmp(b.number) })
		var last, other scaled
		for i, here := range list {
			candidate := last
			if last.key == here.key {
				candidate = other
			}
			if i > 0 && candidate.number.Sign() > 0 && isSame(candidate.number, here.number) {
				x.twin(candidate.figure, here.figure)
			}
			if last.key != here.key {
				other = last
			}
			last = here
		}
	}
}

// isSame says whether two amounts, the smaller one first, are the same but for rounding.
func isSame(small, large quantity.Number) bool {
	return large.Sub(small).Mul(quantity.Int(sameWithin)).Cmp(large) <= 0
}

// twin asks whether two figures are the same energy; the later row carries the question.
func (x *index) twin(a, b figure) {
	if !a.fresh && !b.fresh {
		return
	}
	first, second := a, b
	if !b.fresh || a.fresh && a.line > b.line {
		first, second = b, a
	}
	unitFirst, unitSecond := x.unit(first), x.unit(second)
	if first.flow.Commodity != second.flow.Commodity && unitFirst.ok && unitSecond.ok {
		ratio, ok := unitFirst.unit.Per(unitSecond.unit)
		if ok && ratio.Numerator.Equal(ratio.Denominator) {
			return
		}
	}
	en, zh := x.named(second.flow)
	otherEN, otherZH := x.named(first.flow)
	placeEN, placeZH := "in the book", "账簿中"
	if first.fresh {
		placeEN = "in line " + strconv.Itoa(first.line)
		placeZH = "第" + strconv.Itoa(first.line) + "行"
	}
	x.warn(second, "unit.two", en, zh, x.shown(second.number, second.flow.Commodity, unitSecond),
		otherEN, otherZH, x.shown(first.number, first.flow.Commodity, unitFirst),
		placeEN, placeZH)
}

// The two names natural gas has: its volume, and its energy as gross heating value.
const (
	gasVolume = "natural-gas"
	gasEnergy = "natural-gas-gross"
)

// gasTwice finds natural gas that an entity has by volume and by energy for the same period, where
// the one is the other at a heating value that natural gas can have:
//
//	volume x lower <= energy x 0.9 / 29307.6 kJ/kgce <= volume x upper
//
// lower and upper are the bounds of the standard-coal coefficient in GB/T 2589-2020.
func (x *index) gasTwice(list []figure) {
	var volumes, energies []figure
	for _, f := range list {
		switch f.flow.Commodity {
		case gasVolume:
			volumes = append(volumes, f)
		case gasEnergy:
			energies = append(energies, f)
		}
	}
	if len(volumes) == 0 || len(energies) == 0 {
		return
	}
	coal, ok := x.coal(x.commodity(gasVolume), volumes[0].flow)
	lower, errLower := quantity.ParseNumber(cmp.Or(coal.Lower, coal.Printed))
	upper, errUpper := quantity.ParseNumber(cmp.Or(coal.Upper, coal.Printed))
	if !ok || errLower != nil || errUpper != nil {
		return
	}
	slices.SortStableFunc(volumes, func(a, b figure) int { return a.number.Cmp(b.number) })
	for _, energy := range energies {
		net := energy.number.Mul(netOfGross)
		at, _ := slices.BinarySearchFunc(volumes, net, func(f figure, net quantity.Number) int {
			return f.number.Mul(upper).Mul(kilojoulesPerKgce).Cmp(net)
		})
		if at < len(volumes) &&
			volumes[at].number.Mul(lower).Mul(kilojoulesPerKgce).Cmp(net) <= 0 {
			x.twin(volumes[at], energy)
		}
	}
}

// coalSets are searched for the standard coal of a commodity, the user's own first.
var coalSets = []string{"own", "gbt2589-2020", "nbs-205-1-reference"}

// coalEquivalent is the commodity energies are compared in.
const coalEquivalent = "coal-equivalent"

type coalKey struct {
	commodity, area string
	year            int
}

// coal returns the coefficient of standard coal of a commodity where and when the flow is. For
// standard coal itself it is 1.
func (x *index) coal(c quantity.Commodity, f ledger.Flow) (factors.Factor, bool) {
	key := coalKey{c.ID, x.entity(f.Entity).Area, f.Period.Year()}
	if found, ok := x.coals[key]; ok {
		return found, !found.Value.IsZero()
	}
	found, _, err := x.library.Find(factors.Query{Sets: coalSets, From: c.ID, To: coalEquivalent,
		Area: key.area, Period: quantity.Year(key.year)})
	if err != nil {
		found = factors.Factor{}
	}
	x.coals[key] = found
	return found, !found.Value.IsZero()
}

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

// unstoredClasses are the classes of what cannot lie in stock.
var unstoredClasses = []quantity.Class{quantity.ClassElectricity, quantity.ClassHeat}

// store is what a form moves through stock.
type store struct {
	entity, site, commodity string
	period                  quantity.Period
}

// always is a store at any time.
func (s store) always() store {
	s.period = quantity.Period{}
	return s
}

// passage is what came into a store and what went out of it, and the largest figure that came in.
type passage struct {
	in, out quantity.Number
	row     figure
}

// unstored finds electricity and heat that came in and did not go out: they cannot be stored.
//
//	bought + made = used + feedstock + converted + delivered + lost,  within 5 %
//
// A form with only one side says nothing. What the book has of the same time counts with it, such
// as the own generation of form 205-2.
func unstored(x *index) {
	passages, order := map[store]*passage{}, []store{}
	written := map[ledger.Flow]bool{}
	for _, f := range x.inUnits(func(a ledger.Activity) bool { return x.isStored(a.Flow) }) {
		a := f.flow
		key := store{a.Entity, a.Site, a.Commodity, a.Period}
		p := passages[key]
		if p == nil {
			p = &passage{}
			passages[key], order = p, append(order, key)
		}
		p.add(a, f.number)
		written[keyOf(a)] = true
		if a.To == ledger.Stock && f.number.Cmp(p.row.number) > 0 {
			p.row = f
		}
	}
	if len(order) == 0 {
		return
	}
	times := map[store][]store{}
	for _, key := range order {
		times[key.always()] = append(times[key.always()], key)
	}
	x.book.EachSum(func(string) bool { return true }, func(sum ledger.Sum) {
		if !x.isStored(sum.Flow) || written[keyOf(sum.Flow)] {
			return
		}
		for _, key := range times[store{sum.Entity, sum.Site, sum.Commodity, quantity.Period{}}] {
			if key.period.Contains(sum.Period) {
				passages[key].add(sum.Flow, sum.Total)
			}
		}
	})
	for _, key := range order {
		x.compareStore(passages[key])
	}
}

// isStored says whether a flow moves electricity or heat into stock or out of it, or makes them.
func (x *index) isStored(f ledger.Flow) bool {
	return f.Absence.HasFigure() && (f.To == ledger.Stock || f.From == ledger.Stock ||
		f.To == ledger.Product) && slices.Contains(unstoredClasses, x.commodity(f.Commodity).Class)
}

func (p *passage) add(f ledger.Flow, number quantity.Number) {
	if f.From == ledger.Stock {
		p.out = p.out.Add(number)
	} else {
		p.in = p.in.Add(number)
	}
}

func (x *index) compareStore(p *passage) {
	if !p.row.fresh || p.in.Sign() <= 0 || p.out.Sign() <= 0 || !isMoved(p.in, p.out) {
		return
	}
	f, unit := p.row, x.unit(p.row)
	en, zh := x.named(f.flow)
	args := []string{en, zh, x.shown(p.in, f.flow.Commodity, unit),
		x.shown(p.out, f.flow.Commodity, unit),
		x.shown(p.in.Sub(p.out).Abs(), f.flow.Commodity, unit)}
	above := p.in.Cmp(p.out) > 0
	if meant, times, ok := x.confused(f, p.out, unit); ok {
		timesEN, timesZH := timesText(times, above)
		x.warn(f, "balance.unstored-unit", append(args, timesEN, timesZH, meant,
			unit.unit.Symbol)...)
		return
	}
	small, large := p.in, p.out
	if above {
		small, large = large, small
	}
	times, _ := quantity.RatioOf(large, small).Round(quantity.Rounding{Places: 1})
	x.warn(f, "balance.unstored", append(args, times.String())...)
}

// isMoved says whether two amounts differ by more than 5 % of the larger one, as much as the days
// of a month may from the month.
func isMoved(a, b quantity.Number) bool { return isApart(a, b) && isApart(b, a) }
