package tidy

import (
	"go/ast"
	"go/token"
	"regexp"
	"strings"
)

// exactNumbers keeps floating point out of the accounting and out of what is shown of it, tests
// included: a test that compares floats proves nothing about decimals. Package math/big is exact
// and welcome. Charts may have floats: a place on paper is no figure, and no drawn figure is read
// back.
func exactNumbers(s source) []Finding {
	exact := s.core() || matches(s.folder, "internal/report/**", "internal/planning/**")
	if !exact || matches(s.folder, "scenarios/sampling/**", "scenarios/decomposition/**",
		"internal/report/chart") {
		return nil
	}
	var findings []Finding
	for node := range ast.Preorder(s.file) {
		switch n := node.(type) {
		case *ast.Ident:
			if floatType.MatchString(n.Name) {
				findings = append(findings, s.at(n.Pos(),
					"%s is not exact; use quantity.Number or math/big", n.Name))
			}
		case *ast.BasicLit:
			if n.Kind == token.FLOAT || n.Kind == token.IMAG {
				findings = append(findings, s.at(n.Pos(),
					"%s is a float literal; write a whole number or a decimal text", n.Value))
			}
		}
	}
	for u := range s.uses() {
		if inexact(u) {
			findings = append(findings, s.at(u.pos,
				"%s computes in floating point; use quantity.Number or math/big", u.name))
		}
	}
	return findings
}

var (
	floatType    = regexp.MustCompile(`^(float(32|64)|complex(64|128))$`)
	integerLimit = regexp.MustCompile(`^(Max|Min)U?[Ii]nt(8|16|32|64)?$`)
)

func inexact(u use) bool {
	switch u.path {
	case "math":
		return !integerLimit.MatchString(u.name)
	case "strconv":
		return strings.HasSuffix(u.name, "Float")
	case "math/rand", "math/rand/v2":
		return strings.Contains(u.name, "Float")
	case "math/big":
		return false
	}
	// The names under which the decimal library takes and gives floats.
	return strings.HasPrefix(u.name, "NewFromFloat") || u.name == "InexactFloat64"
}
