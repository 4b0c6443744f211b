package analysis

import (
	_ "embed"
	"errors"
	"strings"
	"sync"

	"carbonledger/factors"
	"carbonledger/pattern"
	"carbonledger/quantity"
	"carbonledger/table"
)

//go:embed columns.csv
var columnsFile []byte

//go:embed oxidation.csv
var oxidationFile []byte

type columnRow struct {
	Field string `csv:"field"`
	Names string `csv:"names"`
}

type oxidationRow struct {
	Commodity string `csv:"commodity"`
	Percent   string `csv:"percent"`
	Source    string `csv:"source"`
}

// fields finds the field of a header by its key.
var fields = sync.OnceValue(func() map[string]string {
	byKey := map[string]string{}
	for _, row := range decoded[columnRow]("columns.csv", columnsFile) {
		for _, name := range append(strings.Split(row.Names, "|"), row.Field) {
			byKey[table.Key(name)] = row.Field
		}
	}
	return byKey
})

// oxidations are the rates of the guidance by commodity.
var oxidations = sync.OnceValue(func() map[string]oxidationRow {
	byID := map[string]oxidationRow{}
	for _, row := range decoded[oxidationRow]("oxidation.csv", oxidationFile) {
		byID[row.Commodity] = row
	}
	return byID
})

func decoded[T any](file string, data []byte) (rows []T) {
	records, faults := table.Decode[T](file, data)
	if len(faults) > 0 {
		panic("analysis: " + faults[0].Error())
	}
	for _, record := range records {
		rows = append(rows, record.Value)
	}
	return rows
}

// needed are the fields a file must have; all others may be missing.
var needed = []string{"entity", "commodity", "date", "amount", "unit"}

// headerDepth is how far down the header may stand.
const headerDepth = 20

// reader is the state of one Read.
type reader struct {
	sheet     table.Sheet
	catalogue factors.Catalogue
	columns   map[string]int
	faults    []table.Fault
}

// Read takes the analyses of a sheet and every fault in it.
func Read(sheet table.Sheet, catalogue factors.Catalogue) ([]Sample, []table.Fault) {
	r := &reader{sheet: sheet, catalogue: catalogue}
	begin := r.header()
	if begin == 0 {
		return nil, []table.Fault{{File: sheet.File, Sheet: sheet.Name, Code: "header.missing",
			Args: []string{strings.Join(needed, ", ")}}}
	}
	var samples []Sample
	for _, row := range sheet.Rows[begin:] {
		before := len(r.faults)
		sample := r.sample(row)
		if len(r.faults) == before {
			samples = append(samples, sample)
		}
	}
	if len(samples) == 0 && len(r.faults) == 0 {
		r.faults = []table.Fault{{File: sheet.File, Sheet: sheet.Name, Code: "file.unfilled"}}
	}
	return samples, r.faults
}

// header finds the header row and returns the place of the row below it.
func (r *reader) header() int {
	for i, row := range r.sheet.Rows[:min(len(r.sheet.Rows), headerDepth)] {
		columns := map[string]int{}
		for column, cell := range row.Cells {
			field := fields()[table.Key(cell.Text)]
			if _, twice := columns[field]; field != "" && !twice {
				columns[field] = column
			}
		}
		missing := false
		for _, field := range needed {
			_, there := columns[field]
			missing = missing || !there
		}
		if !missing {
			r.columns = columns
			return i + 1
		}
	}
	return 0
}

func (r *reader) cell(row table.Row, field string) string {
	if column, ok := r.columns[field]; ok {
		return row.Cell(column).Text
	}
	return ""
}

func (r *reader) fault(row table.Row, field, code string, args ...string) {
	column, ok := r.columns[field]
	if !ok {
		column = -1
	}
	r.faults = append(r.faults, table.Fault{File: r.sheet.File, Sheet: r.sheet.Name, Line: row.Line,
		Column: column + 1, Field: field, Code: code, Cell: r.cell(row, field), Args: args})
}

// entityID is an id that an area may have: no blank, no slash.
var entityID = pattern.Of(`^[^\s/@]+$`)

