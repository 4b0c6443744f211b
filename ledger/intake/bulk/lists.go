package bulk

import (
	"slices"
	"sync"

	"carbonledger/ledger"
	"carbonledger/ledger/column"
)

// lists are what the rows of the table have in common, shared by all workers. A worker asks them
// only for what it meets for the first time.
type lists struct {
	mutex sync.Mutex
	made  *column.Builder
}

func (l *lists) who(w column.Who) uint32 {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.made.PlaceOfWho(w)
}

func (l *lists) when(w column.When) uint32 {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.made.PlaceOfWhen(w)
}

func (l *lists) what(w column.What) uint32 {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.made.PlaceOfWhat(w)
}

func (l *lists) series(s column.Series) uint32 {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.made.PlaceOfSeries(s)
}

// add appends an activity to rows.
func (l *lists) add(rows *column.Rows, a ledger.Activity) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	ledger.AddRow(rows, l.made, a)
}

// whatAt is an entry of the list.
func (l *lists) whatAt(at uint32) column.What {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.made.Whats[at]
}

// asTheyAre are the lists as rows without rows: entries are added and never changed.
func (l *lists) asTheyAre() column.Rows {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	m := l.made
	return column.Rows{Whos: slices.Clip(m.Whos), Whats: slices.Clip(m.Whats),
		Whens: slices.Clip(m.Whens), Series: slices.Clip(m.Series)}
}

// fit says whether all places fit into the key of a flow.
func (l *lists) fit() bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return len(l.made.Whos) < 1<<whoBits && len(l.made.Whats) < 1<<whatBits &&
		len(l.made.Whens) < 1<<whenBits
}
