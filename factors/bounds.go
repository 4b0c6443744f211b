package factors

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"carbonledger/quantity"
	"carbonledger/table"
)

// Bounds returns the lower and the upper bound over the value, 0.9 and 1.2 for a factor of 10 that
// lies between 9 and 12. It returns false where a bound is not stated, where nothing can be
// compared with a value of 0, and where the value lies outside of its bounds.
//
//	bound / value = printed bound x book units of To per to_unit / book units of From per per_unit
//	                / value in book units
//
// The bounds of a composite factor are of the whole product, in its printed units.
func (f Factor) Bounds() (low, high quantity.Ratio, ok bool) {
	if f.Value.IsZero() {
		return low, high, false
	}
	bounds := [2]quantity.Ratio{}
	for i, text := range []string{f.Lower, f.Upper} {
		if bounds[i], ok = f.overValue(text); !ok {
			return low, high, false
		}
	}
	low, high = bounds[0], bounds[1]
	if f.Value.Sign() < 0 {
		low, high = high, low
	}
	one := quantity.Whole(quantity.Int(1))
	return low, high, low.Cmp(one) <= 0 && one.Cmp(high) <= 0
}

// overValue divides a bound as printed by the value.
func (f Factor) overValue(text string) (quantity.Ratio, bool) {
	printed, err := quantity.ParseNumber(text)
	if err != nil {
		return quantity.Ratio{}, false
	}
	to, errTo := quantity.ParseUnit(f.ToUnit)
	per, errPer := quantity.ParseUnit(f.PerUnit)
	if errTo != nil || errPer != nil {
		return quantity.Ratio{}, false
	}
	toUnit, _, errTo := f.To.Accept(to)
	perUnit, _, errPer := f.From.Accept(per)
	if errTo != nil || errPer != nil {
		return quantity.Ratio{}, false
	}
	return quantity.RatioOf(printed.Mul(toUnit), perUnit.Mul(f.Value)), true
}

// ActivityBounds say how far activity data of a kind may lie from the true amount: half-widths of a
// 95 % interval in percent of the figure.
type ActivityBounds struct {
	ID string
	// Class and Commodities say which amounts they hold for; without either they hold for all.
	Class       quantity.Class
	Commodities []string
	// DataSource is how the data came about: survey, extrapolation, meter, weighbridge, rating.
	DataSource   string
	Minus, Plus  quantity.Number
	Distribution string
	Source       string
	Status       Status
	Note         string
}

//go:embed activity-uncertainty.csv
var activityBoundsFile []byte

type activityBoundsRow struct {
	ID           string `csv:"id"`
	Class        string `csv:"class"`
	Commodity    string `csv:"commodity"`
	DataSource   string `csv:"data_source"`
	Lower        string `csv:"lower_pct"`
	Upper        string `csv:"upper_pct"`
	Distribution string `csv:"distribution"`
	Source       string `csv:"source"`
	Status       string `csv:"status"`
	Note         string `csv:"note"`
}

// ListActivityBounds returns the bounds of activity data that come with the program. None of them
// is used unless somebody asks for it.
func ListActivityBounds() ([]ActivityBounds, error) {
	return parseActivityBounds("activity-uncertainty.csv", activityBoundsFile)
}

func parseActivityBounds(file string, data []byte) ([]ActivityBounds, error) {
	records, faults := table.DecodeRaw[activityBoundsRow](file, data)
	if len(faults) > 0 {
		return nil, faults[0]
	}
	var list []ActivityBounds
	for _, record := range records {
		row := record.Value
		b := ActivityBounds{ID: row.ID, Class: quantity.Class(row.Class),
			DataSource: row.DataSource, Distribution: row.Distribution, Source: row.Source,
			Status: Status(row.Status), Note: row.Note}
		if row.Commodity != "" {
			b.Commodities = strings.Split(row.Commodity, ";")
		}
		if b.Class != "" && !slices.Contains(quantity.Classes, b.Class) {
			return nil, fmt.Errorf("%s:%d: no class %q", file, record.Line, b.Class)
		}
		var err error
		if b.Minus, err = ParsePercent(row.Lower); err == nil {
			b.Plus, err = ParsePercent(row.Upper)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, record.Line, err)
		}
		list = append(list, b)
	}
	return list, nil
}

// ParsePercent reads a half-width in percent, which is not negative.
func ParsePercent(text string) (quantity.Number, error) {
	n, err := quantity.ParseNumber(text)
	if err == nil && n.Sign() < 0 {
		err = fmt.Errorf("%w: %q is below 0, and a half-width is not", quantity.ErrNumber, text)
	}
	return n, err
}