// sample reads a row; what is wrong with it is among the faults.
func (r *reader) sample(row table.Row) Sample {
	s := Sample{Line: row.Line, Entity: r.cell(row, "entity"), Site: r.cell(row, "site"),
		Report: strings.Join(strings.Fields(r.cell(row, "report")), " ")}
	s.Site = strings.Join(strings.Fields(s.Site), " ")
	if !entityID().MatchString(s.Entity) {
		r.fault(row, "entity", "analysis.entity")
	}
	commodity, known := r.catalogue.Find(r.cell(row, "commodity"))
	if !known || unitOf(commodity) == "" {
		near := strings.Join(r.catalogue.Near(r.cell(row, "commodity")), ", ")
		r.fault(row, "commodity", "analysis.commodity", orElse(near, "-"))
		return s
	}
	s.Commodity = commodity
	s.Month = r.month(row)
	amount, ok := r.number(row, "amount", true)
	if ok {
		s.Amount, _ = r.counted(row, "unit", amount, r.cell(row, "unit"), commodity)
	}
	r.heat(row, &s)
	r.carbon(row, &s)
	if s.HasCarbon {
		r.oxidation(row, &s)
	}
	return s
}

// month is the month the day or batch lies in.
func (r *reader) month(row table.Row) quantity.Period {
	period, err := quantity.ParsePeriod(r.cell(row, "date"))
	if err != nil {
		r.fault(row, "date", "period.unknown")
		return quantity.Period{}
	}
	year, month, _ := period.First.Date()
	whole := quantity.Month(year, month)
	if !whole.Contains(period) {
		r.fault(row, "date", "analysis.period")
	}
	return whole
}

// number reads a figure that is not below zero; an empty cell is none.
func (r *reader) number(row table.Row, field string, must bool) (quantity.Number, bool) {
	text := r.cell(row, field)
	if text == "" && !must {
		return quantity.Number{}, false
	}
	written, code, ways := table.Decimal(strings.TrimSpace(strings.TrimSuffix(text, "%")))
	if code != "" {
		r.fault(row, field, code, ways...)
		return quantity.Number{}, false
	}
	number, err := quantity.ParseNumber(written)
	if err != nil || number.Sign() < 0 || must && number.IsZero() {
		r.fault(row, field, "analysis.figure")
		return quantity.Number{}, false
	}
	return number, true
}

// unitOf is what fuel is weighed in: t, or 万Nm3 of a gas; empty for what is neither.
func unitOf(c quantity.Commodity) string {
	switch {
	case c.Class != quantity.ClassFuel:
		return ""
	case c.Unit.Dimension == quantity.Mass:
		return "t"
	case c.Unit.Dimension == quantity.Volume && c.State != "":
		return "万Nm3"
	}
	return ""
}

var errUnit = errors.New("not a unit of this fuel")

// per returns how many of the commodity's unit (t, 万Nm3) one of the unit written is, exactly.
func per(text string, c quantity.Commodity) (quantity.Ratio, error) {
	unit, err := quantity.ParseUnit(text)
	if err != nil {
		return quantity.Ratio{}, err
	}
	whole, err := quantity.ParseUnit(unitOf(c))
	if err != nil {
		return quantity.Ratio{}, err
	}
	one, remark, err := c.Accept(unit)
	if err != nil || remark != quantity.RemarkNone {
		return quantity.Ratio{}, errors.Join(errUnit, err)
	}
	all, _, err := c.Accept(whole)
	return quantity.RatioOf(one, all), err
}

// counted turns a figure into the commodity's unit.
func (r *reader) counted(row table.Row, field string, n quantity.Number, unit string,
	c quantity.Commodity) (quantity.Number, bool) {
	ratio, err := per(unit, c)
	if err == nil {
		if number, ok := quantity.Whole(n).Mul(ratio).Exact(); ok {
			return number, true
		}
	}
	r.fault(row, field, "analysis.unit", unitOf(c))
	return quantity.Number{}, false
}

// heat reads the heating value into GJ per unit.
func (r *reader) heat(row table.Row, s *Sample) {
	value, ok := r.number(row, "ncv", false)
	if !ok {
		return
	}
	above, below, _ := strings.Cut(r.cell(row, "ncv_unit"), "/")
	if s.NCV, ok = intensive(value, above, "GJ", below, s.Commodity); !ok {
		r.fault(row, "ncv_unit", "analysis.ncv-unit", "GJ/"+unitOf(s.Commodity))
		return
	}
	s.HasNCV = true
}

