// Package judgement looks at an upload that can be read and posted, and says what a careful
// accountant would ask about it: a month ten times its neighbours, kilowatt hours where all other
// months have ten thousands of them, the same energy in two units, months left out.
//
// It finds warnings only; what is certainly wrong is a fault and found before. It changes nothing.
// Every limit is a named constant; docs/method/judgement.md gives the reason for each.
//
// What is asked of an account or of an entity is asked by several workers at once, each of which
// takes whole entities.
package judgement

import (
	"cmp"
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/judgement/accounts"
	"carbonledger/ledger/tally"
	"carbonledger/table"
)

// ofOwner lists what is asked about an entity of the upload, and ofAccount about each account it
// reports for.
var (
	ofOwner   = []func(*weigher, *accounts.Owner){finer, twoUnits, wholes, unstored, intensities}
	ofAccount = []func(*weigher, *accounts.Account){sizes}
)

// ofWhole lists what is asked about uploads without faults only: a month whose row has a fault is
// not left out.
var ofWhole = []func(*weigher, *accounts.Account){calendar}

// ownersAtOnce is how many entities a worker takes at once.
const ownersAtOnce = 16

// Weigh returns the warnings about an upload, in the order of its lines. The book is the one the
// batch was prepared for, without it. Tallies are what the rows come to that would be posted. Of
// its activities the upload holds those that would not, and those below zero at least; the batch
// those of these that would be posted.
//
// Of an upload whose rows are refused, only sums of shorter periods are compared with the refused
// figure.
func Weigh(book *ledger.Book, upload ledger.Upload, batch ledger.Batch, tallies tally.Tallies,
	library *factors.Library) []table.Fault {
	if len(upload.Activities)+len(upload.Statements)+len(tallies.List) == 0 {
		return nil
	}
	x := newIndex(book, upload, batch, tallies, library)
	about := ofAccount
	if len(upload.Faults) == 0 {
		about = slices.Concat(ofAccount, ofWhole)
	}
	weighers := make([]*weigher, accounts.Workers())
	for i := range weighers {
		weighers[i] = newWeigher(x)
	}
	accounts.Walk(x.own.Len(), ownersAtOnce, func(worker, at int) {
		w := weighers[worker]
		w.weigh(x.own.Open(at, &w.page), about)
	})
	w := joined(weighers)
	w.negatives()
	w.stated()
	w.compareIntensities()
	return sorted(w.found)
}

// weigh asks everything about an entity.
func (w *weigher) weigh(o *accounts.Owner, about []func(*weigher, *accounts.Account)) {
	for i := range o.Accounts {
		if a := &o.Accounts[i]; a.Fresh {
			for _, judge := range about {
				judge(w, a)
			}
		}
	}
	for _, judge := range ofOwner {
		judge(w, o)
	}
}

// joined goes on with what all have found.
func joined(all []*weigher) *weigher {
	first := all[0]
	for _, w := range all[1:] {
		first.found = append(first.found, w.found...)
		first.intensities = append(first.intensities, w.intensities...)
	}
	return first
}

// sorted puts questions in the order of the lines, each once. Whether a site stands beside its
// entity is not asked where its figures have been compared with shorter ones, which says more.
func sorted(found []table.Fault) []table.Fault {
	compared := map[int]bool{}
	for _, f := range found {
		if strings.HasPrefix(f.Code, "daily.") {
			compared[f.Line] = true
		}
	}
	found = slices.DeleteFunc(found, func(f table.Fault) bool {
		return f.Code == "site.whole" && compared[f.Line]
	})
	slices.SortFunc(found, func(a, b table.Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Code, b.Code),
			slices.Compare(a.Args, b.Args), cmp.Compare(a.Cell, b.Cell))
	})
	return slices.CompactFunc(found, func(a, b table.Fault) bool {
		return a.Line == b.Line && a.Code == b.Code && slices.Equal(a.Args, b.Args)
	})
}
