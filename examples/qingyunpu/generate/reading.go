package main

import "math/bits"

// reading is one month of one carrier of one unit.
type reading struct {
	unit    unit
	carrier carrier
	month   int
	steps   int64
	// absence is empty, or says why there is no quantity, or how it came about.
	absence string
}

// target is what the readings of a year add up to.
type target struct {
	tce   int64 // t of standard coal, calorific value (当量值)
	water int64 // m3
}

// targets are published for 2022: 0.14 tce and 43.7 m3 x 4,433,700 (10,000 yuan of GDP). The other
// years are made up: intensity of energy falls by 13 percent from 2020 to 2025.
var targets = map[int]target{
	2020: {580_120, 184_380_000},
	2021: {609_250, 190_960_000},
	2022: {620_718, 193_752_690},
	2023: {633_060, 195_120_000},
	2024: {644_980, 196_470_000},
	2025: {656_300, 197_480_000},
}

// gap is a month that is absent, or present with a remark.
type gap struct {
	year, month int
	unit        int
	carrier     carrier
	absence     string
}

// gaps leave energy of 2022 and 2021 complete: what is missing is missing in 2020.
var gaps = []gap{
	{2020, 2, 29, gas, "missing"},
	{2020, 2, 33, lpg, "missing"},
	{2020, 3, 38, diesel, "missing"},
	{2020, 2, 30, electricity, "estimated"},
	{2020, 2, 46, gas, "missing"},
	{2020, 2, 46, heat, "missing"},
	{2021, 5, 34, heat, "included-elsewhere"},
	{2021, 7, 37, water, "estimated"},
	{2021, 12, 17, solar, "not-occurring"},
	{2023, 8, 30, gas, "zero"},
	{2023, 8, 38, electricity, "estimated"},
	{2024, 1, 27, water, "estimated"},
}

// absenceOf looks a month up in the gaps.
func absenceOf(year, month int, u unit, k carrier) string {
	for _, g := range gaps {
		if g.year == year && g.month == month && g.unit == u.number && g.carrier == k {
			return g.absence
		}
	}
	return ""
}

// readingsOf returns the readings of a year by month, unit and carrier, not yet fitted to a target.
func readingsOf(year int, c *chance) []reading {
	var all []reading
	for month := 1; month <= 12; month++ {
		for _, u := range units() {
			for k := range carriers {
				steps := expected(year, month, u, k) * c.around(40) / 1000
				absence := absenceOf(year, month, u, k)
				if steps == 0 && absence == "" {
					continue
				}
				if absence != "" && absence != "estimated" {
					steps = 0
				}
				all = append(all, reading{u, k, month, steps, absence})
			}
		}
	}
	return all
}

// expected is the use of a month without chance: use of the year x change since 2022 x season.
func expected(year, month int, u unit, k carrier) int64 {
	weights := season(u.class, k)
	var sum int64
	for _, w := range weights {
		sum += w
	}
	annual := u.uses[k] * abouts[k].thousand * yearly[k][year-yearFirst] / 1000
	return annual * weights[month-1] / sum
}

// calibrate fits the readings of a year to the target, to the last step.
func calibrate(readings []reading, t target) {
	const unitsPerTonne = 10_000 * 1000 // of 0.0001 kgce
	energyTarget := t.tce * unitsPerTonne
	energyBefore, waterBefore := total(readings)
	for i := range readings {
		r := &readings[i]
		if r.carrier == water {
			r.steps = share(r.steps, t.water, waterBefore)
		} else {
			r.steps = share(r.steps, energyTarget, energyBefore)
		}
	}
	energyAfter, waterAfter := total(readings)
	coalMore, powerMore := split(energyTarget - energyAfter)
	find(readings, paperMill, coal).steps += coalMore
	find(readings, paperMill, electricity).steps += powerMore
	find(readings, waterIntake, water).steps += t.water - waterAfter
}

// total returns the energy in 0.0001 kgce and the fresh water in m3.
func total(readings []reading) (energy, freshWater int64) {
	for _, r := range readings {
		energy += r.steps * abouts[r.carrier].coal
		if r.carrier == water {
			freshWater += r.steps
		}
	}
	return energy, freshWater
}

// share returns steps x part / whole, rounded down; the product needs 128 bits.
func share(steps, part, whole int64) int64 {
	high, low := bits.Mul64(uint64(steps), uint64(part))
	quotient, _ := bits.Div64(high, low, uint64(whole))
	return int64(quotient)
}

// split writes a rest of energy as kg of coal and kWh. It always can, as 7143 and 1229 have no
// common factor: one of the first 1229 amounts of coal leaves whole kWh, perhaps fewer than none.
func split(rest int64) (coalMore, powerMore int64) {
	coalUnit, powerUnit := abouts[coal].coal, abouts[electricity].coal
	for (rest-coalMore*coalUnit)%powerUnit != 0 {
		coalMore++
	}
	return coalMore, (rest - coalMore*coalUnit) / powerUnit
}

// find returns the reading of December of a unit.
func find(readings []reading, number int, k carrier) *reading {
	for i := range readings {
		r := &readings[i]
		if r.unit.number == number && r.carrier == k && r.month == 12 {
			return r
		}
	}
	panic("the unit that takes the rest has no reading in December")
}
