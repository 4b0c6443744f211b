// Package targets holds what a pathway is measured against: the dual control of energy and of
// carbon, shares of non-fossil energy, water, and whatever else a plan asks for.
//
// A Target is a row with its source: a Measure, a year or years, and a bound, either a level or a
// change against an earlier year. Assessing a Pathway gives a Result: whether the target is met, by
// how much it is missed, since when it is behind, and which yearly change would still meet it.
package targets

import (
	"slices"
	"strconv"
	"strings"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/table"
)

// Target is what is asked for.
type Target struct {
	Name, Measure string
	// Sector and Commodity narrow energy and CO2 down; they are "all" otherwise.
	Sector, Commodity string
	// Base is the year a change is counted from, 0 where the value is a level.
	Base int
	// First and Last are the years in which a level holds; a change is due in Last.
	First, Last int
	// Least says that the value is the least there must be and not the most there may be.
	Least  bool
	Value  quantity.Number
	Unit   string
	Source string
	Line   int
}

// PeakBy is the target that CO2 has peaked in a year or before.
func PeakBy(year int) Target {
	return Target{Name: "peak-by-" + strconv.Itoa(year), Measure: peakYear, Sector: scenarios.All,
		Commodity: scenarios.All, First: year, Last: year, Value: quantity.Int(int64(year)),
		Unit: "year"}
}

// record is a target as the file has it.
type record struct {
	Target    string `csv:"target"`
	Measure   string `csv:"measure"`
	Sector    string `csv:"sector,omitempty"`
	Commodity string `csv:"commodity,omitempty"`
	Base      string `csv:"base,omitempty"`
	Year      string `csv:"year"`
	Side      string `csv:"side,omitempty"`
	Value     string `csv:"value"`
	Unit      string `csv:"unit"`
	Source    string `csv:"source"`
}

// The sides of a bound.
const (
	most  = "most"
	least = "least"
)

// yearFirst and yearLast bound the years, as they do in a scenario file.
const yearFirst, yearLast = "1900", "2200"

// Parse reads a file of targets. The faults are all there are; with any, there are no targets.
func Parse(file string, data []byte) ([]Target, []table.Fault) {
	records, faults := table.Decode[record](file, data)
	if len(faults) > 0 {
		return nil, faults
	}
	var list []Target
	lines := map[string]int{}
	for _, read := range records {
		r := reader{file: file, read: read}
		target := r.target()
		if line, twice := lines[target.Name]; twice && target.Name != "" {
			r.fault("target", target.Name, "target.twice", strconv.Itoa(line))
		} else {
			lines[target.Name] = target.Line
		}
		list, faults = append(list, target), append(faults, r.faults...)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return list, nil
}

// reader reads one row and collects what is wrong with it.
type reader struct {
	file   string
	read   table.Record[record]
	faults []table.Fault
}

func (r *reader) fault(field, cell, code string, args ...string) {
	r.faults = append(r.faults, table.Fault{File: r.file, Line: r.read.Line, Field: field,
		Column: r.read.Column(field), Code: code, Cell: cell, Args: args})
}

// target reads the row.
func (r *reader) target() Target {
	v := r.read.Value
	t := Target{Name: v.Target, Measure: table.Key(v.Measure), Sector: table.Key(v.Sector),
		Commodity: table.Key(v.Commodity), Unit: strings.Join(strings.Fields(v.Unit), ""),
		Source: v.Source, Line: r.read.Line}
	for _, needed := range []struct{ field, cell string }{{"target", v.Target},
		{"measure", v.Measure}, {"year", v.Year}, {"value", v.Value}, {"unit", v.Unit},
		{"source", v.Source}} {
		if needed.cell == "" {
			r.fault(needed.field, "", "cell.missing")
		}
	}
	if t.Sector == "" {
		t.Sector = scenarios.All
	}
	if t.Commodity == "" {
		t.Commodity = scenarios.All
	}
	r.years(&t)
	if v.Value != "" {
		text, code, args := table.Decimal(v.Value)
		if code != "" {
			r.fault("value", v.Value, code, args...)
		} else {
			t.Value, _ = quantity.ParseNumber(text)
		}
	}
	r.measure(&t)
	return t
}

// years reads the year or years, and the one a change is counted from.
func (r *reader) years(t *Target) {
	v := r.read.Value
	var ok bool
	if v.Year != "" {
		t.First, t.Last, ok = scenarios.ParseYears(v.Year)
		if !ok || t.First > t.Last {
			r.fault("year", v.Year, "target.year", yearFirst, yearLast)
			return
		}
	}
	if v.Base == "" {
		return
	}
	first, last, ok := scenarios.ParseYears(v.Base)
	if t.Base = first; !ok || first != last || t.Last > 0 && first >= t.Last {
		r.fault("base", v.Base, "target.base", strconv.Itoa(t.Last))
	}
}

// measure holds the row against what its measure takes.
func (r *reader) measure(t *Target) {
	v := r.read.Value
	m, known := measureOf(t.Measure)
	if t.Measure == "" {
		return
	}
	if !known {
		r.fault("measure", v.Measure, "target.measure", strings.Join(Measures(), ", "))
		return
	}
	units := []string{m.unit}
	if m.changes {
		units = append(units, percentUnit)
	}
	isChange := m.changes && t.Unit == percentUnit
	switch {
	case t.Unit == "":
	case !slices.Contains(units, t.Unit):
		r.fault("unit", v.Unit, "target.unit", t.Measure, strings.Join(units, ", "))
	case isChange && v.Base == "":
		r.fault("base", v.Base, "target.base", strconv.Itoa(t.Last))
	case !isChange && v.Base != "":
		r.fault("base", v.Base, "scenario.surplus", t.Measure)
	}
	narrowed := t.Sector != scenarios.All || t.Commodity != scenarios.All
	if !scenarios.IsSector(t.Sector) || narrowed && !m.parts {
		r.fault("sector", v.Sector, "scenario.sector", t.Measure, scenarios.All)
	}
	switch side := table.Key(v.Side); side {
	case "":
		t.Least = m.least
	case most, least:
		t.Least = side == least
	default:
		r.fault("side", v.Side, "target.side", most+", "+least)
	}
}
