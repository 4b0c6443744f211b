package factors

import (
	"cmp"
	"slices"
)

// Near returns up to most factors of the edge a query asks for that its search does not take: those
// of the areas around go first, then those whose time is closest. Every set of the library is
// looked into, so that a planner sees which set to name or which year there is.
func (l *Library) Near(q Query, most int) []Factor {
	chain := slices.Concat(q.Subjects, l.Areas.Chain(q.Area))
	var near []Factor
	for _, set := range l.order {
		near = append(near, l.sets[set]().edges[edge{q.From, q.To}]...)
	}
	away := func(f Factor) int {
		if at := slices.Index(chain, f.Area); at >= 0 {
			return at
		}
		return len(chain)
	}
	near = slices.DeleteFunc(near, func(f Factor) bool {
		return isSubject(f.Area) && away(f) == len(chain) // Somebody else's.
	})
	slices.SortStableFunc(near, func(a, b Factor) int {
		return cmp.Or(away(a)/len(chain)-away(b)/len(chain),
			apart(a, q)-apart(b, q), away(a)-away(b))
	})
	return near[:min(len(near), most)]
}

// apart counts the days between the validity of a factor and the time asked for.
func apart(f Factor, q Query) int {
	return max(0, int(f.Valid.First-q.Period.End)+1, int(q.Period.First-f.Valid.End)+1)
}
