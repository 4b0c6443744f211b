package scenarios_test

import (
	"testing"

	"carbonledger/scenarios"
)

// TestSectors walks from a division up to all, and refuses codes that GB/T 4754 does not have.
func TestSectors(t *testing.T) {
	for _, c := range []struct {
		sector, parent, group, driver string
	}{
		{"c3741", "c374", scenarios.Industry, scenarios.GDPSecondary},
		{"c37", "c", scenarios.Industry, scenarios.GDPSecondary},
		{"c", scenarios.Industry, scenarios.Industry, scenarios.GDPSecondary},
		{"e47", "e", scenarios.Construction, scenarios.GDPSecondary},
		{"g54", "g", scenarios.Transport, scenarios.GDPTertiary},
		{"g", scenarios.Transport, scenarios.Transport, scenarios.GDPTertiary},
		{"f51", "f", scenarios.Services, scenarios.GDPTertiary},
		{"a01", "a", scenarios.Primary, scenarios.GDPPrimary},
		{scenarios.Residential, scenarios.All, scenarios.Residential, scenarios.Population},
		{scenarios.Other, scenarios.All, scenarios.Other, scenarios.GDP},
		{scenarios.Secondary, scenarios.All, "", ""},
		{"c3", "", "", ""}, {"c44", "", "", ""}, {"c12", "", "", ""}, {"u98", "", "", ""},
		{"c37415", "", "", ""}, {"", "", "", ""},
	} {
		parent, group, driver := scenarios.Parent(c.sector), scenarios.GroupOf(c.sector),
			scenarios.DriverOf(c.sector)
		if parent != c.parent || group != c.group || driver != c.driver {
			t.Errorf("%q: above %q, group %q, driver %q, want %q, %q, %q", c.sector,
				parent, group, driver, c.parent, c.group, c.driver)
		}
	}
	for industry, want := range map[string]string{
		"C3741": "c37", "C": "c", "RESIDENTIAL": scenarios.Residential,
		"": scenarios.Other, "X99": scenarios.Other, "I6450": "i64",
	} {
		if got := scenarios.SectorOf(industry); got != want {
			t.Errorf("industry %q: %s, want %s", industry, got, want)
		}
	}
	if steps, ok := scenarios.Distance("c37", scenarios.Secondary); !ok || steps != 3 {
		t.Errorf("from c37 to secondary %d %v, want 3 steps", steps, ok)
	}
}
