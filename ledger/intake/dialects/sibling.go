package dialects

import (
	"slices"

	"carbonledger/ledger/intake/units"
)

// siblings gives a column whose header states no unit that of a column beside it: where 用电量 is in
// 万千瓦时, 上网电量 is not to be read in kWh because the dialect usually does.
func (l *Layout) siblings() {
	for i, m := range l.Measures {
		if m.stated || m.usual == "" || m.State != "" {
			continue
		}
		for _, other := range l.Measures {
			if other.stated && other.usual != "" && units.Same(other.usual, m.usual) &&
				!units.Same(other.Unit, m.Unit) {
				l.Measures[i].Unit, l.Measures[i].Sibling = other.Unit, other.Heading
				break
			}
		}
	}
}

// addHours makes one measure of the columns that hold the hours of a day of one thing.
func (l *Layout) addHours() {
	var whole []Placed
	for _, m := range l.Measures {
		at := slices.IndexFunc(whole, func(first Placed) bool {
			return m.part && first.part && first.Commodity == m.Commodity &&
				first.Site == m.Site && units.Same(first.Unit, m.Unit) &&
				first.Estimated == m.Estimated
		})
		if at < 0 {
			whole = append(whole, m)
			continue
		}
		whole[at].MoreColumns = append(whole[at].MoreColumns, m.Column)
	}
	l.Measures = whole
}
