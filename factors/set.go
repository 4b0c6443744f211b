package factors

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"carbonledger/quantity"
	"carbonledger/table"
)

// Set is a folder of factors from one source, with what its source.md says of it.
type Set struct {
	ID, TitleZH, TitleEN, Edition, Published, Licence string
	// Rounding is how a factor that does not end is rounded, once: in its printed units, or in book
	// units where these are no finite part of them. HasRounding is false where the set has none and
	// such a factor is an error.
	Rounding    quantity.Rounding
	HasRounding bool
	// Covers is the time for which the set is whole: at every level of area it publishes an edge
	// for, each area has its own factor, but for those named in Wider. Zero where nobody says so.
	Covers  quantity.Period
	Wider   []string
	Factors []Factor
	// known is the last day whose publications count, 0 where all do.
	known quantity.Day
}

// Title returns the title in a language.
func (s Set) Title(lang table.Lang) string {
	if lang == table.ZH {
		return s.TitleZH
	}
	return s.TitleEN
}

// ParseSet reads a set from its two files and returns every fault in them. Overlapping validity of
// two factors with the same ends and area is a fault: no search could choose between them.
func ParseSet(id string, source, rows []byte, catalogue Catalogue) (Set, []table.Fault) {
	set, err := parseSource(id, source)
	if err != nil {
		return Set{}, []table.Fault{{File: id + "/source.md", Code: "factor.row",
			Args: []string{err.Error()}}}
	}
	file := id + "/factors.csv"
	records, faults := table.Decode[Row](file, rows)
	seen := map[string]bool{}
	for _, record := range records {
		factor, field, err := set.parse(record.Value, catalogue)
		if err == nil && seen[factor.ID] {
			field, err = "id", fmt.Errorf("%s stands twice", factor.ID)
		}
		if err != nil {
			faults = append(faults, table.Fault{File: file, Line: record.Line, Field: field,
				Column: record.Column(field), Code: "factor.row",
				Cell: record.Value.ID, Args: []string{err.Error()}})
			continue
		}
		factor.Line, seen[factor.ID] = record.Line, true
		if other, ok := set.overlapping(factor); ok {
			faults = append(faults, table.Fault{File: file, Line: record.Line, Field: "valid_from",
				Column: record.Column("valid_from"), Code: "factor.overlap",
				Cell: record.Value.ID, Args: []string{other.ID}})
			continue
		}
		set.Factors = append(set.Factors, factor)
	}
	return set, faults
}

// parseSource reads the `key: value` lines at the head of source.md.
func parseSource(id string, source []byte) (Set, error) {
	set := Set{ID: id}
	fields := map[string]*string{"title_zh": &set.TitleZH, "title_en": &set.TitleEN,
		"edition": &set.Edition, "published": &set.Published, "licence": &set.Licence}
	lines := bufio.NewScanner(bytes.NewReader(source))
	for lines.Scan() && strings.TrimSpace(lines.Text()) != "" {
		key, value, ok := strings.Cut(lines.Text(), ":")
		value = strings.TrimSpace(value)
		switch {
		case !ok:
			return Set{}, fmt.Errorf("%q is not key: value", lines.Text())
		case key == "rounding" && value != "":
			rounding, err := parseRounding(value)
			if err != nil {
				return Set{}, err
			}
			set.Rounding, set.HasRounding = rounding, true
		case key == "covers":
			covers, err := quantity.ParsePeriod(value)
			if err != nil {
				return Set{}, err
			}
			set.Covers = covers
		case key == "wider":
			set.Wider = strings.Fields(value)
		case fields[key] != nil:
			*fields[key] = value
		case key != "rounding":
			return Set{}, fmt.Errorf("%s is not a key of source.md", key)
		}
	}
	if set.TitleZH == "" || set.TitleEN == "" || set.Licence == "" {
		return Set{}, fmt.Errorf("title_zh, title_en and licence are needed")
	}
	return set, lines.Err()
}

