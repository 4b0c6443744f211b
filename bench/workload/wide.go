package workload

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
)

// wideUnit is the unit, of those of each activity, that a wide form is written in.
const wideUnit = 1

// WriteWide prints the same facts in the dialect wide: a row for each enterprise and month, a
// column for each activity with the sum of its bills. It keeps these sums, 20 MB of them.
func WriteWide(w io.Writer, p Plan) error {
	if err := p.Check(); err != nil {
		return err
	}
	sums := make([]int64, p.Enterprises()*Months*len(Activities))
	used := make([]bool, len(sums))
	p.Each(func(row Row) bool {
		at := (row.Enterprise*Months+row.Month)*len(Activities) + row.Activity
		sums[at] += row.Amount()
		used[at] = true
		return true
	})
	out := bufio.NewWriterSize(w, block)
	out.WriteString("统一社会信用代码,期间")
	for _, activity := range Activities {
		fmt.Fprintf(out, ",%s（%s）", activity.Chinese, activity.Units[wideUnit].Symbol)
	}
	out.WriteByte('\n')
	width := len(Activities)
	for n := range p.Enterprises() * Months {
		from := n * width
		writeWideRow(out, n, sums[from:from+width], used[from:from+width])
	}
	return out.Flush()
}

func writeWideRow(out *bufio.Writer, n int, sums []int64, used []bool) {
	month := n % Months
	fmt.Fprintf(out, "%s,%d-%02d", Code(n/Months), YearFirst+month/12, month%12+1)
	var text []byte
	for n, sum := range sums {
		text = append(text[:0], ',')
		if !used[n] {
			text = append(text, "无"...)
		} else {
			text = appendDecimal(text, sum, last*Activities[n].Units[wideUnit].Size)
		}
		out.Write(text)
	}
	out.WriteByte('\n')
}

// appendDecimal prints n / scale, a power of ten, without zeros at the end.
func appendDecimal(text []byte, n, scale int64) []byte {
	text = strconv.AppendInt(text, n/scale, 10)
	if n %= scale; n == 0 {
		return text
	}
	text = append(text, '.')
	for ; n > 0; n %= scale {
		scale /= 10
		text = append(text, byte('0'+n/scale))
	}
	return text
}
