// Package units knows how tables write the units of their figures: at the end of a header or beside
// a name, in several spellings, and which of them measure a commodity.
package units

import (
	"strings"
	"unicode/utf8"

	"carbonledger/quantity"
	"carbonledger/table"
)

// headerBrackets are the brackets units stand in, by the closing one; cells are folded before.
var headerBrackets = map[rune]rune{')': '(', ']': '[', '】': '【', '〕': '〔', '}': '{'}

// Split returns a header without the unit it ends with, and the unit: in brackets, or after the
// last slash, comma, underscore or blank. 用电量(万kWh), 用电量/万kWh, electricity_kwh. The unit is
// empty where the header states none.
func Split(header string) (stem, unit string) {
	header = table.Fold(header)
	for _, candidate := range unitEnds(header) {
		text := strings.TrimSpace(candidate.unit)
		for _, word := range []string{"单位:", "计量单位:", "unit:", "in "} {
			text = strings.TrimSpace(strings.TrimPrefix(text, word))
		}
		if _, err := quantity.ParseUnit(text); err == nil && isWordy(text) {
			return strings.TrimSpace(candidate.stem), text
		}
	}
	return header, ""
}

// isWordy keeps bare digits from being units: 期间_1 states none.
func isWordy(unit string) bool { return strings.Trim(unit, "0123456789^.") != "" }

// headerEnd is a header cut in two where its unit may begin.
type headerEnd struct{ stem, unit string }

// unitEnds lists the ways a header may end with a unit.
func unitEnds(header string) (ends []headerEnd) {
	closing, _ := utf8.DecodeLastRuneInString(header)
	if opening, ok := headerBrackets[closing]; ok {
		letters, depth := []rune(header), 0
		last := len(letters) - 1
		for i := last; i >= 0; i-- {
			switch letters[i] {
			case closing:
				depth++
			case opening:
				depth--
			}
			if depth == 0 && i > 0 {
				return []headerEnd{{string(letters[:i]), string(letters[i+1 : last])}}
			}
		}
		return nil
	}
	for _, mark := range []string{"/", ",", "、", "_", " ", "\n"} {
		if at := strings.LastIndex(header, mark); at > 0 {
			ends = append(ends, headerEnd{header[:at], header[at+len(mark):]})
		}
	}
	return ends
}

// Same says whether two spellings are one unit: of the same size, and of the same state where
// both say one.
func Same(a, b string) bool {
	u, errA := quantity.ParseUnit(table.Fold(a))
	v, errB := quantity.ParseUnit(table.Fold(b))
	if errA != nil || errB != nil {
		return a == b
	}
	ratio, ok := u.Per(v)
	state := u.State == v.State || u.State == "" || v.State == ""
	return ok && state && u.Of == v.Of && ratio.Cmp(quantity.Whole(quantity.Int(1))) == 0
}

// Accept returns how many book units of a commodity one unit is, and the assumption on which it is
// taken; the error is that of quantity.ParseUnit or of Commodity.Accept.
func Accept(c quantity.Commodity, unit string) (quantity.Number, quantity.Remark, error) {
	parsed, err := quantity.ParseUnit(table.Fold(unit))
	if err != nil {
		return quantity.Number{}, "", err
	}
	return c.Accept(parsed)
}

// Usual are the units a commodity is usually stated in, the usual one first.
func Usual(c quantity.Commodity) []string {
	if units := usual[c.Unit.Symbol]; units != nil {
		return units
	}
	return []string{c.Unit.Symbol}
}

// usual are the units people write, by book unit.
var usual = map[string][]string{
	"kWh":    {"kWh", "万kWh"},
	"kJ":     {"GJ", "百万千焦", "MJ"},
	"kg":     {"t", "kg", "万t"},
	"Nm3":    {"万Nm3", "Nm3"},
	"L":      {"m3", "万m3", "L"},
	"kgce":   {"tce", "kgce"},
	"yuan":   {"万元", "亿元"},
	"person": {"万人", "人"},
	"m2":     {"m2", "km2"},
}

// spelled are the words of forms for units that have a symbol.
var spelled = map[string]string{
	"kWh": "千瓦时", "万kWh": "万千瓦时", "MWh": "兆瓦时",
	"GJ": "吉焦", "MJ": "兆焦", "kJ": "千焦",
	"t": "吨", "kg": "千克", "万t": "万吨",
	"万Nm3": "万标准立方米", "Nm3": "标准立方米",
	"m3": "立方米", "万m3": "万立方米", "L": "升",
	"tce": "吨标准煤", "kgce": "千克标准煤",
	"m2": "平方米", "km2": "平方公里",
}

// Spelled returns a unit with the word that forms have for it: kWh (千瓦时).
func Spelled(unit string) string {
	if word := spelled[unit]; word != "" {
		return unit + " (" + word + ")"
	}
	return unit
}

// Ways lists the units a commodity is usually stated in, as a way out names them.
func Ways(c quantity.Commodity) string {
	var ways []string
	for _, unit := range Usual(c) {
		ways = append(ways, Spelled(unit))
	}
	return strings.Join(ways, ", ")
}
