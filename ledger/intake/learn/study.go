package learn

import (
	"regexp"
	"slices"
	"strings"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/identifier"
	"carbonledger/ledger/intake/units"
	"carbonledger/quantity"
	"carbonledger/table"
)

const (
	// headerDepth is how many rows at the top are searched for the header.
	headerDepth = 20
	// rowsStudied is how many rows below the header are looked at; examplesShown is how many of
	// their cells are shown.
	rowsStudied, examplesShown = 200, 3
)

// study finds the header and guesses every column.
func (l *lesson) study() []table.Fault {
	at := l.findHeader()
	if at < 0 {
		return []table.Fault{{File: l.Sheet.File, Code: "learn.header"}}
	}
	l.header, l.above = l.Sheet.Rows[at], l.Sheet.Rows[:at]
	below := l.Sheet.Rows[at+1:]
	below = slices.DeleteFunc(slices.Clone(below[:min(len(below), rowsStudied)]), isTotal)
	seen := map[string]bool{}
	for i, cell := range l.header.Cells {
		key := table.Key(cell.Text)
		if key == "" {
			continue
		}
		if seen[key] {
			return []table.Fault{{File: l.Sheet.File, Line: l.header.Line, Column: i + 1,
				Code: "header.twice", Cell: cell.Raw}}
		}
		seen[key] = true
		l.columns = append(l.columns, l.guess(i, cell.Text, below))
	}
	l.onlyOnce()
	return nil
}

// totals name rows that repeat others.
var totals = []string{"合计", "总计", "小计", "本页合计", "total", "subtotal"}

// isTotal says whether a row repeats others.
func isTotal(row table.Row) bool {
	return slices.Contains(totals, table.Key(row.Cell(0).Text))
}

// findHeader returns the row whose cells are most like names of columns: known names, commodities
// with a unit, and texts rather than figures. It needs two of them and a row below.
func (l *lesson) findHeader() int {
	best, most := -1, 1
	names := l.names()
	for i, row := range l.Sheet.Rows[:min(len(l.Sheet.Rows), headerDepth)] {
		score := 0
		for _, cell := range row.Cells {
			stem, unit := units.Split(cell.Text)
			known := len(names[table.Key(cell.Text)]) > 0
			_, isCommodity := l.Lexicon.Catalogue.Find(stem)
			switch {
			case known, unit != "" && isCommodity:
				score += 3
			case cell.Text != "" && !isFigure(cell.Text) && !isPeriod(cell.Text) &&
				len([]rune(cell.Text)) < nameMax:
				score++
			}
		}
		if score > most && i+1 < len(l.Sheet.Rows) {
			best, most = i, score
		}
	}
	return best
}

// nameMax is the length from which a cell is a sentence and no name of a column.
const nameMax = 40

// names are the columns the known dialects speak of, with everything they are there.
func (l *lesson) names() map[string][]reading {
	if l.known != nil {
		return l.known
	}
	l.known = map[string][]reading{}
	add := func(name string, r reading) {
		if key := table.Key(name); !slices.Contains(l.known[key], r) {
			l.known[key] = append(l.known[key], r)
		}
	}
	for _, d := range l.Known {
		for _, c := range d.Columns {
			for _, name := range c.Names {
				add(name, reading{field: c.Field})
			}
		}
		for _, m := range d.Measures {
			if m.Count != "" || m.Less != "" {
				continue
			}
			for _, name := range m.Names {
				add(name, reading{figures, m.Commodity, m.Unit, m.Role})
			}
		}
	}
	return l.known
}

// guess says what a column seems to be: by its name, by the commodity and unit in it, by its cells.
func (l *lesson) guess(at int, header string, rows []table.Row) column {
	c := column{number: at + 1, header: header}
	var cells []string
	for _, row := range rows {
		if text := row.Cell(at).Text; text != "" {
			cells = append(cells, text)
		}
	}
	c.examples = cells[:min(len(cells), examplesShown)]
	for _, known := range l.names()[table.Key(header)] {
		if known.field == ignored || !l.agrees(known, cells) {
			continue
		}
		if mostly(cells, isPeriod) && !mostly(cells, isFigure) {
			known = reading{field: "period"}
		}
		c.reading = known
		return c
	}
	stem, unit := units.Split(header)
	commodity, role := l.commodityIn(stem)
	if commodity != "" && l.fits(commodity, unit) == (dialects.Words{}) && mostly(cells, isFigure) {
		c.reading = reading{figures, commodity, unit, role}
		return c
	}
	c.reading = l.byCells(cells, unit)
	return c
}

// agrees says whether the cells may be what the name says: the name 单位 stands over units and over
// enterprises.
func (l *lesson) agrees(r reading, cells []string) bool {
	switch r.field {
	case "unit":
		return mostly(cells, isUnit)
	case "period", "first", "last", "valid_from":
		return mostly(cells, isPeriod)
	case "commodity":
		return mostly(cells, l.isCommodity)
	case figures:
		return mostly(cells, isFigure)
	}
	return true
}

