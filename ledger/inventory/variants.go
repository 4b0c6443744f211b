package inventory

import (
	"slices"

	"carbonledger/factors"
	"carbonledger/ledger"
)

// Variants returns the names of the readings that answer a query side by side: all methods of the
// policy where one of its measures depends on the method and the name chooses none.
func Variants(policy ledger.Policy, name string, measures []Measure,
	catalogue factors.Catalogue) []string {
	q, s := Query{Measures: measures}, State{Library: &factors.Library{Catalogue: catalogue}}
	depends := slices.ContainsFunc(policy.Rules, func(r ledger.Rule) bool {
		return r.Method != "" && len(q.measuresOf(r.To, s)) > 0
	})
	if !depends {
		return []string{name}
	}
	return policy.Variants(name)
}
