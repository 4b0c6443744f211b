package planning

import (
	"context"

	"carbonledger/ledger/inventory"
	"carbonledger/scenarios/certificate"
	"carbonledger/scenarios/levers"
)

// Certify writes the peak certificate of one scenario, from the book in this state.
func Certify(ctx context.Context, s inventory.State, how Question, q certificate.Question) (
	certificate.Certificate, error) {
	base, err := BaseOf(s, how.Area, how.Base, q.Set)
	if err != nil {
		return certificate.Certificate{}, err
	}
	return certificate.Of(ctx, base, q, levers.All())
}
