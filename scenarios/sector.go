package scenarios

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// The sectors, as the sector column names them. Secondary is industry and construction, tertiary
// is transport and services; all is everything. Other is what stands under no industry.
//
// Below them are the sections and divisions of GB/T 4754-2017 by their codes in small letters: c is
// manufacturing, c37 and c3741 are parts of it. A cell that stands at a group is what could not be
// divided further.
const (
	All          = "all"
	Primary      = "primary"
	Secondary    = "secondary"
	Industry     = "industry"
	Construction = "construction"
	Tertiary     = "tertiary"
	Transport    = "transport"
	Services     = "services"
	Residential  = "residential"
	Other        = "other"
)

// The drivers: what a sector's energy use goes along with.
const (
	GDPPrimary   = "gdp-primary"
	GDPSecondary = "gdp-secondary"
	GDPTertiary  = "gdp-tertiary"
	Population   = "population"
	// GDP is the sum of the three, and no entry of a list of drivers.
	GDP = "gdp"
)

// above is the tree of the sectors that have names.
func above(sector string) string {
	switch sector {
	case Primary, Secondary, Tertiary, Residential, Other:
		return All
	case Industry, Construction:
		return Secondary
	case Transport, Services:
		return Tertiary
	}
	return ""
}

var drivers = map[string]string{
	Primary: GDPPrimary, Industry: GDPSecondary, Construction: GDPSecondary,
	Transport: GDPTertiary, Services: GDPTertiary, Residential: Population, Other: GDP,
}

// sections holds, for each section of GB/T 4754-2017, its first and its last division.
var sections = [...][2]int{
	'a': {1, 5}, 'b': {6, 12}, 'c': {13, 43}, 'd': {44, 46}, 'e': {47, 50}, 'f': {51, 52},
	'g': {53, 60}, 'h': {61, 62}, 'i': {63, 65}, 'j': {66, 69}, 'k': {70, 70}, 'l': {71, 72},
	'm': {73, 75}, 'n': {76, 79}, 'o': {80, 82}, 'p': {83, 83}, 'q': {84, 85}, 'r': {86, 90},
	's': {91, 96}, 't': {97, 97},
}

// groupOf names the sector a section belongs to.
func groupOf(section byte) string {
	switch section {
	case 'a':
		return Primary
	case 'b', 'c', 'd':
		return Industry
	case 'e':
		return Construction
	case 'g':
		return Transport
	}
	return Services
}

// isIndustry says whether a sector is a code of GB/T 4754: a section, or a division of two digits
// with up to two more for the groups and classes in it.
func isIndustry(sector string) bool {
	if len(sector) < 1 || len(sector) > 5 || sector[0] < 'a' || sector[0] > 't' {
		return false
	}
	for _, digit := range []byte(sector[1:]) {
		if digit < '0' || digit > '9' {
			return false
		}
	}
	if len(sector) < 3 {
		return len(sector) == 1
	}
	division, _ := strconv.Atoi(sector[1:3])
	bounds := sections[sector[0]]
	return division >= bounds[0] && division <= bounds[1]
}

// SectorOf returns the cell sector of an industry as the ledger writes it: its division, its
// section where it has none, residential, or other.
func SectorOf(industry string) string {
	code := strings.ToLower(industry)
	switch {
	case code == Residential:
		return Residential
	case isIndustry(code):
		return code[:min(len(code), 3)]
	}
	return Other
}

// Parent returns the sector directly above, and "" above all and for what is no sector.
func Parent(sector string) string {
	if named := above(sector); named != "" {
		return named
	}
	switch {
	case !isIndustry(sector):
		return ""
	case len(sector) > 3:
		return sector[:len(sector)-1]
	case len(sector) == 3:
		return sector[:1]
	}
	return groupOf(sector[0])
}

// IsSector says whether the sector column may name it.
func IsSector(sector string) bool { return sector == All || Parent(sector) != "" }

// CellSectors returns the groups that have cells, in the order in which they are shown.
func CellSectors() []string {
	return []string{Primary, Industry, Construction, Transport, Services, Residential, Other}
}

// SectorNames returns every sector that has a name and not a code.
func SectorNames() []string {
	return []string{All, Primary, Secondary, Industry, Construction, Tertiary, Transport, Services,
		Residential, Other}
}

// GDPDrivers returns the drivers that sum to GDP.
func GDPDrivers() []string { return []string{GDPPrimary, GDPSecondary, GDPTertiary} }

// GroupOf returns the group a sector with cells belongs to, and "" for any other sector.
func GroupOf(sector string) string {
	for ; sector != ""; sector = Parent(sector) {
		if slices.Contains(CellSectors(), sector) {
			return sector
		}
	}
	return ""
}

// DriverOf returns the driver of a sector that has cells, and "" for any other.
func DriverOf(sector string) string { return drivers[GroupOf(sector)] }

// Distance counts the steps from a sector up to one that holds it: 0 from industry to industry,
// 1 to secondary, 2 to all. Where several rows speak for one sector, the nearest is obeyed.
func Distance(part, sector string) (steps int, ok bool) {
	for ; part != ""; part = Parent(part) {
		if part == sector {
			return steps, true
		}
		steps++
	}
	return 0, false
}

// bySector orders sectors by their groups as shown, then by their codes.
func bySector(a, b string) int {
	return cmp.Or(
		cmp.Compare(slices.Index(CellSectors(), GroupOf(a)),
			slices.Index(CellSectors(), GroupOf(b))),
		cmp.Compare(a, b))
}
