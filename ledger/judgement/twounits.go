package judgement

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
	for _, a := range x.upload.Activities {
		if x.admitted[rowKey{a.Line, a.Flow}] && isInput(a.Flow, a.Number) {
			list = append(list, figure{a.Flow, a.Number, true, a.Line, a.Written, a.Number})
			asked[when{a.Entity, a.Period}] = true
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
