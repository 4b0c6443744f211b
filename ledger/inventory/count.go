package inventory

import (
	"maps"
	"runtime"
	"slices"
	"sync"

	"carbonledger/ledger"
	"carbonledger/ledger/flows"
	"carbonledger/quantity"
)

// count is one Build by columns: everything that depends on the tables of the book is worked out
// before, so that a sum costs a few look-ups and its multiplications.
type count struct {
	state State
	query Query
	sums  ledger.Sums
	keys  *keys
	whos  []who
	// overlaps are the periods that the query asks about.
	overlaps []bool
	whats    []what
	contexts int
}

// who is what a place in the table of who stands for.
type who struct {
	// kept says whether the conditions on entity and site are met; key is their part of the row.
	kept   bool
	key    uint64
	stages []stage
	// entity and place number the entity, and the entity with its site.
	entity, place int
}

// stage is who somebody is from a day on.
type stage struct {
	from quantity.Day
	kept bool
	key  uint64
	// context is the number of the context.
	context int
}

// what is what a place in the table of what stands for.
type what struct {
	commodity int
	// replaced flows may have another in their place; claims may be too large.
	replaced, claim bool
}

// sumsPerWorker is how many sums are worth another worker, where the query does not say.
const sumsPerWorker = 1 << 13

// newCount prepares a Build, or returns false where its rows have no numbers of 64 bits.
func newCount(s State, q Query) (*count, bool) {
	c := &count{state: s, query: q, sums: s.Book.Sums()}
	var ok bool
	if c.keys, ok = newKeys(q.By, s.valuesIn(c.sums)); !ok {
		return nil, false
	}
	for _, when := range c.sums.When {
		c.overlaps = append(c.overlaps, q.Period.Overlaps(when))
	}
	commodities := numbers[string]{}
	for _, w := range c.sums.What {
		c.whats = append(c.whats, what{commodities.of(w.Commodity),
			ledger.Absence(w.Absence).IsGap() || w.From == string(ledger.Origin),
			isClaim(ledger.Flow{Commodity: w.Commodity}, s.Library.Catalogue)})
	}
	c.meet()
	return c, true
}

// numbers gives different values numbers in the order in which they come.
type numbers[T comparable] map[T]int

func (n numbers[T]) of(value T) int {
	at, ok := n[value]
	if !ok {
		at = len(n)
		n[value] = at
	}
	return at
}

// context is what plans depend on besides flows: area, factors of one's own, and a partner in the
// book.
type context struct {
	area, subjects string
	internal       bool
}

// meet works out what is known of everybody in the table of who.
func (c *count) meet() {
	c.whos = make([]who, len(c.sums.Who))
	met := make([][]context, len(c.whos))
	flows.EachPart(len(c.whos), func(first, end int) {
		reader := c.state.reader()
		for i := first; i < end; i++ {
			c.whos[i], met[i] = c.who(reader, c.sums.Who[i])
		}
	})
	contexts, entities, places := numbers[context]{}, numbers[string]{}, numbers[[2]string]{}
	for i, w := range c.sums.Who {
		one := &c.whos[i]
		one.entity, one.place = entities.of(w.Entity), places.of([2]string{w.Entity, w.Site})
		for at, met := range met[i] {
			one.stages[at].context = contexts.of(met)
		}
	}
	c.contexts = len(contexts)
}

// who is what is known of somebody, and the context of each stage.
func (c *count) who(reader *ledger.Reader, w flows.Who) (one who, contexts []context) {
	subjects := ""
	for _, subject := range c.state.Library.Subjects(w.Entity, w.Site) {
		subjects += subject + "\x00"
	}
	f := ledger.Flow{Entity: w.Entity, Site: w.Site, Counterparty: w.Counterparty}
	internal := reader.IsInternal(f)
	one.kept, one.key = c.placed(ofWho, func(d Dimension) string {
		return whoValue(d, w.Entity, w.Site)
	})
	for _, entity := range c.state.registrations(w.Entity) {
		kept, key := c.placed(ofEntity, func(d Dimension) string { return entityValue(d, entity) })
		kept = kept && c.state.inArea(c.query, entity)
		one.stages = append(one.stages, stage{from: entity.From, kept: kept, key: key})
		contexts = append(contexts, context{entity.Area, subjects, internal})
	}
	return one, contexts
}

