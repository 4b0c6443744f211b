package meter

import (
	"strings"

	"carbonledger/quantity"
)

// RegisterEnd is the number at which a register that shows the reading begins again: one digit more
// than the reading has, so 10000 for 9998.
func RegisterEnd(reading quantity.Number) string {
	whole, _, _ := strings.Cut(reading.String(), ".")
	return "1" + strings.Repeat("0", len(whole))
}
