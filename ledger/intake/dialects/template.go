package dialects

import (
	"strings"

	"carbonledger/table"
)

// Template is what an empty form has besides the columns of its dialect.
type Template struct {
	// Sheet is the name of the worksheet; empty takes the id of the dialect.
	Sheet string `toml:"sheet"`
	// Title are the lines above everything else.
	Title []string `toml:"title"`
	// Header lists the columns as they stand in the form; those the dialect does not name are left
	// empty. Without it they are the columns of the dialect in its order.
	Header []string `toml:"header"`
	// Rows are the rows the form prints, beginning with its first column.
	Rows [][]string `toml:"rows"`
	// Below are the lines under the rows.
	Below []string `toml:"below"`
}

// openMark stands in empty forms where a header is to be completed.
const openMark = "____"

// unfit is the fault of a sheet that lacks columns: one whose headers stand open is an empty form.
func unfit(sheet table.Sheet, code string, args ...string) []table.Fault {
	if _, fault := openHeader(sheet); fault != nil {
		return []table.Fault{*fault}
	}
	return []table.Fault{{File: sheet.File, Code: code, Args: args}}
}

// untouched is the fault of a form whose last row is a header that stands open.
func untouched(sheet table.Sheet) []table.Fault {
	if at, fault := openHeader(sheet); fault != nil && at == len(sheet.Rows)-1 {
		return []table.Fault{*fault}
	}
	return nil
}

// openHeader finds a header with a column that is to be completed, and says what is open.
func openHeader(sheet table.Sheet) (at int, fault *table.Fault) {
	for at, row := range sheet.Rows[:min(len(sheet.Rows), headerDepth)] {
		filled, open := 0, -1
		for i, cell := range row.Cells {
			if cell.Text != "" {
				filled++
			}
			if open < 0 && strings.Contains(cell.Text, openMark) {
				open = i
			}
		}
		if filled > 1 && open >= 0 {
			return at, &table.Fault{File: sheet.File, Line: row.Line, Column: open + 1,
				Code: "header.open", Cell: row.Cells[open].Raw}
		}
	}
	return -1, nil
}

// PeriodLine is how the form writes above its table which time it is of, such as 2024年1—3月; it is
// empty where a column says it.
func (d Dialect) PeriodLine() string {
	for _, p := range d.Preamble {
		if strings.Contains(p.Write, "{year}") && p.Fields["period"] != "" {
			return strings.NewReplacer("{year}", "2024", "{month}", "3").Replace(p.Write)
		}
	}
	return ""
}
