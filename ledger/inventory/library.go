package inventory

import (
	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/table"
)

// OwnID is the id of the set a user's own factors form; policies name it first.
const OwnID = "own"

// LibraryOf opens the library with the own factors and the sets of a book. A set of the book stands
// in place of a shipped one of its id: what the book was read with stays with it.
func LibraryOf(book *ledger.Book) (*factors.Library, error) {
	library, err := factors.Open()
	if err != nil {
		return nil, err
	}
	own, faults := OwnSet(book, library.Catalogue, "")
	if len(faults) > 0 {
		return nil, faults[0]
	}
	if err := library.Add(own); err != nil {
		return nil, err
	}
	for _, f := range book.Factors() {
		if f.Set.ID == "" {
			continue
		}
		set, faults := factors.ParseSet(f.Set.ID, []byte(f.Set.Source), []byte(f.Text),
			library.Catalogue)
		if len(faults) > 0 {
			return nil, faults[0]
		}
		if err := library.Replace(set); err != nil {
			return nil, err
		}
	}
	return library, nil
}

// ownSource is the source.md of the set of own factors.
const ownSource = "title_zh: 自有因子\ntitle_en: own factors\nlicence: own\nrounding: 12 half-even\n"

// OwnSet parses the own factors of the book and what is to be added to them.
func OwnSet(book *ledger.Book, catalogue factors.Catalogue, more string) (
	factors.Set, []table.Fault) {
	texts := []string{factors.Header()}
	for _, f := range book.Factors() {
		if f.Set.ID == "" {
			texts = append(texts, f.Text)
		}
	}
	if more != "" {
		texts = append(texts, more)
	}
	var own factors.Set
	for _, text := range texts {
		set, faults := factors.ParseSet(OwnID, []byte(ownSource), []byte(text), catalogue)
		if len(faults) == 0 {
			own, faults = own.With(set)
		}
		if len(faults) > 0 {
			return factors.Set{}, faults
		}
	}
	return own, nil
}
