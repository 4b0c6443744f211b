package scenarios

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"carbonledger/table"
)

// Set is the scenarios of one file. Only Parse makes one, so every row in it fits its lever, every
// parent exists, and no two rows of a scenario speak about the same thing in the same year.
type Set struct {
	file    string
	names   []string
	parents map[string]string
	rows    []Row
}

// Scenario is a list of assumptions with those it inherits filled in.
type Scenario struct {
	Name string
	// Lineage lists what it inherits, the nearest first.
	Lineage []string
	// Rows are in the order of their keys and years, so the order in the file does not matter.
	Rows []Row
}

// Parse reads a scenario file. The faults are all there are; with any, the set is empty.
func Parse(file string, data []byte, levers []Lever) (Set, []table.Fault) {
	records, faults := table.Decode[record](file, data)
	if len(faults) > 0 {
		return Set{}, faults
	}
	set := Set{file: file, parents: map[string]string{}}
	for _, read := range records {
		row, unread := parseRow(file, read.Line, read.Value)
		faults = append(faults, unread...)
		if row.Lever != "" {
			faults = append(faults, checkRow(row, levers, unread)...)
		}
		set.rows = append(set.rows, row)
	}
	faults = append(faults, set.readParents()...)
	faults = append(faults, set.checkCycles()...)
	if len(faults) == 0 {
		faults = set.checkOverlaps()
	}
	if len(faults) > 0 {
		return Set{}, pointAt(faults, file, data)
	}
	return set, nil
}

// CheckRow asks the lever of a row that was made or changed after it was read.
func CheckRow(row Row, levers []Lever) []table.Fault { return checkRow(row, levers, nil) }

// checkRow asks the lever of the row, but not about cells that could not be read.
func checkRow(row Row, levers []Lever, unread []table.Fault) []table.Fault {
	var known []string
	for _, lever := range levers {
		names := lever.Names()
		if slices.Contains(names, row.Lever) {
			return slices.DeleteFunc(lever.Check(row), func(f table.Fault) bool {
				return slices.ContainsFunc(unread, func(u table.Fault) bool {
					return u.Field == f.Field
				})
			})
		}
		known = append(known, names...)
	}
	return []table.Fault{row.Fault("lever", "scenario.lever", strings.Join(known, ", "))}
}

// readParents collects the scenarios in the order in which they appear, and whom they inherit.
func (s *Set) readParents() (faults []table.Fault) {
	said := map[string]Row{}
	for _, row := range s.rows {
		if row.Scenario != "" && !slices.Contains(s.names, row.Scenario) {
			s.names = append(s.names, row.Scenario)
		}
		if row.Scenario == "" || row.inherits == "" {
			continue
		}
		before, ok := said[row.Scenario]
		if ok && before.inherits != row.inherits {
			faults = append(faults, row.Fault("inherits", "scenario.parent-twice",
				strconv.Itoa(before.Line), before.inherits))
			continue
		}
		said[row.Scenario], s.parents[row.Scenario] = row, row.inherits
	}
	for _, row := range s.rows {
		if row.inherits != "" && !slices.Contains(s.names, row.inherits) {
			faults = append(faults, row.Fault("inherits", "scenario.parent-unknown",
				strings.Join(s.names, ", ")))
		}
	}
	return faults
}

// checkCycles finds scenarios that inherit themselves, each circle once.
func (s *Set) checkCycles() (faults []table.Fault) {
	done := map[string]bool{}
	for _, name := range s.names {
		var path []string
		for at := name; at != "" && !done[at]; at = s.parents[at] {
			done[at] = true
			path = append(path, at)
			if next := s.parents[at]; slices.Contains(path, next) {
				circle := append(path[slices.Index(path, next):], next)
				row := s.rows[slices.IndexFunc(s.rows, func(r Row) bool {
					return r.Scenario == at && r.inherits == next
				})]
				faults = append(faults, row.Fault("inherits", "scenario.cycle",
					strings.Join(circle, " > ")))
			}
		}
	}
	return faults
}

