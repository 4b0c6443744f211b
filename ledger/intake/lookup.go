package intake

import (
	"carbonledger/ledger/intake/recall"
	"carbonledger/quantity"
)

// lookups are what texts of the file were found to mean.
type lookups struct {
	units   recall.Answers[unitKey, accepted]
	columns recall.Answers[string, int]
	periods recall.Answers[string, quantity.Period]
	names   recall.Answers[string, *named]
	// coal says of units whether they are of standard coal.
	coal recall.Answers[string, bool]
}

// unitKey is a unit of the file and the commodity it measures, accepted what becomes of it.
type unitKey struct{ commodity, unit string }

type accepted struct {
	perUnit quantity.Number
	remark  quantity.Remark
	err     error
}

// named is the commodity of a name, where there is one.
type named struct {
	commodity quantity.Commodity
	ok        bool
}

func newLookups() lookups {
	return lookups{units: recall.Answers[unitKey, accepted]{},
		columns: recall.Answers[string, int]{}, coal: recall.Answers[string, bool]{},
		periods: recall.Answers[string, quantity.Period]{},
		names:   recall.Answers[string, *named]{}}
}
