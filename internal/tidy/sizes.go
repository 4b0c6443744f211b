package tidy

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
	"unicode/utf8"
)

// The ends of the house style. Tests may be longer, as a table of cases reads well at length.
const (
	maxColumns       = 100
	maxFunctionLines = 70
	maxFileLines     = 500
	maxTestFileLines = 800
	maxPackageLines  = 2500
	tabColumns       = 4
)

func fileSize(s source) []Finding {
	limit := maxFileLines
	if s.test {
		limit = maxTestFileLines
	}
	n := len(s.lines())
	if n <= limit {
		return nil
	}
	return []Finding{{s.path, limit + 1,
		tooLong("file", n, limit, "lines", "give each concept its own file")}}
}

func packageSize(f folder) []Finding {
	total := 0
	for _, s := range f.shipped() {
		total += len(s.lines())
	}
	if total <= maxPackageLines {
		return nil
	}
	return []Finding{{f.sources[0].path, 1,
		tooLong("package", total, maxPackageLines, "lines", "find the second package in it")}}
}

// functionSize counts from the word func to the closing brace. What stands inside another
// function is counted there.
func functionSize(s source) []Finding {
	if s.test {
		return nil
	}
	var findings []Finding
	ast.Inspect(s.file, func(node ast.Node) bool {
		begin := token.NoPos
		switch n := node.(type) {
		case *ast.FuncDecl:
			begin = n.Type.Pos()
		case *ast.FuncLit:
			begin = n.Pos()
		default:
			return true
		}
		if n := s.line(node.End()) - s.line(begin) + 1; n > maxFunctionLines {
			findings = append(findings, s.at(begin, "%s",
				tooLong("function", n, maxFunctionLines, "lines", "give its steps names")))
		}
		return false
	})
	return findings
}

// lineWidth passes over raw strings, which cannot be broken, and addresses in comments, which
// must not be.
func lineWidth(s source) []Finding {
	var findings []Finding
	raw := s.rawLines()
	for i, line := range s.lines() {
		n := utf8.RuneCountInString(line) + strings.Count(line, "\t")*(tabColumns-1)
		if n <= maxColumns || raw[i+1] || citesAddress(line) {
			continue
		}
		findings = append(findings, Finding{s.path, i + 1,
			tooLong("line", n, maxColumns, "columns", "break it")})
	}
	return findings
}

func tooLong(what string, n, limit int, unit, wayOut string) string {
	return fmt.Sprintf("%s of %d %s, and %d is the end; %s", what, n, unit, limit, wayOut)
}

func (s source) lines() []string {
	return strings.Split(strings.TrimSuffix(s.text, "\n"), "\n")
}

// rawLines is the numbers of the lines that a raw string touches.
func (s source) rawLines() map[int]bool {
	raw := map[int]bool{}
	for node := range ast.Preorder(s.file) {
		lit, ok := node.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING || lit.Value[0] != '`' {
			continue
		}
		for line := s.line(lit.Pos()); line <= s.line(lit.End()); line++ {
			raw[line] = true
		}
	}
	return raw
}

func citesAddress(line string) bool {
	_, comment, ok := strings.Cut(line, "// ")
	return ok && strings.Contains(comment, "://")
}
