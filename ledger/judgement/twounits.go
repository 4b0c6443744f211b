package judgement

import (
	"cmp"
	"slices"
	"strconv"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/judgement/accounts"
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

// input is a figure that may have been counted twice, as the upload has it of one flow in one unit,
// or as the book has it.
type input struct {
	accounts.Figure
	account *accounts.Account
	move    *movement
	// order is its place where it was found.
	order int
}

// scaled is a figure on a scale it can be compared on. Two figures of the same key are never taken
// for each other.
type scaled struct {
	input
	number quantity.Number
	key    string
}

// inputRoles are the roles an amount may have been counted in twice.
var inputRoles = []ledger.Role{ledger.Use, ledger.Stock, ledger.Feedstock, ledger.Convert}

// twoUnits finds figures of one entity and period that are the same amount in two units: 10 万kWh
// and 100000 kWh, electricity in kWh and as heat in GJ, coal in t and as other fuel in tce. They
// come from the same role, or go to the same one: what is bought into stock and then used has
// neither in common.
func twoUnits(w *weigher, o *accounts.Owner) {
	if !w.mayBeTwo(o) {
		return
	}
	w.fillInputs(o)
	for list := w.places; len(list) > 0; {
		end := 1
		for end < len(list) && list[end].period == list[0].period {
			end++
		}
		if end > 1 {
			w.moment = w.moment[:0]
			for _, p := range list[:end] {
				w.moment = append(w.moment, w.inputs[p.at])
			}
			w.sameMoment(w.moment)
		}
		list = list[end:]
	}
}

// mayBeTwo says whether an entity has anything that can be the same as anything else: figures of
// one commodity in two accounts or units, two commodities counted in energy, standard coal, or gas
// by volume and energy.
func (w *weigher) mayBeTwo(o *accounts.Owner) bool {
	var inEnergy, gases int
	var seen [8]string
	commodities := seen[:0]
	for i := range o.Accounts {
		a := &o.Accounts[i]
		move := w.own.move(a)
		if !move.isInput {
			continue
		}
		several := len(a.Figures)+len(a.Absent) != len(a.Raw)
		if several || move.isCoal || slices.Contains(commodities, move.Commodity) {
			return true
		}
		commodities = append(commodities, move.Commodity)
		if move.inKilojoule {
			inEnergy++
		}
		if move.Commodity == gasVolume || move.Commodity == gasEnergy {
			gases++
		}
	}
	return inEnergy > 1 || gases > 1
}

// place is where an input of a period is.
type place struct {
	period uint64
	at     int
}

func placeOf(p quantity.Period, at int) place {
	// Days before 1970 are below zero and must stand before the others.
	first, end := uint32(p.First)^1<<31, uint32(p.End)^1<<31
	return place{uint64(first)<<32 | uint64(end), at}
}

// fillInputs finds what the upload has of an entity, and of the same periods what the book has, and
// their places in the order of time.
func (w *weigher) fillInputs(o *accounts.Owner) {
	w.inputs, w.places = w.inputs[:0], w.places[:0]
	put := func(a *accounts.Account, figures []accounts.Figure, fresh bool) {
		for _, f := range figures {
			if f.Fresh() == fresh && f.Gap == accounts.Present && f.Number.Sign() > 0 {
				w.places = append(w.places, placeOf(f.Period, len(w.inputs)))
				w.inputs = append(w.inputs, input{f, a, w.own.move(a), len(w.inputs)})
			}
		}
	}
	for i := range o.Accounts {
		if a := &o.Accounts[i]; a.Fresh && w.own.move(a).isInput {
			put(a, a.Raw, true)
		}
	}
	if len(w.inputs) == 0 {
		return
	}
	for i := range o.Accounts {
		if a := &o.Accounts[i]; w.own.move(a).isInput {
			put(a, a.Figures, false)
		}
	}
	slices.SortFunc(w.places, func(a, b place) int {
		if a.period != b.period {
			return cmp.Compare(a.period, b.period)
		}
		return a.at - b.at
	})
}

// compareInputs puts inputs of one period in the order of their commodities and rows, those of the
// book last.
func (w *weigher) compareInputs(a, b input) int {
	if a.move != b.move {
		if order := cmp.Compare(a.move.Commodity, b.move.Commodity); order != 0 {
			return order
		}
	}
	if order := w.own.CompareRows(a.Figure, b.Figure); order != 0 {
		return order
	}
	return a.order - b.order
}

// sameMoment compares figures of one entity and period that come from one role or go to one.
func (w *weigher) sameMoment(list []input) {
	if !slices.ContainsFunc(list, func(f input) bool { return f.Fresh() }) {
		return
	}
	if !slices.IsSortedFunc(list, w.compareInputs) {
		slices.SortFunc(list, w.compareInputs)
	}
	if !isMixed(list) {
		w.sameRole(list, false)
		return
	}
	from := func(f *input) ledger.Role { return f.move.From }
	to := func(f *input) ledger.Role { return f.move.To }
	w.eachRole(list, from, func(alike []input) { w.sameRole(alike, false) })
	w.eachRole(list, to, func(alike []input) {
		// Those that go to one role find more only where they come from several.
		if isMixed(alike) {
			w.sameRole(alike, true)
		}
	})
}

// eachRole visits the figures of each role.
func (w *weigher) eachRole(list []input, role func(*input) ledger.Role, visit func([]input)) {
	var roles []ledger.Role
	for i := range list {
		here := role(&list[i])
		if slices.Contains(roles, here) {
			continue
		}
		roles = append(roles, here)
		w.alike = w.alike[:0]
		for j := range list {
			if role(&list[j]) == here {
				w.alike = append(w.alike, list[j])
			}
		}
		if len(w.alike) > 1 {
			visit(w.alike)
		}
	}
}

// sameRole compares figures that come from one role, or go to one from several.
func (w *weigher) sameRole(list []input, byFrom bool) {
	w.byCommodity(list, byFrom)
	w.inEnergy(list)
	w.inCoal(list)
	w.gasTwice(list)
}

// isMixed says whether figures come from several roles.
func isMixed(list []input) bool {
	for i := range list {
		if list[i].move.From != list[0].move.From {
			return true
		}
	}
	return false
}

// byCommodity compares the figures of each commodity. Where they come from one role their keys are
// the sizes of their units; how a figure of the book was written is not looked up, so that it is
// left out. Where they go to one role their keys are the roles they come from: a bill and a form.
func (w *weigher) byCommodity(list []input, byFrom bool) {
	for len(list) > 0 {
		end := 1
		for end < len(list) && list[end].move.Commodity == list[0].move.Commodity {
			end++
		}
		if end > 1 {
			w.ofCommodity(list[:end], byFrom)
		}
		list = list[end:]
	}
}

func (w *weigher) ofCommodity(list []input, byFrom bool) {
	w.scaled = w.scaled[:0]
	for _, f := range list {
		if byFrom {
			w.scaled = append(w.scaled, scaled{f, f.Number, string(f.move.From)})
		} else if f.Fresh() {
			w.scaled = append(w.scaled, scaled{f, f.Number, w.size(f)})
		}
	}
	w.twins(w.scaled)
}

// size is the size of the unit of a figure, as text.
func (w *weigher) size(f input) string {
	if what, ok := w.own.What(f.Figure); ok && w.sizes[what] != "" {
		return w.sizes[what]
	}
	return w.unit(f.Figure, f.move.Commodity).perUnit.String()
}

// inEnergy compares the figures that are counted in units of energy, in kJ with their commodity as
// key.
func (w *weigher) inEnergy(list []input) {
	if list[0].move.Commodity == list[len(list)-1].move.Commodity {
		return
	}
	w.scaled = w.scaled[:0]
	for _, f := range list {
		if f.move.inKilojoule {
			w.scaled = append(w.scaled,
				scaled{f, f.Number.Mul(f.move.kilojoules), f.move.Commodity})
		}
	}
	w.twins(w.scaled)
}

// inCoal compares the figures in kgce; those reported in it have another key than all the others.
func (w *weigher) inCoal(list []input) {
	if !slices.ContainsFunc(list, func(f input) bool { return f.move.isCoal }) {
		return
	}
	w.scaled = w.scaled[:0]
	area := w.entity(w.own.entity(list[0].account)).Area
	for _, f := range list {
		coal, ok := w.coal(f.move.Commodity, area, f.Period)
		if ok && f.move.isEnergy {
			w.scaled = append(w.scaled,
				scaled{f, f.Number.Mul(coal.Value), strconv.FormatBool(f.move.isCoal)})
		}
	}
	w.twins(w.scaled)
}

// twins finds figures that are the same amount under different keys. Each is compared with the
// nearest smaller one of another key.
func (w *weigher) twins(list []scaled) {
	if !slices.ContainsFunc(list, func(s scaled) bool { return s.key != list[0].key }) {
		return
	}
	slices.SortStableFunc(list, func(a, b scaled) int { return a.number.Cmp(b.number) })
	var last, other scaled
	for i, here := range list {
		candidate := last
		if last.key == here.key {
			candidate = other
		}
		if i > 0 && candidate.number.Sign() > 0 && isSame(candidate.number, here.number) {
			w.twin(candidate.input, here.input)
		}
		if last.key != here.key {
			other = last
		}
		last = here
	}
}

// isSame says whether two amounts, the smaller one first, are the same but for rounding.
func isSame(small, large quantity.Number) bool {
	return large.Sub(small).Mul(quantity.Int(sameWithin)).Cmp(large) <= 0
}

// twin asks whether two figures are the same energy; the later row carries the question.
func (w *weigher) twin(a, b input) {
	if !a.Fresh() && !b.Fresh() {
		return
	}
	first, second := a, b
	if !b.Fresh() || a.Fresh() && w.line(a.Figure) > w.line(b.Figure) {
		first, second = b, a
	}
	one, other := w.flow(first.account, first.Figure), w.flow(second.account, second.Figure)
	unitFirst, unitSecond := w.unit(first.Figure, one.Commodity),
		w.unit(second.Figure, other.Commodity)
	if one.Commodity != other.Commodity && unitFirst.ok && unitSecond.ok {
		ratio, ok := unitFirst.unit.Per(unitSecond.unit)
		if ok && ratio.Numerator.Equal(ratio.Denominator) {
			return
		}
	}
	en, zh := w.named(other)
	otherEN, otherZH := w.named(one)
	placeEN, placeZH := "in the book", "账簿中"
	if first.Fresh() {
		line := strconv.Itoa(w.line(first.Figure))
		placeEN, placeZH = "in line "+line, "第"+line+"行"
	}
	w.warn(second.Figure, "unit.two", en, zh, w.shown(second.Number, other.Commodity, unitSecond),
		otherEN, otherZH, w.shown(first.Number, one.Commodity, unitFirst), placeEN, placeZH)
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
func (w *weigher) gasTwice(list []input) {
	isVolume := func(f input) bool { return f.move.Commodity == gasVolume }
	isEnergy := func(f input) bool { return f.move.Commodity == gasEnergy }
	if !slices.ContainsFunc(list, isEnergy) || !slices.ContainsFunc(list, isVolume) {
		return
	}
	notOf := func(is func(input) bool) func(input) bool {
		return func(f input) bool { return !is(f) }
	}
	volumes := slices.DeleteFunc(slices.Clone(list), notOf(isVolume))
	energies := slices.DeleteFunc(slices.Clone(list), notOf(isEnergy))
	area := w.entity(w.own.entity(list[0].account)).Area
	coal, ok := w.coal(gasVolume, area, list[0].Period)
	lower, errLower := quantity.ParseNumber(cmp.Or(coal.Lower, coal.Printed))
	upper, errUpper := quantity.ParseNumber(cmp.Or(coal.Upper, coal.Printed))
	if !ok || errLower != nil || errUpper != nil {
		return
	}
	slices.SortStableFunc(volumes, func(a, b input) int { return a.Number.Cmp(b.Number) })
	for _, energy := range energies {
		net := energy.Number.Mul(netOfGross)
		at, _ := slices.BinarySearchFunc(volumes, net, func(f input, net quantity.Number) int {
			return f.Number.Mul(upper).Mul(kilojoulesPerKgce).Cmp(net)
		})
		if at < len(volumes) &&
			volumes[at].Number.Mul(lower).Mul(kilojoulesPerKgce).Cmp(net) <= 0 {
			w.twin(volumes[at], energy)
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

// coal returns the coefficient of standard coal of a commodity at a place and time. For standard
// coal itself it is 1.
func (w *weigher) coal(commodity, area string, p quantity.Period) (factors.Factor, bool) {
	key := coalKey{commodity, area, p.Year()}
	if found, ok := w.coals[key]; ok {
		return found, !found.Value.IsZero()
	}
	found, _, err := w.library.Find(factors.Query{Sets: coalSets, From: commodity,
		To: coalEquivalent, Area: area, Period: quantity.Year(key.year)})
	if err != nil {
		found = factors.Factor{}
	}
	w.coals[key] = found
	return found, !found.Value.IsZero()
}
