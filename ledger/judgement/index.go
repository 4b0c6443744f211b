package judgement

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/judgement/accounts"
	"carbonledger/ledger/tally"
	"carbonledger/quantity"
	"carbonledger/table"
)

// index is an upload and its book by account. All workers read it.
type index struct {
	file     string
	book     *ledger.Book
	upload   ledger.Upload
	library  *factors.Library
	entities map[string]ledger.Entity
	// own are the figures of the entities that report in the upload.
	own view
	// sizes are the sizes of the units of the tallies as text, by their place in the list of what
	// they say; empty where the unit is only known by a row.
	sizes []string
	// peers are the figures of the book of other entities of their divisions, and industry what is
	// usual in these. Both are made when somebody asks.
	peers    func() view
	industry func() *industry
}

// view is figures with what their movements are.
type view struct {
	*accounts.Index
	movements []movement
}

// movement is what the figures of an account are of.
type movement struct {
	accounts.Move
	// group is the same for what goes to the same role.
	group group
	// isInput: the amount may have been counted twice. isStored: it moves what cannot be stored.
	isInput, isStored bool
	// isEnergy: its standard coal counts as energy. isCoal: it is counted in standard coal.
	isEnergy, isCoal bool
	// kilojoules are how many a book unit is, where it is a unit of energy.
	kilojoules  quantity.Number
	inKilojoule bool
	denominator bool
}

// weigher is one worker: what it has found, and what it has looked up.
type weigher struct {
	*index
	found       []table.Fault
	intensities []intensity
	units       map[unitKey]writtenUnit
	coals       map[coalKey]factors.Factor
	usual       map[own]usual
	// page is the entity that is weighed.
	page accounts.Page
	// told are the figures of an account whose size is questioned already.
	told []bool
	// These lists are filled again and again.
	inputs, moment, alike []input
	places                []place
	scaled                []scaled
}

func newIndex(book *ledger.Book, upload ledger.Upload, batch ledger.Batch, tallies tally.Tallies,
	library *factors.Library) *index {
	x := &index{file: upload.Source.File, book: book, upload: upload, library: library,
		entities: map[string]ledger.Entity{}}
	for _, entity := range upload.Entities {
		x.entities[entity.ID] = entity
	}
	x.own = x.view(accounts.Read(book, upload, batch, tallies))
	x.peers = sync.OnceValue(x.others)
	x.industry = sync.OnceValue(func() *industry { return newIndustry(x) })
	w := newWeigher(x)
	for _, what := range tallies.Whats {
		size := ""
		if what.Unit != "" {
			size = w.unitBehind(what.Commodity, what.Unit).perUnit.String()
		}
		x.sizes = append(x.sizes, size)
	}
	return x
}

func newWeigher(x *index) *weigher {
	return &weigher{index: x, units: map[unitKey]writtenUnit{},
		coals: map[coalKey]factors.Factor{}, usual: map[own]usual{}}
}

// view finds what the movements of some figures are.
func (x *index) view(all *accounts.Index) view {
	v := view{all, make([]movement, len(all.Moves))}
	for i, move := range all.Moves {
		v.movements[i] = x.movement(move)
	}
	return v
}

func (x *index) movement(move accounts.Move) movement {
	commodity := x.commodity(move.Commodity)
	flow := ledger.Flow{From: move.From, To: move.To, Commodity: move.Commodity}
	m := movement{Move: move, group: group{move.To, move.Commodity},
		isInput:     slices.Contains(inputRoles, move.To),
		isStored:    x.isStored(flow),
		isEnergy:    slices.Contains(energyClasses, commodity.Class),
		isCoal:      commodity.Unit.Dimension == quantity.CoalEquivalent,
		denominator: commodity.Class.Denominator(),
	}
	if commodity.Unit.Dimension == quantity.Energy {
		if ratio, ok := commodity.Unit.Per(kilojoule); ok {
			m.kilojoules, _ = ratio.Exact()
			m.inKilojoule = true
		}
	}
	return m
}

func (v view) move(a *accounts.Account) *movement { return &v.movements[a.Move] }

func (v view) entity(a *accounts.Account) string { return v.Whos[a.Who].Entity }

func (v view) site(a *accounts.Account) string { return v.Whos[a.Who].Site }

// others are the figures of the book of entities that report nothing in the upload and belong to
// the division of one that does.
func (x *index) others() view {
	divisions := map[string]bool{}
	for owner := range x.own.Len() {
		divisions[x.division(x.own.Entity(owner))] = true
	}
	delete(divisions, "")
	return x.view(accounts.OfBook(x.book, func(entity string) bool {
		return !x.own.Has(entity) && divisions[x.division(entity)]
	}))
}

// flow is the flow of a figure of an account.
func (x *index) flow(a *accounts.Account, f accounts.Figure) ledger.Flow {
	return x.own.Flow(a, f.Period)
}

// line is the line of the largest row of a figure.
func (x *index) line(f accounts.Figure) int { return x.own.Line(f) }

// warn notes a question about a figure of the upload.
func (w *weigher) warn(f accounts.Figure, code string, args ...string) {
	w.warnAt(w.own.Line(f), w.own.Written(f), code, args...)
}

// warnAt notes a question about a row of the upload.
func (w *weigher) warnAt(line int, written, code string, args ...string) {
	w.found = append(w.found, table.Fault{File: w.file, Line: line, Code: code, Cell: written,
		Args: args})
}

// commodity returns the commodity of a flow that has passed intake.
func (x *index) commodity(id string) quantity.Commodity {
	commodity, _ := x.library.Catalogue.ByID(id)
	return commodity
}

// entity returns what upload or book know of an entity.
func (x *index) entity(id string) ledger.Entity {
	known, _ := x.book.Entity(id)
	here, ok := x.entities[id]
	if !ok {
		return known
	}
	here.Name = cmp.Or(here.Name, known.Name)
	here.Industry = cmp.Or(here.Industry, known.Industry)
	here.Area = cmp.Or(here.Area, known.Area)
	return here
}

// divisionLength is the length of a division of GB/T 4754: the section letter and two digits.
const divisionLength = 3

// division returns the division of GB/T 4754 an entity belongs to, or an empty text.
func (x *index) division(entity string) string {
	industry := x.entity(entity).Industry
	if len(industry) < divisionLength ||
		strings.Trim(industry[1:divisionLength], "0123456789") != "" {
		return ""
	}
	return industry[:divisionLength]
}
