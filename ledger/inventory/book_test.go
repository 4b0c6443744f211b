package inventory_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/ledger/inventory"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
)

const seed = 20220101

// entities are two plants in streets, a mill in the district at large, a shop nowhere, and areas.
var entities = []ledger.Entity{
	{ID: "plant", Industry: "C3741", Area: "360104/洪都街道"},
	{ID: "forge", Industry: "C3110", Area: "360104/三店街道"},
	{ID: "mill", Industry: "D4412", Area: "360104"},
	{ID: "shop"},
	{ID: "homes", Industry: "RESIDENTIAL", Area: "360104"},
	{ID: "360104", Area: "360104"}, {ID: "360000", Area: "360000"},
}

func number(t testing.TB, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func period(t testing.TB, text string) quantity.Period {
	t.Helper()
	p, err := quantity.ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// activity reads: ENTITY PERIOD FROM>TO COMMODITY NUMBER [site=] [with=] [absence=] [vintage=DAY].
func activity(t testing.TB, line int, text string) ledger.Activity {
	t.Helper()
	words := strings.Fields(text)
	from, to, _ := strings.Cut(words[2], ">")
	a := ledger.Activity{Line: line, Number: number(t, words[4]), Flow: ledger.Flow{
		Entity: words[0], Period: period(t, words[1]), From: ledger.Role(from),
		To: ledger.Role(to), Commodity: words[3]}}
	for _, word := range words[5:] {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "site":
			a.Site = value
		case "with":
			a.Counterparty = value
		case "absence":
			a.Absence = ledger.Absence(value)
		case "vintage":
			a.Vintage = period(t, value).First
		default:
			t.Fatalf("%q is no part of an activity", word)
		}
	}
	return a
}

func activities(t testing.TB, rows string) []ledger.Activity {
	t.Helper()
	var list []ledger.Activity
	for line := range strings.Lines(rows) {
		list = append(list, activity(t, len(list)+2, line))
	}
	return list
}

// bookOf posts each list as a file of its own; nothing of it may be refused.
func bookOf(t testing.TB, files ...[]ledger.Activity) *ledger.Book {
	t.Helper()
	book := ledger.NewBook()
	for i, file := range files {
		u := ledger.Upload{Activities: file, Entities: entities}
		u.Source.FileDigest = seal.Bytes([]byte{byte(i), byte(i >> 8)})
		batch, faults := admission.Prepare(
			book,
			u,
			admission.Known{UnitOf: func(string) string { return "" }},
		)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		if err := book.Commit(batch); err != nil {
			t.Fatal(err)
		}
	}
	return book
}

func stateOf(t testing.TB, policy string, book *ledger.Book) inventory.State {
	t.Helper()
	p, err := ledger.PolicyByID(policy)
	if err != nil {
		t.Fatal(err)
	}
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	return inventory.State{Book: book, Policy: p, Library: library}
}

func build(t testing.TB, s inventory.State, q inventory.Query) inventory.Inventory {
	t.Helper()
	v, err := inventory.Build(s, q)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// text prints a figure: its number, then gaps and estimates where there are any.
func text(f inventory.Figure) string {
	words := f.Number.String()
	if f.Gaps > 0 {
		words += fmt.Sprintf(" gaps=%d", f.Gaps)
	}
	if f.Estimates > 0 {
		words += fmt.Sprintf(" estimates=%d", f.Estimates)
	}
	return words
}

// lines prints an inventory without its pins.
func lines(v inventory.Inventory) []string {
	var list []string
	for _, row := range v.Rows.All() {
		line := strings.Join(row.Key, "|")
		for _, figure := range row.Figures {
			line += " " + text(figure)
		}
		list = append(list, line)
	}
	total := "total"
	for _, figure := range v.Totals {
		total += " " + text(figure)
	}
	list = append(list, total)
	for _, gap := range v.Gaps {
		list = append(list, fmt.Sprintf("gap %s %s %s %s %s", gap.Flow.Entity, gap.Flow.Commodity,
			gap.Flow.Period, gap.To, gap.Reason))
	}
	return list
}

// random makes rows that do not clash: every account has each of the first months of 2022 once.
func random(seed uint64, months int) []ledger.Activity {
	chance := rand.New(rand.NewPCG(seed, seed))
	var list []ledger.Activity
	commodities := []string{"electricity", "natural-gas", "diesel", "fresh-water", "heat",
		"bituminous-coal", "raw-coal", "output:gears.t"}
	for _, entity := range entities[:5] {
		for _, commodity := range commodities {
			for month := range months {
				if chance.IntN(3) == 0 {
					continue
				}
				f := ledger.Flow{Entity: entity.ID, Commodity: commodity, From: ledger.Supply,
					To: ledger.Use, Period: quantity.Month(2022, time.Month(month+1))}
				f.Site = []string{"", "东,区:1=a%"}[chance.IntN(2)]
				switch chance.IntN(8) {
				case 0:
					f.From, f.To = ledger.Stock, ledger.Sale
				case 1:
					f.Absence = ledger.Missing
				case 2:
					f.Absence = ledger.Estimated
				case 3:
					f.Counterparty = []string{"mill", "trader"}[chance.IntN(2)]
				case 4:
					f.From, f.To = ledger.Origin, ledger.Product
				}
				a := ledger.Activity{Flow: f, Line: len(list) + 2}
				if f.Absence != ledger.Missing {
					a.Number = quantity.Int(chance.Int64N(1 << 40))
				}
				list = append(list, a)
			}
		}
	}
	return list
}

// cut deals rows out to a number of files.
func cut(chance *rand.Rand, rows []ledger.Activity, files int) [][]ledger.Activity {
	rows = slices.Clone(rows)
	chance.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	parts := make([][]ledger.Activity, files)
	for i, row := range rows {
		at := i % files
		if i >= files {
			at = chance.IntN(files)
		}
		parts[at] = append(parts[at], row)
	}
	return parts
}
