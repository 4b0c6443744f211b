package levers_test

import (
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// TestDeflator: prices rose by 2 % in 2021 and by 5 % in 2022. 380 yuan of 2019 cannot be told at
// prices of 2022, because nothing is known of 2020; 420 of 2021 are 420 x 1.05 = 441.
func TestDeflator(t *testing.T) {
	pathway := project(t, readBase(t, district), parse(t, header+
		"s,,deflator,all,,,2021,102,previous=100,,yearbook\n"+
		"s,,deflator,all,,,2022,105,previous=100,,yearbook\n"), "s", 2023)
	if n := len(pathway.History); n != 2 {
		t.Fatalf("%d complete years before, want 2", n)
	}
	old, last := pathway.History[0], pathway.History[1]
	if !old.Nominal || !old.GDP.Equal(quantity.Int(380)) {
		t.Errorf("2019: GDP %s, nominal %v, want 380 at its own prices", old.GDP, old.Nominal)
	}
	if last.Nominal || !last.GDP.Equal(quantity.Int(441)) {
		t.Errorf("2021: GDP %s, nominal %v, want 441 at prices of 2022", last.GDP, last.Nominal)
	}
	if len(pathway.Idle) != 1 || pathway.Idle[0].First != 2021 {
		t.Errorf("idle rows %v, want that of 2021, which no chain needs", pathway.Idle)
	}
}

// TestAnnuity: 100 yuan over 2 years at 10 % are 100 x 0.1 x 1.21 / 0.21 a year, and 50 without
// interest.
func TestAnnuity(t *testing.T) {
	got := scenarios.Annuity(quantity.Whole(quantity.Int(10)), 2)
	want := quantity.RatioOf(quantity.Int(121), quantity.Int(210))
	if got.Cmp(want) != 0 {
		t.Errorf("annuity %s/%s, want 121/210", got.Numerator, got.Denominator)
	}
	got = scenarios.Annuity(quantity.Whole(quantity.Int(0)), 2)
	if want := quantity.RatioOf(quantity.Int(1), quantity.Int(2)); got.Cmp(want) != 0 {
		t.Errorf("annuity without interest %s/%s, want 1/2", got.Numerator, got.Denominator)
	}
}
