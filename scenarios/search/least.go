package search

import (
	"context"
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/chance"
	"carbonledger/scenarios/crew"
	"carbonledger/scenarios/targets"
)

// Answer is the least change that was found.
type Answer struct {
	Scenario string
	Pins     scenarios.Pins
	Goal     Goal
	Knobs    []Turned
	// Found says that all targets are met. Where not, the knobs stand where all are turned as far
	// as the base and the levers follow.
	Found bool
	// Before and After hold the scenario as written and as found against the targets, with its
	// goal.
	Before, After         []targets.Result
	GoalBefore, GoalAfter quantity.Number
	// Rows are the rows to paste: a scenario that inherits the one that was searched.
	Rows []scenarios.Row
	// Proof holds every single step that would lower the goal, with the targets it breaks; Least
	// says that each breaks one.
	Proof []Step
	Least bool
	// Projections is how often the scenario was projected.
	Projections int
}

// Turned is where a knob stands, in per cent of what is written.
type Turned struct {
	Key      scenarios.Key
	Strength int
}

// Step is a knob one per cent from where it stands, and the targets that breaks.
type Step struct {
	Key    scenarios.Key
	To     int
	Breaks []string
}

// polished is how many of the settings found on rays are gone on from, drawn how many rays have a
// direction by chance, and rayLeast how many projections a ray has at least: halving 200 steps
// takes 8, and finding where they can be followed no more than that again.
const (
	polished = 3
	drawn    = 4
	rayLeast = 16
)

// Least searches. It goes along rays from what is written: each knob alone both ways, all together,
// and some directions by chance, each to the first setting that meets the targets. From the best of
// those it turns single knobs and pairs of them as long as the goal falls. Where the targets never
// unmake themselves along a ray, the answer for one knob is exact; for several it is a minimum no
// single step and no swap of two knobs improves.
//
// It stops with the error of the context once that is done; a watch on the context is told of each
// projection.
func (p Problem) Least(ctx context.Context, name string) (Answer, error) {
	p, err := p.ready(ctx)
	if err != nil {
		return Answer{}, err
	}
	crew.More(ctx, p.Evaluations)
	start := p.evaluate(ctx, p.start())
	if start.err != nil {
		return Answer{}, start.err
	}
	for _, result := range start.results {
		if result.Unknown != "" {
			return Answer{}, &Refusal{Why: Unjudged, Name: result.Target.Name,
				Unknown: result.Unknown}
		}
	}
	ends := p.ends()
	each := max(rayLeast, p.Evaluations/2/len(ends))
	walks, found := make([]*walk, len(ends)), make([][]int, len(ends))
	err = crew.Each(ctx, p.Workers, len(ends), func(task int) {
		walks[task] = newWalk(ctx, p, each)
		found[task], _ = walks[task].ray(p.start(), ends[task])
	})
	if err != nil {
		return Answer{}, err
	}
	answer := Answer{Scenario: p.Scenario.Name, Pins: p.Base.Pins, Goal: p.Goal,
		Before: start.results, GoalBefore: start.goals[p.Goal], Projections: 1}
	var candidates []setting
	for i, walk := range walks {
		answer.Projections += walk.used
		if found[i] != nil {
			candidates = append(candidates, walk.known[settingsOf(found[i])])
		}
	}
	if len(candidates) == 0 {
		return p.farthest(answer, walks, start), nil
	}
	slices.SortStableFunc(candidates, func(a, b setting) int {
		return a.goals[p.Goal].Cmp(b.goals[p.Goal])
	})
	candidates = candidates[:min(polished, len(candidates))]
	each = max(1, (p.Evaluations-answer.Projections)/len(candidates))
	walks = walks[:len(candidates)]
	err = crew.Each(ctx, p.Workers, len(candidates), func(task int) {
		walks[task] = newWalk(ctx, p, each)
		candidates[task] = walks[task].polish(candidates[task])
	})
	if err != nil {
		return Answer{}, err
	}
	best := candidates[0]
	for i, walk := range walks {
		answer.Projections += walk.used
		if walk.less(candidates[i], best) {
			best = candidates[i]
		}
	}
	return p.proved(ctx, answer, best, name)
}

// ends are where the rays lead.
func (p Problem) ends() (ends [][]int) {
	top := p.start()
	for i, knob := range p.Knobs {
		top[i] = knob.Max
		for _, end := range []int{knob.Max, 0} {
			point := p.start()
			point[i] = end
			ends = append(ends, point)
		}
	}
	if len(p.Knobs) == 1 {
		return ends
	}
	ends = append(ends, top)
	source := chance.Of(p.Seed, 0)
	for range drawn {
		point := p.start()
		for i, knob := range p.Knobs {
			point[i] += source.Below(knob.Max - asWritten + 1)
		}
		ends = append(ends, point)
	}
	return ends
}

// farthest answers where no ray meets the targets: with the setting in which all knobs, or the one
// there is, are turned as far as they go.
func (p Problem) farthest(answer Answer, walks []*walk, start setting) Answer {
	best, effort := start, quantity.Number{}
	for _, walk := range walks {
		for _, s := range inOrder(walk.known) {
			if s.followed && s.goals[Effort].Cmp(effort) > 0 {
				best, effort = s, s.goals[Effort]
			}
		}
	}
	answer.After, answer.GoalAfter = best.results, best.goals[p.Goal]
	answer.Knobs = p.turned(best.point)
	return answer
}

// inOrder lists settings in an order that does not depend on when they were seen.
func inOrder(known map[string]setting) (list []setting) {
	for _, s := range known {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b setting) int { return slices.Compare(a.point, b.point) })
	return list
}

func (p Problem) turned(point []int) (turned []Turned) {
	for i, knob := range p.Knobs {
		turned = append(turned, Turned{knob.Key, point[i]})
	}
	return turned
}

func (p Problem) proved(ctx context.Context, answer Answer, best setting, name string) (
	Answer, error) {
	answer.Found = true
	answer.After, answer.GoalAfter = best.results, best.goals[p.Goal]
	answer.Knobs, answer.Rows = p.turned(best.point), p.rows(best.point, name)
	w := newWalk(ctx, p, 0)
	drops, least := w.drops(best)
	answer.Least = least
	for _, d := range drops {
		answer.Proof = append(answer.Proof, Step{p.Knobs[d.knob].Key, d.to, d.breaks})
	}
	answer.Projections += w.used
	return answer, ctx.Err()
}
