package dialects

import "carbonledger/ledger/intake/units"

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
