package large

import (
	"context"
	"slices"

	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/ledger/intake/bulk"
)

// DetailsMost is how many rows are taken one by one at most; more than that cannot be held.
const DetailsMost = 2_000_000

// Details returns the rows of some accounts, in the order of the file. It returns bulk.ErrPlain
// where there are more than DetailsMost.
func (c *Content) Details(ctx context.Context, accounts map[ledger.Flow]bool) (
	[]ledger.Activity, error) {
	rows := 0
	for i := range c.Tallies.List {
		if one := &c.Tallies.List[i]; accounts[c.Tallies.Flow(one).Account()] {
			rows += int(one.Rows)
		}
	}
	if rows > DetailsMost {
		return nil, bulk.ErrPlain
	}
	list := make([]ledger.Activity, 0, rows)
	wanted := map[[2]uint32]bool{}
	err := c.again(ctx, func(all *column.Rows) error {
		var places []int
		for i := range all.Scales {
			pair := [2]uint32{all.Who[i], all.What[i]}
			want, known := wanted[pair]
			if !known {
				want = accounts[accountOf(all, i)]
				wanted[pair] = want
			}
			if want {
				places = append(places, i)
			}
		}
		some, err := ledger.ActivitiesOf(all.Only(places))
		list = append(list, some...)
		return err
	})
	return list, err
}

func accountOf(rows *column.Rows, i int) ledger.Flow {
	return ledger.FlowOf(rows.Whos[rows.Who[i]], rows.Whats[rows.What[i]], column.When{}).Account()
}

// Repeats finds the accounts that have the same document twice in one flow, where the documents do
// not rise: the flow and document of every row of a flow with several are compared as numbers of 64
// bits. Different ones with the same number make an account be looked at for nothing.
func (c *Content) Repeats(ctx context.Context) error {
	if c.Rising || c.Counted {
		return nil
	}
	var all []uint64
	err := c.again(ctx, func(rows *column.Rows) error {
		for i := range rows.Scales {
			all = append(all, mixed(rows, i))
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.Sort(all)
	twice := map[uint64]bool{}
	for i := 1; i < len(all); i++ {
		if all[i] == all[i-1] {
			twice[all[i]] = true
		}
	}
	all = nil
	c.Repeated, c.Counted = map[ledger.Flow]bool{}, true
	if len(twice) == 0 {
		return nil
	}
	return c.again(ctx, func(rows *column.Rows) error {
		for i := range rows.Scales {
			if twice[mixed(rows, i)] {
				c.Repeated[accountOf(rows, i)] = true
			}
		}
		return nil
	})
}

// mixed is flow and document of a row as a number that does not depend on the lists.
func mixed(rows *column.Rows, i int) uint64 {
	who, what, when := rows.Whos[rows.Who[i]], rows.Whats[rows.What[i]], rows.Whens[rows.When[i]]
	series := rows.Series[rows.Serie[i]]
	hash := bulk.Hash(who.Entity, who.Site, who.Counterparty, what.From, what.To, what.Commodity,
		what.Absence, series.Prefix)
	for _, n := range []int64{int64(what.Vintage), int64(when.First), int64(when.End),
		int64(series.Digits), rows.Serials[i]} {
		hash = bulk.Mix(hash, uint64(n))
	}
	return hash
}
