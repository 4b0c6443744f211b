package workbook

import (
	"io"

	"github.com/xuri/excelize/v2"
)

// WriteAnswers writes tables that are filled in, a worksheet each: title, header, rows, and what
// stands below them. Nothing is asked of the reader, so lists, hints and messages have no say.
// Plain decimals of at most 15 digits in columns of numbers become numbers, longer ones stay text.
// The same tables give the same bytes.
func WriteAnswers(w io.Writer, answers []Form) error {
	d := &draft{book: excelize.NewFile()}
	d.try(d.book.SetDocProps(&excelize.DocProperties{Creator: creator}))
	for i, f := range answers {
		d.sheet, d.next = f.Name, 1
		if i == 0 {
			d.try(d.book.SetSheetName("Sheet1", f.Name))
		} else {
			d.another(f.Name)
		}
		d.title(f)
		d.header(f)
		for _, row := range f.Rows {
			d.filled(f.Columns, row)
		}
		for i, column := range f.Columns {
			d.width(i, column)
		}
		d.rows(f.Below)
	}
	return d.finish(w)
}
