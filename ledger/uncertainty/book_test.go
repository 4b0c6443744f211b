package uncertainty_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/ledger/inventory"
	"carbonledger/ledger/seal"
	"carbonledger/ledger/uncertainty"
	"carbonledger/quantity"
)

const seed = 20220101

// policyText reads fuels and power with factors of a set of the test, so that its bounds are known.
const policyText = `id = "test"
title_zh = "测试口径"
title_en = "policy of the test"
boundary = "enterprise"
gwp = ["gwp-ar5"]

[[rule]]
to = "co2"
role = ["use"]
class = ["fuel"]
scope = "1"
category = "combustion"
sets = ["own"]
vintage = "of-period"

[[rule]]
to = "n2o"
role = ["use"]
commodity = ["diesel"]
scope = "1"
category = "combustion"
sets = ["own"]
vintage = "of-period"

[[rule]]
to = "co2"
role = ["use"]
commodity = ["electricity"]
scope = "2"
category = "power"
sets = ["own"]
vintage = "of-period"

[[rule]]
to = "co2"
role = ["sale"]
commodity = ["electricity"]
scope = "2"
category = "power"
sets = ["own"]
vintage = "of-period"
deduct = true
`

// ownFactors are lines `from to value unit lower upper`.
const ownFactors = `electricity co2 0.5 kWh 0.45 0.55
diesel co2 3 kg 2.7 3.6
diesel n2o 0.001 kg - -
gasoline co2 3 kg - -
anthracite co2 2 kg 1 4
lignite co2 1 kg 0.1 10
`

// setOf makes the set own of lines like ownFactors.
func setOf(catalogue factors.Catalogue, lines string) (factors.Set, error) {
	text := factors.Header()
	columns := strings.Split(strings.TrimSpace(text), ",")
	for line := range strings.Lines(lines) {
		words := strings.Fields(line)
		cells := map[string]string{"id": words[0] + "-" + words[1], "from": words[0],
			"to": words[1], "value": words[2], "per_unit": words[3], "to_unit": "kg",
			"area": "WORLD", "source": "the test", "status": "own",
			"lower": strings.Trim(words[4], "-"), "upper": strings.Trim(words[5], "-")}
		row := make([]string, len(columns))
		for i, column := range columns {
			row[i] = cells[column]
		}
		text += strings.Join(row, ",") + "\n"
	}
	own, faults := factors.ParseSet("own", []byte("title_zh: 自有\ntitle_en: own\nlicence: own\n"),
		[]byte(text), catalogue)
	if len(faults) > 0 {
		return own, faults[0]
	}
	return own, nil
}

// opened is the library with the own factors of the test, which no test changes.
var opened = sync.OnceValues(func() (*factors.Library, error) {
	library, err := factors.Open()
	if err != nil {
		return nil, err
	}
	own, err := setOf(library.Catalogue, ownFactors)
	return library, errors.Join(err, library.Add(own))
})

// stateOf posts rows, each list as a file of its own, and reads them under the policy of the test.
func stateOf(t testing.TB, files ...[]ledger.Activity) inventory.State {
	t.Helper()
	library, err := opened()
	if err != nil {
		t.Fatal(err)
	}
	policy, faults := ledger.ParsePolicy("test", []byte(policyText))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	book := ledger.NewBook()
	for i, file := range files {
		u := ledger.Upload{Activities: file}
		for _, a := range file {
			u.Entities = append(u.Entities, ledger.Entity{ID: a.Entity, Area: "360104"})
		}
		u.Source.FileDigest = seal.Bytes([]byte{byte(i), byte(i >> 8)})
		batch, faults := admission.Prepare(book, u,
			admission.Known{UnitOf: func(string) string { return "" }})
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		if err := book.Commit(batch); err != nil {
			t.Fatal(err)
		}
	}
	return inventory.State{Book: book, Policy: policy, Library: library}
}

// rows reads lines `ENTITY PERIOD ROLE COMMODITY NUMBER [ABSENCE]`.
func rows(t testing.TB, text string) []ledger.Activity {
	t.Helper()
	var list []ledger.Activity
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		a := ledger.Activity{Line: len(list) + 2, Number: number(t, words[4])}
		a.Entity, a.Commodity, a.To = words[0], words[3], ledger.Role(words[2])
		a.From = a.To.Source()
		var err error
		if a.Period, err = quantity.ParsePeriod(words[1]); err != nil {
			t.Fatal(err)
		}
		if len(words) > 5 {
			a.Absence = ledger.Absence(words[5])
		}
		list = append(list, a)
	}
	return list
}

func number(t testing.TB, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// assume reads assumptions; one of factors begins with the name of the set own.
func assume(t testing.TB, s inventory.State, texts ...string) []uncertainty.Assumption {
	t.Helper()
	listed, err := factors.ListActivityBounds()
	if err != nil {
		t.Fatal(err)
	}
	var list []uncertainty.Assumption
	for _, text := range texts {
		a, err := uncertainty.ParseAssumption(text, s.Library.Catalogue, listed)
		if strings.HasPrefix(text, "own") || strings.HasPrefix(text, "gwp") {
			a, err = uncertainty.ParseFactorAssumption(text, s.Library)
		}
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, a)
	}
	return list
}

func query(by ...inventory.Dimension) inventory.Query {
	return inventory.Query{Period: quantity.Year(2022),
		Measures: []inventory.Measure{inventory.CO2e}, By: by}
}

func build(t testing.TB, s inventory.State, q inventory.Query,
	assumptions ...uncertainty.Assumption) uncertainty.Answer {
	t.Helper()
	answer, err := uncertainty.Build(s, q, assumptions)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// text prints an interval: figure, squares, and the sums behind the shares.
func text(i uncertainty.Interval) string {
	return fmt.Sprintf("%s -%s +%s of %s: %s, %s", i.Number, i.Below, i.Above, i.Whole, i.Factors,
		i.Activities)
}
