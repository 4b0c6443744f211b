package levers

import (
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// GreenPower covers a share of bought electricity with green certificates or contracts:
//
//	green power = electricity x share / 100
//	CO2 by the market method = CO2 - CO2 of electricity x share / 100
//
// The location method, which the totals and the verdict follow, knows no certificates (GHG Protocol
// Scope 2 Guidance; the two methods are told side by side and never netted), so they stand beside
// the totals. Power without a certificate keeps the grid factor: the residual mix, where one is
// published, is a matter of the policy. With a cost, it is one for each kWh in the year.
type GreenPower struct{}

var greenPowerForm = course.Form{Bounds: course.Bounds{"%": course.Share}, Costs: true}

// Names returns the words of the lever column.
func (GreenPower) Names() []string { return []string{"green-power"} }

// Check says what in a row does not fit.
func (GreenPower) Check(row scenarios.Row) []table.Fault { return greenPowerForm.Check(row) }

// Apply tells what is covered.
func (GreenPower) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	if len(rows) == 0 {
		return nil
	}
	d.Drive()
	covered, market := course.Nought, course.SumOf(d.Uses, everywhere(d.Uses), co2Of)
	for _, key := range course.KeysOf(rows) {
		part := course.OfHundred(course.Level(d, key, course.Nought))
		at := course.Places(d.Uses, rows, key, course.Electricity)
		green := course.SumOf(d.Uses, at, quantityOf).Mul(part)
		covered = covered.Add(green).Lowest()
		market = market.Sub(course.SumOf(d.Uses, at, co2Of).Mul(part)).Lowest()
		d.Note(scenarios.MemoGreenPower, key[0].Sector, course.Electricity, green)
		course.Size(d, key, green)
	}
	if !covered.Numerator.IsZero() {
		d.Note(scenarios.MemoMarketCO2, scenarios.All, "", market)
	}
	return nil
}

// everywhere is the places of all uses.
func everywhere(uses []scenarios.Use) []int {
	at := make([]int, len(uses))
	for i := range at {
		at[i] = i
	}
	return at
}
