package levers_test

import (
	"reflect"
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

// TestDeflatorSince: 400 yuan of 2023, when prices rose by 4 %, are 400/1.04 = 384.615385 at prices
// of 2022; nothing is known of the prices of 2024.
func TestDeflatorSince(t *testing.T) {
	base := readBase(t, district)
	for _, year := range []int{2023, 2024} {
		base.Since = append(base.Since, scenarios.Year{Year: year, Complete: true, Nominal: true,
			GDP: quantity.Int(400)})
	}
	pathway := project(t, base, parse(t, header+
		"s,,deflator,all,,,2023,104,previous=100,,yearbook\n"), "s", 2025)
	near, far := pathway.Since[0], pathway.Since[1]
	if near.Nominal || near.GDP.String() != "384.615385" || !far.Nominal {
		t.Errorf("2023: GDP %s, nominal %v; 2024 nominal %v; want 384.615385 at prices of "+
			"2022 and 2024 at its own", near.GDP, near.Nominal, far.Nominal)
	}
	if len(pathway.Measured()) != 5 {
		t.Errorf("%d years of the book, want 5", len(pathway.Measured()))
	}
}

// TestReach: growth ends in 2025 and saving in 2028, so GDP stands still from 2026 on and all from
// 2029 on. What follows is no plateau: the verdict is the one to 2028. A fleet goes on by itself.
func TestReach(t *testing.T) {
	rows := header + "s,,growth,secondary,,,2023-2025,9,%/yr,,x\n" +
		"s,,growth,tertiary,,,2023-2028,9,%/yr,,x\ns,,growth,primary,,,2023-2028,9,%/yr,,x\n" +
		"s,,population,residential,,,2023-2028,0,%/yr,,x\n" +
		"s,,efficiency,industry,all,,2023-2028,1,%/yr,,x\n"
	near := project(t, readBase(t, district), parse(t, rows), "s", 2028)
	far := project(t, readBase(t, district), parse(t, rows), "s", 2060)
	if far.Reach.Last != 2028 || len(far.Reach.Resting) != 1 ||
		far.Reach.Resting[0] != (scenarios.Rest{Driver: scenarios.GDPSecondary, From: 2026}) {
		t.Errorf("reach %+v, want 2028 with the secondary sector resting from 2026 on", far.Reach)
	}
	if got, want := far.Verdict(), near.Verdict(); !reflect.DeepEqual(got, want) ||
		want.Status != scenarios.Rising {
		t.Errorf("verdict to 2060 %+v, to 2028 %+v; want both the same and rising", got, want)
	}
	fleet := project(t, readBase(t, district), parse(t, header+
		"s,,vehicle-sales,residential,gasoline,,2023-2025,70,%,,x\n"+
		"s,,vehicle-life,residential,gasoline,,2023,12,yr,,x\n"+
		"s,,vehicle-ratio,residential,gasoline,,2023,0.3,kgce/kgce,,x\n"), "s", 2050)
	if last := fleet.Reach.Last; last <= 2030 || last >= 2050 {
		t.Errorf("the fleet moves to %d, want some years behind the last row", last)
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
