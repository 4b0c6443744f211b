package factors

import (
	"slices"

	"carbonledger/quantity"
)

// lacks says whether a set that covers a time has a hole where the query looks: it publishes the
// edge at the level of the area (province, grid, country) and has nothing for this one, or only
// something older than its latest. A wider area or an earlier year would then be a guess, and the
// search ends. Areas for which the source itself gives no value are named by the set (wider).
func (l *Library) lacks(set Set, area string, q Query, candidates []Factor, earlier int) bool {
	kind := l.Areas.byCode[area].Kind
	if set.Covers == (quantity.Period{}) || kind == "" || slices.Contains(set.Wider, area) {
		return false
	}
	published, elsewhere, latest := false, false, openFirst
	for _, f := range candidates {
		if l.Areas.byCode[f.Area].Kind != kind || !l.Areas.share(f.Area, area) {
			continue
		}
		published = true
		switch outcome := q.judge(f); {
		case f.Area == area && f.Valid.Overlaps(q.Period):
			return false // It is there, and judged already.
		case outcome == Found:
			elsewhere = true
		case outcome == NoTime && f.Valid.End <= q.Period.First:
			latest = max(latest, f.Valid.End)
		}
	}
	switch {
	case !published:
		return false
	case elsewhere || set.Covers.Overlaps(q.Period):
		return true
	case q.Known == 0 && set.Covers.End <= q.Period.First:
		latest = max(latest, set.Covers.End)
	}
	return earlier >= 0 && candidates[earlier].Valid.End < latest
}

// share says whether two areas are one or lie in one that is narrower than the world.
func (a Areas) share(one, other string) bool {
	return slices.ContainsFunc(a.Chain(one), func(code string) bool {
		return code != World && a.Within(other, code)
	})
}
