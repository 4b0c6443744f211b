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
	figures, same := b.HasFigures(), !rows.Rising && !rows.Counted
	asked := t.List
	if !figures && !same && !slices.Contains(unknown, true) {
		asked = nil
	}
	for i := range asked {
		one := &asked[i]
		clash := unknown[one.Who]
		if figures && !clash {
			_, clash = b.Clash(t.Flow(one))
			if !clash {
				_, clash = b.Sum(t.Flow(one))
			}
		}
		if same && one.Rows > 1 || clash {
			found[t.Flow(one).Account()] = true
		}
	}
	if same || !areApart(t.Whens) {
		overlaps(t, same, func(one *tally.Tally) { found[t.Flow(one).Account()] = true })
	}
	for account := range rows.Repeated {
		found[account] = true
	}
	return found
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

// overlaps calls found for tallies whose account has another one that shares a day; the same time
// twice counts where its documents were not compared. The tallies of a site and commodity stand
// together, in the order of time, so that only these have to be remembered.
func overlaps(t *tally.Tallies, same bool, found func(one *tally.Tally)) {
	type until struct {
		who, account uint32
		end          int32
		last         column.When
	}
	places := numbered(t.Whos, func(w column.Who) column.Who {
		w.Counterparty = ""
		return w
	})
	commodities := numbered(t.Whats, func(w column.What) string { return w.Commodity })
	accounts := numbered(t.Whats, func(w column.What) column.What {
		w.Absence, w.Unit, w.PerUnit = "", "", ""
		return w
	})
	var open []until
	var place, commodity uint32
	for i := range t.List {
		one := &t.List[i]
		if places[one.Who] != place || commodities[one.What] != commodity {
			place, commodity, open = places[one.Who], commodities[one.What], open[:0]
		}
		when, account := t.Whens[one.When], accounts[one.What]
		at := slices.IndexFunc(open, func(u until) bool {
			return u.who == one.Who && u.account == account
		})
		if at < 0 {
			open = append(open, until{one.Who, account, when.End, when})
			continue
		}
		u := &open[at]
		if when.First < u.end && (same || when != u.last) {
			found(one)
		}
		u.end, u.last = max(u.end, when.End), when
	}
}

// numbered numbers entries of a list by what they have in common.
func numbered[T any, K comparable](list []T, of func(T) K) []uint32 {
	places, numbers := map[K]uint32{}, make([]uint32, len(list))
	for i, entry := range list {
		key := of(entry)
		at, known := places[key]
		if !known {
			at = uint32(len(places))
			places[key] = at
		}
		numbers[i] = at
	}
	return numbers
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
