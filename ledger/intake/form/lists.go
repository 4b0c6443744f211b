package form

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/units"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
	"carbonledger/table"
	"carbonledger/table/workbook"
)

// spareRows are the rows a form has ready for commodities it does not print.
const spareRows = 10

// lists are the words that may be chosen in a column. Commodities and units are known by many
// names, so others may stand.
func (e *empty) lists(c column) []workbook.List {
	if e.isFilled(c.header) {
		return e.besidePrinted(c)
	}
	words := e.list(c.field)
	if c.flag != "" {
		words = e.list("flag")
	}
	if len(words) == 0 {
		return nil
	}
	return []workbook.List{{Words: words, Open: c.field == "commodity" || c.field == "unit"}}
}

// besidePrinted are the lists of a column that the form prints something in: names for the rows
// below the printed ones, the units of each row, and the codes.
func (e *empty) besidePrinted(c column) []workbook.List {
	printed := len(e.dialect.Template.Rows)
	spare := make([]int, spareRows)
	for i := range spare {
		spare[i] = printed + i
	}
	switch c.field {
	case "commodity":
		return []workbook.List{{Words: e.spareNames(c), Rows: spare, Open: true}}
	case "unit":
		return append(e.rowUnits(c), workbook.List{Words: e.spellings(), Rows: spare, Open: true})
	case "code":
		return e.codes(c, spare)
	}
	return nil
}

// printed is what a row of the form has in a column.
func (e *empty) printed(row []string, header string) string {
	at := slices.Index(e.dialect.Template.Header, header)
	if at < 0 || at >= len(row) {
		return ""
	}
	return row[at]
}

// spareNames are the names of what the form does not print, and before them those it does: a fuel
// of two qualities takes two rows.
func (e *empty) spareNames(c column) (names []string) {
	told := map[string]bool{}
	for _, row := range e.dialect.Template.Rows {
		name := e.printed(row, c.header)
		if id := e.means(name); id != "" {
			told[id] = true
			names = append(names, name)
		}
	}
	for _, name := range e.commodities() {
		if !told[e.means(name)] {
			names = append(names, name)
		}
	}
	return names
}

// rowUnits are the units of the printed rows, one list for all rows with the same units.
func (e *empty) rowUnits(c column) (lists []workbook.List) {
	names := e.headerOf("commodity")
	at := map[string]int{}
	for i, row := range e.dialect.Template.Rows {
		words := e.unitsOf(e.printed(row, names), e.printed(row, c.header))
		key := strings.Join(words, "|")
		if _, known := at[key]; !known {
			at[key] = len(lists)
			lists = append(lists, workbook.List{Words: words, Open: true})
		}
		lists[at[key]].Rows = append(lists[at[key]].Rows, i)
	}
	return lists
}

// headerOf is the printed header of a field.
func (e *empty) headerOf(field string) string {
	for _, c := range e.columns() {
		if c.field == field {
			return c.header
		}
	}
	return ""
}

// unitsOf are the units a printed row may be stated in, the printed one first. A row that is no
// commodity, such as a total, has those of the printed dimension.
func (e *empty) unitsOf(name, printed string) []string {
	commodity, known := e.lexicon.Catalogue.ByID(e.means(name))
	fits := func(unit string) bool { return e.offers(commodity, unit) }
	if !known {
		fits = func(unit string) bool {
			u, errU := quantity.ParseUnit(table.Fold(unit))
			v, errV := quantity.ParseUnit(table.Fold(printed))
			return errU == nil && errV == nil && u.Dimension == v.Dimension
		}
	}
	var words []string
	for _, unit := range e.spellings() {
		if unit != printed && fits(unit) {
			words = append(words, unit)
		}
	}
	slices.SortStableFunc(words, func(a, b string) int {
		return rank(commodity, a) -
			rank(commodity, b)
	})
	if printed != "" {
		words = append([]string{printed}, words...)
	}
	return words
}

