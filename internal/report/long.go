package report

import (
	"strconv"

	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// Body is the rows of a long table, whose cells are made as they are printed. It is safe for
// concurrent use.
type Body interface {
	// Len counts the rows.
	Len() int
	// Append adds the text of a cell to dst.
	Append(dst []byte, row, column int) []byte
	// Words returns the words that make the cells of a column; nil where they are other text.
	Words(column int) []Words
	// Places adds the places of the words by a list that the rows from first on have.
	Places(dst []uint32, list, first, end int) []uint32
}

// Words are the few texts that part of a cell can have.
type Words struct {
	Texts []string
	// By is the list of places that tells which a row has; where there is one text, all have it.
	By int
}

// Whole returns the table with all its cells made.
func (t Table) Whole() Table {
	if t.Body == nil {
		return t
	}
	t.Rows = make([][]string, t.Body.Len())
	for i := range t.Rows {
		t.Rows[i] = make([]string, len(t.Columns))
		for column := range t.Columns {
			t.Rows[i][column] = string(t.Body.Append(nil, i, column))
		}
	}
	t.Body = nil
	return t
}

// cells are columns that write their own cells: of words, or else row by row.
type cells struct {
	*inventory.Rows
	columns []cell
}

type cell struct {
	words []Words
	text  func(dst []byte, row int) []byte
}

// Words are those of a column.
func (c *cells) Words(column int) []Words { return c.columns[column].words }

// Append adds the text of a cell.
func (c *cells) Append(dst []byte, row, column int) []byte {
	cell := &c.columns[column]
	if cell.text != nil {
		return cell.text(dst, row)
	}
	for _, words := range cell.words {
		at := 0
		if len(words.Texts) > 1 {
			at = c.Place(row, words.By)
		}
		dst = append(dst, words.Texts[at]...)
	}
	return dst
}

// add adds a column.
func (c *cells) add(t *Table, column Column, made cell) {
	t.Columns, c.columns = append(t.Columns, column), append(c.columns, made)
}

// Detail is what is shown of an inventory besides: the reference of every figure, and every digit.
type Detail struct{ References, Exact bool }

// Inventory shows an inventory: a column for each dimension, one for each measure, gaps counted,
// and what the detail asks for.
func Inventory(v inventory.Inventory, detail Detail, names Names) Table {
	t := Table{Key: "inventory", Title: Say(names.Lang, "inventory.title",
		v.Query.Period.String(), v.Pins.Policy), Total: make([]string, len(v.Query.By))}
	rows := &v.Rows
	body := &cells{Rows: rows}
	t.Body = body
	for at, d := range v.Query.By {
		body.add(&t, Column{Key: string(d), Title: Term(names.Lang, string(d))},
			cell{words: []Words{names.words(v, at)}})
	}
	for m, unit := range v.Units {
		shown, _, _ := scaleOf(unit)
		part, total, places := detail.parts(unit, v, m)
		body.add(&t, Column{Key: string(v.Query.Measures[m]), Figures: true,
			Title: names.measure(v.Query.Measures[m], unit), Unit: shown},
			cell{text: func(dst []byte, row int) []byte {
				dst = part(row).AppendFixed(dst, places)
				if rows.Gaps(row, m) > 0 {
					dst = append(dst, " *"...)
				}
				return dst
			}})
		t.Total = append(t.Total, gapped(total, v.Totals[m]))
	}
	if detail.References && len(v.Query.By) > 0 {
		body.references(&t, v)
	}
	t.finish(v, names)
	return t
}

// parts are the figures of the rows in one measure, with their total, and how many decimals they
// have at least.
func (d Detail) parts(c quantity.Commodity, v inventory.Inventory, measure int) (
	part func(row int) quantity.Number, total string, places int32) {
	if d.Exact {
		part, total = exactParts(c, &v.Rows, measure)
		return part, total, 0
	}
	_, _, r := scaleOf(c)
	part, total = shownParts(c, v, measure)
	return part, total, r.Places
}

// shownParts is splitTotal for the rows of a measure, in 125 bits where that is enough.
func shownParts(c quantity.Commodity, v inventory.Inventory, measure int) (
	part func(row int) quantity.Number, total string) {
	_, perUnit, r := scaleOf(c)
	if longs, ok := v.Rows.Longs(measure); ok {
		sum := v.Totals[measure].Number
		shown, _ := quantity.RatioOf(sum, perUnit).Round(r)
		if units, ok := quantity.SplitLong(shown, longs, r); ok && !sum.IsZero() {
			return func(row int) quantity.Number {
				return quantity.Scaled(units[row], uint8(r.Places))
			}, shown.Fixed(r.Places)
		}
	}
	parts, total := splitTotal(c, v.Rows.Numbers(measure))
	return func(row int) quantity.Number { return parts[row] }, total
}

// exactParts are the figures of the rows with all their digits. A unit that figures are shown in is
// a power of ten of the book unit, so that there is no last digit to round.
func exactParts(c quantity.Commodity, rows *inventory.Rows, measure int) (
	part func(row int) quantity.Number, total string) {
	_, perUnit, _ := scaleOf(c)
	one, ok := quantity.RatioOf(quantity.Int(1), perUnit).Exact()
	if !ok {
		panic("report: " + c.ID + " is shown in no decimal multiple of its unit")
	}
	part = func(row int) quantity.Number {
		return rows.Figure(row, measure).Number.Mul(one).Short()
	}
	var sum quantity.Sum
	for row := range rows.Len() {
		sum.Add(part(row))
	}
	return part, sum.Number().Short().String()
}

// words are what the rows have in one dimension, by name.
func (n Names) words(v inventory.Inventory, at int) Words {
	values := v.Rows.Values(at)
	named := make([]string, len(values))
	for i, value := range values {
		named[i] = n.value(v.Query.By[at], value)
	}
	return Words{named, at}
}

// references adds what WithReferences adds.
func (c *cells) references(t *Table, v inventory.Inventory) {
	for m, measure := range v.Query.Measures {
		name := string(measure)
		c.add(t, Column{Key: "gaps_" + name, Title: "gaps " + name},
			cell{text: func(dst []byte, row int) []byte {
				return strconv.AppendInt(dst, int64(v.Rows.Gaps(row, m)), 10)
			}})
		c.add(t, Column{Key: "ref_" + name, Title: "ref " + name}, cell{words: wordsOfRef(v, m)})
		t.Total = append(t.Total, strconv.Itoa(v.Totals[m].Gaps), "")
	}
}

// wordsOfRef are the references of the figures of a measure.
func wordsOfRef(v inventory.Inventory, measure int) (words []Words) {
	common, dimensions := v.RefParts(measure)
	for i, at := range dimensions {
		written := Words{By: at}
		for _, value := range v.Rows.Values(at) {
			written.Texts = append(written.Texts, inventory.WrittenValue(value))
		}
		words = append(words, Words{Texts: common[i : i+1]}, written)
	}
	return append(words, Words{Texts: common[len(dimensions):]})
}
