package form

import (
	"slices"
	"strings"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/units"
	"carbonledger/quantity"
	"carbonledger/table"
)

// count settles unit and figure.
func (s *saying) count() bool {
	if s.header == "" && len(s.measure.Names) > 0 {
		s.header = s.name(s.measure.Names)
	}
	s.figure = figure{item: s.item, measure: s.measure, absent: !s.item.Absence.HasFigure(),
		flagged: s.flagged}
	if s.item.property != "" {
		return s.state()
	}
	commodity, _ := s.lexicon.Catalogue.ByID(s.item.Commodity)
	switch {
	case s.measure.Header != "":
		return s.headed(commodity) && s.fits(commodity, s.unit)
	case s.measure.Unit != "":
		s.aside(commodity)
		return s.figure.absent || s.fits(commodity, s.measure.Unit) ||
			s.fail("no last digit in "+s.measure.Unit)
	case s.unit != "":
		return s.fits(commodity, s.unit)
	}
	return s.put("unit", s.units(commodity), func(text string) bool {
		return s.allFit(commodity, text)
	}) && s.fits(commodity, s.unitOf())
}

// headed makes the header of a column that says commodity and unit by itself: 电力(万千瓦时).
func (s *saying) headed(commodity quantity.Commodity) bool {
	for _, unit := range s.units(commodity) {
		if !s.allFit(commodity, unit) {
			continue
		}
		for _, name := range s.names(commodity.ID) {
			header := name + "(" + unit + ")"
			stem, found := units.Split(header)
			known := slices.ContainsFunc(s.dialect.Measures, func(m dialects.Measure) bool {
				return hasName(m.Names, header)
			})
			if found == table.Fold(unit) && s.means(stem) == commodity.ID && !known {
				s.header, s.unit = header, unit
				return true
			}
		}
	}
	return s.fail("no header for " + commodity.ID)
}

// state settles the unit of a property, which may hold the unit of its row.
func (s *saying) state() bool {
	s.figure.number = s.item.number
	commodity, _ := s.lexicon.Catalogue.ByID(s.item.Commodity)
	ofRow, open := rowUnit(s.measure.Unit, s.item.unit)
	if !open {
		s.aside(commodity)
		return s.measure.Unit == s.item.unit || s.fail("no column in "+s.item.unit)
	}
	return s.put("unit", append(s.units(commodity), ofRow), func(text string) bool {
		return text == ofRow || sameUnit(text, ofRow)
	})
}

// aside writes the unit of the row beside a figure that has a unit of its own, so that it stays in
// one row with the others.
func (s *saying) aside(commodity quantity.Commodity) {
	if commodity.ID != "" && s.hasHome("unit") {
		s.put("unit", s.units(commodity), func(text string) bool {
			return s.allFit(commodity, text)
		})
	}
}

// rowUnit returns what stands for {unit} in the unit of a property: 吨 in tce/吨 for tce/{unit}.
func rowUnit(template, unit string) (ofRow string, open bool) {
	before, after, open := strings.Cut(template, "{unit}")
	ofRow, fitsBefore := strings.CutPrefix(unit, before)
	ofRow, fitsAfter := strings.CutSuffix(ofRow, after)
	if !fitsBefore || !fitsAfter {
		return "", open
	}
	return ofRow, open
}

func (s *saying) unitOf() string {
	for _, text := range []string{s.cells["unit"], s.above["unit"]} {
		if text != "" {
			return text
		}
	}
	return s.dialect.Constant["unit"]
}

// fits takes the figure in a unit, where it has a last digit in it.
func (s *saying) fits(commodity quantity.Commodity, text string) bool {
	perUnit, ok := s.perUnit(commodity, text)
	if !ok {
		return false
	}
	s.figure.number, ok = s.item.cell(perUnit)
	return ok
}

// allFit says whether all figures of the commodity have a last digit in a unit.
func (w *writer) allFit(commodity quantity.Commodity, text string) bool {
	key := commodity.ID + " " + text
	if fit, known := w.fitting[key]; known {
		return fit
	}
	perUnit, fit := w.perUnit(commodity, text)
	for _, i := range w.numbers[commodity.ID] {
		if fit {
			_, fit = i.cell(perUnit)
		}
	}
	w.fitting[key] = fit
	return fit
}

// perUnit returns how many book units of the commodity are in a unit of this file.
func (w *writer) perUnit(commodity quantity.Commodity, text string) (quantity.Number, bool) {
	if known := w.dialect.Units[table.Key(text)]; known != "" {
		text = known
	}
	unit, err := quantity.ParseUnit(table.Fold(text))
	if err != nil {
		return quantity.Number{}, false
	}
	perUnit, _, err := commodity.Accept(unit)
	return perUnit, err == nil
}