// offers says whether a unit measures a commodity; one that is smaller than the book unit, such as
// a litre of gas, is read and not offered.
func (e *empty) offers(commodity quantity.Commodity, unit string) bool {
	perUnit, ok := e.perUnit(commodity, unit)
	return ok && perUnit.Cmp(quantity.Int(1)) >= 0
}

// rank puts the usual units of a commodity first.
func rank(commodity quantity.Commodity, unit string) int {
	usual := units.Usual(commodity)
	for i, known := range usual {
		if sameUnit(known, unit) {
			return i
		}
	}
	return len(usual)
}

// spellings are the units of the form, spelled as it prints them.
func (e *empty) spellings() []string {
	unit := e.headerOf("unit")
	words := words()["list.unit"]
	for _, row := range e.dialect.Template.Rows {
		for _, list := range []string{words.EN, words.ZH} {
			if slices.Contains(strings.Split(list, "|"), e.printed(row, unit)) {
				return strings.Split(list, "|")
			}
		}
	}
	return strings.Split(words.In(e.lang), "|")
}

// codes are those of the form. Rows printed without one have codes that differ by edition.
func (e *empty) codes(c column, spare []int) []workbook.List {
	words := slices.Collect(maps.Keys(e.dialect.Codes))
	coded, open := workbook.List{}, workbook.List{Open: true}
	for i, row := range e.dialect.Template.Rows {
		code := e.printed(row, c.header)
		if code == "" {
			open.Rows = append(open.Rows, i)
			continue
		}
		coded.Rows = append(coded.Rows, i)
		if !slices.Contains(words, code) {
			words = append(words, code)
		}
	}
	slices.Sort(words)
	open.Rows = append(open.Rows, spare...)
	coded.Words, open.Words = words, words
	return []workbook.List{coded, open}
}

// headings are what a header that says commodity and unit may be completed to, each read as that.
func (e *empty) headings() (headings []string) {
	for _, name := range e.commodities() {
		id := e.means(name)
		commodity, _ := e.lexicon.Catalogue.ByID(id)
		for _, unit := range e.unitsOf(name, "") {
			if rank(commodity, unit) == len(units.Usual(commodity)) {
				continue
			}
			heading := name + "(" + unit + ")"
			stem, found := units.Split(heading)
			if found == table.Fold(unit) && e.means(stem) == id {
				headings = append(headings, heading)
			}
		}
	}
	return headings
}

// ownWords are the words for a field that the dialect alone knows, as its file spells them. A
// dialect is kept with names in the form they are compared in, so the text is asked again.
func (e *empty) ownWords(field string) []string {
	text, err := dialects.Text(e.dialect.ID)
	if err != nil || seal.Bytes(text) != e.dialect.Digest || len(e.dialect.Units) == 0 {
		return nil
	}
	var spelled dialects.Dialect
	if faults := table.Document(e.dialect.ID, text, &spelled); len(faults) > 0 {
		return nil
	}
	own := map[string]map[string]string{"commodity": spelled.Rename, "unit": spelled.Units}[field]
	return slices.Sorted(maps.Keys(own))
}

// list is what may be chosen for a field.
func (e *empty) list(field string) []string {
	if own := e.ownWords(field); len(own) > 0 {
		return own
	}
	switch field {
	case "commodity":
		return e.commodities()
	case "unit":
		if e.isEconomy() {
			return strings.Split(e.say("list.unit.economy"), "|")
		}
		return e.spellings()
	case "month":
		var months []string
		for month := 1; month <= 12; month++ {
			months = append(months, strconv.Itoa(month))
		}
		return months
	case "flag":
		if e.isForeign() {
			return strings.Split(words()["list.flag"].EN, "|")
		}
		return strings.Split(e.say("list.flag"), "|")
	case "role", "from", "absence":
		return strings.Split(e.say("list."+field), "|")
	}
	return nil
}

// messages is what Excel says of a cell that does not fit.
func (e *empty) messages() workbook.Messages {
	return workbook.Messages{Title: e.say("rule.title"), List: e.say("rule.list"),
		Open: e.say("rule.open"), Number: e.say("rule.number"), Length: e.say("rule.length")}
}
