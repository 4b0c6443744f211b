package scenarios

import (
	"fmt"
	"slices"

	"carbonledger/quantity"
)

// Comparison lays several pathways from one base side by side.
type Comparison struct {
	Reference string
	BaseYear  int
	// Lines are in the order of the pathways, then of the years.
	Lines []Line
}

// Line is one year of one scenario.
type Line struct {
	Scenario                string
	Year                    int
	Energy, CO2, GDP        quantity.Number
	EnergyPerGDP, CO2PerGDP quantity.Ratio
	// AgainstBase compares with the base year, AgainstReference with the reference scenario.
	AgainstBase, AgainstReference Against
}

// Against is how a year differs from another.
type Against struct {
	Energy, CO2 Change
	// EnergyPerGDP and CO2PerGDP are relative changes of the intensities: -1/5 is a fall by 20 %.
	EnergyPerGDP, CO2PerGDP quantity.Ratio
}

// Change is a difference, and the same as a part of what it differs from; without an answer where
// that is 0.
type Change struct {
	Difference quantity.Number
	Relative   quantity.Ratio
}

// Compare puts every year of every pathway beside the base year and beside the same year of the
// reference scenario. Pathways of different bases or lengths do not compare and are an error.
func Compare(pathways []Pathway, reference string) (Comparison, error) {
	at := slices.IndexFunc(pathways, func(p Pathway) bool { return p.Scenario == reference })
	if at < 0 {
		return Comparison{}, fmt.Errorf(
			"reference %q is not among the scenarios that are compared", reference)
	}
	years := pathways[at].Years
	comparison := Comparison{Reference: reference, BaseYear: years[0].Year}
	for _, pathway := range pathways {
		if len(pathway.Pins.Moved(pathways[at].Pins)) > 0 || len(pathway.Years) != len(years) ||
			pathway.Years[0].Year != years[0].Year {
			return Comparison{}, fmt.Errorf("scenarios %q and %q differ in base or horizon; "+
				"project both from one base to one year", pathway.Scenario, reference)
		}
		for i, year := range pathway.Years {
			comparison.Lines = append(comparison.Lines, Line{
				Scenario: pathway.Scenario, Year: year.Year,
				Energy: year.Energy, CO2: year.CO2, GDP: year.GDP,
				EnergyPerGDP: year.EnergyPerGDP(), CO2PerGDP: year.CO2PerGDP(),
				AgainstBase:      against(year, pathway.Years[0]),
				AgainstReference: against(year, years[i]),
			})
		}
	}
	return comparison, nil
}

func against(year, other Year) Against {
	return Against{
		Energy:       change(year.Energy, other.Energy),
		CO2:          change(year.CO2, other.CO2),
		EnergyPerGDP: relative(year.EnergyPerGDP(), other.EnergyPerGDP()),
		CO2PerGDP:    relative(year.CO2PerGDP(), other.CO2PerGDP()),
	}
}

func change(n, other quantity.Number) Change {
	difference := n.Sub(other)
	return Change{difference, quantity.RatioOf(difference, other)}
}

// relative returns a/b - 1 for two quotients: with a = p/q and b = r/s it is (p s - q r) / (q r).
func relative(a, b quantity.Ratio) quantity.Ratio {
	if !a.Defined() || !b.Defined() {
		return quantity.Ratio{}
	}
	whole := a.Denominator.Mul(b.Numerator)
	return quantity.RatioOf(a.Numerator.Mul(b.Denominator).Sub(whole), whole)
}
