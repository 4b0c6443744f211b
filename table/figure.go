package table

import (
	"strings"

	"carbonledger/pattern"
)

// Figure is what a cell says as a number.
type Figure struct {
	// Text is a plain decimal: -1234.5.
	Text string
	// Unit is what stands beside the digits: 吨, 万kWh, %, 元 for a sign of yuan; empty where
	// nothing does.
	Unit string
}

var (
	grouped    = pattern.Of(`^[+-]?[1-9]\d{0,2}(?:([, ])\d{3})(?:[, ]\d{3})*(?:\.\d+)?$`)
	scientific = pattern.Of(`^([+-]?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,2})$`)
	damaged    = pattern.Of(`^(?:#[\p{L}¡_0/]+ ?[!?]|#DIV/0|#N/A|#NV|Err:\d{3})$`)
	narrow     = pattern.Of(`^#{2,}$`)

	comma      = pattern.Of(`^([+-]?)(\d+),(\d+)$`)
	commaPoint = pattern.Of(`^[+-]?\d{1,3}(?:\.\d{3})+,\d+$`)
	points     = pattern.Of(`^[+-]?\d{1,3}(?:\.\d{3}){2,}$`)
	behind     = pattern.Of(`^([\d,. ]*\d)-$`)

	bracketed = pattern.Of(`^\(([^()+-]*)\)(.*)$`)
	withUnit  = pattern.Of(`^([+-]?[\d., ]*\d\.?) ?([\p{Han}A-Za-z%‰¥µ℃][^+=]*)$`)
	exponent  = pattern.Of(`^[eE]-?\d`)
	yuanSign  = pattern.Of(`^([+-]?)(?:¥|RMB|CNY|人民币) ?([+-]?)`)
)

// minus are the signs people type for a minus, besides the hyphen.
var minus = strings.NewReplacer("−", "-", "–", "-", "‐", "-")

// digitsMax bounds the digits of a figure: the largest an energy statistic prints has fewer than
// 20, the longest published factor 15. What has more than 60 is damage and a fault.
const digitsMax = 60

// digitsKept is how many digits a spreadsheet keeps: what it wrote in scientific form with more of
// them before the point has lost the last ones.
const digitsKept = 15

// figureMax bounds the bytes of a cell that is looked at as a figure with something beside it.
const figureMax = 200

// Decimal turns a folded cell into the text of a plain decimal: thousands marks and a leading
// apostrophe go, brackets around it become a minus, .5 becomes 0.5 and 5. becomes 5. 0,123 is
// refused: no thousands are marked behind a zero, so its comma is likely to be a decimal one. For
// anything else it returns the code of the fault and the ways out, in English and Chinese.
func Decimal(cell string) (text, code string, ways []string) {
	figure, code, ways := ReadFigure(cell)
	if code == "" && figure.Unit != "" {
		return "", "cell.number", []string{"write the digits alone, without " + figure.Unit,
			"请只写数字，去掉“" + figure.Unit + "”"}
	}
	return figure.Text, code, ways
}

// ReadFigure is Decimal for a cell that may have its unit beside the digits: 123吨, 12.3%, ¥1,234.5.
func ReadFigure(cell string) (figure Figure, code string, ways []string) {
	if cell == "" {
		return Figure{}, "cell.missing", nil
	}
	if !isDecimal(cell) && !isGrouped(cell) {
		if written, ok := mistyped(cell); ok {
			return Figure{}, "cell.number", []string{"write " + written +
				", there is a letter among the digits", "请写成" + written + "，数字中混有字母"}
		}
		if code = Damage(cell); code != "" {
			return Figure{}, code, nil
		}
		if len(cell) > figureMax {
			return Figure{}, "cell.number", bothWays(wayPlain)
		}
		cell, figure.Unit = takeApart(minus.Replace(Unquote(cell)))
	}
	text := cell
	if isGrouped(text) && oneMark(text) {
		text = strings.NewReplacer(",", "", " ", "").Replace(text)
	}
	switch {
	case isDecimal(text) && digits(text) > digitsMax:
		return Figure{}, "cell.number", bothWays(wayDigits)
	case isDecimal(text):
		figure.Text = tidyDecimal(text)
		return figure, "", nil
	}
	way := wayOut(text)
	if written, ok := strings.CutPrefix(way, "write "); ok && isDecimal(written) {
		way += figure.Unit
	}
	return Figure{}, "cell.number", bothWays(way)
}

// lettersFor are letters that are typed for the digits they look like.
var lettersFor = strings.NewReplacer("O", "0", "o", "0", "l", "1", "I", "1", "S", "5", "B", "8")

// isMistyped is a figure with such a letter before or between its digits, or an O behind them. A
// letter behind the digits may be a unit: 10l.
var isMistyped = pattern.Of(`^[+-]?[\d.,]*(?:[OolISB][\dOolISB.,]*\d|[Oo]+)$`)

// mistyped writes a figure that has letters among its digits with the digits they look like.
func mistyped(cell string) (string, bool) {
	if len(cell) > figureMax || !isMistyped().MatchString(cell) ||
		!strings.ContainsAny(cell, "0123456789") {
		return "", false
	}
	written := strings.ReplaceAll(lettersFor.Replace(cell), ",", "")
	if !isDecimal(written) || digits(written) > digitsMax {
		return "", false
	}
	return tidyDecimal(written), true
}

// Damage returns the code of the fault where a spreadsheet left an error value (#REF!) or a column
// too narrow for its content (######) instead of a cell.
func Damage(cell string) (code string) {
	switch {
	case cell == "" || cell[0] != '#' && cell[0] != 'E':
		return ""
	case damaged().MatchString(cell):
		return "cell.error"
	case narrow().MatchString(cell):
		return "cell.narrow"
	}
	return ""
}

