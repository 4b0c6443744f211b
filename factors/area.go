package factors

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"carbonledger/pattern"
	"carbonledger/table"
)

//go:embed areas.csv
var areasFile []byte

// World is the area every search ends with.
const World = "WORLD"

// Area is a place factors and denominators hold for.
type Area struct {
	Code, Parent, Kind, NameZH, NameEN string
}

// Areas knows places by code and name and what each lies in.
type Areas struct {
	byCode map[string]Area
	byKey  map[string]string
}

type areaRow struct {
	Code   string `csv:"code"`
	Parent string `csv:"parent"`
	Kind   string `csv:"kind"`
	NameZH string `csv:"name_zh"`
	NameEN string `csv:"name_en"`
	Names  string `csv:"names"`
}

// Places returns the areas that come with the program. They never change, so they are read once.
func Places() (Areas, error) { return places() }

var places = sync.OnceValues(func() (Areas, error) { return parseAreas("areas.csv", areasFile) })

func parseAreas(file string, data []byte) (Areas, error) {
	records, faults := table.Decode[areaRow](file, data)
	if len(faults) > 0 {
		return Areas{}, faults[0]
	}
	areas := Areas{map[string]Area{}, map[string]string{}}
	for _, record := range records {
		row := record.Value
		if _, twice := areas.byCode[row.Code]; twice {
			return Areas{}, fmt.Errorf("%s:%d: %s stands twice", file, record.Line, row.Code)
		}
		areas.byCode[row.Code] = Area{row.Code, row.Parent, row.Kind, row.NameZH, row.NameEN}
		names := append(strings.Split(row.Names, "|"), row.Code, row.NameZH, row.NameEN)
		for _, name := range names {
			key := table.Key(name)
			if other := areas.byKey[key]; other != "" && other != row.Code && key != "" {
				return Areas{}, fmt.Errorf("%s:%d: %q names %s and %s",
					file, record.Line, name, other, row.Code)
			}
			areas.byKey[key] = row.Code
		}
	}
	delete(areas.byKey, "")
	return areas, nil
}

// areaCode is what an area outside the list may look like: 360104 (GB/T 2260), US-CA (ISO 3166-2),
// or a part of either after a slash: 360104/三店街道.
var areaCode = pattern.Of(`^(?:\d{6}|[A-Z]{2}(?:-[A-Z0-9]{1,3})?)(?:/[^\s/]+)*$`)

// Find returns the code of an area given by code or by name in either language.
func (a Areas) Find(name string) (code string, ok bool) {
	if code, ok := a.byKey[table.Key(name)]; ok {
		return code, true
	}
	code = table.Fold(name)
	return code, areaCode().MatchString(code)
}

// isArea says whether a search can pass the code: a factor of 江西 or 36000 would never be found.
func isArea(code string) bool {
	areas, err := places()
	found, ok := areas.Find(code)
	return err == nil && ok && found == code
}

// subjectCode is the area of a factor that holds for one entity or one of its sites alone:
// @91360104EXAMPL0097 or @91360104EXAMPL0097/二车间.
var subjectCode = pattern.Of(`^@[^\s/@]+(?:/\S.*)?$`)

func isSubject(code string) bool { return subjectCode().MatchString(code) }

// Subject is the area of factors that hold for an entity, or for a site of it where one is named.
func Subject(entity, site string) string {
	if site == "" {
		return "@" + entity
	}
	return "@" + entity + "/" + site
}

// ByCode returns an area of the list.
func (a Areas) ByCode(code string) (Area, bool) {
	area, ok := a.byCode[code]
	return area, ok
}

// Chain returns the area and everything it lies in, from the narrowest to the world:
// 360104/三店街道, 360104, 360100, 360000, CN-CENTRAL, CN, WORLD.
func (a Areas) Chain(code string) []string {
	var chain []string
	for code != "" && len(chain) < 16 { // 16: deeper nesting is a loop in the list
		chain = append(chain, code)
		code = a.parent(code)
	}
	if len(chain) == 0 || chain[len(chain)-1] != World {
		chain = append(chain, World)
	}
	return chain
}

// Within says whether an area is the other one or lies in it.
func (a Areas) Within(code, outer string) bool {
	for _, step := range a.Chain(code) {
		if step == outer {
			return true
		}
	}
	return false
}

// parent is the next wider area: by the list, by the part before a slash or dash, or by the
// hierarchy of GB/T 2260 (two digits each for province, city and county).
func (a Areas) parent(code string) string {
	if area, ok := a.byCode[code]; ok {
		return area.Parent
	}
	if slash := strings.LastIndex(code, "/"); slash > 0 {
		return code[:slash]
	}
	if dash := strings.LastIndex(code, "-"); dash > 0 {
		return code[:dash]
	}
	if len(code) == 6 && code[0] >= '0' && code[0] <= '9' {
		if !strings.HasSuffix(code, "00") {
			return code[:4] + "00"
		}
		if !strings.HasSuffix(code, "0000") {
			return code[:2] + "0000"
		}
		return "CN"
	}
	return ""
}
