package table

import (
	_ "embed"
	"encoding/csv"
	"strings"
)

//go:embed fields.csv
var fieldsFile string

// titles are the fields a dialect may give, in the words of a clerk.
var titles = readTitles(fieldsFile)

func readTitles(text string) map[string]map[Lang]string {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic("table: fields.csv: " + err.Error())
	}
	list := map[string]map[Lang]string{}
	for _, row := range rows[1:] {
		list[row[0]] = map[Lang]string{EN: row[1], ZH: row[2]}
	}
	return list
}

// FieldOf returns the field that words in either language name; words that name none come back as
// they are.
func FieldOf(words string) string {
	for field, title := range titles {
		if strings.EqualFold(words, title[EN]) || words == title[ZH] {
			return field
		}
	}
	return words
}

// FieldTitle returns a field in words; a field without words is its own name.
func FieldTitle(field string, lang Lang) string {
	if words, ok := titles[field]; ok {
		return words[lang]
	}
	return field
}
