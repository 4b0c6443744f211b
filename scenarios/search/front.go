package search

import (
	"context"
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/chance"
	"carbonledger/scenarios/crew"
)

// Front is the settings of which none is at least as good as another under both goals and better
// under one, the best under the first goal first.
type Front struct {
	Scenario    string
	Pins        scenarios.Pins
	Goals       [2]Goal
	Keys        []scenarios.Key
	Points      []Choice
	Projections int
}

// Choice is one setting, in per cent of what is written, and its goals.
type Choice struct {
	Strengths []int
	Goals     [2]quantity.Number
}

// levels are the strengths a front begins with, in per cent of a knob's largest.
var levels = []int{0, 25, 50, 75, 100}

// nears are how far around the settings of a front others are tried, in per cent of what is
// written, one round after the other.
var nears = []int{32, 16, 8, 4, 2, 1}

// Front looks for what there is to choose between two goals, among settings that meet the targets.
// It begins with a grid, or where that is too large with settings by chance, and then looks around
// the settings that stand, closer and closer, until its projections are used up. It stops as Least
// does.
func (p Problem) Front(ctx context.Context, goals [2]Goal) (Front, error) {
	p, err := p.ready(ctx)
	if err != nil {
		return Front{}, err
	}
	for _, goal := range goals {
		if !slices.Contains(Goals(), goal) {
			return Front{}, &Refusal{Why: NoGoal, Name: string(goal)}
		}
	}
	crew.More(ctx, p.Evaluations)
	start := p.evaluate(ctx, p.start())
	if start.err != nil {
		return Front{}, start.err
	}
	f := &frontier{ctx: ctx, problem: p, goals: goals, left: p.Evaluations - 1,
		seen: map[string]bool{settingsOf(start.point): true}}
	f.take([]setting{start})
	f.look(f.grid())
	for _, near := range nears {
		for f.look(f.around(near)) {
		}
	}
	if ctx.Err() != nil {
		return Front{}, ctx.Err()
	}
	front := Front{Scenario: p.Scenario.Name, Pins: p.Base.Pins, Goals: goals,
		Projections: p.Evaluations - f.left}
	for _, knob := range p.Knobs {
		front.Keys = append(front.Keys, knob.Key)
	}
	for _, s := range f.stand {
		front.Points = append(front.Points, Choice{s.point,
			[2]quantity.Number{s.goals[goals[0]], s.goals[goals[1]]}})
	}
	return front, nil
}

// frontier is a front in the making.
type frontier struct {
	ctx     context.Context
	problem Problem
	goals   [2]Goal
	left    int
	seen    map[string]bool
	stand   []setting
}

// grid lists the settings to begin with: at most half of the projections.
func (f *frontier) grid() (points [][]int) {
	knobs := f.problem.Knobs
	most := max(1, f.left/2)
	count := 1
	for range knobs {
		count = min(count*len(levels), most+1)
	}
	if count <= most {
		for at := range count {
			point := make([]int, len(knobs))
			for i, knob := range knobs {
				point[i] = knob.Max * levels[at%len(levels)] / 100
				at /= len(levels)
			}
			points = append(points, point)
		}
		return points
	}
	source := chance.Of(f.problem.Seed, 1)
	for range most {
		point := make([]int, len(knobs))
		for i, knob := range knobs {
			point[i] = source.Below(knob.Max + 1)
		}
		points = append(points, point)
	}
	return points
}

// around lists the settings next to those that stand, a knob each.
func (f *frontier) around(near int) (points [][]int) {
	for _, s := range f.stand {
		for i, knob := range f.problem.Knobs {
			for _, by := range []int{-near, near} {
				point := moved(s.point, i, by)
				if point[i] >= 0 && point[i] <= knob.Max {
					points = append(points, point)
				}
			}
		}
	}
	return points
}

// look evaluates the points nobody has seen, as far as projections are left, and says whether that
// changed the front.
func (f *frontier) look(points [][]int) bool {
	fresh := f.fresh(points)
	f.left -= len(fresh)
	found := make([]setting, len(fresh))
	err := crew.Each(f.ctx, f.problem.Workers, len(fresh), func(task int) {
		found[task] = f.problem.evaluate(f.ctx, fresh[task])
	})
	return err == nil && f.take(found)
}

// fresh returns the points nobody has seen; where they are more than the projections left, some of
// them, evenly spread.
func (f *frontier) fresh(points [][]int) (fresh [][]int) {
	listed := map[string]bool{}
	points = slices.DeleteFunc(slices.Clone(points), func(point []int) bool {
		key := settingsOf(point)
		known := f.seen[key] || listed[key]
		listed[key] = true
		return known
	})
	count := min(len(points), f.left)
	for i := range count {
		point := points[i*len(points)/count]
		f.seen[settingsOf(point)] = true
		fresh = append(fresh, point)
	}
	return fresh
}

// take lets settings onto the front that nothing on it outdoes, and says whether one came.
func (f *frontier) take(found []setting) (changed bool) {
	for _, s := range found {
		if !s.followed || !s.met || slices.ContainsFunc(f.stand, func(other setting) bool {
			return f.outdoes(other, s)
		}) {
			continue
		}
		changed = true
		f.stand = slices.DeleteFunc(f.stand, func(other setting) bool {
			return f.outdoes(s, other)
		})
		f.stand = append(f.stand, s)
	}
	slices.SortStableFunc(f.stand, func(a, b setting) int {
		return a.goals[f.goals[0]].Cmp(b.goals[f.goals[0]])
	})
	return changed
}

// outdoes says that a is at least as good as b under both goals. Of two that are equal the first
// stands.
func (f *frontier) outdoes(a, b setting) bool {
	for _, goal := range f.goals {
		if a.goals[goal].Cmp(b.goals[goal]) > 0 {
			return false
		}
	}
	return true
}
