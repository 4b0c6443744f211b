package search

import (
	"context"
	"slices"
)

// walk is one way through the settings, with a memory and a number of projections of its own, so
// that several can be gone at once.
type walk struct {
	// ctx ends the walk: no point can be followed any more once it is done.
	ctx     context.Context
	problem Problem
	left    int
	known   map[string]setting
	used    int
}

func newWalk(ctx context.Context, p Problem, evaluations int) *walk {
	return &walk{ctx: ctx, problem: p, left: evaluations, known: map[string]setting{}}
}

// see evaluates a point once; ok is false where no projection is left.
func (w *walk) see(point []int) (s setting, ok bool) {
	key := settingsOf(point)
	if s, known := w.known[key]; known {
		return s, true
	}
	if w.left == 0 {
		return setting{}, false
	}
	w.left--
	w.used++
	s = w.problem.evaluate(w.ctx, point)
	w.known[key] = s
	return s, true
}

func (w *walk) met(point []int) bool {
	s, ok := w.see(point)
	return ok && s.met
}

func (w *walk) followed(point []int) bool {
	s, ok := w.see(point)
	return ok && s.followed
}

// between returns the point after step of steps from one to another.
func between(from, to []int, step, steps int) []int {
	point := make([]int, len(from))
	for i := range point {
		point[i] = from[i] + (to[i]-from[i])*step/steps
	}
	return point
}

// ray goes straight from one point towards another and returns the first point that meets the
// targets, by halving: before it none does, if more of the same never unmakes a target. Beyond what
// can be followed it does not go.
func (w *walk) ray(from, to []int) ([]int, bool) {
	steps := 0
	for i := range from {
		steps = max(steps, to[i]-from[i], from[i]-to[i])
	}
	if steps == 0 {
		return nil, false
	}
	last := steps
	if !w.followed(between(from, to, last, steps)) {
		last = halve(0, steps, func(step int) bool {
			return !w.followed(between(from, to, step, steps))
		}) - 1
	}
	if !w.met(between(from, to, last, steps)) {
		return nil, false
	}
	if w.met(from) {
		return from, true
	}
	first := halve(0, last, func(step int) bool { return w.met(between(from, to, step, steps)) })
	return between(from, to, first, steps), true
}

// halve returns the first number above low, up to high, for which something holds; it holds for
// high, and not for low.
func halve(low, high int, holds func(int) bool) int {
	for high-low > 1 {
		if middle := low + (high-low)/2; holds(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}

// less says whether a setting has the smaller goal.
func (w *walk) less(a, b setting) bool {
	goal := w.problem.Goal
	return a.goals[goal].Cmp(b.goals[goal]) < 0
}

// swaps are the per cents by which one knob is turned further while another is let back.
var swaps = []int{32, 8, 2, 1}

// polish lowers the goal from a setting that meets the targets until no single step and no swap of
// two knobs lowers it, or no projection is left.
func (w *walk) polish(from setting) setting {
	best := from
	for {
		next, moved := w.slides(best)
		if !moved {
			next, moved = w.exchanges(best)
		}
		if !moved {
			return best
		}
		best = next
	}
}

// slides moves single knobs as far as the targets stay met and the goal falls.
func (w *walk) slides(best setting) (setting, bool) {
	for i := range best.point {
		for _, towards := range []int{-1, 1} {
			if next, ok := w.slide(best, i, towards); ok {
				return next, true
			}
		}
	}
	return best, false
}

// end is where a knob that moves one way stops: for effort at what is written, as beyond it the
// goal rises again.
func (w *walk) end(point []int, i, towards int) int {
	limit := 0
	if towards > 0 {
		limit = w.problem.Knobs[i].Max
	}
	if w.problem.Goal == Effort && (asWritten-point[i])*towards > 0 {
		limit = asWritten
	}
	return limit
}

func (w *walk) slide(best setting, i, towards int) (setting, bool) {
	if w.problem.Goal == Effort && (asWritten-best.point[i])*towards <= 0 {
		return best, false // away from what is written, effort only rises
	}
	far := (w.end(best.point, i, towards) - best.point[i]) * towards
	lowers := func(step int) bool {
		s, ok := w.see(moved(best.point, i, step*towards))
		return ok && s.met && w.less(s, best)
	}
	if far < 1 || !lowers(1) {
		return best, false
	}
	step := far
	if !lowers(far) {
		step = halve(1, far, func(step int) bool { return !lowers(step) }) - 1
	}
	return w.see(moved(best.point, i, step*towards))
}

func moved(point []int, i, by int) []int {
	next := slices.Clone(point)
	next[i] += by
	return next
}

// exchanges turns one knob further, away from what is written or towards its end, and lets another
// back as far as the targets allow.
func (w *walk) exchanges(best setting) (setting, bool) {
	for _, swap := range swaps {
		for i := range best.point {
			for _, by := range []int{swap, -swap} {
				further := moved(best.point, i, by)
				if further[i] < 0 || further[i] > w.problem.Knobs[i].Max || !w.met(further) {
					continue
				}
				s, _ := w.see(further)
				for j := range best.point {
					if next, ok := w.letBack(s, best, i, j); ok {
						return next, true
					}
				}
			}
		}
	}
	return best, false
}

// letBack slides knob j from a setting in which knob i was turned, and says whether that is better
// than the best.
func (w *walk) letBack(s, best setting, i, j int) (setting, bool) {
	if i == j {
		return best, false
	}
	for _, towards := range []int{-1, 1} {
		next, ok := w.slide(s, j, towards)
		if ok && w.less(next, best) {
			return next, true
		}
	}
	return best, false
}

// drop is a step that would lower the goal, and the targets it breaks.
type drop struct {
	knob, to int
	breaks   []string
}

// drops are all single steps that lower the goal of a setting, with what each breaks. A step that
// breaks nothing says that the setting is not the least.
func (w *walk) drops(best setting) (list []drop, least bool) {
	least = true
	for i := range best.point {
		for _, by := range []int{-1, 1} {
			point := moved(best.point, i, by)
			if point[i] < 0 || point[i] > w.problem.Knobs[i].Max {
				continue
			}
			s := w.problem.evaluate(w.ctx, point)
			w.used++
			if !s.followed || !w.less(s, best) {
				continue
			}
			d := drop{knob: i, to: point[i]}
			for _, result := range s.results {
				if !result.Met {
					d.breaks = append(d.breaks, result.Target.Name)
				}
			}
			least = least && len(d.breaks) > 0
			list = append(list, d)
		}
	}
	return list, least
}
