package table

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// NewSheet makes a sheet of cells as they would be read from a file in UTF-8; rows without any
// content are left out.
func NewSheet(file string, rows [][]string) Sheet {
	sheet := Sheet{File: file, Encoding: UTF8, Delimiter: ','}
	for i, cells := range rows {
		if row := newRow(i+1, cells); !row.IsBlank() {
			sheet.Rows = append(sheet.Rows, row)
		}
	}
	return sheet
}

// Write returns rows as a CSV file with CRLF, as spreadsheets open it, in UTF-8 with or without BOM
// or in GB18030. Every row is as wide as the widest.
func Write(rows [][]string, encoding Encoding) ([]byte, error) {
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	var text bytes.Buffer
	writer := csv.NewWriter(&text)
	writer.UseCRLF = true
	for _, row := range rows {
		record := make([]string, width)
		copy(record, row)
		if err := writer.Write(record); err != nil {
			return nil, err
		}
	}
	writer.Flush()
	if err := writer.Error(); err != nil {
		return nil, err
	}
	switch encoding {
	case UTF8:
		return text.Bytes(), nil
	case UTF8BOM:
		return append(bytes.Clone(bom), text.Bytes()...), nil
	case GB18030:
		return simplifiedchinese.GB18030.NewEncoder().Bytes(text.Bytes())
	}
	return nil, fmt.Errorf("no file is written in %s", encoding)
}
