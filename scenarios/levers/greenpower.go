package levers

import (
	"carbonledger/scenarios"
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

var greenPowerForm = form{bounds: map[string]bound{"%": share}, costs: true}

// Names returns the words of the lever column.
func (GreenPower) Names() []string { return []string{"green-power"} }

// Check says what in a row does not fit.
func (GreenPower) Check(row scenarios.Row) []table.Fault { return greenPowerForm.check(row) }

// Apply tells what is covered.
func (GreenPower) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	if len(rows) == 0 {
		return nil
	}
	d.Drive()
	covered, market := nought, nought
	for _, use := range d.Uses {
		market = market.Add(use.CO2).Lowest()
	}
	for _, key := range keysOf(rows) {
		part := ofHundred(level(d, key, nought))
		at := places(d.Uses, rows, key, electricity)
		green := sumOf(d.Uses, at, quantityOf).Mul(part)
		covered = covered.Add(green).Lowest()
		market = market.Sub(sumOf(d.Uses, at, co2Of).Mul(part)).Lowest()
		d.Note(scenarios.MemoGreenPower, key[0].Sector, electricity, green)
		size(d, key, green)
	}
	if !covered.Numerator.IsZero() {
		d.Note(scenarios.MemoMarketCO2, scenarios.All, "", market)
	}
	return nil
}
