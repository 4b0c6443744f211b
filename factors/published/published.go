// Package published turns lists of factors as ministries and agencies publish them into sets: the
// flat file of the UK (DESNZ), the Emission Factors Hub and eGRID of the US EPA, and a plain table
// of one's own.
//
// A layout says where a number, its gas, its unit and the name of its row stand. The list names.csv
// says which commodity of the book a published name and unit mean, and which rows are known and
// left out, and why. A number that no line of the list covers is reported with its place and a way
// out; it is never guessed and never dropped in silence:
//
//	numbers read = taken + parts of a total + not understood
package published

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"carbonledger/factors"
	"carbonledger/pattern"
	"carbonledger/table"
	"carbonledger/table/workbook"
)

// Options say what a published file does not say of itself.
type Options struct {
	// Layout is the id of one, or auto.
	Layout string
	// ID is the id the set is to have; Area is where its factors hold, empty for that of the
	// layout.
	ID, Area string
	// Year is the year the factors hold for; 0 where the file says so.
	Year int
	// TitleZH, TitleEN and Licence are for source.md; empty takes those of the layout.
	TitleZH, TitleEN, Licence string
	// Columns says what columns of a plain table are: header and field, as --map gives them.
	Columns map[string]string
	// Ask answers which column is meant; nil where nobody can be asked.
	Ask func(question table.Fault, candidates []string) (choice int, ok bool)
	// Catalogue and Areas are those of the book.
	Catalogue factors.Catalogue
	Areas     factors.Areas
}

// Set is a set made of a published file, with the report of what was not understood.
type Set struct {
	ID, File, Layout string
	Year             int
	// Source and Rows are the texts of source.md and factors.csv.
	Source, Rows []byte
	Factors      factors.Set
	// Read counts the numbers of the file, Taken those that became factors, Parts those that are
	// the share of one gas in a total and were checked against it.
	Read, Taken, Parts int
	// Sums tells how the shares of gases fit their totals.
	Sums Sums
	// Left are the numbers that were not understood, one each, in the order of the file; Warnings
	// are totals whose gases do not add up to them.
	Left, Warnings []table.Fault
}

// Sums counts totals whose gases were added up: to the digit, within the rounding of the printed
// digits, and not at all; the last are also among the warnings.
type Sums struct{ Exact, Rounded, Off int }

// layout is a way in which factors are published.
type layout struct {
	id                        string
	titleZH, titleEN, licence string
	area                      string
	// fits says whether a sheet has the layout, read takes its numbers.
	fits func(table.Sheet) bool
	read func(*reader)
}

// layouts lists them in the order they are tried.
var layouts = []layout{
	{"desnz", "英国政府温室气体换算因子", "UK Government GHG conversion factors for company reporting",
		"Open Government Licence v3.0", "GB", fitsFlat, (*reader).flat},
	{"egrid", "美国环保署 eGRID 电力排放率", "US EPA eGRID emission rates of electricity",
		"US government work, public domain", "US", fitsGrid, (*reader).grid},
	{"epa-hub", "美国环保署温室气体排放因子汇编", "US EPA GHG Emission Factors Hub",
		"US government work, public domain", "US", fitsHub, (*reader).hub},
	{"csv", "", "", "", "", fitsPlain, (*reader).plain},
}

// Layouts returns the ids of the layouts.
func Layouts() []string {
	ids := make([]string, len(layouts))
	for i, l := range layouts {
		ids[i] = l.id
	}
	return ids
}

// setID is what the id of a set may look like; it becomes the name of a folder.
var setID = pattern.Of(`^[a-z0-9][a-z0-9._-]{1,63}$`)

// yearFirst and yearLast bound the year of a published list.
const yearFirst, yearLast = 1990, 2100

// Read makes a set of a published file. Faults are obstacles to the whole; what is wrong with
// single rows stands in Set.Left.
func Read(name string, data []byte, o Options) (Set, []table.Fault) {
	if !setID().MatchString(o.ID) {
		return Set{}, []table.Fault{{Code: "published.id", Cell: o.ID}}
	}
	var sheets []table.Sheet
	var faults []table.Fault
	for _, file := range workbook.Open(name, data) {
		sheets, faults = append(sheets, file.Sheets...), append(faults, obstacles(file.Faults)...)
	}
	if len(sheets) == 0 && len(faults) == 0 {
		faults = []table.Fault{{File: name, Code: "file.empty"}}
	}
	if len(faults) > 0 {
		return Set{}, faults
	}
	chosen, fault := choose(name, sheets, o.Layout)
	if fault != nil {
		return Set{}, []table.Fault{*fault}
	}
	return read(name, sheets, chosen, o)
}

// obstacles leaves warnings out: a hidden sheet does not keep the others from being read.
func obstacles(faults []table.Fault) []table.Fault {
	return slices.DeleteFunc(faults, table.Fault.IsWarning)
}

