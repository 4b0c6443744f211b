package workbook

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"carbonledger/pattern"
)

// digitsKept is how many significant digits Excel keeps of a number, and shows.
const digitsKept = 15

var plainNumber = pattern.Of(`^-?(?:0|[1-9]\d*)(?:\.\d+)?$`)

// isNumber says whether a cell is a plain decimal of which Excel keeps every digit.
func isNumber(cell string) bool {
	if !plainNumber().MatchString(cell) {
		return false
	}
	digits := strings.TrimLeft(strings.ReplaceAll(strings.TrimLeft(cell, "-"), ".", ""), "0")
	return len(digits) <= digitsKept
}

// number is 0.digits times ten to the power of point, without zeros around the digits.
type number struct {
	negative bool
	digits   string
	point    int
}

var writtenNumber = pattern.Of(`^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$`)

// writtenMost is the longest number a workbook may hold, in letters; programs write up to 24.
const writtenMost = 400

// parseNumber reads a number as workbooks have them: the decimal text of a binary number with up to
// 17 digits, such as 0.18387000000000001. Of more than 15 digits it takes the 15 that Excel shows:
// those of the binary number the text stands for. Up to 15 digits every text is its own number.
func parseNumber(text string) (number, bool) {
	n, ok := splitNumber(text)
	if !ok || len(n.digits) <= digitsKept {
		return n, ok
	}
	binary, _, err := new(big.Float).SetPrec(53).SetMode(big.ToNearestEven).Parse(text, 10)
	if err != nil {
		return number{}, false
	}
	return splitNumber(binary.Text('e', digitsKept-1))
}

func splitNumber(text string) (number, bool) {
	m := writtenNumber().FindStringSubmatch(text[:min(len(text), writtenMost+1)])
	if m == nil || len(text) > writtenMost || m[2]+m[3] == "" {
		return number{}, false
	}
	exponent, err := strconv.Atoi("0" + strings.TrimLeft(m[4], "+-"))
	if err != nil {
		return number{}, false
	}
	if strings.HasPrefix(m[4], "-") {
		exponent = -exponent
	}
	all := m[2] + m[3]
	digits := strings.TrimLeft(all, "0")
	n := number{m[1] == "-", strings.TrimRight(digits, "0"),
		len(m[2]) + exponent - (len(all) - len(digits))}
	if n.digits == "" {
		n = number{}
	}
	return n, true
}

// text writes the number plain, unless that would show digits that nobody wrote: from 16 digits
// before the point on Excel has put zeros in place of what was typed, and 9.113501E+17 says so.
func (n number) text() string {
	const longest = 40
	whole, part := "0", ""
	switch {
	case n.digits == "":
		return "0"
	case n.point > digitsKept || len(n.digits)-n.point > longest:
		return n.scientific()
	case n.point <= 0:
		part = strings.Repeat("0", -n.point) + n.digits
	case n.point >= len(n.digits):
		whole = n.digits + strings.Repeat("0", n.point-len(n.digits))
	default:
		whole, part = n.digits[:n.point], n.digits[n.point:]
	}
	if part != "" {
		whole += "." + part
	}
	return n.sign() + whole
}

func (n number) sign() string {
	if n.negative {
		return "-"
	}
	return ""
}

func (n number) scientific() string {
	text := n.sign() + n.digits[:1]
	if len(n.digits) > 1 {
		text += "." + n.digits[1:]
	}
	return text + fmt.Sprintf("E%+03d", n.point-1)
}

// times returns the number times a whole one, rounded to the nearest whole number, and false
// where it has more than 20 digits before the point.
func (n number) times(factor int64) (*big.Int, bool) {
	if n.digits == "" {
		return new(big.Int), true
	}
	if n.point > 20 {
		return nil, false
	}
	product, _ := new(big.Int).SetString(n.digits, 10)
	product.Mul(product, big.NewInt(factor))
	power := n.point - len(n.digits)
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(power, -power))), nil)
	if power >= 0 {
		return product.Mul(product, ten), true
	}
	half := new(big.Int).Rsh(ten, 1)
	return product.Div(product.Add(product, half), ten), true
}
