package spread

import (
	"strconv"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/sampling"
	"carbonledger/scenarios/sampling/elementary"
)

// planOf turns the rows with a spread into the assumptions of a plan and returns their places among
// the rows. Rows of one group move as one: where one is high in its interval, all are.
func planOf(s scenarios.Scenario, how Drawing) (sampling.Plan, []int, error) {
	plan := sampling.Plan{Design: how.Design, Samples: how.Samples, Seed: how.Seed}
	var places []int
	members := map[string]int{}
	for i, row := range s.Rows {
		if row.Spread.IsZero() {
			continue
		}
		distribution, err := distributionOf(row)
		if err != nil {
			return plan, nil, err
		}
		name := nameOf(row)
		plan.Assumptions = append(plan.Assumptions, sampling.Assumption{Name: name,
			Distribution: distribution})
		places = append(places, i)
		group := row.Spread.Group
		if group == "" {
			continue
		}
		at, known := members[group]
		if !known {
			at = len(plan.Groups)
			members[group] = at
			plan.Groups = append(plan.Groups, sampling.Group{Name: group, Common: quantity.Int(1)})
		}
		plan.Groups[at].Members = append(plan.Groups[at].Members, name)
	}
	if len(places) == 0 {
		return plan, nil, ErrCertain
	}
	return plan, places, plan.Check()
}

// nameOf tells the rows of a scenario apart: no two speak about the same thing in the same years.
func nameOf(row scenarios.Row) string {
	return row.Lever + " " + row.Sector + " " + row.Commodity + " " + row.To + " " +
		strconv.Itoa(row.First) + "-" + strconv.Itoa(row.Last)
}

// widths95 is how many deviations wide the middle 95 % of a normal distribution are: twice its
// quantile at 97.5 %.
const widths95 = 3_919_927_969_080_108 // parts of widthsPer

const widthsPer = 1_000_000_000_000_000

// deviationPlaces is how many decimals a deviation keeps, twice as many as a value of a row has.
const deviationPlaces = 12

// distributionOf reads the interval of a row: of normal and lognormal it has 95 %, of the others it
// is all there is. The value of the row is the mode of triangular and pert; the others follow from
// their ends alone.
func distributionOf(row scenarios.Row) (sampling.Distribution, error) {
	s := row.Spread
	low, high := s.Low, s.High
	switch shape := sampling.Shape(s.Distribution); shape {
	case sampling.Triangular, sampling.PERT:
		return sampling.New(shape, low, row.Value, high)
	case sampling.Uniform:
		return sampling.New(shape, low, high)
	case sampling.Lognormal:
		return lognormal(low, high)
	default:
		two := quantity.Int(2)
		mean, _ := quantity.RatioOf(low.Add(high), two).Exact()
		width := high.Sub(low).Mul(quantity.Int(widthsPer))
		deviation, _ := quantity.RatioOf(width, quantity.Int(widths95)).Round(
			quantity.Rounding{Places: deviationPlaces})
		return sampling.New(shape, mean, deviation)
	}
}

// lognormal has its median in the geometric middle of the ends:
//
//	median = sqrt(low high)     factor = (high / low)^(1 / 3.92)
func lognormal(low, high quantity.Number) (sampling.Distribution, error) {
	bottom, top := elementary.Log(elementary.Float(low)), elementary.Log(elementary.Float(high))
	median, _ := elementary.Number(elementary.Exp((bottom+top)/2), deviationPlaces)
	factor, _ := elementary.Number(
		elementary.Exp((top-bottom)/(float64(widths95)/widthsPer)), deviationPlaces)
	return sampling.New(sampling.Lognormal, median, factor)
}
