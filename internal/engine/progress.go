package engine

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"carbonledger/ledger/barometer"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/table"
)

// Goal is a fall of intensities since a base, in percent, and the scale it is rated on, by id or as
// a file.
type Goal struct {
	Base  quantity.Period
	Fall  quantity.Number
	Scale string
}

// Progress tells how much of a goal the intensities of the query come to.
func (e *Engine) Progress(ctx context.Context, policy string, position int, q inventory.Query,
	per, area string, goal Goal) ([]barometer.Progress, error) {
	scale, err := readScale(goal.Scale)
	if err != nil {
		return nil, err
	}
	now, err := e.Intensity(ctx, policy, position, q, per, area)
	if err != nil || len(now) == 0 {
		return nil, err
	}
	q.Period = goal.Base
	base, err := e.Intensity(ctx, policy, now[0].Pins.Position, q, per, now[0].Area)
	if err != nil {
		return nil, err
	}
	list := make([]barometer.Progress, len(now))
	for i := range now {
		g := barometer.Goal{Fall: goal.Fall, Scale: scale}
		if list[i], err = g.Assess(base[i], now[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// readScale returns a scale of the program, or the one of a file where the name has a dot or slash.
func readScale(name string) (barometer.Scale, error) {
	if !strings.ContainsAny(name, "./\\") {
		return barometer.ByID(name)
	}
	data, err := ReadFile(name)
	if err != nil {
		return barometer.Scale{}, err
	}
	scales, faults := barometer.Parse(filepath.Base(name), data)
	switch {
	case len(faults) > 0:
		return barometer.Scale{}, &Rejection{Faults: faults}
	case len(scales) == 0:
		return barometer.Scale{}, &Rejection{Faults: []table.Fault{{File: filepath.Base(name),
			Code: "file.empty"}}}
	case len(scales) > 1:
		return barometer.Scale{}, fmt.Errorf("%w: %s has %d of them; keep one in a file",
			barometer.ErrScale, name, len(scales))
	}
	return scales[0], nil
}
