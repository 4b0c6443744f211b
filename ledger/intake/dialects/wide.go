package dialects

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger/intake/units"
	"carbonledger/pattern"
	"carbonledger/quantity"
	"carbonledger/table"
)

// Wide is the part of a dialect for tables whose columns, units and names of rows say by themselves
// what they hold.
type Wide struct {
	// Units maps spellings of units in this file to units the program knows.
	Units map[string]string `toml:"units"`
	// Kinds lists, for a commodity, those to take where the unit does not measure it: natural gas
	// in therms is energy of natural gas.
	Kinds map[string][]string `toml:"kinds"`
	// Indicator finds name and unit in the cell of the commodity: 地区生产总值(亿元).
	Indicator string `toml:"indicator"`
	// Unknown is skip where rows of commodities the catalogue does not have are told and left out.
	Unknown string `toml:"unknown"`
	// Scientific: figures such as 3.78E-05 are whole, because a program wrote them.
	Scientific bool      `toml:"scientific"`
	Alerts     []Alert   `toml:"alert"`
	Weighed    []Weighed `toml:"weighed"`

	indicator *regexp.Regexp
}

// Alert names columns in which the program that wrote the file warns of its own figures.
type Alert struct {
	Pattern string `toml:"pattern"`
	// Fine lists the cells that warn of nothing.
	Fine []string `toml:"fine"`

	pattern *regexp.Regexp
}

// Weighed is a column that other columns of the row come to within a thousandth, each times a
// weight: the same energy in another unit, or the energy of all carriers.
type Weighed struct {
	Of    string            `toml:"of"`
	Parts map[string]string `toml:"parts"`

	weights map[string]quantity.Number
}

// headerForm is the one form of Measure.Header.
const headerForm = "commodity(unit)"

// catalogue is the list of commodities that headers are looked up in.
func catalogue() factors.Catalogue {
	list, err := factors.Commodities()
	if err != nil {
		panic("dialects: " + err.Error())
	}
	return list
}

// checkWide complains about keys of Wide that cannot be used.
func (w *Wide) checkWide(complain func(string, ...any)) {
	compile := func(pattern string) *regexp.Regexp {
		compiled, err := regexp.Compile(pattern)
		if err != nil {
			complain("pattern %q: %v", pattern, err)
		}
		return compiled
	}
	if w.Indicator != "" {
		if w.indicator = compile(w.Indicator); w.indicator != nil && w.indicator.NumSubexp() != 2 {
			complain("indicator needs two captures: the name and the unit")
		}
	}
	for i := range w.Alerts {
		w.Alerts[i].pattern = compile(w.Alerts[i].Pattern)
	}
	for i := range w.Weighed {
		w.Weighed[i].weights = map[string]quantity.Number{}
		for column, text := range w.Weighed[i].Parts {
			weight, err := quantity.ParseNumber(text)
			if err != nil {
				complain("weighed %s: %v", w.Weighed[i].Of, err)
			}
			w.Weighed[i].weights[column] = weight
		}
	}
	if w.Unknown != "" && w.Unknown != "skip" {
		complain("unknown is skip, not %q", w.Unknown)
	}
	w.Units = keyed(w.Units)
}

// NameAndUnit splits the cell of a commodity that holds its unit as well, where the dialect says
// how.
func (w *Wide) NameAndUnit(cell string) (name, unit string, ok bool) {
	if w.indicator == nil {
		return "", "", false
	}
	m := w.indicator.FindStringSubmatch(cell)
	if m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}

// Warns says whether a cell under a header is a warning.
func (a Alert) Warns(header, cell string) bool {
	return a.pattern.MatchString(header) && !slices.Contains(a.Fine, cell)
}

// Weights are the weights of the parts, by the name of their column.
func (w Weighed) Weights() map[string]quantity.Number { return w.weights }

// Unit returns the unit a spelling of this file stands for.
func (d Dialect) Unit(text string) string {
	return cmp.Or(d.Units[table.Key(text)], text)
}

// ReadsHeaders says whether columns may say by themselves what they hold.
func (d Dialect) ReadsHeaders() bool {
	return slices.ContainsFunc(d.Measures, func(m Measure) bool { return m.Header != "" })
}

// named finds the commodity a header names, under the name this file has for it.
func (d Dialect) named(name string) (quantity.Commodity, bool) {
	return catalogue().Find(cmp.Or(d.Rename[table.Key(name)], name))
}

