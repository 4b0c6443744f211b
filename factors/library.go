package factors

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"

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
	// Subjects are entity and site the factor is for, as Library.Subjects returns them; they are
	// narrower than any area.
	Subjects []string
	Period   quantity.Period
	Vintage  Vintage
	// GWP are the warming potentials of the reader: a factor to CO2e that was made with others is
	// not taken. Empty takes all.
	GWP []string
	// Known is the last day whose publications are taken; 0 takes all.
	Known quantity.Day
	// Approved leaves out factors of one's own that nobody has approved.
	Approved bool
}

// Outcome tells how one step of a search ended.
type Outcome string

// A set does not have the edge at all, has it for other areas, has it for other times, has one that
// was published later than the reader looks, has one made with other warming potentials, has one
// of the user's own without the approver the policy asks for, has a hole where it should have one,
// has it, or has an earlier one that the policy lets stand in.
const (
	NoEdge      Outcome = "no-edge"
	NoArea      Outcome = "no-area"
	NoTime      Outcome = "no-time"
	NotYet      Outcome = "not-yet"
	OtherGWP    Outcome = "other-gwp"
	NotApproved Outcome = "not-approved"
	Hole        Outcome = "hole"
	Found       Outcome = "found"
	StoodIn     Outcome = "stood-in"
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
	sets      map[string]func() *indexed
	subjects  map[string]bool
}

// indexed is a set with its factors by the edge they are.
type indexed struct {
	Set
	edges map[edge][]Factor
}

type edge struct{ from, to string }

func index(set Set) *indexed {
	x := &indexed{set, map[edge][]Factor{}}
	for _, f := range set.Factors {
		key := edge{f.From.ID, f.To.ID}
		x.edges[key] = append(x.edges[key], f)
	}
	return x
}

// shipped are the sets that come with the program. Each is read when somebody first looks into it,
// once for all libraries: a question needs ten of eighty.
var shipped = sync.OnceValues(func() (*Library, error) {
	library, err := bare()
	if err != nil {
		return nil, err
	}
	sets, err := fs.Sub(setsFolder, "sets")
	if err != nil {
		return nil, err
	}
	folders, err := fs.ReadDir(sets, ".")
	if err != nil {
		return nil, err
	}
	for _, folder := range folders {
		id := folder.Name()
		library.order = append(library.order, id)
		library.sets[id] = sync.OnceValue(func() *indexed {
			set, faults := readSet(sets, id, library.Catalogue)
			if len(faults) > 0 {
				panic("factors: " + faults[0].Error()) // A test reads them all.
			}
			return index(set)
		})
	}
	return library, nil
})

// Open returns the library of the sets that come with the program.
func Open() (*Library, error) {
	whole, err := shipped()
	if err != nil {
		return nil, err
	}
	return &Library{Catalogue: whole.Catalogue, Areas: whole.Areas,
		order: slices.Clone(whole.order), sets: maps.Clone(whole.sets),
		subjects: map[string]bool{}}, nil
}

// OpenFrom returns the library of the sets in a folder, each a folder with source.md and
// factors.csv. A set, an edition of warming potentials or the factors of a province are added by
// adding such a folder.
func OpenFrom(sets fs.FS) (*Library, error) {
	library, err := bare()
	if err != nil {
		return nil, err
	}
	folders, err := fs.ReadDir(sets, ".")
	if err != nil {
		return nil, err
	}
	for _, folder := range folders {
		set, faults := readSet(sets, folder.Name(), library.Catalogue)
		if len(faults) > 0 {
			return nil, faults[0]
		}
		if err := library.Add(set); err != nil {
			return nil, err
		}
	}
	return library, nil
}

// bare returns the library of the program's commodities and areas, without sets.
func bare() (*Library, error) {
	catalogue, err := Commodities()
	if err != nil {
		return nil, err
	}
	areas, err := Places()
	if err != nil {
		return nil, err
	}
	return NewLibrary(catalogue, areas), nil
}

func readSet(sets fs.FS, id string, catalogue Catalogue) (Set, []table.Fault) {
	source, err := fs.ReadFile(sets, id+"/source.md")
	if err != nil {
		return Set{}, []table.Fault{{File: id, Code: "factor.row", Args: []string{err.Error()}}}
	}
	rows, err := fs.ReadFile(sets, id+"/factors.csv")
	if err != nil {
		return Set{}, []table.Fault{{File: id, Code: "factor.row", Args: []string{err.Error()}}}
	}
	return ParseSet(id, source, rows, catalogue)
}

// NewLibrary returns a library without sets.
func NewLibrary(catalogue Catalogue, areas Areas) *Library {
	return &Library{Catalogue: catalogue, Areas: areas,
		sets: map[string]func() *indexed{}, subjects: map[string]bool{}}
}

