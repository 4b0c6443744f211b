package bridge_test

import (
	"fmt"
	"strings"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/ledger/bridge"
	"carbonledger/ledger/inventory"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
)

// The worked example of docs/method/bridge.md: two sets, two warming potentials of methane, and
// three files. The mill buys from the plant, which a territory does not count.
var (
	workedSets = map[string]string{
		"g1": "a,ch4,co2e,28,kg,kg,WORLD,,,s,seen\nb,co2,co2e,1,kg,kg,WORLD,,,s,seen\n",
		"g2": "a,ch4,co2e,30,kg,kg,WORLD,,,s,seen\nb,co2,co2e,1,kg,kg,WORLD,,,s,seen\n",
		"alpha": "a,diesel,co2,3,kg,kg,CN,,,s,seen\nb,diesel,ch4,0.01,kg,kg,CN,,,s,seen\n" +
			"c,electricity,co2,0.6,kWh,kg,CN,2021-01-01,2022-01-01,s,seen\n" +
			"d,electricity,co2,0.5,kWh,kg,CN,2022-01-01,2023-01-01,s,seen\n",
		"beta": "a,diesel,co2,3.1,kg,kg,CN,,,s,seen\nb,diesel,ch4,0.01,kg,kg,CN,,,s,seen\n" +
			"d,electricity,co2,0.4,kWh,kg,CN,2022-01-01,2023-01-01,s,seen\n",
	}
	workedPolicies = map[string][]any{
		"one": {"one", "territory", "g1", "alpha", "fuel", "ch4", "co2"},
		"two": {"two", "enterprise", "g2", "beta", "burning", "ch4", "co2"}}
	workedFiles = []string{
		"plant 2021 electricity 1000\nplant 2021 diesel 100\n360104 2021 gdp 1000",
		"plant 2021 electricity 50 east",
		"plant 2022 electricity 1200\nplant 2022 electricity 50 east\nplant 2022 diesel 90\n" +
			"mill 2022 electricity 100 plant\n360104 2022 gdp 1250"}
)

// worked reads a figure of the worked example.
func worked(t *testing.T, text string) bridge.Reading {
	t.Helper()
	ref, err := inventory.ParseRef(text)
	if err != nil {
		t.Fatal(err)
	}
	policy, faults := ledger.ParsePolicy("p.toml",
		fmt.Appendf(nil, policyText, workedPolicies[ref.Policy]...))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	book := ledger.NewBook()
	for i, file := range workedFiles[:ref.Position] {
		u := ledger.Upload{Entities: []ledger.Entity{{ID: "plant", Area: "360104"},
			{ID: "mill", Area: "360104"}, {ID: "360104", Area: "360104"}}}
		u.Source.FileDigest = seal.Bytes([]byte{byte(i)})
		for line := range strings.Lines(file) {
			u.Activities = append(u.Activities, row(t, strings.Fields(line)))
		}
		batch, faults := admission.Prepare(book, u, unitless)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		if err := book.Commit(batch); err != nil {
			t.Fatal(err)
		}
	}
	return bridge.Reading{Ref: ref, State: inventory.State{Book: book, Policy: policy,
		Library: (&world{}).library(t, workedSets, book)}}
}

// row reads ENTITY PERIOD COMMODITY NUMBER, and after it a site or the name of the seller.
func row(t *testing.T, words []string) ledger.Activity {
	t.Helper()
	number, err := quantity.ParseNumber(words[3])
	if err != nil {
		t.Fatal(err)
	}
	period, err := quantity.ParsePeriod(words[1])
	if err != nil {
		t.Fatal(err)
	}
	f := ledger.Flow{Entity: words[0], Period: period, Commodity: words[2], From: ledger.Supply,
		To: ledger.Use}
	switch {
	case f.Commodity == "gdp":
		f.From, f.To = ledger.Origin, ledger.Product
	case len(words) > 4 && words[4] == "plant":
		f.Counterparty = words[4]
	case len(words) > 4:
		f.Site = words[4]
	}
	return ledger.Activity{Flow: f, Number: number}
}

// TestWorkedExample compares parts and causes with what was worked out by hand.
func TestWorkedExample(t *testing.T) {
	cases := []struct{ name, a, b, want string }{
		{"everything at once", "co2e:2021:one:1", "co2e:2022:two:3",
			"928 to 846: correction 30, activity 87.2, factor -241, gwp 1.8, boundary 40; " +
				"factor plant electricity -250; activity plant electricity 120; " +
				"boundary mill electricity 40; activity plant diesel -32.8; " +
				"correction plant electricity 30; factor plant diesel 9; gwp plant diesel 1.8"},
		{"per unit of GDP", "co2e/gdp:2021:one:1", "co2e/gdp:2022:two:3",
			"0.928 to 0.6768: correction 0.03, activity 0.0872, factor -0.241, gwp 0.0018, " +
				"boundary 0.04, denominator -0.1692; " +
				"factor plant electricity -0.25; denominator 360104 gdp -0.1692; " +
				"activity plant electricity 0.12; boundary mill electricity 0.04; " +
				"activity plant diesel -0.0328; correction plant electricity 0.03; " +
				"factor plant diesel 0.009; gwp plant diesel 0.0018"},
		{"the late bill alone", "co2:2021:one:1", "co2:2021:one:2",
			"900 to 930: correction 30; correction plant electricity 30"},
		{"the bill is not there yet", "co2:2022:one:3", "co2:2021:one:1",
			"895 to 900: correction -30, activity -70, factor 105; " +
				"factor plant electricity 105; activity plant electricity -100; " +
				"correction plant electricity -30; activity plant diesel 30"},
		{"another set has no factor for the year", "co2:2021:one:2", "co2:2021:two:2",
			"930 to 310: factor -620; factor plant electricity -630; factor plant diesel 10"},
		{"one scope against the other", "co2:2022:one:3:scope=1", "co2:2022:one:3:scope=2",
			"270 to 625: boundary 355; boundary plant electricity 625; boundary plant diesel -270"},
		{"nothing", "co2e:2021:one:3", "co2e:2021:one:3", "958 to 958"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b, err := bridge.Between(worked(t, c.a), worked(t, c.b))
			if err != nil {
				t.Fatal(err)
			}
			if got := text(b); got != c.want {
				t.Errorf("bridge %s %s =\n%s, want\n%s", c.a, c.b, got, c.want)
			}
		})
	}
}

func text(b bridge.Bridge) string {
	exact := func(r quantity.Ratio) string {
		n, _ := r.Exact()
		return n.String()
	}
	var parts []string
	for _, part := range bridge.Parts {
		if sum := b.Sum(part); !sum.Numerator.IsZero() {
			parts = append(parts, string(part)+" "+exact(sum))
		}
	}
	words := exact(b.A.Ratio()) + " to " + exact(b.B.Ratio())
	if len(parts) > 0 {
		words += ": " + strings.Join(parts, ", ")
	}
	for _, c := range b.Causes {
		words += fmt.Sprintf("; %s %s %s %s", c.Part, c.Entity, c.Commodity, exact(c.Change))
	}
	return words
}