// placed says whether the conditions on the dimensions of a kind are met, the area left out, and
// what the dimensions add to the number of a row.
func (c *count) placed(kind kind, value func(Dimension) string) (kept bool, key uint64) {
	shown := func(d Dimension) string { return orNone(value(d)) }
	for d, want := range c.query.Where {
		if d != Area && kindOf(d) == kind && shown(d) != want {
			return false, 0
		}
	}
	return true, c.keys.part(kind, shown)
}

// stage returns who somebody was on a day.
func (w *who) stage(day quantity.Day) *stage {
	at := 0
	for i := 1; i < len(w.stages); i++ {
		if w.stages[i].from <= day {
			at = i
		}
	}
	return &w.stages[at]
}

// parts cuts the sums into parts of about one size, each with whole entities.
func (c *count) parts() [][2]int {
	n, workers := c.sums.Len(), c.query.Workers
	if workers <= 0 {
		workers = min(runtime.GOMAXPROCS(0), 1+n/sumsPerWorker)
	}
	var parts [][2]int
	for i, from := 0, 0; i < workers; i++ {
		end := max(from, (i+1)*n/workers)
		for 0 < end && end < n && c.entityAt(end) == c.entityAt(end-1) {
			end++
		}
		parts = append(parts, [2]int{from, end})
		from = end
	}
	return parts
}

func (c *count) entityAt(at int) int { return c.whos[c.sums.Codes[at].Who].entity }

// run counts everything with all workers.
func (c *count) run() (Rows, []ledger.Gap) {
	parts := c.parts()
	// Each entity is read by one worker, so rows of entities are never those of two workers.
	apart := slices.Contains(c.query.By, Entity)
	paged := apart && c.query.By[0] == Entity && c.isNamed()
	workers := make([]*worker, len(parts))
	plans := newPlans(c)
	for i := range parts {
		workers[i] = &worker{count: c, planner: newPlanner(c.state, c.query, c.keys),
			plans: plans.shared()}
		if i > 0 && apart && workers[0].figures.isDense() {
			workers[i].figures = workers[0].figures.shared()
		} else {
			workers[i].figures = c.newFigures(paged)
		}
	}
	total := &workers[0].figures
	if total.page != 0 {
		total.kept = c.runPages(workers, parts)
	} else {
		runAll(workers, parts)
	}
	var gaps []ledger.Gap
	for i, w := range workers {
		gaps = append(gaps, w.gaps...)
		switch {
		case i == 0 || total.page != 0:
		case apart && total.isDense():
			maps.Copy(total.rest, w.figures.rest)
		default:
			total.merge(&w.figures)
		}
	}
	return total.rows(c.keys), gaps
}

// runAll has every worker read its part.
func runAll(workers []*worker, parts [][2]int) {
	var wait sync.WaitGroup
	for i, part := range parts {
		wait.Go(func() { workers[i].read(part[0], part[1]) })
	}
	wait.Wait()
}

// runPages is runAll for workers with pages, and returns what they keep. As there are seldom more
// rows than sums, it lies in one list: each worker has the room of its sums, and is moved up then.
func (c *count) runPages(workers []*worker, parts [][2]int) kept {
	room := newKept(c.sums.Len(), len(c.query.Measures))
	for i, part := range parts {
		workers[i].figures.kept = room.part(part[0], part[1])
	}
	runAll(workers, parts)
	all := room.part(0, c.sums.Len())
	for i, part := range parts {
		if len(workers[i].figures.kept.numbered) > part[1]-part[0] {
			// What has memory of its own would be put where others are.
			all = room.part(0, 0)
		}
	}
	for _, w := range workers {
		all.putAll(&w.figures.kept)
	}
	return all
}

// isNamed says whether every entity has an id, so that they come in the order of their rows.
func (c *count) isNamed() bool {
	return !slices.ContainsFunc(c.sums.Who, func(w flows.Who) bool { return w.Entity == "" })
}

