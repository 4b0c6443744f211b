package family

import (
	"strings"

	"carbonledger/pattern"
)

// markers stand before the name of a row and say where it belongs: 其中:, #, 一、, (一), 1. and so on.
var markers = pattern.Of(
	`^(?:(?:其中|内)[:、]?|[#*·]|[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|\d{1,2}[.、)])\s*`)

// Bare returns a name without the markers before it.
func Bare(name string) string {
	for {
		at := markers().FindStringIndex(name)
		if at == nil || at[1] == len(name) {
			return name
		}
		name = strings.TrimSpace(name[at[1]:])
	}
}