// choose returns the layout of a file.
func choose(name string, sheets []table.Sheet, id string) (layout, *table.Fault) {
	for _, l := range layouts {
		if l.id == id || (id == "" || id == "auto") && slices.ContainsFunc(sheets, l.fits) {
			return l, nil
		}
	}
	return layout{}, &table.Fault{File: name, Code: "published.layout", Cell: id,
		Args: []string{strings.Join(Layouts(), ", ")}}
}

func read(name string, sheets []table.Sheet, l layout, o Options) (Set, []table.Fault) {
	r := &reader{layout: l, options: o, year: o.Year}
	r.area = l.area
	if o.Area != "" {
		code, ok := o.Areas.Find(o.Area)
		if !ok {
			return Set{}, []table.Fault{{Code: "area.unknown", Field: "--area", Cell: o.Area}}
		}
		r.area = code
	}
	fitting := slices.DeleteFunc(slices.Clone(sheets),
		func(s table.Sheet) bool { return !l.fits(s) })
	if len(fitting) == 0 {
		fitting = sheets
	}
	r.several = len(fitting) > 1
	for _, sheet := range fitting {
		r.sheet = sheet
		l.read(r)
	}
	if len(r.faults) == 0 && r.read == 0 {
		r.faults = []table.Fault{{File: name, Code: "published.nothing", Args: []string{l.id}}}
	}
	if len(r.faults) == 0 && (r.year < yearFirst || r.year > yearLast) && r.undated() {
		r.faults = []table.Fault{{File: name, Code: "published.year"}}
	}
	if len(r.faults) > 0 {
		return Set{}, r.faults
	}
	return r.finish(name)
}

// finish checks totals, makes rows of what was taken and reads them as the set they form: what the
// set refuses is reported at its place in the published file.
func (r *reader) finish(name string) (Set, []table.Fault) {
	set := Set{ID: r.options.ID, File: name, Layout: r.layout.id, Year: r.year, Read: r.read,
		Parts: r.parts, Sums: r.addUp()}
	var rows []factors.Row
	for _, t := range r.taken {
		rows = append(rows, t.row(r))
	}
	source := r.source(name, set.Read, len(rows))
	for {
		parsed, faults := factors.ParseSet(set.ID, source, factors.Format(rows),
			r.options.Catalogue)
		bad := r.refused(faults)
		if len(bad) == 0 && len(faults) > 0 {
			return Set{}, faults // The file as a whole: our own mistake, or a licence left empty.
		}
		if len(bad) == 0 {
			set.Factors = parsed
			break
		}
		for _, at := range slices.Backward(bad) {
			rows = slices.Delete(rows, at, at+1)
			r.taken = slices.Delete(r.taken, at, at+1)
		}
		source = r.source(name, set.Read, len(rows))
	}
	if len(rows) == 0 {
		return Set{}, append([]table.Fault{{File: name, Code: "published.nothing",
			Args: []string{r.layout.id}}}, r.left...)
	}
	set.Source, set.Rows, set.Taken = source, factors.Format(rows), len(rows)
	set.Left, set.Warnings = r.left, r.warnings
	slices.SortStableFunc(set.Left, func(a, b table.Fault) int {
		if a.Sheet != b.Sheet {
			return strings.Compare(a.Sheet, b.Sheet)
		}
		return a.Line - b.Line
	})
	return set, nil
}

// refused reports what the set refuses of the rows and returns their places.
func (r *reader) refused(faults []table.Fault) (at []int) {
	for _, fault := range faults {
		i := fault.Line - 2 // Below the header, a line each.
		if i < 0 || i >= len(r.taken) || slices.Contains(at, i) {
			continue
		}
		at = append(at, i)
		t := r.taken[i]
		said := table.Fault{Code: "published.refused", Cell: t.name, Args: fault.Args}
		if fault.Code == "factor.overlap" {
			said.Code, said.Args = "published.twice", []string{r.lineOf(fault.Args[0])}
		}
		t.left(r, said)
	}
	slices.Sort(at)
	return at
}

// lineOf is the line of the published file a factor was read from.
func (r *reader) lineOf(id string) string {
	for _, t := range r.taken {
		if t.id(r) == id {
			return strconv.Itoa(t.line)
		}
	}
	return id
}

// source writes the source.md.
func (r *reader) source(name string, read, taken int) []byte {
	edition := ""
	if r.year != 0 {
		edition = strconv.Itoa(r.year)
	}
	title := func(own, published string) string {
		if own != "" {
			return own
		}
		return strings.TrimSpace(orElse(published, r.options.ID) + " " + edition)
	}
	return factors.Source{TitleZH: title(r.options.TitleZH, r.layout.titleZH),
		TitleEN: title(r.options.TitleEN, r.layout.titleEN), Edition: edition, Published: edition,
		Licence:  orElse(r.options.Licence, orElse(r.layout.licence, "not stated")),
		Rounding: "20 half-even",
		Text: fmt.Sprintf("# Where it comes from\n\nRead from the file %q in the layout %s: "+
			"%d numbers, %d of them factors here.\nRounded are only factors per pound, gallon or "+
			"Btu, which no decimal per kg, L or kJ holds.\n", name, r.layout.id, read,
			taken)}.Format()
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
