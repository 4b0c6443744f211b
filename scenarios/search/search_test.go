package search_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/crew"
	"carbonledger/scenarios/levers"
	"carbonledger/scenarios/search"
	"carbonledger/scenarios/targets"
)

const file = `scenario,lever,sector,commodity,to,year,value,unit,source,invest,life,run
s,growth,secondary,,,2023-2030,5,%/yr,plan,,,
s,efficiency,industry,all,,2023-2030,-3,%/yr,plan,30000,10,
s,electrification,industry,raw-coal,,2022-2030,20,%,plan,3000,15,
s,grid-factor,all,electricity,,2023-2030,-2,%/yr,plan,,,
s,price,all,raw-coal,,2022,0.9,yuan/kg,plan,,,
s,price,all,electricity,,2022,0.6,yuan/kWh,plan,,,
`

const wanted = `target,measure,year,value,unit,source
peak,peak-year,2030,2028,year,x
level,co2,2030,2.6,tCO2,x
budget,co2-budget,2023-2030,24,tCO2,x
`

func base() scenarios.Base {
	n := quantity.Int
	return scenarios.Base{Year: 2022, Cells: []scenarios.Cell{
		{Sector: "c17", Commodity: "raw-coal", Quantity: n(1000), Energy: n(714), CO2: n(1900)},
		{Sector: "c17", Commodity: "electricity", Quantity: n(2000), Energy: n(246), CO2: n(1100)}},
		Carriers: map[string]scenarios.Carrier{"electricity": {
			EnergyPer: quantity.Scaled(123, 3), CO2Per: quantity.Scaled(55, 2)}},
		Drivers: map[string]quantity.Number{scenarios.GDPPrimary: n(0),
			scenarios.GDPSecondary: n(700), scenarios.GDPTertiary: n(300)}}
}

func problem(t *testing.T, goal search.Goal, targetsText string, choices ...string) search.Problem {
	t.Helper()
	set, faults := scenarios.Parse("s.csv", []byte(file), levers.All())
	list, more := targets.Parse("t.csv", []byte(targetsText))
	for _, fault := range append(faults, more...) {
		t.Fatal(fault.Error())
	}
	s, _ := set.Scenario("s")
	p := search.Problem{Base: base(), Scenario: s, Levers: levers.All(), Horizon: 2030,
		Targets: list, Goal: goal, Evaluations: 2000, Seed: 1, Workers: 2}
	for _, choice := range choices {
		p.Knobs = append(p.Knobs, search.KnobsOf(s, strings.Split(choice, "/"), 300,
			quantity.Int(1))...)
	}
	return p
}

