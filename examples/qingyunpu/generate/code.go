package main

import (
	"fmt"
	"strings"
)

// alphabet is that of the 统一社会信用代码 (GB 32100-2015): digits and letters but for I O S V Z.
const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// code returns the made-up 统一社会信用代码 of a unit. The body spells EXAMPL where a real code has
// digits, so it cannot be anybody's; the check character is right.
func code(number int) string {
	body := fmt.Sprintf("Y1360104EXAMPL%03d", number)
	return body + string(check(body))
}

// check returns the check character: (31 - sum of value x 3^(i-1) mod 31) mod 31.
func check(body string) byte {
	sum, weight := 0, 1
	for i := range len(body) {
		sum += strings.IndexByte(alphabet, body[i]) * weight
		weight = weight * 3 % 31
	}
	return alphabet[(31-sum%31)%31]
}
