package units

import (
	"strings"

	"carbonledger/quantity"
	"carbonledger/table"
)

// IsMoney says whether the unit of a header is one of money, or in its brackets money by
// something: 电价(元/kWh).
func IsMoney(header string) bool {
	_, text := Split(header)
	if header = table.Fold(header); strings.HasSuffix(header, ")") {
		text = header[strings.LastIndex(header, "(")+1 : len(header)-1]
	}
	text, _, _ = strings.Cut(text, "/")
	unit, err := quantity.ParseUnit(text)
	return err == nil && unit.Dimension == quantity.Money
}
