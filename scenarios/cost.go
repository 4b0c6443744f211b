package scenarios

import (
	"strconv"

	"carbonledger/quantity"
	"carbonledger/table"
)

// Cost is what one unit of a measure costs, in yuan at prices of the base year: an investment that
// lasts so many years, and what it takes every year to run. The unit is the lever's: a kW of solar
// power, a m2 of retrofitted floor, a tce replaced.
type Cost struct {
	Invest, Run quantity.Number
	Life        int
}

// IsZero says whether the row states no cost.
func (c Cost) IsZero() bool { return c.Invest.IsZero() && c.Run.IsZero() }

// lifeMax is the longest life of an investment. The reference life of buildings in GB 50068 is 50
// years, with 100 for monuments; a longer one is a slip of the pen and a fault.
const lifeMax = 100

// readCost reads the columns invest, life and run.
func (r *Row) readCost(from record) (faults []table.Fault) {
	for _, column := range []struct {
		field, cell string
		into        *quantity.Number
	}{{"invest", from.Invest, &r.Cost.Invest}, {"run", from.Run, &r.Cost.Run}} {
		if column.cell == "" {
			continue
		}
		if fault := r.readNumber(column.field, column.cell, column.into); fault != nil {
			fault.Cell = column.cell
			faults = append(faults, *fault)
		}
	}
	life, err := strconv.Atoi(from.Life)
	switch {
	case from.Life == "" && r.Cost.Invest.IsZero():
		return faults
	case from.Life == "":
		return append(faults, r.Fault("life", "cell.missing"))
	case err != nil, life < 1, life > lifeMax:
		fault := r.Fault("life", "scenario.life", strconv.Itoa(lifeMax))
		fault.Cell = from.Life
		return append(faults, fault)
	}
	r.Cost.Life = life
	return faults
}

func (c Cost) print(into *record) {
	if !c.Invest.IsZero() {
		into.Invest = c.Invest.String()
	}
	if c.Life != 0 {
		into.Life = strconv.Itoa(c.Life)
	}
	if !c.Run.IsZero() {
		into.Run = c.Run.String()
	}
}

// Annuity returns the part of an investment that falls to each year of its life, exactly:
//
//	annuity = r (1 + r)^n / ((1 + r)^n - 1), with r the discount rate; 1/n where r = 0
func Annuity(ratePercent quantity.Ratio, life int) quantity.Ratio {
	one := quantity.Whole(quantity.Int(1))
	if ratePercent.Numerator.IsZero() {
		return quantity.RatioOf(quantity.Int(1), quantity.Int(int64(life)))
	}
	rate := ratePercent.Mul(quantity.RatioOf(quantity.Int(1), quantity.Int(100))).Lowest()
	growth := one
	for range life {
		growth = growth.Mul(one.Add(rate))
	}
	above := rate.Mul(growth)
	below := growth.Sub(one)
	return above.Mul(quantity.RatioOf(below.Denominator, below.Numerator)).Lowest()
}

// YearCost is what a year costs, in yuan at prices of the base year.
type YearCost struct {
	// Investment is the annuities of all that was invested, Running what it takes to run it.
	Investment, Running quantity.Number
	// Energy is the bill for the commodities that have a price.
	Energy quantity.Number
	// Unpriced are the commodities in use without a price, where any has one.
	Unpriced []string
}

// Total is the sum of the parts.
func (c YearCost) Total() quantity.Number { return c.Investment.Add(c.Running).Add(c.Energy) }

// Size notes how much of a measure there is in the year, in the unit its cost is stated for.
func (d *Draft) Size(row Row, units quantity.Ratio) {
	if !row.Cost.IsZero() && units.Numerator.Sign() != 0 {
		d.sized = append(d.sized, sized{row, units})
	}
}

type sized struct {
	row   Row
	units quantity.Ratio
}

// cost adds up what the year costs.
func (d *Draft) cost(cells []Cell) YearCost {
	var total YearCost
	for _, s := range d.sized {
		share := quantity.Whole(quantity.Int(0))
		if s.row.Cost.Life > 0 {
			share = Annuity(d.DiscountPercent, s.row.Cost.Life)
		}
		invested := quantity.Whole(s.row.Cost.Invest)
		total.Investment = total.Investment.Add(ended(s.units.Mul(invested).Mul(share)))
		total.Running = total.Running.Add(ended(s.units.Mul(quantity.Whole(s.row.Cost.Run))))
	}
	unpriced := map[string]bool{}
	for _, cell := range cells {
		price, ok := d.Prices[cell.Commodity]
		if ok {
			total.Energy = total.Energy.Add(ended(price.Mul(quantity.Whole(cell.Quantity))))
		} else if len(d.Prices) > 0 && !cell.Quantity.IsZero() {
			unpriced[cell.Commodity] = true
		}
	}
	for commodity := range sorted(unpriced) {
		total.Unpriced = append(total.Unpriced, commodity)
	}
	return total
}
