package table

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// raised writes raised digits as ^n before NFKC would turn 10⁴ into 104.
var raised = strings.NewReplacer("⁰", "^0", "¹", "^1", "²", "^2", "³", "^3", "⁴", "^4",
	"⁵", "^5", "⁶", "^6", "⁷", "^7", "⁸", "^8", "⁹", "^9")

// Fold brings a cell into the one form everything behind this package sees: NFKC (full-width
// letters, digits, brackets and commas become plain), raised digits as ^4, no blanks around it.
// m³ becomes m^3 and ｋＷｈ becomes kWh.
func Fold(cell string) string {
	if isPlain(cell) {
		return strings.TrimSpace(cell)
	}
	return strings.TrimSpace(norm.NFKC.String(raised.Replace(cell)))
}

func isPlain(cell string) bool {
	for i := range len(cell) {
		if cell[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Key brings a name (a column, a commodity, a fuel) into the form in which names are compared:
// folded, without blanks and quotation marks, in lower case.
func Key(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.Trim(Fold(name), `"'`)), ""))
}

var (
	grouped    = regexp.MustCompile(`^[+-]?[1-9]\d{0,2}(?:([, ])\d{3})(?:[, ]\d{3})*(?:\.\d+)?$`)
	plain      = regexp.MustCompile(`^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$`)
	scientific = regexp.MustCompile(`^([+-]?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,2})$`)
	damaged    = regexp.MustCompile(`^#[A-Z/0!?]+[!?]?$`)
)

// digitsMax bounds the digits of a figure: the largest an energy statistic prints has fewer than
// 20, the longest published factor 15. What has more than 60 is damage and a fault.
const digitsMax = 60

// Decimal turns a folded cell into the text of a plain decimal: thousands marks and a leading
// apostrophe go, .5 becomes 0.5 and 5. becomes 5. 0,123 is refused: no thousands are marked behind
// a zero, so its comma is likely to be a decimal one. For anything else it returns the code of the
// fault and the ways out, in English and Chinese.
func Decimal(cell string) (text, code string, ways []string) {
	text = strings.TrimPrefix(cell, "'")
	if grouped.MatchString(text) && oneMark(text) {
		text = strings.NewReplacer(",", "", " ", "").Replace(text)
	}
	switch {
	case cell == "":
		return "", "cell.missing", nil
	case plain.MatchString(text) && digits(text) > digitsMax:
		return "", "cell.number", []string{"write at most 60 digits", "请写至多60位数字"}
	case plain.MatchString(text):
		return tidyDecimal(text), "", nil
	case damaged.MatchString(text):
		return "", "cell.error", nil
	}
	if written, ok := writeOut(text); ok && digits(written) <= digitsMax {
		return "", "cell.number", []string{"write " + written, "请写成" + written}
	}
	return "", "cell.number", []string{"write digits with a point, as in 1234.5", "请写成数字，如 1234.5"}
}

// digits counts the digits of a plain decimal.
func digits(text string) int {
	return len(strings.TrimLeft(text, "+-")) - strings.Count(text, ".")
}

// oneMark says whether all thousands are marked in the same way.
func oneMark(text string) bool {
	return !strings.Contains(text, ",") || !strings.Contains(text, " ")
}

// tidyDecimal adds the digit before a point and drops a point without digits after it.
func tidyDecimal(text string) string {
	sign := ""
	if text[0] == '-' || text[0] == '+' {
		sign, text = strings.TrimPrefix(text[:1], "+"), text[1:]
	}
	if text[0] == '.' {
		text = "0" + text
	}
	return sign + strings.TrimSuffix(text, ".")
}

// writeOut shows what a number in scientific form would be as a plain decimal.
func writeOut(text string) (string, bool) {
	m := scientific.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	exponent := 0
	for _, digit := range strings.TrimLeft(m[4], "+-") {
		exponent = exponent*10 + int(digit-'0')
	}
	if strings.HasPrefix(m[4], "-") {
		exponent = -exponent
	}
	digits, point := m[2]+m[3], len(m[2])+exponent
	if point <= 0 {
		digits, point = strings.Repeat("0", 1-point)+digits, 1
	}
	if point > len(digits) {
		digits += strings.Repeat("0", point-len(digits))
	}
	whole := strings.TrimLeft(digits[:point], "0")
	if whole == "" {
		whole = "0"
	}
	if point < len(digits) {
		return m[1] + whole + "." + digits[point:], true
	}
	return m[1] + whole, true
}
