package factors

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"carbonledger/quantity"
	"carbonledger/table"
)

//go:embed sets
var setsFolder embed.FS

// ErrNoFactor is returned where no factor is valid; the trace beside it tells what was tried.
var ErrNoFactor = errors.New("no factor is valid")

// Vintage is a policy's rule for the time of a factor.
type Vintage string

// A factor holds for the time of the activity, or, where the policy allows it, the latest one
// before that time stands in until the factor of the year is published.
const (
	OfPeriod          Vintage = "of-period"
	OfPeriodOrEarlier Vintage = "of-period-or-earlier"
)

// Query asks for the factor of one edge at one place and time.
type Query struct {
	// Sets are searched in this order; within a set the narrower area wins.
	Sets     []string
	From, To string
	Area     string
	Period   quantity.Period
	Vintage  Vintage
}

// Outcome tells how one step of a search ended.
type Outcome string

// A set does not have the edge at all, has it for other areas, has it for other times, has it, or
// has an earlier one that the policy lets stand in.
const (
	NoEdge  Outcome = "no-edge"
	NoArea  Outcome = "no-area"
	NoTime  Outcome = "no-time"
	Found   Outcome = "found"
	StoodIn Outcome = "stood-in"
)

// Step is one set tried in a search.
type Step struct {
	Set     string
	Area    string
	Outcome Outcome
	// Factor is the id of the factor found, or of a candidate that the rule did not allow.
	Factor string
}

// Trace is everything a search tried, in order.
type Trace []Step

// Search is a factor that was looked for, with everything that was tried.
type Search struct {
	Query  Query
	Factor Factor
	Trace  Trace
	Found  bool
}

// Library holds sets, commodities and areas, and finds factors.
type Library struct {
	Catalogue Catalogue
	Areas     Areas
	order     []string
	sets      map[string]Set
	edges     map[edge][]Factor
}

type edge struct{ set, from, to string }

// Open returns the library of the sets that come with the program.
func Open() (*Library, error) {
	catalogue, err := Commodities()
	if err != nil {
		return nil, err
	}
	areas, err := Places()
	if err != nil {
		return nil, err
	}
	library := NewLibrary(catalogue, areas)
	folders, err := fs.ReadDir(setsFolder, "sets")
	if err != nil {
		return nil, err
	}
	for _, folder := range folders {
		set, faults := readEmbedded(folder.Name(), catalogue)
		if len(faults) > 0 {
			return nil, faults[0]
		}
		if err := library.Add(set); err != nil {
			return nil, err
		}
	}
	return library, nil
}

func readEmbedded(id string, catalogue Catalogue) (Set, []table.Fault) {
	source, err := setsFolder.ReadFile("sets/" + id + "/source.md")
	if err != nil {
		return Set{}, []table.Fault{{File: id, Code: "factor.row", Args: []string{err.Error()}}}
	}
	rows, err := setsFolder.ReadFile("sets/" + id + "/factors.csv")
	if err != nil {
		return Set{}, []table.Fault{{File: id, Code: "factor.row", Args: []string{err.Error()}}}
	}
	return ParseSet(id, source, rows, catalogue)
}

// NewLibrary returns a library without sets.
func NewLibrary(catalogue Catalogue, areas Areas) *Library {
	return &Library{Catalogue: catalogue, Areas: areas,
		sets: map[string]Set{}, edges: map[edge][]Factor{}}
}

// Add puts a set into the library; an id that is there already is refused.
func (l *Library) Add(set Set) error {
	if _, twice := l.sets[set.ID]; twice {
		return fmt.Errorf("factor set %s is there already; give yours another id", set.ID)
	}
	l.sets[set.ID] = set
	l.order = append(l.order, set.ID)
	for _, factor := range set.Factors {
		key := edge{set.ID, factor.From.ID, factor.To.ID}
		l.edges[key] = append(l.edges[key], factor)
	}
	return nil
}

// Sets returns the sets in the order they were added.
func (l *Library) Sets() []Set {
	sets := make([]Set, 0, len(l.order))
	for _, id := range l.order {
		sets = append(sets, l.sets[id])
	}
	return sets
}

// Set returns a set by its id.
func (l *Library) Set(id string) (Set, bool) {
	set, ok := l.sets[id]
	return set, ok
}

// Find returns the factor for the query and the trace of the search, or ErrNoFactor with the trace.
//
// A factor whose validity contains the whole period is looked for in all sets first; only then,
// and only under OfPeriodOrEarlier, the latest factor that ended before the period began.
func (l *Library) Find(q Query) (Factor, Trace, error) {
	var trace Trace
	chain := l.Areas.Chain(q.Area)
	for _, set := range q.Sets {
		factor, step := l.search(set, chain, q, false)
		trace = append(trace, step)
		if step.Outcome == Found {
			return factor, trace, nil
		}
	}
	if q.Vintage == OfPeriodOrEarlier {
		for _, set := range q.Sets {
			if factor, step := l.search(set, chain, q, true); step.Outcome == StoodIn {
				return factor, append(trace, step), nil
			}
		}
	}
	return Factor{}, trace, fmt.Errorf("%w: %s to %s, area %s, %s",
		ErrNoFactor, q.From, q.To, q.Area, q.Period)
}

// search looks through one set along the areas, for the time of the query or for an earlier one.
func (l *Library) search(set string, chain []string, q Query, earlier bool) (Factor, Step) {
	candidates := l.edges[edge{set, q.From, q.To}]
	step := Step{Set: set, Outcome: NoEdge}
	if len(candidates) == 0 {
		return Factor{}, step
	}
	step.Outcome = NoArea
	for _, area := range chain {
		best, at := -1, slices.IndexFunc(candidates, func(f Factor) bool { return f.Area == area })
		if at < 0 {
			continue
		}
		if step.Outcome == NoArea {
			step = Step{set, area, NoTime, candidates[at].ID}
		}
		for i, f := range candidates {
			switch {
			case f.Area != area:
			case !earlier && f.Valid.Contains(q.Period):
				return f, Step{set, area, Found, f.ID}
			case earlier && f.Valid.End <= q.Period.First &&
				(best < 0 || candidates[best].Valid.End < f.Valid.End):
				best = i
			}
		}
		if best >= 0 {
			return candidates[best], Step{set, area, StoodIn, candidates[best].ID}
		}
	}
	return Factor{}, step
}