func least(t *testing.T, p search.Problem) search.Answer {
	t.Helper()
	a, err := p.Least(t.Context(), "found")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// meets projects the rows that were found as a user would: pasted into the file.
func meets(t *testing.T, p search.Problem, a search.Answer) bool {
	t.Helper()
	text := file + strings.ReplaceAll(pasted(t, a), "scenario,inherits", "")
	set, faults := scenarios.Parse("s.csv", []byte(text), levers.All())
	for _, fault := range faults {
		t.Fatal(fault.Error())
	}
	s, _ := set.Scenario("found")
	pathway, err := scenarios.Project(p.Base, s, p.Levers, p.Horizon)
	if err != nil {
		t.Fatal(err)
	}
	for _, result := range targets.Assess(pathway, p.Targets) {
		if !result.Met {
			return false
		}
	}
	return true
}

// pasted writes the rows in the columns of the file above, with all they inherit written out.
func pasted(t *testing.T, a search.Answer) string {
	t.Helper()
	var b strings.Builder
	found := map[scenarios.Key]bool{}
	line := func(r scenarios.Row, value quantity.Number) {
		years := fmt.Sprintf("%d-%d", r.First, r.Last)
		if r.First == r.Last {
			years = fmt.Sprint(r.First)
		}
		fmt.Fprintf(&b, "found,%s,%s,%s,%s,%s,%s,%s,x,,,\n", r.Lever, r.Sector, r.Commodity, r.To,
			years, value, r.Unit)
	}
	for _, row := range a.Rows {
		found[row.Key()] = true
		line(row, row.Value)
	}
	set, _ := scenarios.Parse("s.csv", []byte(file), levers.All())
	s, _ := set.Scenario("s")
	for _, row := range s.Rows {
		if !found[row.Key()] {
			line(row, row.Value)
		}
	}
	return b.String()
}

// TestOneKnob: the answer is the first per cent that meets the targets, as trying every one says.
func TestOneKnob(t *testing.T) {
	p := problem(t, search.Effort, wanted, "efficiency")
	a := least(t, p)
	if !a.Found || !a.Least || !meets(t, p, a) {
		t.Fatalf("answer %+v, want one that is proved and holds when pasted", a)
	}
	strength := a.Knobs[0].Strength
	for try := 100; try < strength; try++ {
		q := problem(t, search.Effort, wanted, "efficiency")
		q.Knobs[0].Max = try
		if got := least(t, q); got.Found {
			t.Errorf("found %d, and %d already meets the targets", strength, got.Knobs[0].Strength)
			break
		}
	}
	if len(a.Proof) != 1 || a.Proof[0].To != strength-1 || len(a.Proof[0].Breaks) == 0 {
		t.Errorf("proof %+v, want one step back that breaks a target", a.Proof)
	}
	if a.Rows[0].Source != fmt.Sprintf("search: %d %% of -3 %%/yr; plan", strength) {
		t.Errorf("source %q", a.Rows[0].Source)
	}
}

// TestDownwards: less growth also meets the targets, which no more of it does.
func TestDownwards(t *testing.T) {
	a := least(t, problem(t, search.Effort, wanted, "growth"))
	if !a.Found || a.Knobs[0].Strength >= 100 || !a.Least {
		t.Errorf("answer %+v, want less growth", a)
	}
}

// TestSeveralKnobs: proved by its own steps, the same with any number of workers, and no setting of
// a coarse grid is better.
func TestSeveralKnobs(t *testing.T) {
	for _, goal := range []search.Goal{search.Effort, search.Cost} {
		p := problem(t, goal, wanted, "efficiency", "electrification", "grid-factor")
		p.Workers = 1
		want := least(t, p)
		if !want.Found || !want.Least || !meets(t, p, want) {
			t.Fatalf("%s: answer %+v, want one that is proved and holds when pasted", goal, want)
		}
		for _, workers := range []int{2, 7} {
			p.Workers = workers
			if got := least(t, p); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %d workers find %+v, want %+v", goal, workers, got, want)
			}
		}
		front := problem(t, goal, wanted, "efficiency", "electrification", "grid-factor")
		front.Evaluations = 500
		found, err := front.Front(t.Context(), [2]search.Goal{goal, search.Energy})
		if err != nil {
			t.Fatal(err)
		}
		if best := found.Points[0].Goals[0]; best.Cmp(want.GoalAfter) < 0 {
			t.Errorf("%s: found %s, and the front has %s at %v", goal, want.GoalAfter, best,
				found.Points[0].Strengths)
		}
	}
}

// TestOutOfReach: where no strength meets the targets, the answer says so and how far it gets.
func TestOutOfReach(t *testing.T) {
	p := problem(t, search.Effort, strings.Replace(wanted, "2.6", "0.01", 1), "efficiency")
	a := least(t, p)
	if a.Found || len(a.Rows) > 0 || a.Knobs[0].Strength != 300 || a.After[1].Met {
		t.Errorf("answer %+v, want none, with the knob at its end", a)
	}
}

