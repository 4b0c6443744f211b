package levers

import (
	"carbonledger/scenarios"
	"carbonledger/table"
)

// ModalShift moves a share of travel or freight from one mode to another: from cars to the metro,
// from lorries to rail. It is an exchange whose gain falls to transport, since it is the bus or
// railway that then uses the energy:
//
//	taken  = energy of the mode that is left x share / 100
//	gained = taken x modal-ratio, in transport
//
// The ratio is the energy per passenger or tonne kilometre of the new mode over that of the old
// one; without a row it is 1, which claims no gain. It comes before vehicles, which change what
// still drives. With a cost, it is one for each tce taken in the year.
type ModalShift struct{}

var modes = exchange{
	words:   []word{{"modal-shift", "", switchForm}},
	ratio:   "modal-ratio",
	share:   shareFrom0,
	ratioOf: ratioOr1,
	sector:  scenarios.Transport,
	taken:   tcePerWay,
}

// Names returns the words of the lever column.
func (ModalShift) Names() []string { return modes.names() }

// Check says what in a row does not fit.
func (ModalShift) Check(row scenarios.Row) []table.Fault { return modes.check(row, ratioForm) }

// Apply moves energy to transport.
func (ModalShift) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	if len(rows) > 0 {
		d.Drive()
	}
	return modes.apply(d, rows)
}
