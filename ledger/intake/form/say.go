package form

import (
	"regexp"
	"slices"
	"strings"

	"carbonledger/ledger"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

// saying is the attempt to say an item with a measure: the fields above the header and in the row,
// and the header and figure of the measure.
type saying struct {
	*writer
	item         item
	measure      dialects.Measure
	above, cells fieldsOf
	header       string
	figure       figure
	// unit is the unit of the figure where another cell than that of the unit says it.
	unit string
	// flagged: a column beside the figure says that it is an estimate.
	flagged bool
	// step counts how far the attempt came, reason says what stopped it.
	step   int
	reason string
}

// say settles every field the reading asks for, in its order.
func (s *saying) say() bool {
	for _, part := range []func() bool{s.kind, s.what, s.roles, s.when, s.who, s.beside, s.count} {
		if !part() {
			return false
		}
		s.step++
	}
	return true
}

func (s *saying) fail(reason string) bool {
	s.reason = reason
	return false
}

// kind compares what the measure holds with what the item is.
func (s *saying) kind() bool {
	if s.measure.Count != string(s.item.count) || s.measure.State != s.item.property {
		return s.fail("no column for it")
	}
	return s.measure.Site == "" || s.measure.Site == s.item.Site ||
		s.fail("no column for the site "+s.item.Site)
}

// home says where a field of this dialect is written.
func (w *writer) home(field string) (above, cell bool) {
	for _, p := range w.dialect.Preamble {
		above = above || p.Fields[field] != "" && p.Write != ""
	}
	return above, slices.ContainsFunc(w.dialect.Columns, func(c dialects.Column) bool {
		return c.Field == field
	})
}

func (w *writer) hasHome(field string) bool {
	above, cell := w.home(field)
	return above || cell || w.dialect.Constant[field] != ""
}

// put writes a field the first way that means what it should, above the header where there is a
// line for it. A field without a place keeps what the dialect fixes.
func (s *saying) put(field string, spellings []string, means func(text string) bool) bool {
	above, cell := s.home(field)
	fixed := s.dialect.Constant[field]
	if !above && !cell {
		return means(fixed) || s.fail(notHere(field, spellings))
	}
	if fixed != "" && means(fixed) {
		return true
	}
	for _, spelling := range spellings {
		switch {
		case !means(spelling), spelling == "" && fixed != "":
		case above && s.reads(field, spelling, means):
			s.above[field] = spelling
			return true
		case cell:
			s.cells[field] = spelling
			return true
		}
	}
	return s.fail(notHere(field, spellings))
}

// reads says whether a line above the header can hold a field: what the pattern of the line finds
// in it means the same. A line that holds other fields too is left to the proof.
func (s *saying) reads(field, spelling string, means func(text string) bool) bool {
	for _, p := range s.dialect.Preamble {
		if p.Write == "" || p.Fields[field] == "" {
			continue
		}
		line, complete := written(p.Write, fieldsOf{field: spelling})
		if !complete {
			return true
		}
		pattern, err := regexp.Compile(p.Pattern)
		if err != nil {
			continue
		}
		line = table.Fold(line)
		if found := pattern.FindStringSubmatchIndex(line); found != nil &&
			means(string(pattern.ExpandString(nil, p.Fields[field], line, found))) {
			return true
		}
	}
	return false
}

func notHere(field string, spellings []string) string {
	return "no way to write the " + field + " " + strings.Join(spellings, " or ")
}

// text puts a field that is what it says.
func (s *saying) text(field, value string) bool {
	return s.put(field, []string{value}, func(text string) bool {
		return table.Fold(text) == table.Fold(value)
	})
}

// what settles the commodity and its unit.
func (s *saying) what() bool {
	id := s.item.Commodity
	if id == "" {
		return s.measure.Commodity == "" && s.text("commodity", "") || s.fail("no column for it")
	}
	if s.measure.Commodity != "" {
		return s.means(s.measure.Commodity) == id || s.fail("no column for "+id)
	}
	if s.measure.Header != "" {
		return true // The header says it, with the unit.
	}
	if s.dialect.Indicator != "" && !s.hasHome("unit") {
		return s.indicator(id)
	}
	return s.put("commodity", s.names(id), func(text string) bool {
		_, _, indicated := s.indicated(text)
		return s.means(text) == id && !indicated
	})
}

// indicator writes a commodity with its unit behind it: 地区生产总值(亿元).
func (s *saying) indicator(id string) bool {
	commodity, _ := s.lexicon.Catalogue.ByID(id)
	for _, unit := range s.units(commodity) {
		if !s.allFit(commodity, unit) {
			continue
		}
		for _, name := range s.names(id) {
			text := name + "(" + unit + ")"
			if found, of, ok := s.indicated(text); ok && found == table.Fold(name) &&
				of == table.Fold(unit) && s.text("commodity", text) {
				s.unit = unit
				return true
			}
		}
	}
	return s.fail("no way to write " + id + " with its unit")
}

// indicated takes name and unit out of a cell of the commodity, as the reading does.
func (s *saying) indicated(text string) (name, unit string, ok bool) {
	pattern, err := regexp.Compile(s.dialect.Indicator)
	if err != nil || s.dialect.Indicator == "" {
		return "", "", false
	}
	found := pattern.FindStringSubmatch(table.Fold(text))
	if len(found) != 3 {
		return "", "", false
	}
	return found[1], found[2], true
}

// means returns the commodity the reading finds under a name.
func (w *writer) means(name string) string {
	id, known := w.meanings[name]
	if !known {
		id = w.find(name)
		w.meanings[name] = id
	}
	return id
}

func (w *writer) find(name string) string {
	if slices.ContainsFunc(w.dialect.Totals, func(t string) bool { return same(t, name) }) {
		return ""
	}
	if renamed, ok := w.dialect.Rename[table.Key(name)]; ok {
		name = renamed
	}
	commodity, _ := w.lexicon.Catalogue.Find(name)
	return commodity.ID
}

// names are the ways to write a commodity: as the form prints it, as the catalogue does, and as
// only this dialect knows it.
func (w *writer) names(id string) (names []string) {
	for _, printed := range w.dialect.Template.Rows {
		for _, cell := range printed {
			if w.means(cell) == id {
				names = append(names, cell)
			}
		}
	}
	if commodity, ok := w.lexicon.Catalogue.ByID(id); ok {
		known := []string{commodity.NameZH, commodity.NameEN}
		if w.isForeign() {
			slices.Reverse(known)
		}
		names = append(append(names, known...), id)
	}
	for name, known := range w.dialect.Rename {
		if w.means(known) == id {
			names = append(names, name)
		}
	}
	return names
}

// isForeign says whether the form has no Chinese header.
func (w *writer) isForeign() bool {
	return !slices.ContainsFunc(w.dialect.Columns, func(c dialects.Column) bool {
		return slices.ContainsFunc(c.Names, isChinese)
	})
}

// roles settles where the amount came from and went to, as the reading completes them.
func (s *saying) roles() bool {
	commodity, _ := s.lexicon.Catalogue.ByID(s.item.Commodity)
	if s.item.count != "" || s.item.property != "" {
		return true
	}
	if commodity.Class.Denominator() {
		return s.item.From == ledger.Origin && s.item.To == ledger.Product ||
			s.fail("it is a denominator and goes from origin to product")
	}
	role, from := readRole(s.measure.Role), readRole(s.measure.From)
	if role == "" {
		return s.rowRoles(from)
	}
	if from == "" {
		from = role.Source()
	}
	return role.Target() == s.item.To && from == s.item.From ||
		s.fail("no column for "+string(s.item.From)+" to "+string(s.item.To))
}

// readRole reads a role as files write it; no role is empty.
func readRole(text string) ledger.Role {
	role, _ := dialects.ReadRole(text)
	return role
}

// rowRoles settles the roles of a row whose measure does not decide them.
func (s *saying) rowRoles(from ledger.Role) bool {
	role := s.item.To
	fits := func(text string) bool {
		role = readRole(text)
		if role == "" && text == "" {
			role = ledger.Use
		}
		return role.Target() == s.item.To
	}
	if !s.put("role", []string{"", string(s.item.To), string(ledger.Supply)}, fits) {
		return false
	}
	if from != "" {
		return from == s.item.From || s.fail("no column for what comes from "+string(s.item.From))
	}
	return s.put("from", []string{"", string(s.item.From)}, func(text string) bool {
		source := readRole(text)
		if source == "" {
			source = role.Source()
		}
		return source == s.item.From
	})
}

// who settles the entity with what is known of it. A form without entities is about areas.
func (s *saying) who() bool {
	entity, known := s.entities[s.item.Entity]
	above, cell := s.home("entity")
	if !above && !cell && s.dialect.Constant["entity"] == "" {
		return s.area(s.item.Entity)
	}
	if !s.text("entity", s.item.Entity) {
		return false
	}
	if !known {
		return true
	}
	from := ""
	if entity.From != 0 {
		from = entity.From.String()
	}
	return s.text("name", entity.Name) && s.text("industry", entity.Industry) &&
		s.text("valid_from", from) && (entity.Area == "" || s.area(entity.Area))
}

func (s *saying) area(code string) bool {
	spellings := []string{code}
	if area, ok := s.lexicon.Areas.ByCode(code); ok {
		spellings = []string{area.NameZH, code}
	}
	return s.put("area", spellings, func(text string) bool {
		found, ok := s.lexicon.Areas.Find(text)
		return ok && found == code
	})
}

// beside settles what else a row says of a figure.
func (s *saying) beside() bool {
	vintage := ""
	if s.item.Vintage != 0 {
		vintage = s.item.Vintage.String()
	}
	absence := string(s.item.Absence)
	if s.item.Absence == ledger.Missing && countsGaps(s.measure) {
		absence = ""
	}
	if s.item.Absence == ledger.Estimated && s.measure.Estimated != "" && !s.hasHome("absence") {
		absence, s.flagged = "", true
	}
	site := s.item.Site
	if s.measure.Site != "" {
		site = ""
	}
	return s.text("site", site) && s.text("counterparty", s.item.Counterparty) &&
		s.text("document", s.item.document) && s.text("vintage", vintage) &&
		s.text("absence", absence)
}