// eatenFrom is the least exponent of a code of nine digits, the shortest this program reads.
const eatenFrom = "+08"

// Eaten says whether a code has become a number in scientific form, as spreadsheets do with long
// codes: 9.11E+17.
func Eaten(cell string) bool {
	if sign := len(cell) - len(eatenFrom); sign < 0 || cell[sign] != '+' {
		return false
	}
	m := scientific().FindStringSubmatch(cell)
	return m != nil && len(m[4]) == len(eatenFrom) && m[4][0] == '+' && m[4] >= eatenFrom
}

// CommaDecimal says whether a folded cell writes a comma before its decimals: 0,5 or 1.234,5. The
// comma of 1,234 marks thousands and is none, unless another cell of its column is one.
func CommaDecimal(cell string) bool {
	if !strings.Contains(cell, ",") {
		return false
	}
	cell, _ = takeApart(minus.Replace(Unquote(cell)))
	return commaPoint().MatchString(cell) || comma().MatchString(cell) && !isGrouped(cell)
}

// EitherMark says whether the one mark of a folded cell, comma or point, stands before three digits
// and may mark thousands or decimals: 1,234 and 1.234.
func EitherMark(cell string) bool {
	cell, _ = takeApart(minus.Replace(Unquote(cell)))
	return eitherMark().MatchString(cell)
}

var eitherMark = pattern.Of(`^[+-]?[1-9]\d{0,2}[,.]\d{3}$`)

// takeApart takes the unit, the sign of yuan and the brackets of a negative figure off its digits.
// What does not come apart stays whole, to be refused.
func takeApart(cell string) (number, unit string) {
	number, inside := cell, ""
	sign := ""
	if m := bracketed().FindStringSubmatch(number); m != nil {
		sign, number, inside = "-", strings.TrimSpace(m[1]), strings.TrimSpace(m[2])
	}
	number, isYuan := cutYuan(number)
	if m := withUnit().FindStringSubmatch(number); m != nil && !exponent().MatchString(m[2]) &&
		!scientific().MatchString(number) && inside == "" {
		number, inside = m[1], m[2]
	} else if inside != "" && !withUnit().MatchString("0"+inside) {
		return cell, ""
	}
	if isYuan {
		inside = strings.TrimSuffix(inside, "元") + "元"
	}
	if sign != "" && !isGrouped(number) && !isDecimal(number) {
		return cell, ""
	}
	return sign + number, inside
}

// cutYuan takes the sign of yuan off, before or behind the sign of the number.
func cutYuan(number string) (string, bool) {
	m := yuanSign().FindStringSubmatch(number)
	if m == nil || m[1] != "" && m[2] != "" {
		return number, false
	}
	return m[1] + m[2] + number[len(m[0]):], true
}

// isDecimal says whether a text is digits with a sign before and a point among, before or behind
// them: [+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+).
func isDecimal(text string) bool {
	if text != "" && (text[0] == '+' || text[0] == '-') {
		text = text[1:]
	}
	digits, points := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c-'0' <= 9:
			digits++
		case c == '.':
			points++
		default:
			return false
		}
	}
	return digits > 0 && points <= 1
}

// isGrouped says whether a text has marks between its thousands.
func isGrouped(text string) bool {
	marked := strings.IndexByte(text, ',') >= 0 || strings.IndexByte(text, ' ') >= 0
	return marked && grouped().MatchString(text)
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

// The ways out that name no number.
const (
	wayPlain  = "write digits with a point, as in 1234.5"
	wayDigits = "write at most 60 digits"
)

// bothWays puts the Chinese words beside the English ones.
func bothWays(way string) []string {
	switch way {
	case wayPlain:
		return []string{way, "请写成数字，如 1234.5"}
	case wayDigits:
		return []string{way, "请写至多60位数字"}
	}
	chinese := strings.NewReplacer("write ", "请写成",
		" where the comma is a decimal mark, ", "（逗号表示小数点时）或 ",
		" where it marks thousands", "（逗号为分节号时）").
		Replace(way)
	return []string{way, chinese}
}

// wayOut says how a number in another form is written here.
func wayOut(text string) string {
	if written, ok := writeOut(text); ok && digits(written) <= digitsMax {
		whole, _, _ := strings.Cut(strings.TrimLeft(written, "+-"), ".")
		if len(whole) > digitsKept {
			return wayPlain
		}
		return "write " + written
	}
	if len(text) > digitsMax {
		return wayPlain
	}
	switch m := comma().FindStringSubmatch(text); {
	case m != nil && len(m[3]) == 4 && !strings.HasPrefix(m[2], "0"):
		// 1,2345 is 12345 to those who group by 万.
		return "write " + m[1] + m[2] + "." + m[3] + " where the comma is a decimal mark, " +
			m[1] + m[2] + m[3] + " where it marks thousands"
	case m != nil && !isGrouped(text):
		return "write " + strings.TrimPrefix(m[1], "+") + m[2] + "." + m[3]
	case commaPoint().MatchString(text):
		return "write " + strings.NewReplacer(".", "", ",", ".", "+", "").Replace(text)
	case points().MatchString(text):
		return "write " + strings.NewReplacer(".", "", "+", "").Replace(text)
	}
	if m := behind().FindStringSubmatch(text); m != nil {
		if figure, code, _ := ReadFigure(m[1]); code == "" {
			return "write -" + figure.Text
		}
	}
	return wayPlain
}

// Scientific writes 3.78E-05 as the plain decimal 0.0000378, for files of programs that print all
// their digits so; false for what is no number in that form.
func Scientific(cell string) (string, bool) { return writeOut(cell) }

// writeOut shows what a number in scientific form would be as a plain decimal.
func writeOut(text string) (string, bool) {
	m := scientific().FindStringSubmatch(text)
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
