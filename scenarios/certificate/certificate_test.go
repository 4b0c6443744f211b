package certificate_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/certificate"
	"carbonledger/scenarios/crew"
	"carbonledger/scenarios/levers"
	"carbonledger/scenarios/sampling/pathways"
)

// file lets coal-fired industry grow by 5 % a year and save, and the grid get cleaner.
const file = `scenario,inherits,lever,sector,commodity,year,value,unit,source,low,high,distribution
plain,,growth,secondary,,2023-2030,5,%/yr,made up,,,
plain,,efficiency,industry,all,2023-2026,-3,%/yr,made up,,,
plain,,efficiency,industry,all,2027-2030,-6.5,%/yr,made up,,,
plain,,deflator,all,,2018-2022,101,previous=100,made up,,,
unsure,plain,growth,secondary,,2023-2030,5,%/yr,made up,3,7,triangular
unsure,,efficiency,industry,all,2023-2026,-3,%/yr,made up,,,
unsure,,efficiency,industry,all,2027-2030,-6.5,%/yr,made up,-8,-5,normal
`

// base has 1000 t of coal equivalent and five years of history that rise by 30 t CO2 a year.
func base(t *testing.T) scenarios.Base {
	t.Helper()
	b := scenarios.Base{Year: 2022, Pins: scenarios.Pins{Position: 3, Head: "ab", Policy: "p",
		Boundary: "360104", Sets: []string{"one 2015"}},
		Cells: []scenarios.Cell{{Sector: "c30", Commodity: "raw-coal",
			Quantity: quantity.Int(1400000), Energy: quantity.Int(1000000),
			CO2: quantity.Int(2600000)}},
		Drivers: map[string]quantity.Number{scenarios.GDPPrimary: quantity.Int(0),
			scenarios.GDPSecondary: quantity.Int(1000000), scenarios.GDPTertiary: quantity.Int(1)}}
	for i := range int64(5) {
		b.History = append(b.History, scenarios.Year{Year: 2017 + int(i), Complete: true,
			Nominal: true, GDP: quantity.Int(800000 + 40000*i),
			CO2: quantity.Int(2450000 + 30000*i)})
	}
	return b
}

func question(t *testing.T, scenario string, workers int) certificate.Question {
	t.Helper()
	set, faults := scenarios.Parse("plan.csv", []byte(file), levers.All())
	for _, fault := range faults {
		t.Fatal(fault.Error())
	}
	return certificate.Question{Set: set, File: "plan.csv", Scenario: scenario, Horizon: 2030,
		By: 2030, Draw: pathways.Draw{Samples: 32, Seed: 7, Workers: workers}}
}

func certify(t *testing.T, q certificate.Question) certificate.Certificate {
	t.Helper()
	c, err := certificate.Of(t.Context(), base(t), q, levers.All())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestSameBytes: whatever the number of workers, and when made again from its own text.
func TestSameBytes(t *testing.T) {
	for _, name := range []string{"plain", "unsure"} {
		want := certify(t, question(t, name, 1)).Text()
		for _, workers := range []int{2, 7} {
			if got := certify(t, question(t, name, workers)).Text(); !bytes.Equal(got, want) {
				t.Errorf("%s with %d workers:\n%s\nwant\n%s", name, workers, got, want)
			}
		}
		parsed, err := certificate.Parse(want)
		if err != nil {
			t.Fatal(err)
		}
		again, err := parsed.Again(levers.All())
		if err != nil {
			t.Fatal(err)
		}
		if got := certify(t, again).Text(); !bytes.Equal(got, want) {
			t.Errorf("%s made again:\n%s\nwant\n%s", name, got, want)
		}
	}
}

// ending is a watch that ends the work at a step.
type ending struct {
	left atomic.Int64
	end  context.CancelFunc
}

func (*ending) More(int) {}

func (e *ending) Done(steps int) {
	if e.left.Add(-int64(steps)) <= 0 {
		e.end()
	}
}

// TestStops: the end of the context, among the draws or among the rows, is the end of the work, and
// no certificate that says less.
func TestStops(t *testing.T) {
	for _, workers := range []int{1, 2, 7} {
		for _, step := range []int64{3, 33} {
			ctx, cancel := context.WithCancel(t.Context())
			watch := &ending{end: cancel}
			watch.left.Store(step)
			_, err := certificate.Of(crew.Watched(ctx, watch), base(t),
				question(t, "unsure", workers), levers.All())
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%d workers, step %d: %v, want the end of the context", workers, step, err)
			}
		}
	}
}

