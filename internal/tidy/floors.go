package tidy

import (
	"path"
	"slices"
	"strings"
)

// floors lists every folder that may hold Go files, from the bottom to the top.
// A star stands for one name, two stars for a folder and everything below it.
var floors = [][]string{
	{"pattern"},
	{"quantity", "table", "ledger/seal"},
	{"table/workbook", "table/stream", "ledger/column"},
	{"factors", "ledger/flows"},
	{"factors/published", "factors/analysis"},
	{"ledger"},
	{"ledger/tally", "ledger/index"},
	{"ledger/admission", "ledger/replay", "ledger/judgement/accounts"},
	{"ledger/intake/meter", "ledger/intake/identifier", "ledger/intake/units",
		"ledger/intake/family", "ledger/intake/steam", "ledger/intake/dates",
		"ledger/intake/stays", "ledger/intake/recall"},
	{"ledger/intake/totals"},
	{"ledger/intake/dialects", "ledger/inventory"},
	{"ledger/intake"},
	{"ledger/intake/bulk"},
	{"ledger/intake/form", "ledger/intake/learn", "ledger/judgement", "ledger/barometer",
		"ledger/uncertainty", "ledger/bridge"},
	{"scenarios", "scenarios/chance", "scenarios/crew", "scenarios/stock",
		"scenarios/sampling/elementary"},
	{"scenarios/course"},
	{"scenarios/levers", "scenarios/targets", "scenarios/trend", "scenarios/cities",
		"scenarios/sampling",
		"scenarios/sampling/kaya", "scenarios/sampling/trend", "scenarios/decomposition"},
	{"scenarios/abatement", "scenarios/sampling/pathways", "scenarios/sampling/spread",
		"scenarios/attribution",
		"scenarios/search", "scenarios/pledges"},
	{"scenarios/certificate", "scenarios/cases", "scenarios/rebase"},
	{"internal/report", "internal/report/chart", "internal/store"},
	{"internal/store/spool"},
	{"internal/report/format", "internal/report/page", "internal/report/verdict"},
	{"internal/store/*", "internal/proof", "internal/planning"},
	{"internal/large", "internal/archive", "internal/report/plan"},
	{"internal/report/account"},
	{"internal/engine"},
	{"internal/engine/plans"},
	{"internal/server"},
	{"examples/**"},
	{"cmd/carbonledger/paper"},
	{"cmd/carbonledger/*"},
	{"cmd/*", "acceptance/**"},
}

const (
	outside    = "internal/tidy"            // stands beside the house and looks at it
	storeSuite = "internal/store/storetest" // the tests that every store passes
)

// knownFolder makes sure that a folder has been given a floor on purpose.
func knownFolder(f folder) []Finding {
	if f.path == outside || floorOf(f.path) >= 0 {
		return nil
	}
	first := f.sources[0]
	return []Finding{first.at(first.file.FileStart, "folder %s is on no floor; "+
		"move the file or add the folder to the list in internal/tidy/floors.go", f.path)}
}

// floorOrder lets imports go down only.
func floorOrder(s source) []Finding {
	if s.folder == outside || floorOf(s.folder) < 0 {
		return nil
	}
	var findings []Finding
	for _, i := range s.imports {
		target, ok := s.local(i.path)
		if !ok || s.mayKnow(target) {
			continue
		}
		findings = append(findings, s.at(i.pos, "%s may not import %s: %s",
			s.folder, target, whyNot(s.folder, target)))
	}
	return findings
}

// mayKnow says whether the file may import the folder.
func (s source) mayKnow(target string) bool {
	own := floorOf(s.folder)
	switch {
	case s.folder == target:
		return true // the outside test of a package
	case s.test && matches(s.folder, "acceptance/**"):
		return true
	case s.test && s.folder == "ledger" && target == "ledger/admission":
		return true // books are made of batches, and batches there
	case target == storeSuite && !s.test:
		return false
	case target == storeSuite && matches(s.folder, "internal/store/**"):
		return true
	case matches(s.folder, "examples/**") && matches(target, "examples/**"):
		return true
	}
	return floorOf(target) >= 0 && floorOf(target) < own
}

func whyNot(from, target string) string {
	switch {
	case target == outside:
		return "it looks at the house from outside; copy the few lines that are needed"
	case floorOf(target) < 0:
		return "it is on no floor; add it to internal/tidy/floors.go"
	case target == storeSuite && floorOf(target) < floorOf(from):
		return "it is for tests; import it from a _test.go file"
	case floorOf(target) == floorOf(from):
		return "neighbours on one floor do not know each other; " +
			"join them on a higher floor or move what both need down"
	}
	return "it stands on a higher floor and imports go down only; " +
		"move what is needed down or take it as an argument"
}

// floorOf is the number of the floor a folder is on, and -1 if there is none.
func floorOf(dir string) int {
	return slices.IndexFunc(floors, func(floor []string) bool { return matches(dir, floor...) })
}

func matches(dir string, patterns ...string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		if root, ok := strings.CutSuffix(pattern, "/**"); ok {
			return within(dir, root)
		}
		ok, _ := path.Match(pattern, dir)
		return ok
	})
}

// within says whether a path is root or lies below it.
func within(name, root string) bool {
	return name == root || strings.HasPrefix(name, root+"/")
}
