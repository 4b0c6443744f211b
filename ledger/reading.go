package ledger

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/quantity"
)

// CO2e is the commodity all greenhouse gases are compared in.
const CO2e = "co2e"

// Step is one multiplication on the way from an activity to a figure.
type Step struct {
	Factor factors.Factor
	Trace  factors.Trace
	// Result counts book units of Factor.To.
	Result quantity.Number
}

// Reading is what an amount means under one rule: so much of a gas, of standard coal or of water.
type Reading struct {
	To, Scope, Category string
	Number              quantity.Number
	// Steps lead from the amount to Number; none where the commodity is counted as it is.
	Steps []Step
	// CO2e is Number as CO2 equivalent and Warming the step to it, where To is a greenhouse gas.
	CO2e    quantity.Number
	Warming *Step
}

// Gap is a figure that is not there, with the reason.
type Gap struct {
	Flow                Flow
	To, Scope, Category string
	// Reason is absent (nobody reported it), no-factor, no-area, no-warming, spans (the period
	// is longer than the one asked for), or overclaimed (more electricity is claimed than used).
	Reason string
	Trace  factors.Trace
}

// The reasons for a gap.
const (
	ReasonAbsent    = "absent"
	ReasonNoFactor  = "no-factor"
	ReasonNoArea    = "no-area"
	ReasonNoWarming = "no-warming"
	ReasonSpans     = "spans"

	ReasonOverclaimed = "overclaimed"
)

// Entry is an activity with everything that follows from it under a policy.
type Entry struct {
	Flow     Flow
	Postings []Posting
	Readings []Reading
	Gaps     []Gap
}

// Reader reads flows under one policy. It remembers the factors it found: a book has few
// combinations of commodity, area and period and many flows.
type Reader struct {
	policy   Policy
	library  *factors.Library
	entities func(id string, day quantity.Day) (Entity, bool)
	found    map[factorKey]finding
}

type factorKey struct {
	rule   int
	from   string
	area   string
	period quantity.Period
	// subject names entity and site where a factor of their own may be found.
	subject string
}

type finding struct {
	factor  factors.Factor
	trace   factors.Trace
	ok      bool
	warming *factors.Factor
	path    factors.Trace
}

// NewReader returns a reader for a policy; entities tells what the book knows of an entity.
func NewReader(
	policy Policy,
	library *factors.Library,
	entities func(string, quantity.Day) (Entity, bool),
) *Reader {
	return &Reader{policy, library, entities, map[factorKey]finding{}}
}

// Policy returns the policy of the reader.
func (r *Reader) Policy() Policy { return r.policy }

// Convert turns an amount in a flow into an entry: its physical postings, and under every rule that
// applies a pair of postings of what it means, with the steps that lead there.
//
//	result = amount x factor,   co2e = result x warming potential
//
// It is exact and depends on its arguments and the reader's policy, sets and entities alone.
func (r *Reader) Convert(f Flow, amount quantity.Number) Entry {
	entry := Entry{Flow: f}
	commodity, ok := r.library.Catalogue.ByID(f.Commodity)
	if !ok {
		panic(fmt.Sprintf("ledger: commodity %q passed intake", f.Commodity))
	}
	if f.Absence.HasFigure() {
		pair := f.Postings(amount)
		entry.Postings = append(entry.Postings, pair[:]...)
	}
	if f.Absence == NotOccurring || f.Absence == IncludedElsewhere || r.IsInternal(f) {
		return entry
	}
	for i, rule := range r.policy.Rules {
		if !rule.applies(f, commodity) {
			continue
		}
		if f.Absence.IsGap() {
			entry.gap(rule, ReasonAbsent, nil)
			continue
		}
		r.apply(&entry, i, amount)
	}
	if commodity.Class == quantity.ClassClaim && len(entry.Gaps) > 0 {
		// What a claim takes off and what it puts in the place of it count together or not at all.
		entry = entry.Refused(entry.Gaps[0].Reason)
	}
	if err := entry.Check(); err != nil {
		panic("ledger: " + err.Error())
	}
	return entry
}

// IsInternal says whether the flow goes between two entities of the book and the boundary is the
// territory: what the seller bought or burned for it is in the total already.
func (r *Reader) IsInternal(f Flow) bool {
	if r.policy.Boundary != Territory || f.Counterparty == "" {
		return false
	}
	_, inBook := r.entities(f.Counterparty, f.Period.First)
	return inBook
}

