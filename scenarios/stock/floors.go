package stock

import "carbonledger/quantity"

// Floors are buildings of one purpose. Each list holds one entry a year, the base year first, whose
// entry changes nothing.
type Floors struct {
	// Sizes are the floor of each year over that of the base year.
	Sizes []quantity.Ratio
	// Demolished is the part of the older floor that goes in a year; Retrofitted is what is
	// retrofitted in it, as a part of the floor of the base year; all between 0 and 1.
	Demolished, Retrofitted []quantity.Ratio
	// Depths are the part of its energy that floor saves when it is retrofitted in a year; News is
	// the energy of floor built in a year, over that of the base year.
	Depths, News []quantity.Ratio
}

// State is floors in the last year: the energy per floor over that of the base year, and how much
// was retrofitted, as a part of the floor of the base year.
type State struct {
	Energy      quantity.Ratio
	Retrofitted quantity.Number
}

// Last follows the cohorts to the last year:
//
//	older floor  x (1 - demolished), retrofitted floor and its energy alike
//	retrofitted  += the smaller of Retrofitted and what is left to retrofit
//	its energy   += the same x (1 - depth of that year)
//	built        = size - older floor - floor built before; its energy = built x news of the year
//	energy       = (plain floor + energy of the retrofitted + energy of the built) / size
//
// Where floor shrinks faster than it is demolished, all cohorts give up the same part.
func (f Floors) Last() State {
	plain := unity
	var retrofitted, done, energy, built, builtEnergy quantity.Number
	size := unity
	for year := 1; year < len(f.Sizes); year++ {
		size, _ = f.Sizes[year].Round(rounding)
		stays := quantity.Whole(unity).Sub(f.Demolished[year])
		for _, cohort := range []*quantity.Number{&plain, &retrofitted, &energy} {
			*cohort = part(*cohort, stays)
		}
		more := least(part(unity, f.Retrofitted[year]), plain)
		plain, retrofitted, done = plain.Sub(more), retrofitted.Add(more), done.Add(more)
		energy = energy.Add(part(more, quantity.Whole(unity).Sub(f.Depths[year])))
		lacking := size.Sub(plain).Sub(retrofitted).Sub(built)
		if lacking.Sign() < 0 {
			by := quantity.RatioOf(size, size.Sub(lacking))
			for _, cohort := range []*quantity.Number{
				&plain, &retrofitted, &energy, &built, &builtEnergy} {
				*cohort = part(*cohort, by)
			}
			plain = size.Sub(retrofitted).Sub(built)
			continue
		}
		built = built.Add(lacking)
		builtEnergy = builtEnergy.Add(part(lacking, f.News[year]))
	}
	if size.IsZero() {
		return State{Energy: quantity.Whole(unity), Retrofitted: done}
	}
	return State{quantity.RatioOf(plain.Add(energy).Add(builtEnergy), size).Lowest(), done}
}

func part(of quantity.Number, by quantity.Ratio) quantity.Number {
	n, _ := by.Mul(quantity.Whole(of)).Round(rounding)
	return n
}

func least(a, b quantity.Number) quantity.Number {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}
