package report

import (
	"strings"

	"carbonledger/scenarios"
	"carbonledger/table"
)

// Sector names a sector: a word where it has one, otherwise its code in GB/T 4754 as printed there.
func Sector(sector string, lang table.Lang) string {
	if key := "sector." + sector; HasTerm(key) {
		return Term(lang, key)
	}
	return strings.ToUpper(sector)
}

// CommodityOf names the commodity of an id, and "all" of them.
func (n Names) CommodityOf(id string) string {
	if id == scenarios.All {
		return Sector(id, n.Lang)
	}
	return n.named(id)
}

// Row names what a row of a scenario speaks about: electrification, industry, bituminous coal.
func (n Names) Row(key scenarios.Key) string {
	words := []string{Term(n.Lang, "lever."+key.Lever)}
	if key.Sector != "" { // of all rows of a lever together
		words = append(words, Sector(key.Sector, n.Lang))
	}
	if key.Commodity != "" && key.Commodity != scenarios.All {
		what := n.CommodityOf(key.Commodity)
		if key.To != "" {
			what += " → " + n.CommodityOf(key.To)
		}
		words = append(words, what)
	}
	return strings.Join(words, Term(n.Lang, "comma"))
}