// apply adds the reading of one rule to the entry.
func (r *Reader) apply(entry *Entry, at int, amount quantity.Number) {
	rule, f := r.policy.Rules[at], entry.Flow
	if rule.Deduct {
		amount = amount.Neg()
	}
	reading := Reading{To: rule.To, Scope: rule.Scope, Category: rule.Category, Number: amount}
	if rule.To != f.Commodity {
		found := r.find(at, f)
		if !found.ok && amount.IsZero() {
			return // nothing of it is nothing of anything, whatever the factor
		}
		if !found.ok {
			entry.gap(rule, r.reason(f), found.trace)
			return
		}
		reading.Number = found.factor.Apply(amount)
		reading.Steps = []Step{{found.factor, found.trace, reading.Number}}
	}
	if !r.warm(&reading, at, f) {
		entry.gap(rule, ReasonNoWarming, nil)
		return
	}
	entry.Readings = append(entry.Readings, reading)
	if len(reading.Steps) > 0 {
		entry.Postings = append(entry.Postings,
			Posting{f.Entity, f.Site, Origin, rule.To, reading.Number.Neg()},
			Posting{f.Entity, f.Site, Emit, rule.To, reading.Number})
	}
}

// reason tells a missing factor from a missing area, which has another way out.
func (r *Reader) reason(f Flow) string {
	if entity, ok := r.entities(f.Entity, f.Period.First); !ok || entity.Area == "" {
		return ReasonNoArea
	}
	return ReasonNoFactor
}

// warm turns a reading of a greenhouse gas into CO2 equivalent.
func (r *Reader) warm(reading *Reading, at int, f Flow) bool {
	if reading.To == CO2e {
		reading.CO2e = reading.Number
	}
	gas, _ := r.library.Catalogue.ByID(reading.To)
	if gas.Class != quantity.ClassGas {
		return true
	}
	found := r.find(at, f)
	if found.warming == nil {
		return false
	}
	reading.CO2e = found.warming.Apply(reading.Number)
	reading.Warming = &Step{*found.warming, found.path, reading.CO2e}
	return true
}

// find looks up factor and warming potential of a rule for a flow, once per combination.
func (r *Reader) find(at int, f Flow) finding {
	entity, _ := r.entities(f.Entity, f.Period.First)
	var subjects []string
	if !r.policy.Rules[at].General {
		subjects = r.library.Subjects(f.Entity, f.Site)
	}
	key := factorKey{at, f.Commodity, entity.Area, f.Period, strings.Join(subjects, " ")}
	if found, ok := r.found[key]; ok {
		return found
	}
	rule, found := r.policy.Rules[at], finding{}
	if rule.To != f.Commodity {
		factor, trace, err := r.library.Find(factors.Query{Sets: rule.Sets,
			From: cmp.Or(rule.Like, f.Commodity), To: cmp.Or(rule.As, rule.To),
			Area: entity.Area, Subjects: subjects, Period: f.Period,
			Vintage: factors.Vintage(rule.Vintage), GWP: r.policy.GWP, Known: r.policy.Known,
			Approved: r.policy.Own == OwnApproved})
		found.factor, found.trace, found.ok = factor, trace, err == nil
	}
	warming, path, err := r.library.Find(factors.Query{Sets: r.policy.GWP, From: rule.To, To: CO2e,
		Area: factors.World, Period: f.Period, Vintage: factors.OfPeriod})
	if err == nil {
		found.warming, found.path = &warming, path
	}
	r.found[key] = found
	return found
}

func (e *Entry) gap(rule Rule, reason string, trace factors.Trace) {
	e.Gaps = append(e.Gaps, Gap{e.Flow, rule.To, rule.Scope, rule.Category, reason, trace})
}

// Refused is the entry with a gap in the place of every reading, and without postings.
func (e Entry) Refused(reason string) Entry {
	refused := Entry{Flow: e.Flow, Gaps: slices.Clone(e.Gaps)}
	for _, r := range e.Readings {
		refused.Gaps = append(refused.Gaps, Gap{e.Flow, r.To, r.Scope, r.Category, reason, nil})
	}
	return refused
}

// Check returns ErrUnbalanced where the postings of the entry do not sum to zero in a commodity.
func (e Entry) Check() error {
	sums := map[string]quantity.Number{}
	for _, p := range e.Postings {
		sums[p.Commodity] = sums[p.Commodity].Add(p.Number)
	}
	for commodity, sum := range sums {
		if !sum.IsZero() {
			return fmt.Errorf("%w: %s of %s is off by %s",
				ErrUnbalanced, commodity, e.Flow.Entity, sum)
		}
	}
	return nil
}
