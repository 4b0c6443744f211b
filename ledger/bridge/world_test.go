package bridge_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/ledger/inventory"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
)

// seed starts every random world; it stands in the messages.
const seed = 20240417

// world is a history of a book, position by position, with libraries and policies to read it.
type world struct {
	books     []*ledger.Book
	libraries []*factors.Library
	policies  []ledger.Policy
}

const columns = "id,from,to,value,per_unit,to_unit,area,valid_from,valid_to,published,basis," +
	"lower,upper,distribution,parts,source,page,status,note\n"

// whole fills the columns of a row that says area and validity, but no more.
func whole(rows string) string {
	rows = strings.ReplaceAll(rows, ",s,seen\n", ",,,,,,,s,,seen,\n")
	return strings.ReplaceAll(rows, ",s,own\n", ",,,,,,,s,,own,\n")
}

// policyText has a fuel, power and water read to gases, standard coal and water.
const policyText = `id = "%[1]s"
title_zh = "%[1]s"
title_en = "%[1]s"
boundary = "%[2]s"
gwp = ["%[3]s"]
[[rule]]
to = "co2"
role = ["use"]
class = ["fuel"]
scope = "1"
category = "%[5]s"
sets = ["own", "%[4]s"]
vintage = "of-period-or-earlier"
[[rule]]
to = "%[6]s"
role = ["use"]
class = ["fuel"]
scope = "1"
category = "%[5]s"
sets = ["own", "%[4]s"]
vintage = "of-period"
[[rule]]
to = "%[7]s"
role = ["use"]
commodity = ["electricity"]
scope = "2"
category = "%[5]s power"
sets = ["own", "%[4]s"]
vintage = "of-period"
[[rule]]
to = "co2"
role = ["sale"]
commodity = ["electricity"]
scope = "2"
category = "sold"
sets = ["%[4]s"]
vintage = "of-period"
deduct = true
[[rule]]
to = "coal-equivalent"
role = ["use"]
class = ["fuel", "electricity"]
category = "energy"
sets = ["%[4]s"]
vintage = "of-period"
`

// base is a world without a batch: two sets of factors that know other things for other years, two
// sets of warming potentials, and three policies.
func base(t *testing.T, chance *rand.Rand) *world {
	t.Helper()
	w := &world{}
	for _, p := range [][]any{{"one", "territory", "g1", "alpha", "fuel", "ch4", "co2"},
		{"two", "enterprise", "g2", "beta", "burning", "n2o", "co2"},
		{"three", "territory", "g2", "alpha", "fuel", "ch4", "co2e"}} {
		policy, faults := ledger.ParsePolicy("p.toml", fmt.Appendf(nil, policyText, p...))
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		w.policies = append(w.policies, policy)
	}
	sets := map[string]string{
		"g1": "a,ch4,co2e,28,kg,kg,WORLD,,,s,seen\nb,n2o,co2e,265,kg,kg,WORLD,,,s,seen\n" +
			"c,co2,co2e,1,kg,kg,WORLD,,,s,seen\n",
		"g2": "a,ch4,co2e,29.8,kg,kg,WORLD,,,s,seen\nc,co2,co2e,1,kg,kg,WORLD,,,s,seen\n"}
	for _, id := range []string{"alpha", "beta"} {
		sets[id] = randomFactors(chance)
	}
	w.books = []*ledger.Book{ledger.NewBook()}
	w.libraries = []*factors.Library{w.library(t, sets, w.books[0])}
	w.grow(t, chance, sets)
	return w
}

// randomFactors are factors of some years, areas and commodities; those of 0 are among them.
func randomFactors(chance *rand.Rand) string {
	var text strings.Builder
	for _, from := range []string{"diesel kg", "natural-gas Nm3", "electricity kWh"} {
		for _, to := range []string{"co2", "ch4", "n2o", "co2e", "coal-equivalent"} {
			for year := 2021; year <= 2023; year++ {
				if chance.IntN(4) == 0 {
					continue
				}
				commodity, unit, _ := strings.Cut(from, " ")
				toUnit := "kg"
				if to == "coal-equivalent" {
					toUnit = "kgce"
				}
				area := []string{"CN", "CN", "360000"}[chance.IntN(3)]
				fmt.Fprintf(&text, "%s-%s-%d,%s,%s,%d.%d,%s,%s,%s,%d-01-01,%d-01-01,s,seen\n",
					commodity, to, year, commodity, to, chance.IntN(4), chance.IntN(3), unit,
					toUnit, area, year, year+1)
			}
		}
	}
	return text.String()
}

// opened is the library that comes with the program.
var opened = sync.OnceValues(factors.Open)

// library has the sets and the own factors of a book.
func (w *world) library(t *testing.T, sets map[string]string, b *ledger.Book) *factors.Library {
	t.Helper()
	shipped, err := opened()
	if err != nil {
		t.Fatal(err)
	}
	catalogue := shipped.Catalogue
	library := factors.NewLibrary(catalogue, shipped.Areas)
	own := ""
	for _, f := range b.Factors() {
		own += f.Text
	}
	all := map[string]string{"own": own}
	for id, text := range sets {
		all[id] = text
	}
	for id, text := range all {
		set, faults := factors.ParseSet(id, []byte("title_zh: z\ntitle_en: e\nlicence: l\n"),
			[]byte(columns+whole(text)), catalogue)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		if err := library.Add(set); err != nil {
			t.Fatal(err)
		}
	}
	return library
}

