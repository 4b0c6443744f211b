package report

import "carbonledger/table"

// Error is an error with words of its own in both languages: the term of its key, filled in. What
// it wraps says of which kind it is. Whoever prints errors looks for it first.
type Error struct {
	Key  string
	Args []string
	Err  error
}

// Error returns the English words.
func (e *Error) Error() string { return e.In(table.EN) }

// In returns the words in a language.
func (e *Error) In(lang table.Lang) string { return Say(lang, e.Key, e.Args...) }

// Unwrap returns the error behind the words.
func (e *Error) Unwrap() error { return e.Err }
