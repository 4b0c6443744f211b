package report

import (
	"strconv"
	"strings"

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

// cells are columns that write their own cells.
type cells struct {
	rows    int
	columns []func(dst []byte, row int) []byte
}

// Len counts the rows.
func (c *cells) Len() int { return c.rows }

// Append adds the text of a cell.
func (c *cells) Append(dst []byte, row, column int) []byte { return c.columns[column](dst, row) }

// add adds a column.
func (c *cells) add(t *Table, column Column, cell func(dst []byte, row int) []byte) {
	t.Columns, c.columns = append(t.Columns, column), append(c.columns, cell)
}

// Detail is what is shown of an inventory besides: the reference of every figure, and every digit.
type Detail struct{ References, Exact bool }

// Inventory shows an inventory: a column for each dimension, one for each measure, gaps counted,
// and what the detail asks for.
func Inventory(v inventory.Inventory, detail Detail, names Names) Table {
	t := Table{Key: "inventory", Title: Say(names.Lang, "inventory.title",
		v.Query.Period.String(), v.Pins.Policy), Total: make([]string, len(v.Query.By))}
	rows := &v.Rows
	body := &cells{rows: rows.Len()}
	t.Body = body
	for at, d := range v.Query.By {
		body.add(&t, Column{Key: string(d), Title: Term(names.Lang, string(d))},
			names.cell(v, at))
	}
	for m, unit := range v.Units {
		shown, _, _ := scaleOf(unit)
		part, total, places := detail.parts(unit, rows, m)
		body.add(&t, Column{Key: string(v.Query.Measures[m]), Figures: true,
			Title: names.measure(v.Query.Measures[m], unit), Unit: shown},
			func(dst []byte, row int) []byte {
				dst = part(row).AppendFixed(dst, places)
				if rows.Gaps(row, m) > 0 {
					dst = append(dst, " *"...)
				}
				return dst
			})
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
func (d Detail) parts(c quantity.Commodity, rows *inventory.Rows, measure int) (
	part func(row int) quantity.Number, total string, places int32) {
	if d.Exact {
		part, total = exactParts(c, rows, measure)
		return part, total, 0
	}
	_, _, r := scaleOf(c)
	part, total = shownParts(c, rows, measure)
	return part, total, r.Places
}

// shownParts is splitTotal for the rows of a measure, in 125 bits where that is enough.
func shownParts(c quantity.Commodity, rows *inventory.Rows, measure int) (
	part func(row int) quantity.Number, total string) {
	_, perUnit, r := scaleOf(c)
	if longs, ok := rows.Longs(measure); ok {
		var added quantity.Sum
		for i := range longs {
			added.AddLong(longs[i])
		}
		sum := added.Number()
		shown, _ := quantity.RatioOf(sum, perUnit).Round(r)
		if units, ok := quantity.SplitLong(shown, longs, r); ok && !sum.IsZero() {
			return func(row int) quantity.Number {
				return quantity.Scaled(units[row], uint8(r.Places))
			}, shown.Fixed(r.Places)
		}
	}
	parts, total := splitTotal(c, rows.Numbers(measure))
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

// cell writes what the rows have in one dimension, by name.
func (n Names) cell(v inventory.Inventory, at int) func(dst []byte, row int) []byte {
	values, place := v.Rows.Values(at)
	named := make([]string, len(values))
	for i, value := range values {
		named[i] = n.value(v.Query.By[at], value)
	}
	return func(dst []byte, row int) []byte { return append(dst, named[place(row)]...) }
}

// references adds what WithReferences adds.
func (c *cells) references(t *Table, v inventory.Inventory) {
	ref := refOf(v)
	for m, measure := range v.Query.Measures {
		name := string(measure)
		c.add(t, Column{Key: "gaps_" + name, Title: "gaps " + name},
			func(dst []byte, row int) []byte {
				return strconv.AppendInt(dst, int64(v.Rows.Gaps(row, m)), 10)
			})
		c.add(t, Column{Key: "ref_" + name, Title: "ref " + name},
			func(dst []byte, row int) []byte { return ref(dst, row, m) })
		t.Total = append(t.Total, strconv.Itoa(v.Totals[m].Gaps), "")
	}
}

// refOf writes the references of the figures of an inventory. What they have in common is taken
// from those of the first row: everything but the values of the dimensions.
func refOf(v inventory.Inventory) func(dst []byte, row, measure int) []byte {
	if v.Rows.Len() == 0 {
		return nil
	}
	// Values that no reference writes otherwise than they are, and that are told apart.
	model := inventory.Row{Key: make([]string, len(v.Query.By)), Figures: v.Rows.At(0).Figures}
	for i := range model.Key {
		model.Key[i] = "\x00" + strconv.Itoa(i) + "\x00"
	}
	texts := make([][]string, len(v.Query.Measures))
	for m := range texts {
		texts[m] = strings.Split(v.Ref(model, m).String(), "\x00")
	}
	// One value after another: what stands before it, and how a reference writes each.
	type part struct {
		written []string
		place   func(row int) int
	}
	var parts []part
	for i := 1; i < len(texts[0]); i += 2 {
		at, _ := strconv.Atoi(texts[0][i])
		values, place := v.Rows.Values(at)
		written := make([]string, len(values))
		for i, value := range values {
			written[i] = inventory.WrittenValue(value)
		}
		parts = append(parts, part{written, place})
	}
	return func(dst []byte, row, measure int) []byte {
		for i := range parts {
			dst = append(dst, texts[measure][2*i]...)
			dst = append(dst, parts[i].written[parts[i].place(row)]...)
		}
		return append(dst, texts[measure][2*len(parts)]...)
	}
}