// checkOverlaps finds rows of one scenario that speak about the same thing in the same year: which
// of them holds would depend on their order in the file.
func (s *Set) checkOverlaps() (faults []table.Fault) {
	rows := slices.Clone(s.rows)
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Scenario, b.Scenario), byKey(a, b))
	})
	for i, latest := 1, 0; i < len(rows); i++ {
		row, before := rows[i], rows[latest]
		same := row.Scenario == before.Scenario && row.Key() == before.Key() && row.Lever != ""
		if same && max(row.after(), before.after()) < min(row.Last, before.Last) {
			faults = append(faults, row.Fault("year", "scenario.overlap",
				strconv.Itoa(before.Line), years(before.First, before.Last)))
		}
		if !same || row.Last >= before.Last {
			latest = i
		}
	}
	slices.SortFunc(faults, func(a, b table.Fault) int { return cmp.Compare(a.Line, b.Line) })
	return faults
}

// pointAt adds the column of each fault, and the cell as written instead of as understood.
func pointAt(faults []table.Fault, file string, data []byte) []table.Fault {
	sheet, _ := table.Read(file, data)
	for i, fault := range faults {
		for column, header := range sheet.Rows[0].Cells {
			if header.Text == fault.Field {
				faults[i].Column = column + 1
			}
		}
		for _, row := range sheet.Rows[1:] {
			if row.Line == fault.Line && faults[i].Column > 0 {
				faults[i].Cell = row.Cell(faults[i].Column - 1).Raw
			}
		}
	}
	slices.SortStableFunc(faults, func(a, b table.Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return faults
}

// Names returns the scenarios in the order in which the file first names them.
func (s Set) Names() []string { return slices.Clone(s.names) }

// Scenario returns a scenario with the rows it inherits: a row with the same lever, sector,
// commodity and target replaces all rows of the ancestors that have them.
func (s Set) Scenario(name string) (Scenario, bool) {
	if !slices.Contains(s.names, name) {
		return Scenario{}, false
	}
	resolved := Scenario{Name: name}
	for at := name; at != ""; at = s.parents[at] {
		if at != name {
			resolved.Lineage = append(resolved.Lineage, at)
		}
		stated := map[Key]bool{}
		for _, row := range resolved.Rows {
			stated[row.Key()] = true
		}
		for _, row := range s.rows {
			if row.Scenario == at && row.Lever != "" && !stated[row.Key()] {
				resolved.Rows = append(resolved.Rows, row)
			}
		}
	}
	slices.SortStableFunc(resolved.Rows, byKey)
	return resolved, true
}

// Sorted returns the scenario with its rows in the order of their keys and years, which Project
// and the levers expect of rows that were put together by hand.
func (s Scenario) Sorted() Scenario {
	s.Rows = slices.Clone(s.Rows)
	slices.SortStableFunc(s.Rows, byKey)
	return s
}

// Text returns the file in its canonical spelling: Parse reads it back to the same set, and equal
// sets have equal texts, so a digest of it names the assumptions.
func (s Set) Text() string { return TextOf(s.rows) }

// Text returns the resolved scenario as a file of its own that inherits nothing.
func (s Scenario) Text() string {
	rows := make([]Row, len(s.Rows))
	for i, row := range s.Rows {
		row.Scenario, row.inherits = s.Name, ""
		rows[i] = row
	}
	if len(rows) == 0 {
		rows = []Row{{Scenario: s.Name}}
	}
	return TextOf(rows)
}

// TextOf prints rows as a scenario file.
func TextOf(rows []Row) string {
	header := table.Columns[record]()
	used := columnsNeeded
	lines := make([][]string, len(rows))
	for i, row := range rows {
		lines[i] = row.record().cells()
		for at, cell := range lines[i] {
			lines[i][at] = quote(cell)
			if cell != "" {
				used = max(used, at+1)
			}
		}
	}
	var b strings.Builder
	b.WriteString(strings.Join(header[:used], ",") + "\n")
	for _, line := range lines {
		b.WriteString(strings.Join(line[:used], ",") + "\n")
	}
	return b.String()
}

// quote puts a cell into quotation marks where it holds what may divide cells.
func quote(cell string) string {
	if !strings.ContainsAny(cell, ",;\"\n\r") {
		return cell
	}
	return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
}
