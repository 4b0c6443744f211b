package inventory_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// roles are pairs of roles that activities move something between.
var roles = [][2]ledger.Role{{ledger.Supply, ledger.Use}, {ledger.Supply, ledger.Stock},
	{ledger.Stock, ledger.Use}, {ledger.Stock, ledger.Sale}, {ledger.Stock, ledger.Loss},
	{ledger.Supply, ledger.Feedstock}, {ledger.Supply, ledger.Convert},
	{ledger.Origin, ledger.Product}, {ledger.Convert, ledger.Product},
	{ledger.Use, ledger.Feedstock}, {ledger.Origin, ledger.Use}}

// everyKind makes rows of every role, absence, vintage and class, claims and partners among them.
func everyKind(seed uint64, n int) []ledger.Activity {
	chance := rand.New(rand.NewPCG(seed, seed))
	commodities := []string{"electricity", "green-electricity", "natural-gas", "diesel",
		"fresh-water", "heat", "raw-coal", "biomass", "output:gears.t", "gdp", "ch4"}
	periods := []quantity.Period{quantity.Year(2022), quantity.Quarter(2022, 1),
		quantity.Month(2022, 1), quantity.Month(2022, 2), quantity.Month(2023, 1),
		{First: quantity.DayOf(2022, 2, 10), End: quantity.DayOf(2022, 3, 10)}}
	absences := []ledger.Absence{ledger.Present, ledger.Present, ledger.Present, ledger.Missing,
		ledger.Estimated, ledger.NotOccurring, ledger.IncludedElsewhere, ledger.Confidential}
	var list []ledger.Activity
	for range n {
		role := roles[chance.IntN(len(roles))]
		if chance.IntN(2) == 0 {
			role = roles[0]
		}
		f := ledger.Flow{Entity: entities[chance.IntN(len(entities))].ID,
			Site: []string{"", "东,区:1=a%"}[chance.IntN(2)], From: role[0], To: role[1],
			Commodity:    commodities[chance.IntN(len(commodities))],
			Period:       periods[chance.IntN(len(periods))],
			Counterparty: []string{"", "", "mill", "trader"}[chance.IntN(4)],
			Vintage:      quantity.Day(chance.IntN(3) / 2 * (19000 + chance.IntN(2))),
			Absence:      absences[chance.IntN(len(absences))]}
		a := ledger.Activity{Flow: f, Line: len(list) + 2}
		if f.Absence.HasFigure() {
			a.Number = quantity.Scaled(chance.Int64()>>chance.IntN(63), uint8(chance.IntN(6)))
			if chance.IntN(9) == 0 {
				a.Number = quantity.Int(0)
			}
		}
		list = append(list, a)
	}
	return list
}

// unchecked is a book of rows as they are, whatever clashes: readers must agree on any book.
func unchecked(t *testing.T, rows []ledger.Activity) *ledger.Book {
	t.Helper()
	book := ledger.NewBook()
	moved := entities[0]
	moved.From, moved.Area, moved.Industry = quantity.DayOf(2022, 2, 1), "110000", "E4811"
	for _, registered := range [][]ledger.Entity{entities, {moved}} {
		batch := ledger.Batch{Entities: registered, Registers: true}
		if len(registered) > 1 {
			batch.Sums = ledger.SumsOf(rows)
		}
		receipt := ledger.Receipt{Position: book.Position() + 1}
		batch.Receipt = ledger.Sealed(book, receipt, batch)
		if err := book.Commit(batch); err != nil {
			t.Fatal(err)
		}
	}
	return book
}

// TestColumnsCountWhatThePlainWayCounts holds Build against the inventory one sum after the other:
// every figure, every gap with all it carries, under every policy and by any number of workers.
func TestColumnsCountWhatThePlainWayCounts(t *testing.T) {
	policies, err := ledger.Policies()
	if err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(seed, seed))
	for round := range uint64(6) {
		book := unchecked(t, everyKind(seed+round, 60*int(1+round*round)))
		for _, policy := range policies {
			s := stateOf(t, policy.ID, book)
			for range 8 {
				q := anyQuery(chance)
				v := build(t, s, q)
				rows, gaps := inventory.Plain(s, v.Query)
				plain := v
				plain.Rows, plain.Gaps = inventory.RowsOf(rows), gaps
				got, want := whole(v), whole(plain)
				if !slices.Equal(got, want) {
					t.Fatalf("seed %d, %s, %+v:\n%s\nwant\n%s", seed+round, policy.ID, q,
						strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
			}
		}
	}
}

// whole prints an inventory with all that its gaps carry.
func whole(v inventory.Inventory) []string {
	list := lines(v)
	for _, row := range v.Rows.All() {
		for _, figure := range row.Figures {
			list = append(list, fmt.Sprint(figure.Flows))
		}
	}
	for _, gap := range v.Gaps {
		list = append(list, fmt.Sprintf("%+v", gap))
	}
	return list
}

// anyQuery asks for some measures by some dimensions under some conditions.
func anyQuery(chance *rand.Rand) inventory.Query {
	q := inventory.Query{Workers: chance.IntN(6), Measures: everything[:1+chance.IntN(6)],
		Period: []quantity.Period{quantity.Year(2022), quantity.Month(2022, 1),
			{First: quantity.DayOf(2022, 1, 1), End: quantity.DayOf(2024, 1, 1)}}[chance.IntN(3)]}
	for _, d := range inventory.Dimensions {
		if chance.IntN(3) == 0 {
			q.By = append(q.By, d)
		}
	}
	chance.Shuffle(len(q.By), func(i, j int) { q.By[i], q.By[j] = q.By[j], q.By[i] })
	conditions := map[inventory.Dimension]string{inventory.Scope: "1", inventory.Area: "360104",
		inventory.Entity: "plant", inventory.Industry: "C3741", inventory.Month: "2022-01",
		inventory.Commodity: "diesel", inventory.Gas: "co2", inventory.Sector: "industry",
		inventory.Site: "-"}
	for d, value := range conditions {
		if chance.IntN(12) == 0 {
			if q.Where == nil {
				q.Where = map[inventory.Dimension]string{}
			}
			q.Where[d] = value
		}
	}
	return q
}
