package admission

import (
	"slices"

	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/ledger/tally"
	"carbonledger/table"
)

// Rows are the rows of a large upload without a list of them: their tallies, and their blocks by
// what fixes them.
type Rows struct {
	Tallies tally.Tallies
	Parts   [][]byte
	// Rising: the numbers of documents rise from row to row, so that none comes twice.
	Rising bool
	// Repeated are the accounts that have the same document twice for the same time, and Counted
	// says that all were looked for; they matter where documents do not rise.
	Repeated map[ledger.Flow]bool
	Counted  bool
}

// Suspects returns the accounts of a large upload that a row may keep out or be kept out of: the
// book does not know the entity, has figures of the same time, or the upload has some twice. Of all
// others every row is admitted. The upload has the unusual rows alone.
func Suspects(b *ledger.Book, u ledger.Upload, rows Rows) map[ledger.Flow]bool {
	p := newPreparation(b, u, Known{})
	t := &rows.Tallies
	found, unknown := map[ledger.Flow]bool{}, make([]bool, len(t.Whos))
	for i, who := range t.Whos {
		_, known := b.Entity(who.Entity)
		unknown[i] = !known && !p.entities[who.Entity]
	}
	accounts, figures := accountsOf(t), b.HasFigures()
	apart := areApart(t.Whens)
	times := map[[2]uint32][]tally.Tally{}
	for i := range t.List {
		one := &t.List[i]
		account := [2]uint32{one.Who, accounts[one.What]}
		clash := unknown[one.Who]
		if figures && !clash {
			_, clash = b.Clash(t.Flow(one))
			if !clash {
				_, clash = b.Sum(t.Flow(one))
			}
		}
		if !rows.Rising && !rows.Counted && one.Rows > 1 || clash {
			found[t.Flow(one).Account()] = true
		}
		if !apart || !rows.Rising && !rows.Counted {
			times[account] = append(times[account], *one)
		}
	}
	for _, list := range times {
		if overlap(t, list, !rows.Rising && !rows.Counted) {
			found[t.Flow(&list[0]).Account()] = true
		}
	}
	for account := range rows.Repeated {
		found[account] = true
	}
	return found
}

// accountsOf numbers what rows say by the account: without absence and unit.
func accountsOf(t *tally.Tallies) []uint32 {
	places, accounts := map[column.What]uint32{}, make([]uint32, len(t.Whats))
	for i, what := range t.Whats {
		what.Absence, what.Unit, what.PerUnit = "", "", ""
		at, known := places[what]
		if !known {
			at = uint32(len(places))
			places[what] = at
		}
		accounts[i] = at
	}
	return accounts
}

// areApart says whether no two times share a day.
func areApart(whens []column.When) bool {
	whens = slices.Clone(whens)
	slices.SortFunc(whens, func(a, b column.When) int { return int(a.First) - int(b.First) })
	for i := 1; i < len(whens); i++ {
		if whens[i].First < whens[i-1].End {
			return false
		}
	}
	return true
}

// overlap says whether an account has times that share a day; the same time twice counts where its
// documents were not compared.
func overlap(t *tally.Tallies, list []tally.Tally, same bool) bool {
	slices.SortFunc(list, func(a, b tally.Tally) int {
		return int(t.Whens[a.When].First) - int(t.Whens[b.When].First)
	})
	end := int32(0)
	for i, one := range list {
		when := t.Whens[one.When]
		if i > 0 && when.First < end && (same || when != t.Whens[list[i-1].When]) {
			return true
		}
		end = max(end, when.End)
	}
	return false
}

// Admitted is a large upload that was held against the book.
type Admitted struct {
	Batch ledger.Batch
	// Faults are all that were found, with the warnings.
	Faults []table.Fault
	// Whole says that every row without a fault of its own fits. Otherwise the batch is none, as
	// its blocks hold rows that do not.
	Whole bool
	// Tallies are those of the rows that fit, Upload has all rows that are known one by one, and
	// Apart are those of these that fit.
	Tallies tally.Tallies
	Upload  ledger.Upload
	Apart   []ledger.Activity
}

// PrepareRows is Prepare for a large upload. The upload has the unusual rows; details are the rows
// of the suspect accounts.
func PrepareRows(b *ledger.Book, u ledger.Upload, rows Rows, suspects map[ledger.Flow]bool,
	details []ledger.Activity, known Known) Admitted {
	of := func(a ledger.Activity) bool { return suspects[a.Flow.Account()] }
	unusual := slices.DeleteFunc(slices.Clone(newPreparation(b, u, known).upload.Activities), of)
	detailed := u
	detailed.Activities = details
	p := newPreparation(b, detailed, known)
	before := len(p.faults)
	p.admitAll()
	t := rows.Tallies
	if len(suspects) > 0 {
		t.List = slices.DeleteFunc(slices.Clone(t.List), func(one tally.Tally) bool {
			return suspects[t.Flow(&one).Account()]
		})
		t.Add(p.admitted)
	}
	batch := ledger.Batch{
		Parts:      rows.Parts,
		Assertions: p.upload.Assertions,
		Statements: p.upload.Statements,
		Entities:   p.upload.Entities,
		Registers:  u.Source.Registers,
		Cumulative: u.Source.Cumulative,
	}.WithSums(t.Sums())
	if batch.Parts == nil {
		batch.Parts = [][]byte{}
	}
	batch.Receipt = p.receipt(batch, known.UnitOf)
	u.Activities = slices.Concat(slices.DeleteFunc(slices.Clone(u.Activities), of), details)
	return Admitted{Batch: batch, Faults: sorted(append(p.faults, p.warnings...)),
		Whole:   len(p.faults) == before && p.unchanged == 0,
		Tallies: t, Upload: u, Apart: slices.Concat(unusual, p.admitted)}
}
