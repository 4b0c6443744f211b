package cases_test

import (
	"slices"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/trend"
)

func series(t *testing.T, pairs ...int64) (s trend.Series) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		s = append(s, scenarios.Point{Year: int(pairs[i]), Value: quantity.Int(pairs[i+1])})
	}
	return s
}

// TestSeries follows the case scn-pyam-timeseries (github.com/IAMconsortium/pyam at 6a1b2a2d, unit
// tests): filling between years, the sum of six whole
// years, the years strictly beyond a level, and growth of 6 and 3.5 times in five years.
func TestSeries(t *testing.T) {
	three := quantity.Whole(quantity.Int(3))
	if got, ok := series(t, 2005, 4, 2008, 1, 2013, 1).At(2006); !ok || got.Cmp(three) != 0 {
		t.Errorf("2006: %v, want 3", got)
	}
	for _, year := range []int{2004, 2014} {
		if got, ok := series(t, 2005, 4, 2008, 1, 2013, 1).At(year); ok {
			t.Errorf("%d: %v, want no answer outside the series", year, got)
		}
	}
	six := quantity.Whole(quantity.Int(6))
	got, ok := series(t, 2003, 3, 2007, 1, 2013, 1).Cumulative(2008, 2013)
	if !ok || got.Cmp(six) != 0 {
		t.Errorf("cumulative %v, want 6", got)
	}
	cross := series(t, 2005, 1, 2007, 3, 2013, 1)
	up, down := cross.Crossings(quantity.Int(2))
	if !slices.Equal(up, []int{2007}) || !slices.Equal(down, []int{2011}) {
		t.Errorf("crossings of 2: up %v, down %v, want 2007 and 2011", up, down)
	}
	if up, down := cross.Crossings(quantity.Int(4)); len(up)+len(down) > 0 {
		t.Errorf("crossings of 4: %v %v, want none", up, down)
	}
	for want, s := range map[string]trend.Series{"0.430969": series(t, 2005, 1, 2010, 6),
		"0.284735": series(t, 2005, 2, 2010, 7)} {
		got, ok := s.Growth(2005, 2010)
		if shown := got.Round(quantity.Rounding{Places: 6}); !ok || shown.String() != want {
			t.Errorf("growth %s, want %s", shown, want)
		}
	}
	if got, ok := series(t, 2005, -1, 2010, 6).Growth(2005, 2010); ok {
		t.Errorf("growth across zero is %s, want no answer", got)
	}
}
