// Package workbook opens the files people send: text tables, Excel workbooks and ZIP archives of
// them, and writes workbooks to be filled in.
package workbook

import (
	"carbonledger/table"
)

// File is one file with its tables: a text file has one, a workbook one for each worksheet that
// holds anything.
type File struct {
	// Name is the name of the file; a member of an archive is named archive.zip/member.csv.
	Name string
	// Data are the bytes of the file itself, unpacked where it came in an archive.
	Data   []byte
	Sheets []table.Sheet
	// Faults are the obstacles to reading it; sheets may be there all the same.
	Faults []table.Fault
}

// Open reads a file: one File, or one for each member of an archive.
func Open(name string, data []byte) []File {
	sheet, faults := table.Read(name, data)
	file := File{Name: name, Data: data, Faults: faults}
	if len(sheet.Rows) > 0 {
		file.Sheets = []table.Sheet{sheet}
	}
	return []File{file}
}