// endings are words behind a commodity that say what was done with it; the longer ones first.
var endings = []struct{ word, role string }{
	{"消费量", "use"}, {"消耗量", "use"}, {"使用量", "use"}, {"耗用量", "use"}, {"用量", "use"},
	{"消费", "use"}, {"消耗", "use"}, {"耗量", "use"}, {"购进量", "supply"}, {"购入量", "supply"},
	{"采购量", "supply"}, {"外供量", "sale"}, {"销售量", "sale"}, {"产量", "product"},
	{"consumption", "use"}, {"use", "use"}, {"usage", "use"}, {"consumed", "use"},
	{"purchased", "supply"}, {"量", ""},
}

// commodityIn finds the commodity a header names, with or without a word for what was done.
func (l *lesson) commodityIn(stem string) (id, role string) {
	if commodity, ok := l.Lexicon.Catalogue.Find(stem); ok {
		return commodity.ID, ""
	}
	for _, ending := range endings {
		rest, ok := strings.CutSuffix(table.Key(stem), ending.word)
		if commodity, known := l.Lexicon.Catalogue.Find(rest); ok && known {
			return commodity.ID, ending.role
		}
	}
	return "", ""
}

// byCells guesses from the cells alone; nothing is guessed from fewer than two of them but figures.
func (l *lesson) byCells(cells []string, unit string) reading {
	switch {
	case len(cells) == 0:
		return reading{field: ignored}
	case mostly(cells, identifier.IsCredit):
		return reading{field: "entity"}
	case mostly(cells, isPeriod) && !mostly(cells, isFigure):
		return reading{field: "period"}
	case mostly(cells, isUnit) && !mostly(cells, isFigure):
		return reading{field: "unit"}
	case mostly(cells, isFigure) && unit != "":
		return reading{field: figures, unit: unit}
	case mostly(cells, isFigure):
		return reading{}
	case mostly(cells, l.isCommodity):
		return reading{field: "commodity"}
	}
	return reading{field: ignored}
}

// onlyOnce keeps a field for the first column that seems to be it; the others are asked about
// without a guess.
func (l *lesson) onlyOnce() {
	seen := map[string]bool{}
	for i := range l.columns {
		c := &l.columns[i]
		if seen[c.field] && c.field != figures && c.field != ignored {
			c.reading = reading{}
		}
		seen[c.field] = true
	}
}

// mostly says whether at least nine in ten cells pass; totals and notes stand among them.
func mostly(cells []string, pass func(string) bool) bool {
	passed := 0
	for _, cell := range cells {
		if pass(cell) {
			passed++
		}
	}
	return len(cells) > 0 && passed*10 >= len(cells)*9
}

func isUnit(cell string) bool { _, ok := unitOf(cell); return ok }

func isPeriod(cell string) bool {
	_, err := quantity.ParsePeriod(cell)
	return err == nil
}

// signs stand for a figure nobody has.
var signs = []string{"-", "—", "——", "/", "无", "…", "N/A"}

func isFigure(cell string) bool {
	_, code, _ := table.Decimal(cell)
	return code == "" || slices.Contains(signs, cell)
}

func (l *lesson) isCommodity(cell string) bool {
	_, ok := l.Lexicon.Catalogue.Find(cell)
	return ok || len(dialects.Ambiguous(cell)) > 0
}

// lines are what forms say above the header; the dialects of the program know more.
var lines = []dialects.Preamble{
	{Pattern: `统一社会信用代码[:：]\s*([0-9A-Z]{18})`, Fields: map[string]string{"entity": "$1"}},
	{Pattern: `(?:单位(?:详细)?名称|填报单位)[:：]\s*(\S+)`, Fields: map[string]string{"name": "$1"}},
	{Pattern: `(\d{4})年1\s*[-—–~～至]+\s*(\d{1,2})月`,
		Fields: map[string]string{"period": "${1}年1-${2}月"}},
	{Pattern: `(\d{4})年(\d{1,2})月`, Fields: map[string]string{"period": "${1}年${2}月"}},
	{Pattern: `^(\d{4})年?度?$`, Fields: map[string]string{"period": "$1"}},
	{Pattern: `^(?:计量)?单位[:：]\s*(\S+)$`, Fields: map[string]string{"unit": "$1"}},
}

// aboveHeader finds what the lines above the header say of a field, and the pattern that does.
func (l *lesson) aboveHeader(field string) (value string, found dialects.Preamble) {
	for _, p := range lines {
		template, ok := p.Fields[field]
		if !ok {
			continue
		}
		pattern := regexp.MustCompile(p.Pattern)
		for _, row := range l.above {
			for _, cell := range row.Cells {
				if at := pattern.FindStringSubmatchIndex(cell.Text); at != nil {
					return string(pattern.ExpandString(nil, template, cell.Text, at)), p
				}
			}
		}
	}
	return "", dialects.Preamble{}
}
