package workload

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
)

// block is how many bytes are handed to the writer at once.
const block = 1 << 20

// Write prints the rows of a plan in a form, with faulty ones among them where they are asked for,
// and returns how many rows are faulty. Memory does not depend on the number of rows.
func Write(w io.Writer, p Plan, f Form, faulty bool) (faults int64, err error) {
	if err := p.Check(); err != nil {
		return 0, err
	}
	printer := newPrinter(f, p.Seed, faulty)
	text := make([]byte, 0, block+block/16)
	text = printer.head(text)
	p.Each(func(row Row) bool {
		text = printer.row(text, row)
		if len(text) >= block {
			_, err = w.Write(text)
			text = text[:0]
		}
		return err == nil
	})
	if err == nil {
		_, err = w.Write(text)
	}
	return printer.faults, err
}

// printer writes rows. It has everything but numbers at hand as bytes of the encoding.
type printer struct {
	Form
	look        *rand.Rand
	faulty      bool
	faults      int64
	codes       [][]byte
	names       [][]byte
	periods     [][]byte // spellings of the first month, of the second, and so on
	commodities [][]byte
	units       [][][]byte
	mistakes    [][]byte
	cells       [columns][]byte
	figure      []byte
	document    []byte
}

// newPrinter draws looks from numbers of their own, so that the facts are those of every form.
func newPrinter(f Form, seed uint64, faulty bool) *printer {
	p := &printer{Form: f, look: rand.New(rand.NewPCG(seed, 2)), faulty: faulty}
	for n := range EnterprisesMost {
		p.codes = append(p.codes, f.encode(Code(n)))
		p.names = append(p.names, f.encode(Name(n)))
	}
	for month := range Months {
		for _, spelling := range f.periods {
			p.periods = append(p.periods,
				f.encode(fmt.Sprintf(spelling, YearFirst+month/12, month%12+1)))
		}
	}
	for _, activity := range Activities {
		p.commodities = append(p.commodities,
			f.encode(f.word(activity.Commodity, activity.Chinese)))
		var units [][]byte
		for _, unit := range activity.Units {
			units = append(units, f.encode(f.word(unit.Symbol, unit.Chinese)))
		}
		p.units = append(p.units, units)
	}
	for _, kind := range Kinds {
		p.mistakes = append(p.mistakes, f.encode(kind.Cell))
	}
	return p
}

func (f Form) word(plain, chinese string) string {
	if f.chinese {
		return chinese
	}
	return plain
}

func (p *printer) head(text []byte) []byte {
	for n, name := range p.header {
		if n > 0 {
			text = append(text, p.comma)
		}
		text = append(text, p.encode(name)...)
	}
	return append(text, p.newline...)
}

func (p *printer) row(text []byte, row Row) []byte {
	look := p.look.Uint64()
	p.figure = appendFigure(p.figure[:0], row, p.rough && look>>50%4 == 0)
	p.document = strconv.AppendInt(p.document[:0], row.Document, 10)
	spellings := len(p.Form.periods)
	p.cells = [columns][]byte{p.codes[row.Enterprise],
		p.periods[row.Month*spellings+int(look>>40%uint64(spellings))],
		p.commodities[row.Activity], p.units[row.Activity][row.Unit], p.figure, p.document,
		p.names[row.Enterprise]}
	if p.faulty && look>>24%faultsIn == 0 {
		kind := int(p.faults % int64(len(Kinds)))
		p.cells[Kinds[kind].column] = p.mistakes[kind]
		p.faults++
	}
	quoted, padded := uint64(0), uint64(0)
	if look%100 < p.quoted {
		quoted = 1 + look>>8%(1<<columns-1)
	}
	if p.rough && look>>16%10 == 0 {
		padded = look >> 56
	}
	for n := range p.header {
		if n > 0 {
			text = append(text, p.comma)
		}
		text = p.cell(text, n, quoted>>n&1 == 1, padded>>n&1 == 1)
	}
	return append(text, p.newline...)
}

// cell prints a cell. A figure with thousands marks is quoted in any case.
func (p *printer) cell(text []byte, n int, quoted, padded bool) []byte {
	marked := n == quantityColumn && len(p.figure) > 4 && p.comma == ','
	quoted = quoted || marked && hasMark(p.cells[n])
	if quoted {
		text = append(text, '"')
	}
	if padded {
		text = append(text, ' ')
	}
	text = append(text, p.cells[n]...)
	if padded {
		text = append(text, ' ')
	}
	if quoted {
		text = append(text, '"')
	}
	return text
}

func hasMark(figure []byte) bool {
	for _, letter := range figure {
		if letter == ',' {
			return true
		}
	}
	return false
}

// Figure is the quantity as a plain decimal.
func (r Row) Figure() string { return string(appendFigure(nil, r, false)) }

// appendFigure prints the quantity, with marks between thousands where they are wanted.
func appendFigure(text []byte, row Row, marks bool) []byte {
	scale := power(row.Decimals)
	whole, part := row.Quantity/scale, row.Quantity%scale
	if marks {
		text = appendThousands(text, whole)
	} else {
		text = strconv.AppendInt(text, whole, 10)
	}
	if row.Decimals == 0 {
		return text
	}
	text = append(text, '.')
	for scale /= 10; scale > 0; scale /= 10 {
		text = append(text, byte('0'+part/scale%10))
	}
	return text
}

func appendThousands(text []byte, whole int64) []byte {
	if whole < 1000 {
		return strconv.AppendInt(text, whole, 10)
	}
	text = append(appendThousands(text, whole/1000), ',')
	rest := whole % 1000
	return append(text, byte('0'+rest/100), byte('0'+rest/10%10), byte('0'+rest%10))
}
