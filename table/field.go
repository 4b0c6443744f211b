package table

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed fields.csv
var fieldsFile string

// titles are the fields a dialect may give, in the words of a clerk.
var titles = sync.OnceValue(func() map[string]Words { return WordList("fields.csv", fieldsFile) })

// FieldOf returns the field that words in either language name; words that name none come back as
// they are.
func FieldOf(words string) string {
	for field, title := range titles() {
		if strings.EqualFold(words, title.EN) || words == title.ZH {
			return field
		}
	}
	return words
}

// FieldTitle returns a field in words; a field without words is its own name.
func FieldTitle(field string, lang Lang) string {
	if words, ok := titles()[field]; ok {
		return words.In(lang)
	}
	return field
}
