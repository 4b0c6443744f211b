package bridge_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"carbonledger/ledger/bridge"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

var (
	measures = []inventory.Measure{"co2e", "co2", "ch4", "energy", "water", "electricity", "gdp"}
	periods  = []string{"2021", "2022", "2021Q3", "2022Q3", "2022-02"}
	wheres   = []string{"", "", "scope=1", "area=360104", "entity=plant", "month=2022-03",
		"commodity=diesel", "category=fuel"}
)

// ask makes a random question to a world.
func (w *world) ask(t *testing.T, chance *rand.Rand, m inventory.Measure,
	per string) bridge.Reading {
	t.Helper()
	position := chance.IntN(len(w.books))
	policy := chance.IntN(len(w.policies))
	period, err := quantity.ParsePeriod(periods[chance.IntN(len(periods))])
	if err != nil {
		t.Fatal(err)
	}
	where, err := inventory.ParseWhere(wheres[chance.IntN(len(wheres))])
	if err != nil {
		t.Fatal(err)
	}
	if per != "" {
		period = quantity.Year(period.Year())
		delete(where, inventory.Area)
	}
	return bridge.Reading{State: w.state(position, policy), Ref: inventory.Ref{Measure: m, Per: per,
		Period: period, Policy: w.policies[policy].ID, Position: position, Where: where}}
}

// TestPartsSumToTheDifference asks random worlds for the difference of random readings, forth and
// back. Between adds its causes up itself; here they are compared with the inventories.
func TestPartsSumToTheDifference(t *testing.T) {
	seen := map[bridge.Part]int{}
	for i := range uint64(8) {
		chance := rand.New(rand.NewPCG(seed, i))
		w := base(t, chance)
		for _, m := range measures {
			for _, per := range []string{"", "", "gdp"} {
				a, b := w.ask(t, chance, m, per), w.ask(t, chance, m, per)
				there, err := bridge.Between(a, b)
				if errors.Is(err, inventory.ErrDenominator) || errors.Is(err, bridge.ErrApart) {
					continue
				}
				if err != nil {
					t.Fatalf("seed %d, world %d: %v", seed, i, err)
				}
				back, err := bridge.Between(b, a)
				if err != nil {
					t.Fatalf("seed %d, world %d: %v", seed, i, err)
				}
				if there.Total().Add(back.Total()).Cmp(none) != 0 {
					t.Fatalf("seed %d, world %d: there and back differ: %v, %v", seed, i,
						a.Ref, b.Ref)
				}
				for _, cause := range there.Causes {
					seen[cause.Part]++
				}
				compare(t, i, there, a, b)
				itself(t, i, a)
			}
		}
	}
	for _, part := range bridge.Parts {
		if seen[part] < 3 {
			t.Errorf("only %d causes are of the part %s", seen[part], part)
		}
	}
}

var none = quantity.Whole(quantity.Int(0))

// compare adds the causes up and reads both figures again.
func compare(t *testing.T, i uint64, got bridge.Bridge, a, b bridge.Reading) {
	t.Helper()
	sum, parts := none, none
	for _, cause := range got.Causes {
		sum = sum.Add(cause.Change)
	}
	for _, part := range bridge.Parts {
		parts = parts.Add(got.Sum(part))
	}
	want := figure(t, b).Sub(figure(t, a))
	if sum.Cmp(want) != 0 || parts.Cmp(want) != 0 {
		t.Fatalf("seed %d, world %d: %s to %s: causes %v, parts %v, want %v", seed, i, a.Ref, b.Ref,
			sum, parts, want)
	}
}

func figure(t *testing.T, r bridge.Reading) quantity.Ratio {
	t.Helper()
	q := inventory.Query{Period: r.Ref.Period, Measures: []inventory.Measure{r.Ref.Measure},
		Where: r.Ref.Where}
	if r.Ref.Per == "" {
		v, err := inventory.Build(r.State, q)
		if err != nil {
			t.Fatal(err)
		}
		return quantity.Whole(v.Totals[0].Number)
	}
	list, err := inventory.Intensities(r.State, q, r.Ref.Per, "")
	if err != nil {
		t.Fatal(err)
	}
	return list[0].Ratio()
}

// itself has no difference to explain.
func itself(t *testing.T, i uint64, a bridge.Reading) {
	t.Helper()
	got, err := bridge.Between(a, a)
	if err != nil || len(got.Causes) > 0 {
		t.Fatalf("seed %d, world %d: %s to itself: %v, %v", seed, i, a.Ref, got.Causes, err)
	}
}

func TestNoBridge(t *testing.T) {
	w := base(t, rand.New(rand.NewPCG(seed, 0)))
	read := func(text string) bridge.Reading {
		ref, err := inventory.ParseRef(text)
		if err != nil {
			t.Fatal(err)
		}
		return bridge.Reading{State: w.state(ref.Position, 0), Ref: ref}
	}
	for _, pair := range [][2]string{{"co2e:2022:one:1", "energy:2022:one:1"},
		{"co2e:2022:one:1", "co2e/gdp:2022:one:1"}} {
		_, err := bridge.Between(read(pair[0]), read(pair[1]))
		if !errors.Is(err, bridge.ErrApart) {
			t.Errorf("%s to %s: error = %v, want ErrApart", pair[0], pair[1], err)
		}
	}
}
