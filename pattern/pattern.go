// Package pattern holds what the program compares written words with: regular expressions that
// are part of it and never change.
//
// The program has some two hundred, and one command uses few: compiling them all would be a good
// part of the time a small command takes.
package pattern

import (
	"regexp"
	"sync"
)

// Pattern returns a regular expression, compiled when it is first asked for.
type Pattern func() *regexp.Regexp

// Of returns the pattern of an expression. One that cannot be compiled is a mistake of ours and
// panics when it is asked for.
func Of(expression string) Pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
