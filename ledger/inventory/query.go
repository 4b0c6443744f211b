// Package inventory adds readings of the book up: emissions by scope, gas, commodity, entity, site,
// area, industry or month, energy in standard coal, water, and any of them per unit of GDP.
//
// An Inventory is pinned to the position and head of the book, the policy and the period. The same
// pins give the same digits, in whatever order the rows were posted and by however many workers
// they are read. What is not there is carried along as a gap and never counted as zero.
package inventory

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/quantity"
)

// Errors of questions nobody can answer.
var (
	ErrDimension = errors.New("no such dimension")
	ErrMeasure   = errors.New("no such measure")
	// ErrDenominator: the book has no figure to divide by for that area and period.
	ErrDenominator = errors.New("no denominator in the book")
)

// Dimension is a way to tell figures apart.
type Dimension string

// The dimensions. A figure without one (energy has no scope) stands under "-".
const (
	Scope     Dimension = "scope"
	Category  Dimension = "category"
	Gas       Dimension = "gas"
	Commodity Dimension = "commodity"
	Entity    Dimension = "entity"
	Site      Dimension = "site"
	Area      Dimension = "area"
	Industry  Dimension = "industry"
	Sector    Dimension = "sector"
	Month     Dimension = "month"
	Year      Dimension = "year"
)

// Dimensions lists all dimensions.
var Dimensions = []Dimension{Scope, Category, Gas, Commodity, Entity, Site, Area, Industry, Sector,
	Month, Year}

// ParseDimension reads a dimension or returns ErrDimension.
func ParseDimension(text string) (Dimension, error) {
	if d := Dimension(text); slices.Contains(Dimensions, d) {
		return d, nil
	}
	return "", fmt.Errorf("%w: %q; the dimensions are %v", ErrDimension, text, Dimensions)
}

// none stands for a dimension that a figure does not have.
const none = "-"

// exactly before an area keeps only what stands in that area itself, and nothing inside it: a row
// of an inventory by area is about its own area.
const exactly = "="

// Measure is what is added up: co2e, a gas, energy, water, or the amount of a commodity.
type Measure string

// The measures with names of their own; any other is the id of a commodity.
const (
	CO2e   Measure = "co2e"
	Energy Measure = "energy"
	// EqualEnergy counts electricity as the coal that made it (等价值), not as its heat (当量值).
	EqualEnergy Measure = "energy-equal"
	Water       Measure = "water"
)

// commodityOf is what a measure counts in.
var commodityOf = map[Measure]string{
	CO2e: ledger.CO2e, Energy: "coal-equivalent",
	EqualEnergy: "coal-equivalent-equal", Water: "fresh-water",
}

// Commodity returns the commodity the measure is counted in, or ErrMeasure.
func (m Measure) Commodity(catalogue factors.Catalogue) (quantity.Commodity, error) {
	id, ok := commodityOf[m]
	if !ok {
		id = string(m)
	}
	commodity, ok := catalogue.ByID(id)
	if !ok {
		return quantity.Commodity{}, fmt.Errorf(
			"%w: %q; take co2e, energy, energy-equal, water, a gas or the id of a commodity",
			ErrMeasure, m)
	}
	return commodity, nil
}

// Query asks for figures.
type Query struct {
	Period   quantity.Period
	Measures []Measure
	By       []Dimension
	// Where keeps only figures with these values; an area keeps everything inside it, and with a
	// second equals sign (area==360104) only what stands in that area itself.
	Where map[Dimension]string
	// Workers is how many read at once; 0 is as many as there are processors. It changes no digit.
	Workers int
}

// State is the book as a reader sees it at one position.
type State struct {
	Book    *ledger.Book
	Policy  ledger.Policy
	Library *factors.Library
}

// Pins say what a figure depends on.
type Pins struct {
	Position int
	Head     string
	Policy   string
	// PolicyDigest fixes the text of the policy, Sets the factor sets it names with their editions.
	PolicyDigest string
	Sets         []string
}

// Pins returns what every figure read from this state depends on.
func (s State) Pins() Pins {
	pins := Pins{Position: s.Book.Position(), Head: s.Book.Head().String(), Policy: s.Policy.ID,
		PolicyDigest: s.Policy.Digest.String()}
	for _, id := range s.Policy.Sets() {
		if set, ok := s.Library.Set(id); ok {
			pins.Sets = append(pins.Sets, strings.TrimSpace(set.ID+" "+set.Edition))
		}
	}
	return pins
}

// reader returns a reader of the state's policy.
func (s State) reader() *ledger.Reader {
	return ledger.NewReader(s.Policy, s.Library, s.Book.EntityAt)
}

// SectorOf returns the sector of an industry by the sections of GB/T 4754-2017: A agriculture; B,
// C, D mining, manufacturing, energy and water supply; E construction; G transport; all others
// services.
func SectorOf(industry string) string {
	switch {
	case industry == "RESIDENTIAL":
		return "residential"
	case industry == "":
		return none
	}
	switch industry[0] {
	case 'A':
		return "primary"
	case 'B', 'C', 'D':
		return "industry"
	case 'E':
		return "construction"
	case 'G':
		return "transport"
	}
	return "services"
}
