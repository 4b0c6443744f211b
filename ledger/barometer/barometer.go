// Package barometer rates how far a target for a falling intensity is met, as offices do in their
// barometers of energy saving (节能目标完成情况晴雨表, early warning).
//
// A Scale lists the levels of one office, the best first, and what completion each takes:
//
//	change     = (intensity - intensity of the base) / intensity of the base x 100 %
//	completion = -change / target x 100 %
//
// Scales are data. One whose bounds were not published names its levels and rates nothing.
package barometer

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"carbonledger/quantity"
	"carbonledger/table"
)

//go:embed scales.csv
var scalesFile []byte

// ErrScale is returned for a scale that does not exist or has no bounds.
var ErrScale = errors.New("no scale to rate on")

// Scale is the levels of one office, the best first.
type Scale struct {
	ID     string
	Source string
	Levels []Level
}

// Level is one level of a scale, as the office numbers and names it: one calls its worst level 1,
// another 3.
type Level struct {
	Number         string
	NameZH, NameEN string

	bound   string
	percent quantity.Number
}

// The bounds of a level: what a completion must reach, what it must pass, nothing (the last one),
// or not known.
const (
	atLeast     = "at-least"
	above       = "above"
	rest        = "rest"
	unpublished = "unpublished"
)

// Scales returns the scales that come with the program.
func Scales() ([]Scale, error) {
	scales, faults := Parse("scales.csv", scalesFile)
	if len(faults) > 0 {
		return nil, faults[0]
	}
	return scales, nil
}

// ByID returns a scale of the program, or ErrScale.
func ByID(id string) (Scale, error) {
	scales, err := Scales()
	if err != nil {
		return Scale{}, err
	}
	var ids []string
	for _, scale := range scales {
		if scale.ID == id {
			return scale, nil
		}
		ids = append(ids, scale.ID)
	}
	return Scale{}, fmt.Errorf("%w: %q; the scales are %s", ErrScale, id, strings.Join(ids, ", "))
}

type levelRow struct {
	Scale   string `csv:"scale"`
	Level   string `csv:"level"`
	NameZH  string `csv:"name_zh"`
	NameEN  string `csv:"name_en"`
	Bound   string `csv:"bound"`
	Percent string `csv:"percent"`
	Source  string `csv:"source"`
}

// Parse reads scales, or returns every fault in them.
func Parse(file string, data []byte) (scales []Scale, faults []table.Fault) {
	rows, faults := table.Decode[levelRow](file, data)
	if len(faults) > 0 {
		return nil, faults
	}
	for i, row := range rows {
		v := row.Value
		if len(scales) == 0 || scales[len(scales)-1].ID != v.Scale {
			scales = append(scales, Scale{ID: v.Scale, Source: v.Source})
		}
		scale := &scales[len(scales)-1]
		level := Level{Number: v.Level, NameZH: v.NameZH, NameEN: v.NameEN, bound: v.Bound}
		var err error
		if level.isBounded() {
			level.percent, err = quantity.ParseNumber(v.Percent)
		}
		isLast := i == len(rows)-1 || rows[i+1].Value.Scale != v.Scale
		why := scale.refuses(level, isLast)
		if err != nil {
			why = "percent is a number"
		}
		if why != "" {
			faults = append(faults, table.Fault{File: file, Line: row.Line, Code: "barometer.level",
				Cell: v.Level, Args: []string{why}})
		}
		scale.Levels = append(scale.Levels, level)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return scales, nil
}

func (l Level) isBounded() bool { return l.bound == atLeast || l.bound == above }

// refuses says why a level cannot follow those the scale has, or nothing.
func (s Scale) refuses(l Level, isLast bool) string {
	known := len(s.Levels) == 0 || s.Levels[0].bound != unpublished
	switch {
	case l.Number == "" || l.NameZH == "" || l.NameEN == "":
		return "level, name_zh and name_en are needed"
	case l.bound == unpublished && (len(s.Levels) == 0 || !known):
		return ""
	case l.bound != rest && !l.isBounded() || !known:
		return "bound is at-least, above or rest, or unpublished for all levels"
	case isLast != (l.bound == rest):
		return "the last level, and no other, has the bound rest"
	case len(s.Levels) > 0 && l.isBounded() &&
		l.percent.Cmp(s.Levels[len(s.Levels)-1].percent) >= 0:
		return "the percent fall from level to level"
	}
	return ""
}

// Rate returns the level of a completion in percent, or ErrScale where the bounds are not known.
func (s Scale) Rate(completion quantity.Ratio) (Level, error) {
	for _, level := range s.Levels {
		order := completion.Cmp(quantity.Whole(level.percent))
		switch {
		case level.bound == unpublished:
			return Level{}, fmt.Errorf("%w: the bounds of %s were not published; write them "+
				"into a file as docs/method/barometer.md says, and name it", ErrScale, s.ID)
		case level.bound == rest, order > 0, order == 0 && level.bound == atLeast:
			return level, nil
		}
	}
	return Level{}, fmt.Errorf("%w: %s has no levels", ErrScale, s.ID)
}
