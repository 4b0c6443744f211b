package barometer_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"carbonledger/ledger/barometer"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/table"
)

func num(t *testing.T, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func intensity(t *testing.T, text string) inventory.Intensity {
	t.Helper()
	return inventory.Intensity{Numerator: inventory.Figure{Number: num(t, text)},
		Denominator: inventory.Figure{Number: quantity.Int(1)}}
}

// TestMunicipalScale: the completions and levels of the case int-barometer-definitions.
func TestMunicipalScale(t *testing.T) {
	scale, err := barometer.ByID("municipal-2010")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ completion, level string }{{"100", "0"}, {"99.99", "1"},
		{"90", "1"}, {"89.99", "2"}, {"50.01", "2"}, {"50", "3"}, {"0", "3"}, {"-7", "3"},
		{"130", "0"}} {
		level, err := scale.Rate(quantity.Whole(num(t, c.completion)))
		if err != nil || level.Number != c.level {
			t.Errorf("%s %%: level %s %v, want %s", c.completion, level.Number, err, c.level)
		}
	}
}

// TestAssess: from 1.00 to 0.97 is a fall of 3 %, all of a target of 3 and 60 % of one of 5.
func TestAssess(t *testing.T) {
	scale, err := barometer.ByID("municipal-2010")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ base, figure, target, want string }{
		{"1.00", "0.97", "3", "-3.00 100.00 green"}, {"1.00", "0.97", "5", "-3.00 60.00 orange"},
		{"0.75", "0.72", "4.5", "-4.00 88.89 orange"}, {"1", "1.02", "3", "2.00 -66.67 red"},
		{"0", "1", "3", ""}} {
		goal := barometer.Goal{Fall: num(t, c.target), Scale: scale}
		p, err := goal.Assess(intensity(t, c.base), intensity(t, c.figure))
		got := ""
		if p.Rated {
			change, _ := p.Change.Round(quantity.Rounding{Places: 2})
			completion, _ := p.Completion.Round(quantity.Rounding{Places: 2})
			got = change.Fixed(2) + " " + completion.Fixed(2) + " " + p.Level.NameEN
		}
		if err != nil || got != c.want {
			t.Errorf("%s to %s, target %s: got %q %v, want %q", c.base, c.figure, c.target, got,
				err, c.want)
		}
	}
}

// TestUnpublished: the NDRC names three levels, 1 the worst, and no bounds.
func TestUnpublished(t *testing.T) {
	scale, err := barometer.ByID("ndrc")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := scale.Rate(quantity.Whole(num(t, "100"))); !errors.Is(err, barometer.ErrScale) {
		t.Errorf("got %v, want ErrScale: nobody published the bounds", err)
	}
	if n := len(scale.Levels); n != 3 || scale.Levels[n-1].Number != "1" {
		t.Errorf("got %v, want three levels with 1 as the last", scale.Levels)
	}
	if _, err := barometer.ByID("rain"); !errors.Is(err, barometer.ErrScale) {
		t.Errorf("got %v, want ErrScale", err)
	}
}

// TestFaults provokes every reason for which a level cannot be used.
func TestFaults(t *testing.T) {
	const path = "testdata/faults/barometer.level.txt"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, want, _ := strings.Cut(string(text), "\n== wanted\n")
	_, faults := barometer.Parse("mine.csv", []byte(file))
	var got []string
	for _, fault := range faults {
		got = append(got, fault.Text(table.EN), fault.Text(table.ZH))
	}
	if strings.Join(got, "\n") != strings.TrimSpace(want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), want)
	}
}
