// Package workbook opens the files people send: text tables, Excel workbooks and ZIP archives of
// them, and writes workbooks to be filled in.
//
// What a file is, its first bytes say and not its name. Nothing is written to a disk, and nothing
// is believed of sizes that a file states of itself: bytes are counted while they are unpacked.
// Beside what package table says of text, a sheet of a workbook takes up to 80 bytes for each cell
// between the first and the last of a row; 10 million of them may be empty ones.
package workbook

import (
	"bytes"
	"path"
	"slices"
	"strings"

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
	if !isZip(data) {
		return []File{text(name, data)}
	}
	return open(name, data, newBudget(len(data)))
}

func isZip(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) ||
		bytes.HasPrefix(data, []byte("PK\x05\x06"))
}

// text reads a file that is no ZIP.
func text(name string, data []byte) File {
	file := File{Name: name, Data: data}
	for _, kind := range foreign {
		if bytes.HasPrefix(data, []byte(kind.begins)) {
			file.Faults = []table.Fault{{File: name, Code: "file.kind", Args: []string{kind.name}}}
			return file
		}
	}
	sheet, faults := table.Read(name, data)
	if file.Faults = faults; len(sheet.Rows) > 0 {
		file.Sheets = []table.Sheet{sheet}
	}
	return file
}

// foreign are files that people send in place of tables, by their first bytes.
var foreign = []struct{ begins, name string }{
	{"%PDF", "PDF"}, {"Rar!\x1a\x07", "RAR"}, {"7z\xbc\xaf\x27\x1c", "7z"},
	{"\x1f\x8b\x08", "gzip"},
	{"\x89PNG", "PNG"}, {"\xff\xd8\xff", "JPEG"}, {"{\\rtf", "RTF"},
}

// open reads a ZIP: a workbook or an archive.
func open(name string, data []byte, budget *budget) []File {
	parts, err := readParts(data, budget)
	if err != nil {
		code := "archive.damaged"
		if slices.Contains(bookEndings, strings.ToLower(path.Ext(name))) {
			code = "file.workbook"
		}
		return refused(name, data, table.Fault{Code: code, Args: []string{err.Error()}})
	}
	switch {
	case parts.find("[Content_Types].xml") != nil || parts.find(workbookPart) != nil:
		file := File{Name: name, Data: data}
		file.Sheets, file.Faults = readWorkbook(name, parts)
		return []File{file}
	case parts.find("mimetype") != nil && parts.find("content.xml") != nil:
		return refused(name, data, table.Fault{Code: "file.spreadsheet"})
	}
	return readArchive(name, data, parts)
}

func refused(name string, data []byte, fault table.Fault) []File {
	fault.File = name
	return []File{{Name: name, Data: data, Faults: []table.Fault{fault}}}
}
