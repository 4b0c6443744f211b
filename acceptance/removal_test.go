package acceptance

import (
	"slices"
	"testing"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
)

// outcome is what one flow adds to one measure: a number and the factors behind it, or a gap.
type outcome struct {
	number  string
	factors []string
	gap     bool
}

// outcomes reads a month of the book, by flow and rule.
func outcomes(s inventory.State, month string, t *testing.T) map[string]outcome {
	t.Helper()
	q := inventory.Query{Period: span(t, month), Measures: []inventory.Measure{inventory.CO2e,
		inventory.Energy, inventory.EqualEnergy, inventory.Water}}
	found := map[string]outcome{}
	s.Contributions(q, func(c inventory.Contribution) {
		to, category, o := c.Sum.Commodity, "", outcome{number: c.Number.String()}
		switch {
		case c.Gap != nil:
			to, category, o.gap = c.Gap.To, c.Gap.Scope+" "+c.Gap.Category, true
		case c.Reading != nil:
			to, category = c.Reading.To, c.Reading.Scope+" "+c.Reading.Category
			for _, step := range append(slices.Clone(c.Reading.Steps), warming(c)...) {
				o.factors = append(o.factors, step.Factor.Set+" "+step.Factor.ID)
			}
		}
		key := string(c.Measure) + " " + to + " " + category + " " + c.Sum.Entity + " " +
			c.Sum.Site + " " + c.Sum.Commodity + " " + string(c.Sum.From) + " " + string(c.Sum.To)
		for _, taken := found[key]; taken; _, taken = found[key] {
			key += "+"
		}
		found[key] = o
	})
	return found
}

func warming(c inventory.Contribution) []ledger.Step {
	if c.Reading.Warming == nil || c.Measure != inventory.CO2e {
		return nil
	}
	return []ledger.Step{*c.Reading.Warming}
}

// TestRemovedFactorsLeaveGaps takes every factor that a figure of the district goes through out of
// its set, one at a time: what went through it becomes a gap, and nothing else changes.
func TestRemovedFactorsLeaveGaps(t *testing.T) {
	b := district(t)
	tried := 0
	for _, name := range []string{"cn-statistics", "cn-enterprise", "ghgp+location", "ghgp+market"} {
		policy, err := b.Policy(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, month := range []string{"2022-06", "2025-06"} {
			whole := outcomes(inventory.State{Book: b.Book(), Policy: policy, Library: b.Library()},
				month, t)
			for _, used := range usedFactors(whole) {
				tried++
				less := outcomes(inventory.State{Book: b.Book(), Policy: policy,
					Library: lessFactor(t, b.Library(), used)}, month, t)
				compareOutcomes(t, name+" "+month+" without "+used, used, whole, less)
			}
		}
	}
	if tried < 50 {
		t.Errorf("only %d factors were taken out", tried)
	}
}

func usedFactors(all map[string]outcome) (used []string) {
	for _, o := range all {
		used = append(used, o.factors...)
	}
	slices.Sort(used)
	return slices.Compact(used)
}

// lessFactor is the library without one factor, named `set id`.
func lessFactor(t *testing.T, whole *factors.Library, name string) *factors.Library {
	t.Helper()
	less := factors.NewLibrary(whole.Catalogue, whole.Areas)
	for _, set := range whole.Sets() {
		set.Factors = slices.DeleteFunc(slices.Clone(set.Factors), func(f factors.Factor) bool {
			return f.Set+" "+f.ID == name
		})
		if err := less.Add(set); err != nil {
			t.Fatal(err)
		}
	}
	return less
}

func compareOutcomes(t *testing.T, what, removed string, whole, less map[string]outcome) {
	t.Helper()
	for key, was := range whole {
		is, there := less[key]
		switch {
		case !there:
			t.Errorf("%s: %s vanished", what, key)
		case slices.Contains(was.factors, removed) && !is.gap && was.number != "0":
			t.Errorf("%s: %s was %s and is %s by %v, want a gap", what, key, was.number, is.number,
				is.factors)
		case !slices.Contains(was.factors, removed) && is.number != was.number:
			t.Errorf("%s: %s was %s and is %s", what, key, was.number, is.number)
		}
	}
}
