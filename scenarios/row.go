package scenarios

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"carbonledger/pattern"
	"carbonledger/quantity"
	"carbonledger/table"
)

// The units of what is in force throughout the years of a row: a yearly rate of change, energy
// needed per energy replaced, and others like them. In any other unit a row leads to a level in its
// last year.
const (
	PerYear        = "%/yr"
	PerEnergy      = "kgce/kgce"
	Years          = "yr"
	HoursPerYear   = "h/yr"
	PerWater       = "kWh/m3"
	PerCaptured    = "kWh/tCO2"
	PerArea        = "tCO2/ha"
	PreviousIs100  = "previous=100"
	holdsUnitsText = PerYear + " " + PerEnergy + " " + Years + " " + HoursPerYear + " " +
		PerWater + " " + PerCaptured + " " + PerArea + " " + PreviousIs100
)

// Row is one assumption of a scenario: what changes, where, when, how much, and who says so.
type Row struct {
	// Scenario is the one that states the row; scenarios that inherit it keep the name.
	Scenario string
	// Lever is empty in a row that only declares its scenario.
	Lever                 string
	Sector, Commodity, To string
	First, Last           int
	Value                 quantity.Number
	Unit                  string
	Shape                 Shape
	Source                string
	// Cost and Spread are empty where the file has no such columns.
	Cost   Cost
	Spread Spread
	// Line is the place in the file.
	Line int

	file, inherits string
}

// Key names what a row speaks about. A row replaces the inherited rows with its key.
type Key struct{ Lever, Sector, Commodity, To string }

// Key returns what the row speaks about.
func (r Row) Key() Key { return Key{r.Lever, r.Sector, r.Commodity, r.To} }

// IsRate says whether the value changes something by so many per cent in each of the years.
func (r Row) IsRate() bool { return r.Unit == PerYear }

// isWay says whether the row leads to a level over several years.
func (r Row) isWay() bool {
	return r.First != r.Last && !slices.Contains(strings.Fields(holdsUnitsText), r.Unit)
}

// In returns the row as one of another scenario, which inherits a third; without a parent it
// inherits nothing.
func (r Row) In(scenario, parent string) Row {
	r.Scenario, r.inherits = scenario, parent
	return r
}

// Fault returns a fault of the row in one of its columns.
func (r Row) Fault(field, code string, args ...string) table.Fault {
	return table.Fault{File: r.file, Line: r.Line, Field: field, Code: code, Args: args,
		Cell: r.record().cell(field)}
}

// after is the year after which the row has a say: a way starts from what it finds in its first
// year, anything else has its say in that year already.
func (r Row) after() int {
	if r.isWay() {
		return r.First
	}
	return r.First - 1
}

// byKey orders rows by what they speak about, then by time.
func byKey(a, b Row) int {
	return cmp.Or(
		cmp.Compare(a.Lever, b.Lever), cmp.Compare(a.Sector, b.Sector),
		cmp.Compare(a.Commodity, b.Commodity), cmp.Compare(a.To, b.To),
		cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last), cmp.Compare(a.Line, b.Line))
}

// record is a row as the file has it.
type record struct {
	Scenario  string `csv:"scenario"`
	Inherits  string `csv:"inherits,omitempty"`
	Lever     string `csv:"lever"`
	Sector    string `csv:"sector"`
	Commodity string `csv:"commodity,omitempty"`
	To        string `csv:"to,omitempty"`
	Year      string `csv:"year"`
	Value     string `csv:"value"`
	Unit      string `csv:"unit"`
	Shape     string `csv:"shape,omitempty"`
	Source    string `csv:"source"`

	Invest       string `csv:"invest,omitempty"`
	Life         string `csv:"life,omitempty"`
	Run          string `csv:"run,omitempty"`
	Low          string `csv:"low,omitempty"`
	High         string `csv:"high,omitempty"`
	Distribution string `csv:"distribution,omitempty"`
	Group        string `csv:"group,omitempty"`
}

// columnsNeeded is how many columns every file has; those behind them are written where they say
// something.
const columnsNeeded = 11

// cells returns the columns in the order of the format.
func (r record) cells() []string {
	return []string{r.Scenario, r.Inherits, r.Lever, r.Sector, r.Commodity, r.To,
		r.Year, r.Value, r.Unit, r.Shape, r.Source,
		r.Invest, r.Life, r.Run, r.Low, r.High, r.Distribution, r.Group}
}

// cell returns the cell of a column, and "" for an unknown one.
func (r record) cell(name string) string {
	if i := table.Column[record](name); i > 0 {
		return r.cells()[i-1]
	}
	return ""
}

// isDeclaration says whether the row does no more than name its scenario.
func (r record) isDeclaration() bool {
	for i, cell := range r.cells() {
		named := i < 2 || i == columnsNeeded-1
		if cell != "" && !named {
			return false
		}
	}
	return true
}

