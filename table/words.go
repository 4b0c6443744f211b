package table

import (
	"encoding/csv"
	"slices"
	"strings"
)

// Words is what one thing is called in the two languages.
type Words struct{ EN, ZH string }

// In returns the words in a language.
func (w Words) In(lang Lang) string {
	if lang == ZH {
		return w.ZH
	}
	return w.EN
}

// WordList reads a list of words that is part of the program, with the columns key, en and zh.
func WordList(file, text string) map[string]Words {
	rows := list(file, text, "key", "en", "zh")
	words := make(map[string]Words, len(rows))
	for _, row := range rows {
		words[row[0]] = Words{EN: row[1], ZH: row[2]}
	}
	return words
}

// list reads the rows of a list that is part of the program, as written and without its header. A
// list that is none is a mistake of ours and panics.
func list(file, text string, columns ...string) [][]string {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic(file + ": " + err.Error())
	}
	if !slices.Equal(rows[0], columns) {
		panic(file + ": the columns are not " + strings.Join(columns, ","))
	}
	return rows[1:]
}
