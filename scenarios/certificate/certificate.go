// Package certificate writes down whether a scenario peaks, with everything the answer stands on:
// the verdict and the figures behind it, tests of the trend, the part of chance, the assumption
// that would turn it, and the pins of the book and the text of the scenario.
//
// A certificate is a file. It holds all that is needed to make it again from the book at the
// position it names, and comes out the same, byte for byte: with any number of workers, on any
// machine, whichever version of the program writes it. Figures in it are exact decimals in kg, kg a
// year and yuan, per cents are rounded half up to four decimals.
package certificate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"carbonledger/quantity"
)

// Format names the form of the file and its edition.
const Format = "carbonledger peak certificate 2"

// ErrFormat is returned for a text that is no certificate.
var ErrFormat = errors.New("not a peak certificate")

// Certificate is the file, in the order in which it is written.
type Certificate struct {
	Format   string    `json:"certificate"`
	Book     Book      `json:"book"`
	Scenario Scenario  `json:"scenario"`
	Verdict  Verdict   `json:"verdict"`
	Sums     []Sum     `json:"cumulative"`
	Trends   []Trend   `json:"mann-kendall"`
	Cities   []City    `json:"c40"`
	Spans    []Span    `json:"tapio"`
	Chance   Chance    `json:"chance"`
	Flips    Flips     `json:"flips"`
	Series   []Point   `json:"series"`
	Gaps     []string  `json:"gaps"`
	Left     []Left    `json:"years-left-out"`
	Idle     []RowName `json:"idle"`
}

// Book is the pins: what the base was taken from.
type Book struct {
	Position     int      `json:"position"`
	Head         string   `json:"head"`
	Policy       string   `json:"policy"`
	PolicyDigest string   `json:"policy-digest"`
	Boundary     string   `json:"boundary"`
	Sets         []string `json:"sets"`
}

// Scenario is the question. Text is the scenario file in its canonical spelling, line by line, and
// Digest its SHA-256; rows are named by their lines in it.
type Scenario struct {
	Name        string          `json:"name"`
	Lineage     []string        `json:"inherits"`
	File        string          `json:"file"`
	Digest      string          `json:"digest"`
	Base        int             `json:"base"`
	Horizon     int             `json:"horizon"`
	BandPercent quantity.Number `json:"band-percent"`
	// Judged is the last year the verdict is about: no row says anything about later ones.
	Judged int      `json:"judged-to"`
	Text   []string `json:"text"`
}

// Verdict is the answer.
type Verdict struct {
	// Word is peaked, falling (peaked in the first year, and falling from there), plateau or
	// rising.
	Word     string          `json:"verdict"`
	PeakYear int             `json:"peak-year"`
	Measured bool            `json:"measured"`
	Height   quantity.Number `json:"height-kg"`
	Last     quantity.Number `json:"last-kg"`
	Width    int             `json:"plateau-years"`
	Since    int             `json:"below-since,omitempty"`
	Ahead    int             `json:"years-to-horizon"`
	Margin   string          `json:"margin-percent,omitempty"`
}

// The words of a verdict that the rule of scenarios does not have.
const falling = "falling"

// Left is a year of the book that is not used: without energy or GDP, with gaps, or not among the
// totals that rows state.
type Left struct {
	Year int      `json:"year"`
	Why  string   `json:"why"`
	What []string `json:"what"`
}

// Sum is emissions of several years together, both ends included.
type Sum struct {
	Of    string          `json:"of"`
	First int             `json:"first"`
	Last  int             `json:"last"`
	Total quantity.Number `json:"kg"`
}

// Trend is the test of Mann and Kendall on some years; Unknown says why there is none.
type Trend struct {
	Of        string `json:"of"`
	First     int    `json:"first"`
	Last      int    `json:"last"`
	Unknown   string `json:"unknown,omitempty"`
	S         *int   `json:"s,omitempty"`
	Slope     string `json:"slope-kg-per-year,omitempty"`
	Plain     *Score `json:"plain,omitempty"`
	Corrected *Score `json:"corrected,omitempty"`
	Lags      []int  `json:"lags,omitempty"`
}

// Score is how far S lies from 0 in standard deviations, and the chance of that without a trend.
type Score struct {
	Z quantity.Number `json:"z"`
	P quantity.Number `json:"p"`
}

// City is the rule of C40 Cities, seen from a year.
type City struct {
	Of     string `json:"of"`
	Seen   int    `json:"seen-from"`
	Status string `json:"status"`
	Enough bool   `json:"enough-years"`
	Old    bool   `json:"peak-is-old"`
	Fresh  bool   `json:"data-are-fresh"`
	Fallen bool   `json:"fallen-by-10-percent"`
	// Peak is the year of the highest value, Above by how many per cent it is above the last one.
	Peak  int    `json:"peak-year"`
	Above string `json:"peak-above-last-percent"`
}

// Span is the decoupling of CO2 from GDP over some years; Unknown says why there is none.
type Span struct {
	Of         string `json:"of"`
	First      int    `json:"first"`
	Last       int    `json:"last"`
	Unknown    string `json:"unknown,omitempty"`
	CO2        string `json:"co2-percent,omitempty"`
	GDP        string `json:"gdp-percent,omitempty"`
	Elasticity string `json:"elasticity,omitempty"`
	State      string `json:"state,omitempty"`
}

// Chance is how likely the scenario has peaked by a year; Unknown says why that is not told.
type Chance struct {
	By      int    `json:"by"`
	Samples int    `json:"samples"`
	Seed    string `json:"seed"`
	Design  string `json:"design"`
	Rows    []int  `json:"uncertain-rows"`
	Unknown string `json:"unknown,omitempty"`
	Peaked  string `json:"peaked-samples,omitempty"`
	Percent string `json:"percent,omitempty"`
}

// Point is a year of the series the verdict judges.
type Point struct {
	Year     int             `json:"year"`
	CO2      quantity.Number `json:"kg"`
	Measured bool            `json:"measured"`
}

// RowName names a row by its line and by what it speaks about.
type RowName struct {
	Line      int    `json:"row"`
	Scenario  string `json:"scenario"`
	Lever     string `json:"lever"`
	Sector    string `json:"sector"`
	Commodity string `json:"commodity,omitempty"`
	To        string `json:"to,omitempty"`
	Years     string `json:"years"`
}

// The reasons why a figure is not given.
const (
	// FewYears: fewer than four years, or fewer than the test can tell from chance.
	FewYears = "few-years"
	// Holes: years between the first and the last are missing.
	Holes = "holes"
	// Nominal: GDP of a year stands at its own prices; rows of deflator bring it to one.
	Nominal = "nominal-gdp"
	// NoSpread: no row states how sure it is.
	NoSpread = "no-spread"
	// NotFollowed: a draw leads to values that a lever or the base cannot follow.
	NotFollowed = "draw-not-followed"
)

// Text returns the file.
func (c Certificate) Text() []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(c); err != nil {
		panic("certificate: " + err.Error())
	}
	return out.Bytes()
}

// Parse reads what Text writes, or returns ErrFormat. A text that is not as Text writes it is none.
func Parse(text []byte) (Certificate, error) {
	var c Certificate
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return Certificate{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if c.Format != Format {
		return Certificate{}, fmt.Errorf("%w: it says %q, want %q", ErrFormat, c.Format, Format)
	}
	return c, nil
}