// placesMax bounds the decimals a set may round to; more would only cost time.
const placesMax = 60

// parseRounding reads `10 half-even`.
func parseRounding(text string) (quantity.Rounding, error) {
	places, name, _ := strings.Cut(text, " ")
	n, err := strconv.ParseInt(places, 10, 32)
	if err != nil || n < 0 || n > placesMax {
		return quantity.Rounding{}, fmt.Errorf("rounding %q is not `places mode`", text)
	}
	for _, mode := range []quantity.Mode{quantity.HalfEven, quantity.HalfUp} {
		if mode.String() == strings.TrimSpace(name) {
			return quantity.Rounding{Places: int32(n), Mode: mode}, nil
		}
	}
	return quantity.Rounding{}, fmt.Errorf("rounding mode %q is not half-even or half-up", name)
}

// parse makes a factor of a row, or says which field is wrong.
func (s Set) parse(row Row, catalogue Catalogue) (f Factor, field string, err error) {
	f = Factor{ID: row.ID, Set: s.ID, Printed: row.Value, PerUnit: row.PerUnit, ToUnit: row.ToUnit,
		Area: row.Area, Published: row.Published, Basis: row.Basis, Lower: row.Lower,
		Upper: row.Upper, Distribution: row.Distribution, Source: row.Source, Page: row.Page,
		Status: Status(row.Status), Note: row.Note, GWP: row.GWP, Evidence: row.Evidence,
		Approver: row.Approver, known: knownFrom(row.Published)}
	var ok bool
	if f.From, ok = catalogue.ByID(row.From); !ok {
		return f, "from", fmt.Errorf("no commodity %q", row.From)
	}
	if f.To, ok = catalogue.ByID(row.To); !ok {
		return f, "to", fmt.Errorf("no commodity %q", row.To)
	}
	switch {
	case f.ID == "":
		return f, "id", fmt.Errorf("a factor needs an id")
	case f.Area == "":
		return f, "area", fmt.Errorf("a factor needs an area; WORLD holds everywhere")
	case !isArea(f.Area) && !isSubject(f.Area):
		return f, "area", fmt.Errorf("%q is not the code of an area, such as 360000", f.Area)
	case f.Source == "":
		return f, "source", fmt.Errorf("a factor needs a source")
	case f.Status != Seen && f.Status != Computed && f.Status != Unconfirmed && f.Status != Own:
		return f, "status", fmt.Errorf("%q is none of seen, computed, unconfirmed, own", f.Status)
	}
	if err := f.checkBasis(); err != nil {
		return f, "basis", err
	}
	if f.GWP != "" && f.To.Class != quantity.ClassEquivalent {
		return f, "gwp", fmt.Errorf("only a factor to co2e is made with warming potentials")
	}
	if f.Valid, err = parseValidity(row.ValidFrom, row.ValidTo); err != nil {
		return f, "valid_from", err
	}
	for _, bound := range []string{row.Lower, row.Upper} {
		if _, err := quantity.ParseNumber(bound); bound != "" && err != nil {
			return f, "lower", err
		}
	}
	if err := f.evaluate(row, s); err != nil {
		return f, "value", err
	}
	return f, "", nil
}

// checkBasis keeps a factor of gross heating values from amounts of net energy and the reverse.
func (f Factor) checkBasis() error {
	switch f.Basis {
	case "", "net", "gross":
	default:
		return fmt.Errorf("%q is neither net nor gross", f.Basis)
	}
	if f.From.Basis != "" && f.Basis != f.From.Basis {
		return fmt.Errorf("amounts of %s count %s heating values, so the basis must be %s",
			f.From.ID, f.From.Basis, f.From.Basis)
	}
	return nil
}

// knownFrom reads the day of publication. Of a year alone, or of several, it is the last day: an
// earlier reader may not have had the document.
func knownFrom(published string) quantity.Day {
	if day, err := quantity.ParseDay(published); err == nil {
		return day
	}
	last := published[strings.LastIndex(published, "-")+1:]
	if year, err := strconv.Atoi(last); err == nil && len(last) == len("2006") {
		return quantity.Year(year).End - 1
	}
	return 0
}

