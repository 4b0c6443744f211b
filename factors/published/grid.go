package published

import (
	"strconv"
	"strings"

	"carbonledger/pattern"
	"carbonledger/table"
)

// gridCode is the code of a column of eGRID: SRCO2RTA is the total output rate of CO2 of a
// subregion. The prefix says the area, the letters before RTA the gas; C2E is CO2 equivalent.
var gridCode = pattern.Of(`^(SR|ST|US)(CO2|CH4|N2O|C2E)RTA$`)

// gridOther are rates of something else than the total output.
var gridOther = pattern.Of(`(?i)non-?\s?baseload|combustion|input`)

// gridNames are the codes of the columns with the area, by prefix.
var gridNames = map[string]string{"SR": "SUBRGN", "ST": "PSTATABB", "US": ""}

// gridColumns are where the codes of a sheet stand.
type gridColumns struct {
	header, area, year int
	codes              map[int][]string
}

func gridHeader(sheet table.Sheet) (gridColumns, bool) {
	for i, row := range sheet.Rows[:min(len(sheet.Rows), headerDepth)] {
		c := gridColumns{header: i, area: -1, year: -1, codes: map[int][]string{}}
		for column, cell := range row.Cells {
			switch m := gridCode().FindStringSubmatch(cell.Text); {
			case m != nil:
				c.codes[column] = m
			case cell.Text == "SUBRGN" || cell.Text == "PSTATABB":
				c.area = column
			case cell.Text == "YEAR":
				c.year = column
			}
		}
		if len(c.codes) > 0 {
			return c, true
		}
	}
	return gridColumns{}, false
}

func fitsGrid(sheet table.Sheet) bool {
	_, ok := gridHeader(sheet)
	return ok
}

// grid reads a sheet of eGRID: a row of descriptions with the units, a row of codes, then an area a
// row.
func (r *reader) grid() {
	c, ok := gridHeader(r.sheet)
	if !ok {
		r.faults = append(r.faults, table.Fault{File: r.sheet.File, Sheet: r.sheet.Name,
			Code: "header.missing", Args: []string{"SUBRGN, SRCO2RTA, SRCH4RTA, SRN2ORTA"}})
		return
	}
	for _, row := range r.sheet.Rows[c.header+1:] {
		if year, err := strconv.Atoi(row.Cell(c.year).Text); err == nil && r.year == 0 {
			r.year = year
		}
		for column := range row.Cells {
			code := c.codes[column]
			if code == nil {
				continue
			}
			unit := heading{}
			for _, above := range r.sheet.Rows[:c.header] {
				if h, ok := parseHeading(above.Cell(column).Text); ok {
					unit = h
				}
			}
			t := item{line: row.Line, column: column + 1, group: "eGRID", name: "electricity",
				unit: unit.per, mass: unit.mass, area: "US",
				gas:  gasOf(strings.Replace(code[2], "C2E", "CO2e", 1)),
				page: code[0] + ", " + r.where(row.Line)}
			if gridNames[code[1]] != "" {
				t.area = subregion(row.Cell(c.area).Text)
				t.name = "electricity " + row.Cell(c.area).Text
			}
			r.take(t, row.Cell(column))
		}
	}
}

var subregionCode = pattern.Of(`^[A-Z]{4}$`)

// subregion is the area of a subregion of eGRID, which lies in the US: CAMX (WECC California) is
// US/CAMX. A state is US-CA as ISO 3166-2 writes it.
func subregion(name string) string {
	code, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	switch {
	case strings.HasPrefix(strings.ToLower(name), "us average"):
		return "US"
	case subregionCode().MatchString(code):
		return "US/" + code
	case len(code) == len("CA"):
		return "US-" + code
	}
	return "US/" + strings.Join(strings.Fields(name), "-")
}
