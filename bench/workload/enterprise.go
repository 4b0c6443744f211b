package workload

import (
	"fmt"
	"io"
	"strings"
)

// Area is the district all enterprises lie in: Qingyunpu of Nanchang, on the grid of Jiangxi.
const Area = "360104"

// industries are classes of GB/T 4754 that use fuel and power.
var industries = []string{"C3741", "C1713", "C2720", "C1411", "C3360", "C2641", "C3021", "C3391",
	"C3670", "C3982", "C3821", "C2740", "D4430", "D4610", "E4710", "F5211", "H6110", "P8334"}

// alphabet is that of GB 32100-2015: 31 letters without I, O, S, V, Z.
const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// Code is the 统一社会信用代码 of an enterprise: authority and kind 91, the area, an organisation
// code with its check letter, and the check letter of the whole.
func Code(enterprise int) string {
	// A step without a common divisor with 31^6 gives every enterprise other letters.
	const letters, step = 31 * 31 * 31 * 31 * 31 * 31, 402_653_189
	number := (enterprise + 1) * step % letters
	body := []byte("MA000000")
	for at := len(body) - 1; at > 1; at-- {
		body[at] = alphabet[number%len(alphabet)]
		number /= len(alphabet)
	}
	code := "91" + Area + string(body)
	code += organisationCheck(string(body))
	return code + creditCheck(code)
}

// organisationCheck is the check letter of GB 11714-1997.
//
//	check = 11 - sum(value_i x weight_i) mod 11, with X for 10 and 0 for 11
func organisationCheck(body string) string {
	sum := 0
	for at, weight := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
		value := int(body[at] - '0')
		if body[at] >= 'A' {
			value = int(body[at]-'A') + 10
		}
		sum += value * weight
	}
	return "0123456789X0"[11-sum%11:][:1]
}

// creditCheck is the check letter of GB 32100-2015.
//
//	check = (31 - sum(value_i x 3^(i-1)) mod 31) mod 31, i = 1..17
func creditCheck(code string) string {
	sum, weight := 0, 1
	for _, letter := range code {
		sum += strings.IndexRune(alphabet, letter) * weight
		weight = weight * 3 % 31
	}
	return alphabet[(31-sum%31)%31:][:1]
}

// Name is the name of an enterprise, which says that it is made up.
func Name(enterprise int) string {
	return fmt.Sprintf("示例企业%04d（虚构）", enterprise+1)
}

// WriteEntities registers the enterprises in the dialect entities.
func WriteEntities(w io.Writer) error {
	var text strings.Builder
	text.WriteString("entity,name,industry,area,valid_from\n")
	for n := range EnterprisesMost {
		fmt.Fprintf(&text, "%s,%s,%s,%s,%d-01-01\n", Code(n), Name(n),
			industries[n%len(industries)], Area, YearFirst-1)
	}
	_, err := io.WriteString(w, text.String())
	return err
}
