package factors_test

import (
	"fmt"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/quantity"
)

func TestDifferences(t *testing.T) {
	catalogue, err := factors.Commodities()
	if err != nil {
		t.Fatal(err)
	}
	parse := func(id, rows string) factors.Set {
		text := factors.Header()
		for line := range strings.Lines(rows) {
			words := strings.Fields(line)
			text += fmt.Sprintf("%s,electricity,co2,%s,kWh,kgCO2,%s,%s,%s,%s,,,,,,s,,seen,,,,\n",
				words[0], words[1], words[2], words[3], words[4], words[5])
		}
		set, faults := factors.ParseSet(id, []byte("title_zh: z\ntitle_en: e\nlicence: l\n"),
			[]byte(text), catalogue)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		return set
	}
	old := parse("old", "a 0.5 CN 2021-01-01 2022-01-01 2023-05-01\n"+
		"b 0.6 CN 2022-01-01 2023-01-01 2024-05-01\n"+
		"c 0.7 360000 2021-01-01 2022-01-01 2023-05-01\n"+
		"d 0.8 370000 2021-01-01 2022-01-01 2023-05-01")
	cases := []struct {
		name   string
		before factors.Set
		after  factors.Set
		want   string
	}{
		{"with itself", old, old, ""},
		{"by edge, place and time, whatever the ids", old,
			parse("new", "x 0.55 CN 2021-01-01 2022-01-01 2025-05-01\n"+
				"y 0.6 CN 2022-01-01 2023-01-01 2024-05-01\n"+
				"z 0.63 CN 2023-01-01 2024-01-01 2025-05-01\n"+
				"w 0.7 360000 2022-01-01 2023-01-01 2025-05-01"),
			"changed c w 0; removed d; changed a x 0.1; added z"},
		{"as known on a day", old.KnownOn(day(t, "2023-12-31")), old, "added b"},
		{"before anything was known", old.KnownOn(day(t, "2020-12-31")), old,
			"added c; added d; added a; added b"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var words []string
			for _, d := range c.before.Differences(c.after) {
				words = append(words, rowText(d))
			}
			if got := strings.Join(words, "; "); got != c.want {
				t.Errorf("Differences = %s, want %s", got, c.want)
			}
		})
	}
	if id := old.KnownOn(day(t, "2023-12-31")).ID; id != "old:2023-12-31" {
		t.Errorf("id = %s", id)
	}
}

func rowText(d factors.Difference) string {
	words := string(d.Change)
	if d.Before != nil {
		words += " " + d.Before.ID
	}
	if d.After != nil {
		words += " " + d.After.ID
	}
	if relative, ok := d.Relative().Exact(); ok {
		words += " " + relative.String()
	}
	return words
}

func day(t *testing.T, text string) quantity.Day {
	t.Helper()
	d, err := quantity.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestEditionAsQuery looks in the grid averages as known on a day, and in the whole set with that
// day in the query: the factors must be the same.
func TestEditionAsQuery(t *testing.T) {
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, known := range []string{"2023-06-30", "2024-06-30", "2024-12-31", "2025-12-31"} {
		whole, _ := library.Set("cn-grid-average")
		edition := whole.KnownOn(day(t, known))
		if err := library.Add(edition); err != nil {
			t.Fatal(err)
		}
		for _, area := range []string{"360104", "540000", "CN-EAST", "CN"} {
			for year := 2020; year <= 2025; year++ {
				q := factors.Query{Sets: []string{edition.ID}, From: "electricity", To: "co2",
					Area: area, Period: quantity.Year(year), Vintage: factors.OfPeriodOrEarlier}
				got, _, gotErr := library.Find(q)
				q.Sets, q.Known = []string{"cn-grid-average"}, day(t, known)
				want, _, wantErr := library.Find(q)
				if got.ID != want.ID || (gotErr == nil) != (wantErr == nil) {
					t.Errorf("known on %s, %s in %d: %s, want %s", known, area, year, got.ID,
						want.ID)
				}
				if gotErr == nil {
					found++
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d factors were found", found)
	}
}