func parseValidity(from, to string) (valid quantity.Period, err error) {
	valid = quantity.Period{First: openFirst, End: openEnd}
	if from != "" {
		if valid.First, err = quantity.ParseDay(from); err != nil {
			return valid, err
		}
	}
	if to != "" {
		if valid.End, err = quantity.ParseDay(to); err != nil {
			return valid, err
		}
	}
	if valid.First >= valid.End {
		return valid, fmt.Errorf("%w: %s to %s", quantity.ErrPeriod, from, to)
	}
	return valid, nil
}

// evaluate works out the value in book units, from the printed value or from the parts.
func (f *Factor) evaluate(row Row, set Set) error {
	to, err := quantity.ParseUnit(row.ToUnit)
	if err != nil {
		return err
	}
	per, err := quantity.ParseUnit(row.PerUnit)
	if err != nil {
		return err
	}
	printed, err := f.printedValue(row, to, per)
	if err != nil {
		return err
	}
	perUnit, remark, err := f.From.Accept(per)
	if err != nil {
		return err
	}
	if remark == quantity.RemarkStateAssumed {
		return fmt.Errorf("%w: a %s of gas needs its reference state, such as Nm3 (0 °C)",
			quantity.ErrState, row.PerUnit)
	}
	toUnit, _, err := f.To.Accept(to)
	if err != nil {
		return err
	}
	scale := quantity.RatioOf(toUnit, perUnit)
	if value, ok := printed.Mul(scale).Exact(); ok {
		f.Value = value
		return nil
	}
	if !set.HasRounding {
		return ErrInfinite
	}
	rounded, _ := printed.Round(set.Rounding)
	value, ok := quantity.Whole(rounded).Mul(scale).Exact()
	if !ok { // A pound or a Btu is no finite part of what the book counts in.
		value, _ = printed.Mul(scale).Round(set.Rounding)
	}
	f.Value = value
	return nil
}

func (f *Factor) printedValue(row Row, to, per quantity.Unit) (quantity.Ratio, error) {
	if row.Parts == "" {
		value, err := quantity.ParseNumber(row.Value)
		return quantity.Whole(value), err
	}
	if row.Value != "" {
		return quantity.Ratio{}, fmt.Errorf("a factor has a value or parts, not both")
	}
	parts, product, err := parseParts(row.Parts)
	if err != nil {
		return quantity.Ratio{}, err
	}
	f.Parts = parts
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = part.Text
	}
	f.Printed = strings.Join(texts, " x ")
	return product.in(to, per)
}

// With adds the factors of another set under the id and rounding of that one, and returns a fault
// for every factor that holds at the same place and time as one of s.
func (s Set) With(more Set) (Set, []table.Fault) {
	var faults []table.Fault
	joined := more
	joined.Factors = slices.Concat(s.Factors, more.Factors)
	for _, f := range more.Factors {
		code, other, clash := "factor.overlap", Factor{}, false
		if at := slices.IndexFunc(s.Factors, func(o Factor) bool { return o.ID == f.ID }); at >= 0 {
			code, other, clash = "factor.twice", s.Factors[at], true
		} else {
			other, clash = s.overlapping(f)
		}
		if clash {
			faults = append(faults, table.Fault{File: more.ID + "/factors.csv", Line: f.Line,
				Code: code, Cell: f.ID, Args: []string{other.ID}})
		}
	}
	return joined, faults
}

// overlapping returns a factor of the set that holds for the same edge, area and time.
func (s Set) overlapping(f Factor) (Factor, bool) {
	for _, other := range s.Factors {
		if other.From.ID == f.From.ID && other.To.ID == f.To.ID && other.Area == f.Area &&
			other.Valid.Overlaps(f.Valid) {
			return other, true
		}
	}
	return Factor{}, false
}
