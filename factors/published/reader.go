package published

import (
	"strconv"
	"strings"

	"carbonledger/factors"
	"carbonledger/pattern"
	"carbonledger/quantity"
	"carbonledger/table"
)

// reader is the state of one Read.
type reader struct {
	layout  layout
	options Options
	area    string
	year    int
	sheet   table.Sheet
	// several is true where more than one sheet is read.
	several bool

	read, parts int
	taken       []item
	// shares are the gases of totals by the row they stand in.
	shares         []share
	left, warnings []table.Fault
	faults         []table.Fault
}

// item is one published number.
type item struct {
	sheet string
	// line and column are the place of the number.
	line, column int
	// group is what stands above its row: Level 1 of the flat file, the number of a table.
	group, name string
	// unit is what the number is per, as written; mass and gas what it counts.
	unit, mass, gas string
	value           string
	// area, first, end, source, page and basis are of the row, empty where the file has one for
	// all.
	area, first, end, source, page, basis string

	commodity, per string
}

// left reports the number as not understood, at its place.
func (t item) left(r *reader, fault table.Fault) {
	fault.File, fault.Sheet, fault.Line, fault.Column = r.sheet.File, t.sheet, t.line, t.column
	r.left = append(r.left, fault)
}

// take decides about one number: it becomes a factor, or is reported.
func (r *reader) take(t item, cell table.Cell) {
	t.sheet = r.sheet.Name
	r.read++
	text, code, ways := table.Decimal(scientific(cell.Text))
	if code != "" {
		t.left(r, table.Fault{Code: code, Cell: cell.Raw, Args: ways})
		return
	}
	t.value = significant(text)
	name, found := lookup(r.layout.id, t)
	commodity, known := r.options.Catalogue.Find(t.name)
	switch {
	case found && name.Commodity == "":
		t.left(r, table.Fault{Code: "published.left", Cell: t.name,
			Args: []string{name.WhyEN, name.WhyZH}})
		return
	case t.gas == "" || t.mass == "":
		t.left(r, table.Fault{Code: "published.gas", Cell: t.name, Args: []string{t.unit}})
		return
	case found:
		t.commodity, t.per = name.Commodity, orElse(name.Per, t.unit)
		t.basis = orElse(t.basis, name.Basis)
	case known && r.layout.id == "csv":
		t.commodity, t.per = commodity.ID, t.unit
		t.basis = orElse(t.basis, commodity.Basis)
	default:
		t.left(r, table.Fault{Code: "published.name", Cell: t.name, Args: []string{
			strings.TrimSpace(t.group + " " + t.unit), r.near(t.name)}})
		return
	}
	r.taken = append(r.taken, t)
}

// near names the commodities close to a published name.
func (r *reader) near(name string) string {
	near := r.options.Catalogue.Near(name)
	if len(near) == 0 {
		return "-"
	}
	return strings.Join(near, ", ")
}

// row writes the factor.
func (t item) row(r *reader) factors.Row {
	first, end := t.first, t.end
	if first == "" && end == "" && r.year != 0 {
		year := quantity.Year(r.year)
		first, end = year.First.String(), year.End.String()
	}
	to := t.mass
	if to == "kg" && t.gas == "co2e" {
		to = "kgCO2e"
	} else if to == "kg" && t.gas == "co2" {
		to = "kgCO2"
	}
	row := factors.Row{ID: t.id(r), From: t.commodity, To: t.gas, Value: t.value,
		PerUnit: oneLine(t.per), ToUnit: to, Area: orElse(t.area, r.area),
		ValidFrom: oneLine(first), ValidTo: oneLine(end), Basis: oneLine(t.basis),
		Source: oneLine(orElse(t.source, orElse(r.layout.titleEN, r.options.ID))),
		Page:   oneLine(t.page), Status: string(factors.Seen), GWP: r.warming(t.gas)}
	if r.year != 0 {
		row.Published = strconv.Itoa(r.year)
	}
	return row
}

// oneLine keeps a row on a line of its own, by which the set names it.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// warmingFrom is the first flat file made with the warming potentials of AR5. Of earlier ones the
// set says nothing: they used AR4, as far as that is recalled.
const warmingFrom = 2024

func (r *reader) warming(gas string) string {
	if r.layout.id == "desnz" && gas == "co2e" && r.year >= warmingFrom {
		return "gwp-ar5"
	}
	return ""
}

var notID = pattern.Of(`[^\p{L}\p{N}]+`)

// id names the factor by its line, so that two rows of one name stay apart.
func (t item) id(r *reader) string {
	parts := []string{t.name, t.unit, t.gas, strconv.Itoa(t.line)}
	if r.several {
		parts = append(parts, t.sheet)
	}
	id := strings.ToLower(strings.Join(parts, "-"))
	return strings.Trim(notID().ReplaceAllString(id, "-"), "-")
}

// undated says whether a factor needs the year of the list.
func (r *reader) undated() bool {
	for _, t := range r.taken {
		if t.first == "" && t.end == "" {
			return true
		}
	}
	return false
}

// where names the place of a row for people: Factors by Category, row 17.
func (r *reader) where(line int) string {
	place := "row " + strconv.Itoa(line)
	if r.sheet.Name != "" {
		return r.sheet.Name + ", " + place
	}
	return place
}

// digitsKept is how many significant digits a spreadsheet shows: 0.18387000000000001 is 0.18387.
const digitsKept = 15

// significant cuts a decimal to the digits a spreadsheet shows. Text files made of workbooks have
// what the binary number needs, up to 17.
func significant(text string) string {
	number, err := quantity.ParseNumber(text)
	if err != nil {
		return text
	}
	whole, part, _ := strings.Cut(strings.TrimLeft(text, "+-"), ".")
	whole = strings.TrimLeft(whole, "0")
	digits := strings.TrimLeft(whole+part, "0")
	if len(digits) <= digitsKept {
		return number.String()
	}
	places := len(part) - (len(digits) - digitsKept)
	return number.Round(quantity.Rounding{Places: int32(places)}).String()
}

var exponent = pattern.Of(`^([+-]?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,2})$`)

// scientific writes 2.9e-05 out as 0.000029: here an exponent is how a program prints a small
// factor, and no code that a spreadsheet has eaten.
func scientific(cell string) string {
	m := exponent().FindStringSubmatch(cell)
	if m == nil || len(m[2])+len(m[3]) > digitsKept+2 {
		return cell
	}
	power, err := strconv.Atoi(m[4])
	if err != nil {
		return cell
	}
	digits, point := m[2]+m[3], len(m[2])+power
	switch {
	case point <= 0:
		return m[1] + "0." + strings.Repeat("0", -point) + digits
	case point >= len(digits):
		return m[1] + digits + strings.Repeat("0", point-len(digits))
	}
	return m[1] + digits[:point] + "." + digits[point:]
}
