package intake

import (
	"fmt"

	"carbonledger/ledger/intake/dates"
	"carbonledger/quantity"
	"carbonledger/table"
)

// fromJanuary tells, once for the file, that the month above a cumulative form is read as the
// months up to it: figures of that month alone would be taken for those of the year so far.
func (r *reading) fromJanuary(sheet table.Sheet) {
	at, ok := r.layout.Places["period"]
	if !ok || !r.dialect.Cumulative {
		return
	}
	read, err := quantity.ParsePeriod(r.layout.Given["period"])
	for _, row := range sheet.Rows {
		if row.Line != at.Line || err != nil {
			continue
		}
		for column := at.Column - 1; column < len(row.Cells); column++ {
			cell := row.Cell(column)
			month := dates.MonthAlone().FindString(table.Fold(cell.Text))
			alone, errAlone := quantity.ParsePeriod(month)
			if month == "" || errAlone != nil {
				continue
			}
			if alone != read && read.Contains(alone) {
				_, last, _ := (alone.End - 1).Date()
				r.upload.Warnings = append(r.upload.Warnings, table.Fault{
					File: r.upload.Source.File, Line: row.Line, Column: column + 1,
					Code: "period.cumulative", Cell: month,
					Args: []string{quantity.Month(read.Year(), 1).String(), alone.String(),
						fmt.Sprintf("%d年1-%d月", alone.Year(), last)}})
			}
			return
		}
	}
}