// TestMeasures: a lever in the district's own hands is one knob with all its rows; rows that let
// use grow, the grid and growth are none.
func TestMeasures(t *testing.T) {
	set, faults := scenarios.Parse("s.csv", []byte("scenario,lever,sector,commodity,to,year,value,"+
		"unit,source\ns,growth,secondary,,,2023-2030,5,%/yr,x\n"+
		"s,efficiency,industry,all,,2023-2026,-2,%/yr,x\n"+
		"s,efficiency,industry,all,,2027-2030,-3,%/yr,x\n"+
		"s,efficiency,services,all,,2023-2030,-1,%/yr,x\n"+
		"s,efficiency,residential,all,,2023-2030,1,%/yr,x\n"+
		"s,switch,industry,raw-coal,electricity,2023-2030,20,%,x\n"+
		"s,grid-factor,all,electricity,,2023-2030,-1,%/yr,x\n"), levers.All())
	for _, fault := range faults {
		t.Fatal(fault.Error())
	}
	s, _ := set.Scenario("s")
	got := ""
	for _, knob := range search.Measures(s, 150) {
		got += fmt.Sprintln(knob.Key, len(knob.Rows), knob.Max)
	}
	if want := "{efficiency   } 3 150\n{switch   } 1 150\n"; got != want {
		t.Errorf("knobs:\n%swant\n%s", got, want)
	}
}

func TestProblems(t *testing.T) {
	for name, p := range map[string]search.Problem{
		"no knob": problem(t, search.Effort, wanted, "solar"),
		"a target that nobody can judge": problem(t, search.Effort,
			strings.Replace(wanted, "level,co2,2030", "level,co2,2035", 1), "growth"),
	} {
		if _, err := p.Least(t.Context(), "found"); !errors.Is(err, search.ErrProblem) {
			t.Errorf("%s: %v, want %v", name, err, search.ErrProblem)
		}
	}
}

// ending is a watch that ends the work at its tenth step.
type ending struct {
	done atomic.Int64
	end  context.CancelFunc
}

func (*ending) More(int) {}

func (e *ending) Done(steps int) {
	if e.done.Add(int64(steps)) == 10 {
		e.end()
	}
}

// TestStops: the end of the context is the end of a search; what it has found so far is no answer.
func TestStops(t *testing.T) {
	for _, workers := range []int{1, 2, 7} {
		p := problem(t, search.Effort, wanted, "efficiency", "electrification")
		p.Workers = workers
		for name, look := range map[string]func(context.Context) (any, error){
			"the least": func(ctx context.Context) (any, error) { return p.Least(ctx, "found") },
			"a front": func(ctx context.Context) (any, error) {
				return p.Front(ctx, [2]search.Goal{search.Effort, search.CO2})
			},
		} {
			ctx, cancel := context.WithCancel(t.Context())
			watch := &ending{end: cancel}
			if _, err := look(crew.Watched(ctx, watch)); !errors.Is(err, context.Canceled) {
				t.Errorf("%s with %d workers: %v, want the end of the context", name, workers, err)
			}
		}
	}
}

// TestFront: no setting outdoes another, and the workers change nothing.
func TestFront(t *testing.T) {
	p := problem(t, search.Cost, "target,measure,year,value,unit,source\n", "efficiency",
		"electrification")
	p.Evaluations, p.Workers = 200, 1
	want, err := p.Front(t.Context(), [2]search.Goal{search.Cost, search.Cumulative})
	if err != nil {
		t.Fatal(err)
	}
	if len(want.Points) < 5 || want.Projections > 200 {
		t.Fatalf("%d settings of %d projections, want some of at most 200", len(want.Points),
			want.Projections)
	}
	for i := 1; i < len(want.Points); i++ {
		a, b := want.Points[i-1].Goals, want.Points[i].Goals
		if a[0].Cmp(b[0]) >= 0 || a[1].Cmp(b[1]) <= 0 {
			t.Errorf("%v and %v: one outdoes the other", want.Points[i-1], want.Points[i])
		}
	}
	for _, workers := range []int{2, 7} {
		p.Workers = workers
		if got, _ := p.Front(t.Context(), want.Goals); !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers find another front", workers)
		}
	}
}
