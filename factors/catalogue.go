// Package factors holds what turns one commodity into another: emission factors, standard-coal
// coefficients, heating values and warming potentials, and the commodities and areas they speak of.
//
// A factor is an edge between two commodities. A Set is a folder of factors from one source. A
// Library finds the factor that is valid for a commodity, place and time, and tells what it tried;
// where none is valid it says so and never guesses.
package factors

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"carbonledger/quantity"
	"carbonledger/table"
)

//go:embed commodities.csv
var commoditiesFile []byte

// productPrefix begins the id of a product of an enterprise, which no list can know beforehand.
const productPrefix = "output:"

// Catalogue is the list of commodities with every spelling they are found by.
type Catalogue struct {
	byID  map[string]quantity.Commodity
	byKey map[string]string
	order []string
}

type commodityRow struct {
	ID     string `csv:"id"`
	Class  string `csv:"class"`
	Unit   string `csv:"unit"`
	State  string `csv:"state"`
	Basis  string `csv:"basis"`
	Parent string `csv:"parent"`
	NameZH string `csv:"name_zh"`
	NameEN string `csv:"name_en"`
	Names  string `csv:"names"`
}

// Commodities returns the catalogue that comes with the program. It never changes, so it is read
// once.
func Commodities() (Catalogue, error) { return commodities() }

var commodities = sync.OnceValues(func() (Catalogue, error) {
	return parseCatalogue("commodities.csv", commoditiesFile)
})

func parseCatalogue(file string, data []byte) (Catalogue, error) {
	records, faults := table.Decode[commodityRow](file, data)
	if len(faults) > 0 {
		return Catalogue{}, faults[0]
	}
	catalogue := Catalogue{map[string]quantity.Commodity{}, map[string]string{}, nil}
	for _, record := range records {
		if err := catalogue.add(record.Value); err != nil {
			return Catalogue{}, fmt.Errorf("%s:%d: %w", file, record.Line, err)
		}
	}
	for id, commodity := range catalogue.byID {
		if _, ok := catalogue.byID[commodity.Parent]; !ok && commodity.Parent != "" {
			return Catalogue{}, fmt.Errorf("%s: %s: no commodity %s", file, id, commodity.Parent)
		}
	}
	return catalogue, nil
}

func (c *Catalogue) add(row commodityRow) error {
	unit, err := quantity.ParseUnit(row.Unit)
	if err != nil {
		return fmt.Errorf("%s: %w", row.ID, err)
	}
	if _, twice := c.byID[row.ID]; twice {
		return fmt.Errorf("%s stands twice", row.ID)
	}
	c.byID[row.ID] = quantity.Commodity{ID: row.ID, Class: quantity.Class(row.Class), Unit: unit,
		State: row.State, Basis: row.Basis, Parent: row.Parent,
		NameZH: row.NameZH, NameEN: row.NameEN}
	c.order = append(c.order, row.ID)
	names := append(strings.Split(row.Names, "|"), row.ID, row.NameZH, row.NameEN)
	for _, name := range names {
		key := table.Key(name)
		if other := c.byKey[key]; other != "" && other != row.ID && key != "" {
			return fmt.Errorf("%q names %s and %s", name, other, row.ID)
		}
		c.byKey[key] = row.ID
	}
	delete(c.byKey, "")
	return nil
}

// ByID returns a commodity of the list; a product `output:ID` is one too, counted in the book unit
// that its id ends with: output:steel-pipe.t, output:cars.piece, and in kg without one.
func (c Catalogue) ByID(id string) (quantity.Commodity, bool) {
	if name, ok := strings.CutPrefix(id, productPrefix); ok && name != "" {
		return product(id, name)
	}
	commodity, ok := c.byID[id]
	return commodity, ok
}

// product makes the commodity of an enterprise's own product.
func product(id, name string) (quantity.Commodity, bool) {
	symbol := "kg"
	if dot := strings.LastIndex(name, "."); dot >= 0 {
		symbol = name[dot+1:]
	}
	unit, err := quantity.ParseUnit(symbol)
	if err != nil {
		return quantity.Commodity{}, false
	}
	return quantity.Commodity{ID: id, Class: quantity.ClassEconomy, Unit: unit,
		NameZH: name, NameEN: name}, true
}

// Find returns the commodity a user means by a name in either language, or by its id.
func (c Catalogue) Find(name string) (quantity.Commodity, bool) {
	if id, ok := c.byKey[table.Key(name)]; ok {
		return c.byID[id], true
	}
	return c.ByID(table.Fold(name))
}

// All returns the commodities in the order of the list.
func (c Catalogue) All() []quantity.Commodity {
	all := make([]quantity.Commodity, 0, len(c.order))
	for _, id := range c.order {
		all = append(all, c.byID[id])
	}
	return all
}

// nearEdits is how many letters may be wrong, missing or too many in a name that is near.
const nearEdits = 2

// Near returns up to three names close to the one that was not found: first those that differ in
// the fewest letters, and where none is within two letters and half of the name, those that hold
// the longest beginning of it.
func (c Catalogue) Near(name string) []string {
	key := []rune(table.Key(name))
	best := min(nearEdits, len(key)/2)
	var near []string
	for other, id := range c.byKey {
		longer := utf8.RuneCountInString(other) - len(key)
		if longer > best || -longer > best {
			continue // each letter more or fewer is an edit
		}
		edits := distance(key, []rune(other))
		if edits < best {
			near, best = nil, edits
		}
		if edits == best && edits > 0 {
			near = append(near, c.shown(id))
		}
	}
	for length := len(key); length*2 >= len(key) && length > 0 && len(near) == 0; length-- {
		for other, id := range c.byKey {
			if strings.Contains(other, string(key[:length])) {
				near = append(near, c.shown(id))
			}
		}
	}
	slices.Sort(near)
	near = slices.Compact(near)
	return near[:min(len(near), 3)]
}

func (c Catalogue) shown(id string) string { return c.byID[id].NameZH + " (" + id + ")" }

// distance counts the letters to replace, insert or drop between two words (Levenshtein).
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, letter := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, other := range b {
			replaced := diagonal
			if letter != other {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
