package scenarios

import "slices"

// The sectors, as the sector column names them. Secondary is industry and construction, tertiary
// is transport and services; all is everything.
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
)

// The drivers: what a sector's energy use goes along with.
const (
	GDPPrimary   = "gdp-primary"
	GDPSecondary = "gdp-secondary"
	GDPTertiary  = "gdp-tertiary"
	Population   = "population"
)

// above is the tree of the sectors.
var above = map[string]string{
	Primary: All, Secondary: All, Tertiary: All, Residential: All,
	Industry: Secondary, Construction: Secondary, Transport: Tertiary, Services: Tertiary,
}

var drivers = map[string]string{
	Primary: GDPPrimary, Industry: GDPSecondary, Construction: GDPSecondary,
	Transport: GDPTertiary, Services: GDPTertiary, Residential: Population,
}

// CellSectors returns the sectors that have cells, in the order in which they are shown.
func CellSectors() []string {
	return []string{Primary, Industry, Construction, Transport, Services, Residential}
}

// GDPDrivers returns the drivers that sum to GDP.
func GDPDrivers() []string { return []string{GDPPrimary, GDPSecondary, GDPTertiary} }

// DriverOf returns the driver of a sector that has cells, and "" for any other.
func DriverOf(sector string) string { return drivers[sector] }

// Distance counts the steps from a sector up to one that holds it: 0 from industry to industry,
// 1 to secondary, 2 to all. Where several rows speak for one sector, the nearest is obeyed.
func Distance(part, sector string) (steps int, ok bool) {
	for ; part != ""; part = above[part] {
		if part == sector {
			return steps, true
		}
		steps++
	}
	return 0, false
}

// sectorOrder is the place of a sector in the order of CellSectors.
func sectorOrder(sector string) int { return slices.Index(CellSectors(), sector) }
