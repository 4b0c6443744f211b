// Package judgement looks at an upload that can be read and posted, and says what a careful
// accountant would ask about it: a month ten times its neighbours, kilowatt hours where all other
// months have ten thousands of them, the same energy in two units, months left out.
//
// It finds warnings only; what is certainly wrong is a fault and found before. It changes nothing.
// Every limit is a named constant; docs/method/judgement.md gives the reason for each.
package judgement

import (
	"cmp"
	"slices"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/table"
)

// judgements lists everything that is asked about an upload.
var judgements = []func(*index){
	negatives, magnitudes, tenfolds, finer, twoUnits, intensities, wholes, stated,
	unstored,
}

// ofWhole lists what is asked about uploads without faults only: a month whose row has a fault is
// not left out.
var ofWhole = []func(*index){gaps, completeness}

// Weigh returns the warnings about an upload, in the order of its lines. The book is the one the
// batch was prepared for, without it. Of an upload whose rows are refused, only sums of shorter
// periods are compared with the refused figure.
func Weigh(book *ledger.Book, upload ledger.Upload, batch ledger.Batch,
	library *factors.Library) []table.Fault {
	if len(upload.Activities)+len(upload.Statements) == 0 {
		return nil
	}
	x := newIndex(book, upload, batch, library)
	for _, judge := range judgements {
		judge(x)
	}
	if len(upload.Faults) == 0 {
		for _, judge := range ofWhole {
			judge(x)
		}
	}
	slices.SortFunc(x.found, func(a, b table.Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Code, b.Code),
			slices.Compare(a.Args, b.Args))
	})
	return slices.CompactFunc(x.found, func(a, b table.Fault) bool {
		return a.Line == b.Line && a.Code == b.Code && slices.Equal(a.Args, b.Args)
	})
}