// headed returns what a header such as 电(万kWh) says of its column, where it says a commodity and
// a unit that measures it.
func (d Dialect) headed(header string) (found []meaning) {
	if !d.ReadsHeaders() {
		return nil
	}
	stem, unit := upperUnit(table.Fold(header))
	if unit == "" {
		return nil
	}
	commodity, site, ok := d.says(stem)
	if !ok {
		return nil
	}
	if _, _, err := units.Accept(commodity, unit); err != nil {
		return nil
	}
	for i, m := range d.Measures {
		if m.Header != "" {
			found = append(found, meaning{measure: i, pattern: true, unit: unit,
				commodity: commodity.ID, site: site, part: isHours(header)})
		}
	}
	return found
}

// lowerUnit is a unit in a row of the header for itself.
var lowerUnit = pattern.Of(`/(\([^()]*\))$`)

// joinUnit moves such a unit behind the name it belongs to.
func joinUnit(header string) string {
	if !strings.HasSuffix(header, ")") {
		return header
	}
	return lowerUnit().ReplaceAllString(header, "$1")
}

// place is a part of a header that says where figures belong: 一期, 二车间, 3号楼.
var place = pattern.Of(
	`^(?:[一二三四五六七八九十\d]+期|.*(?:厂|厂区|车间|楼|楼层|座|栋|机组|号炉|号线|生产线|号表|分公司|园区|校区|院区))$`)

// compared finds what a column holds beside the figure of its own time, ofMonth the words for that
// time: 本年累计用电量 repeats what 本月用电量 says.
var (
	compared = pattern.Of(`累计|上年|去年|同期|同比|环比|计划|预算|目标|定额`)
	ofMonth  = pattern.Of(`^(?:本月|当月|本期)`)
)

// plainAmount names an amount of what stands over it: 电力 over 消费量(万kWh); hours name the part
// of it in some hours of the day: 电力(万kWh) over 峰 and 谷.
var (
	plainAmount = pattern.Of(`^(?:消费|消耗|使用|耗用|用|数|实物)量(?:合计)?$`)
	hours       = pattern.Of(`^(?:尖峰?|高?峰|平|低?谷|深谷)(?:段|时段|时|期)?(?:用?电量)?$`)
)

// isHours says whether the lowest part of a header is one of the hours of the day.
func isHours(header string) bool {
	stem, _ := upperUnit(table.Fold(header))
	return hours().MatchString(stem[strings.LastIndex(stem, "/")+1:])
}

// upperUnit is units.Split of a header of several rows whose unit may stand in the row above the
// lowest one: 电力(万kWh)/峰.
func upperUnit(header string) (stem, unit string) {
	if stem, unit = units.Split(joinUnit(header)); unit != "" {
		return stem, unit
	}
	at := strings.LastIndex(stem, "/")
	if at < 0 {
		return stem, ""
	}
	above, unit := units.Split(stem[:at])
	if unit == "" || !hours().MatchString(stem[at+1:]) && !plainAmount().MatchString(stem[at+1:]) {
		return stem, ""
	}
	return above + stem[at:], unit
}

// amountOf are commodities that are measured in all units of amounts of energy and water.
var amountOf = []string{"electricity", "heat", "raw-coal", "natural-gas", "fresh-water"}

// Amount returns the unit of a header that states one of energy, mass or volume and nothing that
// says why its figures should not be read.
func Amount(header string) (unit string, ok bool) {
	stem, unit := units.Split(joinUnit(table.Fold(header)))
	if unit == "" || isMoney(unit) || compared().MatchString(stem) {
		return "", false
	}
	return unit, slices.ContainsFunc(amountOf, func(id string) bool {
		c, known := catalogue().ByID(id)
		_, _, err := units.Accept(c, unit)
		return known && err == nil
	})
}

// spoken finds the commodity a header says, with or without a unit.
func (d Dialect) spoken(header string) (c quantity.Commodity, ok bool) {
	stem, unit := upperUnit(table.Fold(header))
	if unit == "" {
		stem = brackets().ReplaceAllString(stem, "")
	}
	c, _, ok = d.says(stem)
	return c, ok
}

