package uncertainty_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"carbonledger/ledger/uncertainty"
	"carbonledger/quantity"
)

// shown prints a ratio to six places.
func shown(r quantity.Ratio) string {
	n, ok := r.Round(quantity.Rounding{Places: 6})
	if !ok {
		return "-"
	}
	return n.String()
}

// TestRanking: 5,000 kg of power, 500 below and above by its factor, and 3,000 of diesel, 300 below
// and 600 above: 500,000 and 450,000 of 986,800 squares. The rest are amounts of power, to 4 %.
func TestRanking(t *testing.T) {
	s := stateOf(t, rows(t, `plant 2022-01 use electricity 1000
plant 2022-02 use electricity 3000
mill 2022-01 use electricity 6000
plant 2022-01 use diesel 1000
mill 2022-01 use gasoline 10
mill 2022-02 use gasoline 0 missing
mill 2022-04 use gasoline 11
plant 2022-03 use electricity 0 missing
plant 2022-04 use electricity 0 confidential
plant 2022-05 use heat 1
shop 2022 use lignite 0 missing
shop 2021 use lignite 7
mill 2022-01 use diesel 0 missing
`))
	q := query("entity")
	r, err := uncertainty.Rank(s, q, assume(t, s, "electricity=4"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, item := range r.Sized {
		got = append(got, fmt.Sprintf("%s %s %d share %s left %s %s", item.Name(), item.Sum,
			item.Flows, shown(r.Share(item)), item.Left.Below, item.Left.Above))
	}
	for _, item := range r.Unsized {
		got = append(got, fmt.Sprintf("%s %s %d", item.Name(), item.Sum, item.Flows))
	}
	for _, m := range r.Missing {
		got = append(got, fmt.Sprintf("%s %s %s %s %d %s %s", m.Entity, m.Commodity, m.To, m.Reason,
			len(m.Periods), m.Span(), shown(m.Hint)))
	}
	want := []string{
		"own: electricity-co2 5000 3 share 0.506688 left 108400 378400",
		"own: diesel-co2 3000 1 share 0.456019 left 268400 268400",
		"mill electricity 3000 1 share 0.029185 left 344000 614000",
		"plant electricity 2000 2 share 0.008107 left 354400 624400",
		"plant diesel 3265 2",
		"gwp-ar5: n2o 265 1",
		"own: diesel-n2o 265 1",
		"mill gasoline 63 2",
		"own: gasoline-co2 63 2",
		// 2,000 kg in 59 days, 61 days are missing.
		"plant electricity co2 absent 2 2022-03-01/2022-05-01 2067.79661",
		// 63 kg in 61 days, 28 days are missing.
		"mill gasoline co2 absent 1 2022-02 28.918033",
		"mill diesel co2 absent 1 2022-01 -",
		"mill diesel n2o absent 1 2022-01 -",
		"shop lignite co2 absent 1 2022 -",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("ranking:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestSharesSumToOne: the squares of the items are those of the total, and no item left out widens
// it.
func TestSharesSumToOne(t *testing.T) {
	chance := rand.New(rand.NewPCG(seed, 4))
	for range 20 {
		s := stateOf(t, random(chance))
		r, err := uncertainty.Rank(s, query(), assume(t, s, said...))
		if err != nil {
			t.Fatal(err)
		}
		below, above := quantity.Number{}, quantity.Number{}
		for i, item := range r.Sized {
			below, above = below.Add(item.Below), above.Add(item.Above)
			if i > 0 && r.Share(item).Cmp(r.Share(r.Sized[i-1])) > 0 {
				t.Errorf("seed %d: %s stands below a smaller share", seed, item.Name())
			}
			if item.Left.Below.Sign() < 0 || item.Left.Above.Sign() < 0 {
				t.Errorf("seed %d: less than nothing is left without %s", seed, item.Name())
			}
		}
		if !below.Equal(r.Total.Below) || !above.Equal(r.Total.Above) {
			t.Errorf("seed %d: the items have %s and %s, the total %s", seed, below, above,
				text(r.Total))
		}
	}
}