// worker reads a part of the sums.
type worker struct {
	*count
	figures figures
	planner planner
	plans   plans
	gaps    []ledger.Gap
	// block are the sums of one entity, site and commodity, for what is replaced; claims are those
	// of one entity.
	block, claims struct {
		from, end int
		standing  standing
	}
}

// read counts the sums from one place to another.
func (w *worker) read(from, end int) {
	for at := from; at < end; at++ {
		code := w.sums.Codes[at]
		one := &w.whos[code.Who]
		if !w.overlaps[code.When] || !one.kept {
			continue
		}
		stage := &one.stages[0]
		if len(one.stages) > 1 {
			stage = one.stage(w.sums.When[code.When].First)
		}
		if !stage.kept || w.whats[code.What].replaced && w.isReplaced(at) {
			continue
		}
		amount, which := w.sums.Total(at), 0
		if amount.IsZero() {
			which |= isZero
		}
		if w.whats[code.What].claim && w.isOverclaimed(at) {
			which |= isOver
		}
		plan := w.plans.at(stage.context, code)
		pieces := plan.made[which].Load()
		if pieces == nil {
			made := w.planner.pieces(w.sums.Flow(at), which)
			pieces = &made
			plan.made[which].Store(pieces)
		}
		key := one.key + stage.key
		for i := range *pieces {
			piece := &(*pieces)[i]
			row := w.figures.row(key + piece.key)
			piece.add(&w.figures.columns, row*w.figures.measures+piece.measure, amount)
			if piece.gap != nil {
				gap := *piece.gap
				gap.Flow = w.sums.Flow(at)
				w.gaps = append(w.gaps, gap)
			}
		}
	}
	if w.figures.page != 0 {
		w.figures.turn()
	}
}

// isReplaced looks at the sums of the same entity, site and commodity.
func (w *worker) isReplaced(at int) bool {
	if at < w.block.from || at >= w.block.end {
		same := func(other int) bool {
			a, b := w.sums.Codes[at], w.sums.Codes[other]
			return w.whos[a.Who].place == w.whos[b.Who].place &&
				w.whats[a.What].commodity == w.whats[b.What].commodity
		}
		w.block.from, w.block.end, w.block.standing = w.around(at, same)
	}
	return w.block.standing.isReplaced(w.sums.Flow(at))
}

// isOverclaimed looks at all sums of the entity.
func (w *worker) isOverclaimed(at int) bool {
	if at < w.claims.from || at >= w.claims.end {
		same := func(other int) bool { return w.entityAt(other) == w.entityAt(at) }
		w.claims.from, w.claims.end, w.claims.standing = w.around(at, same)
	}
	return w.claims.standing.isOverclaimed(w.sums.Flow(at))
}

// around returns what stands in the sums around a place that are the same in some way.
func (w *worker) around(at int, same func(int) bool) (from, end int, _ standing) {
	from, end = at, at+1
	for from > 0 && same(from-1) {
		from--
	}
	for end < w.sums.Len() && same(end) {
		end++
	}
	list := make([]ledger.Sum, 0, end-from)
	for i := from; i < end; i++ {
		list = append(list, w.sums.At(i))
	}
	return from, end, newStanding(list, w.state.Library.Catalogue)
}

// plans finds a plan by its context and code: in a list, or where that would be much longer than
// the sums are many, in a map, of which each worker has one of its own.
type plans struct {
	whats, whens int
	list         []plan
	sparse       map[int]*plan
}

func newPlans(c *count) plans {
	p := plans{whats: len(c.sums.What), whens: len(c.sums.When)}
	if size := c.contexts * p.whats * p.whens; size <= max(1<<10, c.sums.Len()/densely) {
		p.list = make([]plan, size)
	}
	return p
}

// shared are the same plans for a worker.
func (p plans) shared() plans {
	if p.list == nil {
		p.sparse = map[int]*plan{}
	}
	return p
}

func (p *plans) at(context int, code flows.Code) *plan {
	key := (context*p.whats+int(code.What))*p.whens + int(code.When)
	if p.list != nil {
		return &p.list[key]
	}
	found := p.sparse[key]
	if found == nil {
		found = &plan{}
		p.sparse[key] = found
	}
	return found
}