// intensive turns a figure of above/below into wanted per unit of the commodity.
func intensive(value quantity.Number, above, wanted, below string, c quantity.Commodity) (
	quantity.Number, bool) {
	unit, err := quantity.ParseUnit(above)
	if err != nil {
		return quantity.Number{}, false
	}
	target, err := quantity.ParseUnit(wanted)
	if err != nil {
		return quantity.Number{}, false
	}
	up, ok := unit.Per(target)
	down, err := per(below, c)
	if !ok || err != nil || down.Numerator.IsZero() {
		return quantity.Number{}, false
	}
	inverse := quantity.RatioOf(down.Denominator, down.Numerator)
	return quantity.Whole(value).Mul(up).Mul(inverse).Exact()
}

// carbon reads the carbon content into tC per unit: as element carbon, or per energy times the
// heating value of the same row.
func (r *reader) carbon(row table.Row, s *Sample) {
	value, ok := r.number(row, "carbon", false)
	if !ok {
		return
	}
	unit := r.cell(row, "carbon_unit")
	above, below, _ := strings.Cut(unit, "/")
	above = strings.TrimSuffix(above, "C")
	energy, err := quantity.ParseUnit(below)
	switch {
	case unit == "%" && s.Commodity.Unit.Dimension == quantity.Mass:
		s.Carbon, ok = quantity.RatioOf(value, quantity.Int(100)).Exact()
	case err == nil && energy.Dimension == quantity.Energy && !s.HasNCV:
		r.fault(row, "ncv", "analysis.no-heat", unit)
		return
	case err == nil && energy.Dimension == quantity.Energy:
		s.Carbon, ok = perEnergy(value.Mul(s.NCV), above, energy)
	default:
		s.Carbon, ok = intensive(value, above, "t", below, s.Commodity)
	}
	if !ok {
		r.fault(row, "carbon_unit", "analysis.carbon-unit", "tC/"+unitOf(s.Commodity))
		return
	}
	if s.Commodity.Unit.Dimension == quantity.Mass && s.Carbon.Cmp(quantity.Int(1)) > 0 {
		r.fault(row, "carbon", "analysis.too-much", s.Carbon.String())
	}
	s.HasCarbon = true
}

// perEnergy turns a figure of above/energy, times GJ, into tonnes.
func perEnergy(value quantity.Number, above string, energy quantity.Unit) (quantity.Number, bool) {
	mass, err := quantity.ParseUnit(above)
	if err != nil {
		return quantity.Number{}, false
	}
	tonne, err := quantity.ParseUnit("t")
	if err != nil {
		return quantity.Number{}, false
	}
	giga, err := quantity.ParseUnit("GJ")
	if err != nil {
		return quantity.Number{}, false
	}
	up, ok := mass.Per(tonne)
	down, okDown := giga.Per(energy)
	if !ok || !okDown {
		return quantity.Number{}, false
	}
	return quantity.Whole(value).Mul(up).Mul(down).Exact()
}

// oxidation reads the rate in percent, or takes that of the guidance.
func (r *reader) oxidation(row table.Row, s *Sample) {
	value, stated := r.number(row, "oxidation", false)
	if stated {
		// 0.99 is 99 % or a slip; a boiler that leaves nine tenths of its carbon does not exist.
		if value.Cmp(quantity.Int(10)) < 0 || value.Cmp(quantity.Int(100)) > 0 {
			r.fault(row, "oxidation", "analysis.oxidation")
		}
		s.Oxidation = value
		return
	}
	known, ok := oxidations()[s.Commodity.ID]
	if !ok {
		r.fault(row, "oxidation", "analysis.no-oxidation", s.Commodity.ID)
		return
	}
	rate, err := quantity.ParseNumber(known.Percent)
	if err != nil {
		panic("analysis: oxidation.csv: " + err.Error())
	}
	s.Oxidation, s.defaulted = rate, known.Source
}
