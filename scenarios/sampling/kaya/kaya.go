// Package kaya follows the Kaya identity fast enough to be asked a hundred thousand times:
//
//	CO2 of a year = sum over sectors and carriers of activity x intensity x share x factor
//
// activity of a sector, energy per activity, share of the carrier in the energy of the sector, CO2
// per energy of the carrier. A Pathway holds these figures for every year as they are without the
// uncertain assumptions, and Effects say what a drawn value of an assumption does to them.
//
// Compile turns both into lists of numbers in the order in which they are read, and Start returns
// an evaluation with room of its own, as package sampling asks for.
package kaya

import (
	"fmt"

	"carbonledger/quantity"
	"carbonledger/scenarios/sampling/elementary"
)

// Pathway is the central figures: Activity and Intensity by sector and year, Share by sector,
// carrier and year (parts of 1), Factor by carrier and year.
type Pathway struct {
	Sectors, Carriers, Years int
	Activity, Intensity      [][]quantity.Ratio
	Share                    [][][]quantity.Ratio
	Factor                   [][]quantity.Ratio
}

// Term is one of the four things that are multiplied.
type Term string

// The terms.
const (
	Activity  Term = "activity"
	Intensity Term = "intensity"
	Share     Term = "share"
	Factor    Term = "factor"
)

// Way is how a drawn value x acts on a term.
type Way string

// The ways. With t the years since the first,
//
//	rate   x per cent a year: the term of year t times (1 + x/100)^t
//	scale  the term of every year times x
//	shift  x points of 100 of the energy of a sector go from one carrier to another: the share of
//	       the second rises by x/100 times the part of the way covered in the year, and that of
//	       the first falls by as much
const (
	Rate  Way = "rate"
	Scale Way = "scale"
	Shift Way = "shift"
)

// All stands for every sector or every carrier.
const All = -1

// Effect is what the value of one assumption does. Rate and scale act on the activity or intensity
// of a sector or the factor of a carrier; shift acts on the shares of a sector.
type Effect struct {
	// Assumption is the place of the assumption in a sample.
	Assumption int
	Term       Term
	Way        Way
	Sector     int
	// Carrier is the one whose factor changes, or which gains by a shift; From is the one that
	// loses by a shift, and Covered its course, a part of 1 for every year.
	Carrier, From int
	Covered       []quantity.Ratio
}

// Model is a pathway and its effects, compiled. Activity and intensity matter by their product
// alone, the energy of a sector. The lists of energy and factors run year by year within a sector
// or carrier, and their rows count through, sectors first; the shares run carrier by carrier within
// sector and year, so that the innermost sum reads them in one go. Sums go over two years at a
// time: width is the years made even, and the last of them may hold zeros.
type Model struct {
	sectors, carriers, years int
	width                    int
	energy, factor, share    []float64
	moves                    []move
	// profiles are the different courses of shifts; a shift adds to one of them.
	profiles [][]float64
	shifts   []shift
}

// move multiplies rows, or lets them grow.
type move struct {
	assumption int
	rate       bool
	from, to   int
}

// shift adds the drawn value to a place of a profile's net gains and takes it off another.
type shift struct {
	assumption, gains, loses int
}

// Compile checks that the figures and the effects fit together and lays them out.
func Compile(p Pathway, effects []Effect) (*Model, error) {
	m := &Model{sectors: p.Sectors, carriers: p.Carriers, years: p.Years,
		width: p.Years + p.Years%2}
	activity, err := m.list("activity", p.Activity, m.sectors)
	if err != nil {
		return nil, err
	}
	intensity, err := m.list("intensity", p.Intensity, m.sectors)
	if err != nil {
		return nil, err
	}
	for i, x := range activity {
		m.energy = append(m.energy, float64(x*intensity[i]))
	}
	if m.factor, err = m.list("factor", p.Factor, m.carriers); err != nil {
		return nil, err
	}
	if len(p.Share) != m.sectors {
		return nil, fmt.Errorf("shares of %d sectors, and there are %d", len(p.Share), m.sectors)
	}
	m.share = make([]float64, m.sectors*m.width*m.carriers)
	for s, rows := range p.Share {
		shares, err := m.list(fmt.Sprintf("share of sector %d", s), rows, m.carriers)
		if err != nil {
			return nil, err
		}
		for i, x := range shares {
			c, y := i/m.width, i%m.width
			m.share[(s*m.width+y)*m.carriers+c] = x
		}
	}
	for i, e := range effects {
		if err := m.add(e); err != nil {
			return nil, fmt.Errorf("effect %d of assumption %d: %w", i, e.Assumption, err)
		}
	}
	return m, nil
}

// list lays rows of years behind each other, each as wide as the model.
func (m *Model) list(what string, rows [][]quantity.Ratio, count int) ([]float64, error) {
	if len(rows) != count || count < 1 || m.years < 1 {
		return nil, fmt.Errorf("%s: %d rows of %d years; it takes %d, and one at least",
			what, len(rows), m.years, count)
	}
	list := make([]float64, count*m.width)
	for r, row := range rows {
		if len(row) != m.years {
			return nil, fmt.Errorf("%s: row %d has %d years, and there are %d",
				what, r, len(row), m.years)
		}
		for y, value := range row {
			x := elementary.FloatOf(value)
			if x != x {
				return nil, fmt.Errorf("%s: row %d has no value in year %d", what, r, y)
			}
			list[r*m.width+y] = x
		}
	}
	return list, nil
}

// add lays out an effect.
func (m *Model) add(e Effect) error {
	if e.Assumption < 0 {
		return fmt.Errorf("an assumption has a place of 0 or above")
	}
	rows, place := m.sectors, e.Sector
	if e.Term == Factor {
		rows, place = m.carriers, e.Carrier
	}
	if place < All || place >= rows {
		return fmt.Errorf("%s %d: there are %d, from 0 on", e.Term, place, rows)
	}
	from, to := place, place+1
	if place == All {
		from, to = 0, rows
	}
	moves := e.Way == Rate || e.Way == Scale
	switch {
	case e.Term == Share && e.Way == Shift:
		return m.addShift(e, from, to)
	case moves && (e.Term == Activity || e.Term == Intensity):
		m.moves = append(m.moves, move{e.Assumption, e.Way == Rate, from, to})
	case moves && e.Term == Factor:
		from, to = m.sectors+from, m.sectors+to
		m.moves = append(m.moves, move{e.Assumption, e.Way == Rate, from, to})
	default:
		return fmt.Errorf("%s does not act on %s: shift acts on share, rate and scale on the rest",
			e.Way, e.Term)
	}
	return nil
}

func (m *Model) addShift(e Effect, from, to int) error {
	for _, carrier := range []int{e.Carrier, e.From} {
		if carrier < 0 || carrier >= m.carriers {
			return fmt.Errorf("carrier %d: there are %d, from 0 on", carrier, m.carriers)
		}
	}
	covered, err := m.list("covered", [][]quantity.Ratio{e.Covered}, 1)
	if err != nil {
		return err
	}
	profile := m.profile(covered)
	for sector := from; sector < to; sector++ {
		at := (profile*m.sectors + sector) * m.carriers
		m.shifts = append(m.shifts, shift{e.Assumption, at + e.Carrier, at + e.From})
	}
	return nil
}

// profile finds a course among those there are, or adds it.
func (m *Model) profile(covered []float64) int {
	for i, known := range m.profiles {
		same := true
		for y, x := range known {
			same = same && x == covered[y]
		}
		if same {
			return i
		}
	}
	m.profiles = append(m.profiles, covered)
	return len(m.profiles) - 1
}
