package levers_test

import (
	"os"
	"testing"

	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
)

// BenchmarkProject takes the example's strictest scenario from 2022 to 2060.
func BenchmarkProject(b *testing.B) {
	data, err := os.ReadFile("../../examples/qingyunpu/scenarios.csv")
	if err != nil {
		b.Skip("the example is not here")
	}
	set, _ := scenarios.Parse("scenarios.csv", data, levers.All())
	scenario, _ := set.Scenario("accelerated")
	base := readBase(b, district+
		"carrier electricity-solar 0.1229 0\ncarrier waste-heat 0.0341 0\n")
	for b.Loop() {
		if _, err := scenarios.Project(base, scenario, levers.All(), 2060); err != nil {
			b.Fatal(err)
		}
	}
}