var entities = []ledger.Entity{{ID: "plant", Area: "360104", Industry: "C3741"},
	{ID: "mill", Area: "360000"}, {ID: "shop"}, {ID: "360104", Area: "360104"}}

// grow posts files, own factors, registrations and reversals, and keeps the book of each position.
func (w *world) grow(t *testing.T, chance *rand.Rand, sets map[string]string) {
	t.Helper()
	var batches []ledger.Batch
	for at := range 10 {
		book := ledger.NewBook()
		for _, batch := range batches {
			if err := book.Commit(batch); err != nil {
				t.Fatal(err)
			}
		}
		batch, ok := next(chance, book, batches, at)
		if !ok {
			continue
		}
		if err := book.Commit(batch); err != nil {
			t.Fatal(err)
		}
		batches = append(batches, batch)
		w.books = append(w.books, book)
		w.libraries = append(w.libraries, w.library(t, sets, book))
	}
}

// unitless knows nothing that is said in messages only.
var unitless = admission.Known{UnitOf: func(string) string { return "" }}

// next makes the next batch of a book.
func next(chance *rand.Rand, book *ledger.Book, batches []ledger.Batch, at int) (
	ledger.Batch, bool) {
	source := ledger.Source{File: fmt.Sprint(at), FileDigest: seal.Bytes([]byte{byte(at)})}
	switch kind := chance.IntN(6); {
	case kind == 0 && len(batches) > 0:
		last := batches[chance.IntN(len(batches))]
		batch, err := ledger.Reverse(book, last.Receipt.ID, "wrong", last.Sums)
		return batch, err == nil
	case kind == 1:
		text := fmt.Sprintf("own-%d,diesel,co2,%d,kg,kg,%s,%d-01-01,%d-01-01,s,own\n", at,
			1+chance.IntN(5), []string{"360104", "CN"}[at%2], 2015+at, 2016+at)
		if chance.IntN(2) == 0 {
			text = strings.ReplaceAll(text, fmt.Sprint(2015+at, "-01-01,", 2016+at),
				fmt.Sprint(2021+at%2, "-01-01,", 2022+at%2))
		}
		for _, f := range book.Factors() {
			if strings.Contains(f.Text, text[strings.Index(text, ",diesel"):][:20]) {
				return ledger.Batch{}, false
			}
		}
		return ledger.AddFactors(book, source, text, 1), len(book.Factors()) == 0
	}
	u := ledger.Upload{Source: source, Activities: reports(chance), Entities: entities}
	u.Source.Partial = true
	if chance.IntN(4) == 0 {
		u.Source.Registers = true
		u.Entities = []ledger.Entity{{ID: "shop", Area: "360104"}, {ID: "mill", Area: "360104"}}
	}
	batch, _ := admission.Prepare(book, u, unitless)
	return batch, len(batch.Activities) > 0 || u.Source.Registers
}

// reports are months and years of four entities, with absences, sales, neighbours and GDP.
func reports(chance *rand.Rand) []ledger.Activity {
	var list []ledger.Activity
	for range 60 {
		year := 2021 + chance.IntN(2)
		f := ledger.Flow{Entity: []string{"plant", "mill", "shop"}[chance.IntN(3)],
			Commodity: []string{"diesel", "natural-gas", "electricity",
				"fresh-water"}[chance.IntN(4)],
			From: ledger.Supply, To: ledger.Use,
			Period: quantity.Month(year, time.Month(1+chance.IntN(12)))}
		f.Site = []string{"", "east"}[chance.IntN(2)]
		switch chance.IntN(10) {
		case 0:
			f.Period = quantity.Year(year)
		case 1:
			f.Period = quantity.Quarter(year, 1+chance.IntN(4))
		case 2:
			f.From, f.To = ledger.Stock, ledger.Sale
		case 3:
			f.Absence = ledger.Missing
		case 4:
			f.Absence = ledger.Estimated
		case 5:
			f.Counterparty = []string{"mill", "trader"}[chance.IntN(2)]
		case 6:
			f = ledger.Flow{Entity: "360104", Commodity: "gdp", From: ledger.Origin,
				To: ledger.Product, Period: quantity.Year(year),
				Vintage: quantity.DayOf(2023, 1, 1+chance.IntN(28))}
		}
		a := ledger.Activity{Flow: f, Line: len(list) + 2}
		if f.Absence != ledger.Missing {
			a.Number = quantity.Int(chance.Int64N(5000))
		}
		list = append(list, a)
	}
	return list
}

// state reads a position under a policy.
func (w *world) state(position, policy int) inventory.State {
	return inventory.State{Book: w.books[position], Policy: w.policies[policy],
		Library: w.libraries[position]}
}
