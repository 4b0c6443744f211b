package plan_test

import (
	"testing"

	"carbonledger/internal/report"
	"carbonledger/internal/report/plan"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
	"carbonledger/scenarios/targets"
)

// TestWords wants words for whatever a scenario, a target or a result may name.
func TestWords(t *testing.T) {
	want := func(key string) {
		t.Helper()
		if !report.HasTerm(key) {
			t.Errorf("terms.csv has no words for %q", key)
		}
	}
	for _, lever := range levers.All() {
		for _, name := range lever.Names() {
			want("lever." + name)
		}
	}
	for _, sector := range scenarios.SectorNames() {
		want("sector." + sector)
	}
	for _, measure := range targets.Measures() {
		want("target." + measure)
	}
	for memo := range scenarios.MemoUnits {
		want("memo." + memo)
	}
	for _, shape := range scenarios.Shapes() {
		want("shape." + shape)
	}
	for _, status := range []scenarios.Status{scenarios.Peaked, scenarios.Plateau,
		scenarios.Rising} {
		want("verdict." + string(status))
		want("verdict.says." + string(status))
	}
	for _, why := range []targets.Unknown{targets.NoBaseYear, targets.NoYear, targets.NominalGDP,
		targets.NoGridShare, targets.NoFigure} {
		want("unknown." + string(why))
	}
	for _, pin := range []string{"position", "head", "policy", "boundary", "sets"} {
		want("pin." + pin)
	}
}

// TestIsInvented tells assumptions from sources.
func TestIsInvented(t *testing.T) {
	for source, want := range map[string]bool{
		"made up for the example": true, "assumption": true, "情景假设": true,
		"plan of the district": false, "赣府发〔2022〕17号": false,
	} {
		if got := plan.IsInvented(source); got != want {
			t.Errorf("IsInvented(%q) = %t, want %t", source, got, want)
		}
	}
}