// Add puts a set into the library; an id that is there already is refused.
func (l *Library) Add(set Set) error {
	if _, twice := l.sets[set.ID]; twice {
		return fmt.Errorf("factor set %s is there already; give yours another id", set.ID)
	}
	x := index(set)
	l.sets[set.ID] = func() *indexed { return x }
	l.order = append(l.order, set.ID)
	for _, factor := range set.Factors {
		if isSubject(factor.Area) {
			l.subjects[factor.Area] = true
		}
	}
	return nil
}

// Replace puts a set into the library in place of one with its id, if there is one.
func (l *Library) Replace(set Set) error {
	if _, there := l.sets[set.ID]; there {
		delete(l.sets, set.ID)
		l.order = slices.DeleteFunc(l.order, func(id string) bool { return id == set.ID })
	}
	return l.Add(set)
}

// Subjects returns the areas of factors that hold for a site or its entity alone, the narrower
// first; none where the library has no such factor.
func (l *Library) Subjects(entity, site string) (subjects []string) {
	if len(l.subjects) == 0 {
		return nil
	}
	for _, subject := range slices.Compact([]string{Subject(entity, site), Subject(entity, "")}) {
		if l.subjects[subject] {
			subjects = append(subjects, subject)
		}
	}
	return subjects
}

// Sets returns the sets in the order they were added.
func (l *Library) Sets() []Set {
	sets := make([]Set, 0, len(l.order))
	for _, id := range l.order {
		sets = append(sets, l.sets[id]().Set)
	}
	return sets
}

// Set returns a set by its id.
func (l *Library) Set(id string) (Set, bool) {
	set, ok := l.sets[id]
	if !ok {
		return Set{}, false
	}
	return set().Set, true
}

// Has says whether there is a set of this id.
func (l *Library) Has(id string) bool { return l.sets[id] != nil }

// Find returns the factor for the query and the trace of the search, or ErrNoFactor with the trace.
//
// A factor whose validity contains the whole period is looked for in all sets first; only then,
// and only under OfPeriodOrEarlier, the latest factor that ended before the period began.
func (l *Library) Find(q Query) (Factor, Trace, error) {
	var trace Trace
	chain := slices.Concat(q.Subjects, l.Areas.Chain(q.Area))
	for _, set := range q.Sets {
		factor, step := l.search(set, chain, q, false)
		trace = append(trace, step)
		if step.Outcome == Found {
			return factor, trace, nil
		}
	}
	if q.Vintage == OfPeriodOrEarlier {
		for _, set := range q.Sets {
			factor, step := l.search(set, chain, q, true)
			if step.Outcome == StoodIn {
				return factor, append(trace, step), nil
			}
			if step.Outcome == Hole && !slices.Contains(trace, step) {
				trace = append(trace, step)
			}
		}
	}
	return Factor{}, trace, fmt.Errorf("%w: %s to %s, area %s, %s",
		ErrNoFactor, q.From, q.To, q.Area, q.Period)
}

// search looks through one set along the areas, for the time of the query or for an earlier one.
func (l *Library) search(set string, chain []string, q Query, earlier bool) (Factor, Step) {
	step := Step{Set: set, Outcome: NoEdge}
	if !l.Has(set) {
		return Factor{}, step
	}
	looked := l.sets[set]()
	q = looked.limit(q)
	candidates := looked.edges[edge{q.From, q.To}]
	if len(candidates) == 0 {
		return Factor{}, step
	}
	step = Step{set, candidates[0].Area, NoArea, candidates[0].ID}
	for _, area := range chain {
		best := -1
		for i, f := range candidates {
			if f.Area != area {
				continue
			}
			outcome := q.judge(f)
			if outcome == Found && !earlier {
				return f, Step{set, area, Found, f.ID}
			}
			if step.Outcome == NoArea || rank[outcome] > rank[step.Outcome] {
				step = Step{set, area, outcome, f.ID}
			}
			if earlier && outcome == NoTime && f.Valid.End <= q.Period.First &&
				(best < 0 || candidates[best].Valid.End < f.Valid.End) {
				best = i
			}
		}
		if l.lacks(looked.Set, area, q, candidates, best) {
			return Factor{}, Step{set, area, Hole, step.Factor}
		}
		if best >= 0 {
			return candidates[best], Step{set, area, StoodIn, candidates[best].ID}
		}
	}
	return Factor{}, step
}

// rank orders the reasons why a candidate is not taken: the one that is closest to a match is told.
var rank = map[Outcome]int{NoTime: 1, NotYet: 2, OtherGWP: 3, NotApproved: 4}

// judge says whether a factor of the right edge and area is taken, and why not.
func (q Query) judge(f Factor) Outcome {
	switch {
	case q.Known != 0 && f.known > q.Known:
		return NotYet
	case f.GWP != "" && len(q.GWP) > 0 && !slices.Contains(q.GWP, f.GWP):
		return OtherGWP
	case q.Approved && f.Status == Own && f.Approver == "":
		return NotApproved
	case !f.Valid.Contains(q.Period):
		return NoTime
	}
	return Found
}