// says takes a header without its unit apart: the commodity and the place it says. Of a header of
// several rows the lowest names the commodity, 能源消费/用电量(kWh), or only the unit, 电力/(kWh), or
// the place, 用电量/一期(kWh); or the upper one does, 一车间/用电量(kWh).
func (d Dialect) says(stem string) (c quantity.Commodity, site string, ok bool) {
	if compared().MatchString(stem) {
		return c, "", false
	}
	if named, is := d.named(ofMonth().ReplaceAllString(stem, "")); is {
		c, ok = named, true
	} else {
		c, ok = d.named(stem)
	}
	if ok {
		return c, "", true
	}
	parts := strings.Split(stem, "/")
	last := len(parts) - 1
	if last == 0 {
		return c, "", false
	}
	if c, ok = d.named(parts[last]); ok {
		if place().MatchString(parts[last-1]) {
			site = parts[last-1]
		}
		return c, site, true
	}
	if place().MatchString(parts[last]) {
		c, ok = d.named(parts[last-1])
		return c, parts[last], ok
	}
	if c, ok = d.named(parts[last-1]); ok && (plainAmount().MatchString(parts[last]) ||
		hours().MatchString(parts[last]) && c.Class == quantity.ClassElectricity) {
		return c, "", true
	}
	return quantity.Commodity{}, "", false
}

// wideFaults finds columns of a known commodity whose unit is missing or does not measure it, and
// commodities that two columns hold.
func (d Dialect) wideFaults(sheet table.Sheet, l Layout) (faults []table.Fault) {
	if !d.ReadsHeaders() {
		return nil
	}
	first := map[string]string{}
	for i, cell := range l.Header.Cells {
		fault := table.Fault{File: sheet.File, Line: l.Header.Line, Column: i + 1, Cell: cell.Raw}
		for _, m := range l.Measures {
			if m.Column != i || m.Header == "" {
				continue
			}
			kept := m.Commodity + " " + m.Site
			if other := first[kept]; other != "" {
				fault.Code, fault.Args = "column.same", []string{other}
				faults = append(faults, fault)
			}
			first[kept] = cmp.Or(first[kept], cell.Text)
		}
		if l.Reads(i) || cell.Text == "" {
			continue
		}
		stem, unit := units.Split(joinUnit(cell.Text))
		if isMoney(unit) {
			continue
		}
		name := brackets().ReplaceAllString(stem, "")
		_, renamed := d.Rename[table.Key(name)]
		if !renamed && len(Ambiguous(name)) > 0 {
			fault.Code = "commodity.ambiguous"
			fault.Args = AskCommodity(catalogue(), name).Listed()
			faults = append(faults, fault)
		} else if c, ok := d.spoken(cell.Text); ok {
			fault.Code = "column.unit"
			fault.Args = []string{c.NameEN, c.NameZH, units.Ways(c)}
			faults = append(faults, fault)
		}
	}
	return faults
}

// isMoney says whether a unit is one of money: 电力(元) is what the electricity cost.
func isMoney(unit string) bool { return strings.HasSuffix(unit, "元") }

// brackets are what may stand behind a name.
var brackets = pattern.Of(`\s*[(\[【〔][^)\]】〕]*[)\]】〕]$`)

// firstMeasure is what a header without any column of figures lacks.
func (d Dialect) firstMeasure() string {
	for _, m := range d.Measures {
		return m.example()
	}
	return ""
}

// example is a header that the measure would be found by.
func (m Measure) example() string {
	switch {
	case len(m.Names) > 0:
		return m.Names[0]
	case m.Header != "":
		return "电(kWh)"
	}
	for _, header := range [][2]string{{"2024-01", "月份列(2024-01)"}, {"2024年", "年份列(2024年)"}} {
		if m.pattern.MatchString(header[0]) {
			return header[1]
		}
	}
	return m.Pattern
}

// unitless finds a header whose columns of figures are named and say no unit, where no dialect
// fits.
func (d Dialect) unitless(sheet table.Sheet) (faults []table.Fault) {
	if !d.ReadsHeaders() || !d.TakesSheet(sheet.Name) {
		return nil
	}
	for _, row := range sheet.Rows[:min(len(sheet.Rows), headerDepth)] {
		l, _ := d.match(row)
		l.Header = row
		_, dated := l.Fields["period"]
		_, whose := l.Fields["entity"]
		for _, fault := range d.wideFaults(sheet, l) {
			if fault.Code == "column.unit" && dated && whose {
				faults = append(faults, fault)
			}
		}
		if len(faults) > 0 {
			return faults
		}
	}
	return nil
}
