package tidy

import (
	"slices"
	"strings"
)

// door is the only way for a library into the module.
type door struct {
	library string   // with everything below it
	rooms   []string // the folders that may import it
}

var doors = []door{
	{"github.com/shopspring/decimal", []string{"quantity"}},
	{"github.com/gocarina/gocsv", []string{"table"}},
	{"encoding/csv", []string{"table", "internal/report/format"}},
	{"golang.org/x/text", []string{"table"}},
	{"github.com/xuri/excelize", []string{"table/workbook"}},
	{"archive/zip", []string{"table/workbook"}},
	{"github.com/pelletier/go-toml", []string{"table"}},
	{"gonum.org/v1/plot", []string{"internal/report/chart"}},
	{"golang.org/x/sys", []string{"table/stream"}},
	{"golang.org/x/image", []string{"internal/report/chart"}},
	{"github.com/urfave/cli", []string{"cmd/**"}},
	{"database/sql", []string{"internal/store/*"}},
	{"modernc.org/sqlite", []string{"internal/store/*"}},
	{"github.com/jackc/pgx", []string{"internal/store/*"}},
	{"github.com/klauspost/compress", []string{"internal/store"}},
}

// closedDoors keeps every library in its room. Acceptance tests look behind every door, and
// examples stand for programs of other people, who have their own libraries.
func closedDoors(s source) []Finding {
	if matches(s.folder, "examples/**") || s.test && matches(s.folder, "acceptance/**") {
		return nil
	}
	var findings []Finding
	for _, i := range s.imports {
		for _, d := range doors {
			if within(i.path, d.library) && !matches(s.folder, d.rooms...) {
				findings = append(findings, s.at(i.pos,
					"%s enters through %s only; use what that offers",
					i.path, strings.Join(d.rooms, " and ")))
			}
		}
	}
	return findings
}

// world is the packages, with everything below them, that reach out of the program.
var world = []string{
	"os", "net", "database/sql", "log", "io/ioutil", "math/rand", "crypto/rand", "syscall",
}

// worldInTests is what core tests read shared cases with and shuffle by a seed with.
var worldInTests = []string{"os", "math/rand", "math/rand/v2"}

var clock = []string{
	"Now", "Since", "Until", "After", "AfterFunc", "Sleep", "Tick", "NewTimer", "NewTicker",
}

// worldless keeps the core a function of its arguments.
func worldless(s source) []Finding {
	if !s.core() {
		return nil
	}
	var findings []Finding
	for _, i := range s.imports {
		if s.test && slices.Contains(worldInTests, i.path) {
			continue
		}
		if slices.ContainsFunc(world, func(root string) bool { return within(i.path, root) }) {
			findings = append(findings, s.at(i.pos, "the core may not import %s; "+
				"take a reader, a time or a seed, or move this below internal", i.path))
		}
	}
	for u := range s.uses() {
		if u.path == "time" && slices.Contains(clock, u.name) {
			findings = append(findings, s.at(u.pos,
				"the core has no clock, so no time.%s; take the time as an argument", u.name))
		}
	}
	return findings
}
