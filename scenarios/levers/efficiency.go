package levers

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/table"
)

// Efficiency changes the energy a sector uses per unit of its driver by a yearly rate; a negative
// rate saves.
//
//	use of the year = use x product of (1 + rate/100)
//
// Of several rows the one with the nearest sector is obeyed, and among those the one that names the
// commodity before the one for all commodities.
type Efficiency struct{}

var efficiencyForm = form{
	sectors: []string{scenarios.All, scenarios.Primary, scenarios.Secondary, scenarios.Industry,
		scenarios.Construction, scenarios.Tertiary, scenarios.Transport, scenarios.Services,
		scenarios.Residential},
	commodities: oneOrAll,
	bounds:      map[string]bound{scenarios.PerYear: aboveMinusHundred},
}

// Names returns the words of the lever column.
func (Efficiency) Names() []string { return []string{"efficiency"} }

// Check says what in a row does not fit.
func (Efficiency) Check(row scenarios.Row) []table.Fault { return efficiencyForm.check(row) }

// Apply scales the uses.
func (Efficiency) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	for i := range d.Uses {
		use := &d.Uses[i]
		use.Scale(quantity.Whole(index(d, rows, func(row scenarios.Row) (int, bool) {
			steps, ok := scenarios.Distance(use.Sector, row.Sector)
			switch row.Commodity {
			case use.Commodity:
				return 2 * steps, ok
			case scenarios.All:
				return 2*steps + 1, ok
			}
			return 0, false
		})))
	}
	return nil
}
