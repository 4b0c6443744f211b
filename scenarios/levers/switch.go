package levers

import (
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// Switch replaces a share of the use of one commodity by another, at equal standard coal times the
// switch ratio: coal by gas, coal by power, heat by waste heat. It is an exchange:
//
//	share of the year = from + (value - from) x part of the way covered, from 0 at the beginning
//
// The ratio is the energy of the target needed for one unit of energy of the commodity, 1 without a
// row. The latest row that has begun holds, and the first one also before it begins.
//
// Electrification, hydrogen, biomass and district heat are switches with a target of their own, and
// draw on the same uses; see their files. With a cost, it is one for each tce replaced in the year.
type Switch struct{}

const switchRatio = "switch-ratio"

var (
	switchForm = course.Form{Commodities: course.One, Targets: course.One,
		Bounds: course.Bounds{"%": course.Share},
		Costs:  true}
	ratioForm = course.Form{Commodities: course.One, Targets: course.One,
		Bounds: course.Bounds{scenarios.PerEnergy: course.Positive}}
)

var switches = exchange{
	words:   []word{{"switch", "", switchForm}, electrification, hydrogen, biomass, districtHeat},
	ratio:   switchRatio,
	share:   shareFrom0,
	ratioOf: ratioOr1,
	taken:   tcePerWay,
}

// Names returns the words of the lever column.
func (Switch) Names() []string { return switches.names() }

// Check says what in a row does not fit.
func (Switch) Check(row scenarios.Row) []table.Fault { return switches.check(row, ratioForm) }

// Apply moves energy between the uses of each sector.
func (Switch) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	return switches.apply(d, rows)
}

// towardsOnly is the form of a switch whose target is one of a list, the first without a word.
func towardsOnly(targets ...string) course.Form {
	limited := switchForm
	limited.Targets = course.Maybe(targets...)
	return limited
}
