// Package recall keeps what texts of a file were found to mean, whatever row they stand in: a file
// says the same in many rows.
package recall

// most bounds what is kept of one kind: a file that says more different things says few of them
// twice.
const most = 1 << 14

// Answers are what texts mean.
type Answers[K comparable, V any] map[K]V

// Ask returns what a text means, and finds it out where it has not been met.
func (a Answers[K, V]) Ask(text K, find func(K) V) V {
	found, known := a[text]
	if !known {
		found = find(text)
		a.Keep(text, found)
	}
	return found
}

// Keep keeps what a text means.
func (a Answers[K, V]) Keep(text K, found V) {
	if len(a) >= most {
		clear(a)
	}
	a[text] = found
}
