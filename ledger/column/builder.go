package column

import "slices"

// Builder gathers rows and their lists, each entry of a list once.
type Builder struct {
	Rows
	whos   map[Who]uint32
	whats  map[What]uint32
	whens  map[When]uint32
	series map[Series]uint32
}

// NewBuilder returns a builder without rows.
func NewBuilder() *Builder {
	return &Builder{whos: map[Who]uint32{}, whats: map[What]uint32{}, whens: map[When]uint32{},
		series: map[Series]uint32{}}
}

// BuilderOf returns a builder whose lists begin with those given, which it does not change.
func BuilderOf(whos []Who, whats []What, whens []When) *Builder {
	b := NewBuilder()
	for _, w := range whos {
		b.PlaceOfWho(w)
	}
	for _, w := range whats {
		b.PlaceOfWhat(w)
	}
	for _, w := range whens {
		b.PlaceOfWhen(w)
	}
	return b
}

// Row is one row with the places of what it says in the lists.
type Row struct {
	Who, What, When, Serie uint32
	Line, Serial           int64
	Scale                  uint8
	Figure                 int64
}

// Add appends a row.
func (r *Rows) Add(row Row) {
	r.Who, r.What = append(r.Who, row.Who), append(r.What, row.What)
	r.When, r.Serie = append(r.When, row.When), append(r.Serie, row.Serie)
	r.Lines, r.Serials = append(r.Lines, row.Line), append(r.Serials, row.Serial)
	r.Scales, r.Figures = append(r.Scales, row.Scale), append(r.Figures, row.Figure)
}

// PlaceOfWho returns the place of an entry of the list, and so do its neighbours.
func (b *Builder) PlaceOfWho(w Who) uint32 { return placeOf(b.whos, &b.Whos, w) }

// PlaceOfWhat returns the place of what a row says.
func (b *Builder) PlaceOfWhat(w What) uint32 { return placeOf(b.whats, &b.Whats, w) }

// PlaceOfWhen returns the place of a time.
func (b *Builder) PlaceOfWhen(w When) uint32 { return placeOf(b.whens, &b.Whens, w) }

// PlaceOfSeries returns the place of a series of documents.
func (b *Builder) PlaceOfSeries(s Series) uint32 { return placeOf(b.series, &b.Series, s) }

// Grow makes room for more rows.
func (r *Rows) Grow(n int) {
	r.Who, r.What = slices.Grow(r.Who, n), slices.Grow(r.What, n)
	r.When, r.Serie = slices.Grow(r.When, n), slices.Grow(r.Serie, n)
	r.Lines, r.Serials = slices.Grow(r.Lines, n), slices.Grow(r.Serials, n)
	r.Scales, r.Figures = slices.Grow(r.Scales, n), slices.Grow(r.Figures, n)
}

// Extend appends rows that say nothing yet; their columns are to be written.
func (r *Rows) Extend(n int) {
	r.Grow(n)
	to := r.Len() + n
	r.Who, r.What, r.When, r.Serie = r.Who[:to], r.What[:to], r.When[:to], r.Serie[:to]
	r.Lines, r.Serials = r.Lines[:to], r.Serials[:to]
	r.Scales, r.Figures = r.Scales[:to], r.Figures[:to]
}

// Cut leaves the first rows. Of the rows that go none or all may be Explicit.
func (r *Rows) Cut(n int) {
	words := r.Words
	if *r = r.part(0, n); n > 0 {
		r.Words = words
	}
}

// part are some of the rows, without lists and words.
func (r *Rows) part(from, to int) Rows {
	return Rows{Who: r.Who[from:to], What: r.What[from:to], When: r.When[from:to],
		Serie: r.Serie[from:to], Lines: r.Lines[from:to], Serials: r.Serials[from:to],
		Scales: r.Scales[from:to], Figures: r.Figures[from:to]}
}

// Only are the rows at some places, in rising order, with the lists of all.
func (r *Rows) Only(places []int) *Rows {
	some := &Rows{Whos: r.Whos, Whats: r.Whats, Whens: r.Whens, Series: r.Series}
	word, at := 0, 0
	for _, i := range places {
		some.Append(r, i, i+1)
		for ; at < i; at++ {
			if r.Scales[at] == Explicit {
				word++
			}
		}
		if r.Scales[i] == Explicit {
			some.Words = append(some.Words, r.Words[word])
		}
	}
	return some
}

// Append takes rows from..to of others, whose places are those of the same lists.
func (r *Rows) Append(other *Rows, from, to int) {
	p := other.part(from, to)
	r.Who, r.What = append(r.Who, p.Who...), append(r.What, p.What...)
	r.When, r.Serie = append(r.When, p.When...), append(r.Serie, p.Serie...)
	r.Lines, r.Serials = append(r.Lines, p.Lines...), append(r.Serials, p.Serials...)
	r.Scales, r.Figures = append(r.Scales, p.Scales...), append(r.Figures, p.Figures...)
}

func placeOf[T comparable](places map[T]uint32, list *[]T, entry T) uint32 {
	at, known := places[entry]
	if !known {
		at = uint32(len(*list))
		places[entry] = at
		*list = append(*list, entry)
	}
	return at
}
