package column

import (
	"strconv"
	"strings"
)

// figureDigits is the most digits of a figure that is kept as a whole number and a scale.
const figureDigits = 18

// SerialDigits is the most digits of the number of a document that are read as a number.
const SerialDigits = figureDigits

// ScaleMax is the most digits behind the point of such a figure.
const ScaleMax = figureDigits - 1

// ReadFigure reads a figure that PrintFigure prints again letter for letter: digits with a point,
// with or without commas between thousands, no zeros in front, no plus. It returns the digits as a
// whole number, and how many of them stand behind the point, plus Grouped where there are commas.
func ReadFigure[T string | []byte](text T) (figure int64, scale uint8, ok bool) {
	i, negative := 0, false
	if len(text) > 0 && text[0] == '-' {
		i, negative = 1, true
	}
	first, digits, commas := i, 0, 0
	for ; i < len(text) && text[i] != '.'; i++ {
		switch c := text[i] - '0'; {
		case c <= 9:
			figure = figure*10 + int64(c)
			digits++
		case text[i] == ',' && digits > 0 && (len(wholeOf(text[i:]))&3 == 0):
			commas++
		default:
			return 0, 0, false
		}
		if digits > figureDigits {
			return 0, 0, false
		}
	}
	if digits == 0 || text[first] == '0' && digits > 1 || commas > 0 && commas != (digits-1)/3 {
		return 0, 0, false
	}
	if i < len(text) {
		behind := len(text) - i - 1
		if behind == 0 || digits+behind > figureDigits {
			return 0, 0, false
		}
		for _, c := range []byte(text[i+1:]) {
			if c -= '0'; c > 9 {
				return 0, 0, false
			}
			figure = figure*10 + int64(c)
		}
		scale = uint8(behind)
	}
	if negative && figure == 0 {
		return 0, 0, false // a minus before nothing would be lost
	}
	if negative {
		figure = -figure
	}
	if commas > 0 {
		scale += Grouped
	}
	return figure, scale, true
}

// wholeOf is a figure up to its point.
func wholeOf[T string | []byte](text T) T {
	for i := range len(text) {
		if text[i] == '.' {
			return text[:i]
		}
	}
	return text
}

// CutFigure cuts a text into the figure it begins with and what stands behind it.
func CutFigure(written string) (figure, unit string) {
	if at := strings.IndexByte(written, ' '); at >= 0 {
		return written[:at], written[at:]
	}
	return written, ""
}

// PrintFigure prints what ReadFigure read.
func PrintFigure(figure int64, scale uint8) string {
	text, sign := strconv.FormatInt(figure, 10), ""
	if figure < 0 {
		text, sign = text[1:], "-"
	}
	behind := int(scale &^ Grouped)
	if len(text) <= behind {
		text = strings.Repeat("0", behind+1-len(text)) + text
	}
	whole, fraction := text[:len(text)-behind], text[len(text)-behind:]
	if scale&Grouped != 0 {
		whole = grouped(whole)
	}
	if behind > 0 {
		fraction = "." + fraction
	}
	return sign + whole + fraction
}

// grouped puts commas between the thousands of a whole number.
func grouped(whole string) string {
	var out []byte
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, whole[i])
	}
	return string(out)
}

// ReadSerial takes the digits off the end of the number of a document: at most 18 of them, and no
// more than a whole number holds.
func ReadSerial(document string) (Series, int64) {
	at := len(document)
	for at > 0 && len(document)-at < figureDigits && document[at-1]-'0' <= 9 {
		at--
	}
	serial := int64(0)
	for i := at; i < len(document); i++ {
		serial = serial*10 + int64(document[i]-'0')
	}
	return Series{document[:at], uint8(len(document) - at)}, serial
}

// PrintSerial prints what ReadSerial read.
func PrintSerial(s Series, serial int64) string {
	if s.Digits == 0 {
		return s.Prefix
	}
	digits := strconv.FormatInt(serial, 10)
	return s.Prefix + strings.Repeat("0", max(0, int(s.Digits)-len(digits))) + digits
}
