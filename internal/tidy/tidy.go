// Package tidy knows the shape of this module and tells where the tree departs from it.
//
// A floor is a set of folders that may import every floor below them, but not each other.
// A door is the only folder through which a library enters the module.
// The core is every folder outside internal, cmd, examples and acceptance: it holds the
// accounting, computes without floating point and never touches the world, that is files,
// network, clock, chance and logs.
//
// The package reads source text only; it needs no build and no network.
package tidy

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
)

// Finding is one place where the tree departs from its shape.
type Finding struct {
	File string // slash-separated, relative to the root of the module
	Line int
	Text string // what is wrong; the way out
}

// String is the finding as compilers print theirs.
func (f Finding) String() string {
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Text)
}

// rules is everything Check enforces, in the order of the house style.
var rules = []func(folder) []Finding{
	knownFolder,
	each(floorOrder),
	each(closedDoors),
	each(worldless),
	each(exactNumbers),
	packageComment,
	each(exportedComments),
	each(fileSize),
	each(functionSize),
	each(lineWidth),
	packageSize,
	each(fileName),
	each(noInit),
	each(noRecover),
	each(noDotImport),
}

// Check reads the module below root and returns everything that departs from its shape,
// sorted by file and line. Folders that Go itself passes over (testdata, a leading dot or
// underscore, a nested module) are not read.
func Check(root fs.FS) []Finding {
	folders, findings := read(root)
	for _, f := range folders {
		for _, rule := range rules {
			findings = append(findings, rule(f)...)
		}
	}
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return findings
}

// each makes a rule about one file into a rule about a folder.
func each(rule func(source) []Finding) func(folder) []Finding {
	return func(f folder) []Finding {
		var findings []Finding
		for _, s := range f.sources {
			findings = append(findings, rule(s)...)
		}
		return findings
	}
}
