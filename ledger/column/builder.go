package column

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

func placeOf[T comparable](places map[T]uint32, list *[]T, entry T) uint32 {
	at, known := places[entry]
	if !known {
		at = uint32(len(*list))
		places[entry] = at
		*list = append(*list, entry)
	}
	return at
}