// record returns the row in its canonical spelling.
func (r Row) record() record {
	if r.Lever == "" {
		return record{Scenario: r.Scenario, Inherits: r.inherits, Source: r.Source}
	}
	printed := record{Scenario: r.Scenario, Inherits: r.inherits, Lever: r.Lever, Sector: r.Sector,
		Commodity: r.Commodity, To: r.To, Year: years(r.First, r.Last), Value: r.Value.String(),
		Unit: r.Unit, Shape: string(r.Shape), Source: r.Source}
	r.Cost.print(&printed)
	r.Spread.print(&printed)
	return printed
}

// years prints a year or a range of years.
func years(first, last int) string {
	if first == last {
		return strconv.Itoa(first)
	}
	return strconv.Itoa(first) + "-" + strconv.Itoa(last)
}

// yearFirst and yearLast bound what a year column takes: before 1900 no energy statistic exists,
// and no plan reaches beyond 2200. Another number is a slip of the pen and a fault.
const yearFirst, yearLast = 1900, 2200

var formYears = pattern.Of(`^(\d{4})年?(?:[-–—―~～至](\d{4})年?)?$`)

// parseRow turns a record into a row and names everything in it that cannot be read.
func parseRow(file string, line int, r record) (Row, []table.Fault) {
	row := Row{
		file: file, Line: line,
		Scenario: words(r.Scenario), inherits: words(r.Inherits), Source: words(r.Source),
		Lever: table.Key(r.Lever), Sector: table.Key(r.Sector),
		Commodity: table.Key(r.Commodity), To: table.Key(r.To),
		Unit: strings.Join(strings.Fields(r.Unit), ""),
	}
	var faults []table.Fault
	for _, field := range []string{"scenario", "lever", "sector", "year", "unit", "source"} {
		needed := field == "scenario" || !r.isDeclaration()
		if needed && r.cell(field) == "" {
			faults = append(faults, row.Fault(field, "cell.missing"))
		}
	}
	if r.isDeclaration() {
		return row, faults
	}
	for _, read := range []func(record) *table.Fault{row.readYears, row.readValue, row.readShape} {
		if fault := read(r); fault != nil {
			faults = append(faults, *fault)
		}
	}
	faults = append(faults, row.readCost(r)...)
	return row, append(faults, row.readSpread(r)...)
}

// readYears reads 2030 or 2023-2030. An empty cell has its fault already.
func (r *Row) readYears(from record) *table.Fault {
	if from.Year == "" {
		return nil
	}
	first, last, ok := ParseYears(from.Year)
	fault := r.Fault("year", "scenario.year", strconv.Itoa(yearFirst), strconv.Itoa(yearLast))
	switch r.First, r.Last = first, last; {
	case !ok:
		return &fault
	case first > last:
		fault = r.Fault("year", "scenario.year-order", years(last, first))
		return &fault
	}
	return nil
}

// ParseYears reads a year or a range of years and says whether it is one. A range may run
// backwards.
func ParseYears(text string) (first, last int, ok bool) {
	m := formYears().FindStringSubmatch(strings.Join(strings.Fields(text), ""))
	if m == nil {
		return 0, 0, false
	}
	first, _ = strconv.Atoi(m[1])
	last, _ = strconv.Atoi(cmp.Or(m[2], m[1]))
	inside := first >= yearFirst && first <= yearLast && last >= yearFirst && last <= yearLast
	return first, last, inside
}

// wholeMax and decimalsMax bound the digits of a value. A rate is multiplied by itself year after
// year and every digit of the product is kept, so its length is time; no published rate has more
// than four decimals. A longer value is a fault.
const wholeMax, decimalsMax = 9, 6

func (r *Row) readValue(from record) *table.Fault {
	return r.readNumber("value", from.Value, &r.Value)
}

// readNumber reads a plain and short decimal.
func (r *Row) readNumber(field, cell string, into *quantity.Number) *table.Fault {
	text, code, args := table.Decimal(cell)
	whole, decimals, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	if len(whole) > wholeMax || len(decimals) > decimalsMax {
		code, args = "scenario.digits", []string{strconv.Itoa(wholeMax), strconv.Itoa(decimalsMax)}
	}
	if code == "" {
		// What table.Decimal returns without a fault is a plain decimal, and it is short.
		*into, _ = quantity.ParseNumber(text)
		return nil
	}
	fault := r.Fault(field, code, args...)
	return &fault
}

// readShape reads the shape; without one, a way is linear and anything else a step.
func (r *Row) readShape(from record) *table.Fault {
	r.Shape = Shape(table.Key(from.Shape))
	if r.Shape == "" {
		r.Shape = Step
		if r.isWay() {
			r.Shape = Linear
		}
	}
	var fault table.Fault
	switch {
	case !slices.Contains(Shapes(), string(r.Shape)):
		fault = r.Fault("shape", "scenario.shape", strings.Join(Shapes(), ", "))
	case r.Shape == Step || r.isWay() || r.Last == 0:
		return nil
	case r.First == r.Last:
		fault = r.Fault("shape", "scenario.shape-year", years(r.Last-5, r.Last))
	default:
		fault = r.Fault("shape", "scenario.shape-rate", r.Unit)
	}
	return &fault
}

// words joins the words of a cell by single blanks, so that a line break pasted into a source does
// not tear the canonical text.
func words(cell string) string { return strings.Join(strings.Fields(cell), " ") }