// TestByHand: 1.05 x 0.97 = 1.0185 a year up to 2026, 1.05 x 0.935 = 0.98175 from then on; so the
// peak is 2026 with 2600 t x 1.0185^4, and 0.98175^4 of it is left in 2030, 7.1 % less.
func TestByHand(t *testing.T) {
	c := certify(t, question(t, "plain", 2))
	v := c.Verdict
	if v.Word != "peaked" || v.PeakYear != 2026 || v.Measured || v.Width != 1 || v.Ahead != 4 ||
		v.Since != 2027 || v.Margin != "7.1026" || v.Height.String() != "2797805.2534511625" {
		t.Errorf("verdict %+v, want peaked in 2026, below the band since 2027", v)
	}
	history := c.Trends[0]
	if history.S == nil || *history.S != 15 || history.Slope != "30000.0000" {
		t.Errorf("trend of the book %+v, want S 15 and 30,000 kg a year", history)
	}
	if c.Sums[0].Total.String() != "15150000" || c.Sums[0].First != 2017 {
		t.Errorf("sums %+v, want 15,150,000 kg from 2017 to 2022", c.Sums)
	}
	if len(c.Spans) != 3 || c.Spans[0].First != 2017 || c.Spans[0].Of != "history" ||
		c.Spans[0].State != "weak decoupling" ||
		c.Spans[1].Last != 2027 || c.Spans[2].Last != 2030 {
		t.Errorf("spans %+v, want 2017-2022, 2022-2027 and 2027-2030", c.Spans)
	}
	if c.Chance.Unknown != certificate.NoSpread || c.Cities[1].Status != "NOT PEAKED" {
		t.Errorf("chance %+v, cities %+v", c.Chance, c.Cities)
	}
}

// TestFlips: each flip turns what it says, one per cent less does not, and the smallest change
// stands first. Less growth moves the peak from 2026 to 2022 where (1 + 5 % x s) x 0.97 falls to 1,
// at 61.86 % of what is written.
func TestFlips(t *testing.T) {
	c := certify(t, question(t, "plain", 2))
	var words []string
	for i, flip := range c.Flips.List {
		words = append(words, fmt.Sprint(flip.Lever, " ", flip.Turns, " ", flip.Strength, " ",
			flip.Verdict, " ", flip.PeakYear))
		if i > 0 && abs(flip.Strength-100) < abs(c.Flips.List[i-1].Strength-100) {
			t.Errorf("%v stands behind a larger change", flip)
		}
		step := 1
		if flip.Strength > 100 {
			step = -1
		}
		for _, try := range []struct {
			strength int
			turns    bool
		}{{flip.Strength, true}, {flip.Strength + step, false}} {
			got := verdictWith(t, flip.Rows, try.strength)
			turned := got.PeakYear != 2026
			if flip.Turns == certificate.TurnsVerdict {
				turned = got.Status != scenarios.Peaked || got.FromStart
			}
			if turned != try.turns {
				t.Errorf("%v at %d %%: %+v, and it should turn: %v", flip, try.strength, got,
					try.turns)
			}
		}
	}
	want := "growth peak-year 61 peaked 2022"
	if !slices.Contains(words, want) {
		t.Errorf("flips %q, want %q among them", words, want)
	}
}

func abs(n int) int { return max(n, -n) }

func verdictWith(t *testing.T, lines []int, strength int) scenarios.Verdict {
	t.Helper()
	scenario, _ := question(t, "plain", 1).Set.Scenario("plain")
	for i, row := range scenario.Rows {
		if slices.Contains(lines, row.Line) {
			scenario.Rows[i].Value = row.Value.Mul(quantity.Scaled(int64(strength), 2))
		}
	}
	p, err := scenarios.Project(base(t), scenario, levers.All(), 2030)
	if err != nil {
		t.Fatal(err)
	}
	return p.Verdict()
}

// TestFlat: with a horizon beyond the last row the certificate is about the years to that row.
func TestFlat(t *testing.T) {
	want := certify(t, question(t, "plain", 2))
	q := question(t, "plain", 2)
	q.Horizon = 2040
	got := certify(t, q)
	if got.Scenario.Judged != 2030 || !reflect.DeepEqual(got.Verdict, want.Verdict) ||
		!reflect.DeepEqual(got.Flips.List, want.Flips.List) {
		t.Errorf("judged to %d: %+v, want that of 2030: %+v", got.Scenario.Judged, got.Verdict,
			want.Verdict)
	}
}

// TestChance: with spreads the chance is a count of draws, and neither none nor all of them.
func TestChance(t *testing.T) {
	c := certify(t, question(t, "unsure", 2))
	got := c.Chance
	if got.Unknown != "" || len(got.Rows) != 2 || got.Peaked == "0" || got.Peaked == "32" ||
		got.Percent == "" {
		t.Errorf("chance %+v, want some of 32 draws of two rows", got)
	}
}

func TestParse(t *testing.T) {
	text := string(certify(t, question(t, "plain", 2)).Text())
	for name, broken := range map[string]string{
		"no JSON": "hello", "another format": strings.Replace(text, " 2\"", " 9\"", 1),
		"an unknown field": strings.Replace(text, `"tapio"`, `"tapir"`, 1),
	} {
		if _, err := certificate.Parse([]byte(broken)); !errors.Is(err, certificate.ErrFormat) {
			t.Errorf("%s: %v, want %v", name, err, certificate.ErrFormat)
		}
	}
}
