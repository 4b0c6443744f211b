package ledger_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"carbonledger/ledger"
	"carbonledger/quantity"
)

// TestPostingsSumToZero adds up the postings of random activities without the help of Check.
func TestPostingsSumToZero(t *testing.T) {
	book := ledger.NewBook()
	post(t, book, upload(t, "a.csv", "plant 2022-01 supply>use electricity 5"))
	for _, reader := range readers(t, book) {
		for i, a := range newChance(seed).activities(500) {
			sums := map[string]quantity.Number{}
			for _, p := range reader.Convert(a.Flow, a.Number).Postings {
				sums[p.Commodity] = sums[p.Commodity].Add(p.Number)
			}
			for commodity, sum := range sums {
				if !sum.IsZero() {
					t.Errorf("seed %d, policy %s, row %d: %s sums to %s",
						seed, reader.Policy().ID, i, commodity, sum)
				}
			}
		}
	}
}

func readers(t *testing.T, book *ledger.Book) []*ledger.Reader {
	t.Helper()
	policies, err := ledger.Policies()
	if err != nil {
		t.Fatal(err)
	}
	var list []*ledger.Reader
	for _, policy := range policies {
		list = append(list, readerOf(t, policy.ID, book))
	}
	return list
}

// meaning adds readings up by what they are of.
type meaning map[string]quantity.Number

func (m meaning) add(entry ledger.Entry) {
	for _, r := range entry.Readings {
		key := strings.Join([]string{entry.Flow.Entity, r.To, r.Scope, r.Category}, " ")
		m[key] = m[key].Add(r.Number)
		m[key+" co2e"] = m[key+" co2e"].Add(r.CO2e)
	}
}

// TestConvertOfSumsIsSumOfConverts is why an inventory may read sums: multiplication distributes.
func TestConvertOfSumsIsSumOfConverts(t *testing.T) {
	for round := range uint64(2) {
		rows := newChance(seed + round).activities(600)
		for i := range rows {
			rows[i].Document = string(rune('A'+i%26)) + string(rune('0'+i/26))
		}
		totals := map[ledger.Flow]quantity.Number{}
		for _, a := range rows {
			totals[a.Flow] = totals[a.Flow].Add(a.Number)
		}
		book := ledger.NewBook()
		post(t, book, upload(t, "a.csv", "plant 2021 supply>use electricity 5"))
		for _, reader := range readers(t, book) {
			ofRows, ofSums := meaning{}, meaning{}
			for _, a := range rows {
				ofRows.add(reader.Convert(a.Flow, a.Number))
			}
			for flow, total := range totals {
				ofSums.add(reader.Convert(flow, total))
			}
			for _, key := range slices.Sorted(maps.Keys(ofRows)) {
				if !ofRows[key].Equal(ofSums[key]) {
					t.Errorf("seed %d, policy %s: %s of rows = %s, of sums = %s", seed+round,
						reader.Policy().ID, key, ofRows[key], ofSums[key])
				}
			}
			if len(ofRows) == 0 || len(ofRows) != len(ofSums) {
				t.Errorf("%d figures of rows, %d of sums", len(ofRows), len(ofSums))
			}
		}
	}
}

// TestSumsOfABatchAreThoseOfItsRows compares the book with a plain loop.
func TestSumsOfABatchAreThoseOfItsRows(t *testing.T) {
	u := ledger.Upload{Activities: newChance(seed).activities(400)}
	for _, id := range []string{plant, mill, "铸造厂"} {
		u.Entities = append(u.Entities, ledger.Entity{ID: id, Area: "360104"})
	}
	book := ledger.NewBook()
	batch, _ := post(t, book, u)
	totals, rows := map[ledger.Flow]quantity.Number{}, 0
	for _, a := range batch.Activities {
		totals[a.Flow] = totals[a.Flow].Add(a.Number)
	}
	sums := slices.Collect(book.Sums().All())
	for _, s := range sums {
		rows += s.Rows
		if !totals[s.Flow].Equal(s.Total) {
			t.Errorf("seed %d: %v = %s, want %s", seed, s.Flow, s.Total, totals[s.Flow])
		}
	}
	if rows != len(batch.Activities) || len(sums) != len(totals) || rows == 0 {
		t.Errorf("the sums have %d rows in %d flows, want %d in %d",
			rows, len(sums), len(batch.Activities), len(totals))
	}
	if !slices.IsSortedFunc(sums, func(a, b ledger.Sum) int { return a.Compare(b.Flow) }) {
		t.Error("the sums are not in the order of their flows")
	}
}

func TestPoliciesNameWhatExists(t *testing.T) {
	book := ledger.NewBook()
	for _, reader := range readers(t, book) {
		if got, err := ledger.PolicyByID(reader.Policy().ID); err != nil ||
			got.Digest != reader.Policy().Digest {
			t.Errorf("PolicyByID(%s) = %v", reader.Policy().ID, err)
		}
	}
	if _, err := ledger.PolicyByID("none"); err == nil {
		t.Error("a policy that does not exist was found")
	}
}
