package sampling_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoProductMayFuse reads the source of every package that computes in floating point and fails
// where a product stands in a sum without a conversion of its own: there a compiler may round once
// instead of twice, and some do.
func TestNoProductMayFuse(t *testing.T) {
	for _, folder := range []string{".", "elementary", "kaya", "trend", "spread"} {
		paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		set, files := token.NewFileSet(), []*ast.File{}
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
		for _, place := range fusible(set, folder, files) {
			t.Errorf("%s: a product stands in a sum; write float64(a*b)", place)
		}
	}
}

// fusible returns the places of products inside sums. What comes from other packages has no type
// here and is taken for a float.
func fusible(set *token.FileSet, folder string, files []*ast.File) (places []token.Position) {
	info := types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	config := types.Config{Importer: nobody{}, Error: func(error) {}}
	_, _ = config.Check(folder, set, files, &info)
	product := func(e ast.Expr) bool {
		for {
			switch x := e.(type) {
			case *ast.ParenExpr:
				e = x.X
				continue
			case *ast.UnaryExpr:
				e = x.X
				continue
			case *ast.BinaryExpr:
				at, known := info.Types[e]
				return x.Op == token.MUL && at.Value == nil && (!known || floating(at.Type))
			}
			return false
		}
	}
	for _, file := range files {
		for node := range ast.Preorder(file) {
			switch n := node.(type) {
			case *ast.BinaryExpr:
				if (n.Op == token.ADD || n.Op == token.SUB) && (product(n.X) || product(n.Y)) {
					places = append(places, set.Position(n.Pos()))
				}
			case *ast.AssignStmt:
				if (n.Tok == token.ADD_ASSIGN || n.Tok == token.SUB_ASSIGN) && product(n.Rhs[0]) {
					places = append(places, set.Position(n.Pos()))
				}
			}
		}
	}
	return places
}

func floating(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return !ok || basic.Info()&(types.IsFloat|types.IsComplex) != 0 || basic.Kind() == types.Invalid
}

// nobody imports nothing but what the check cannot do without.
type nobody struct{}

func (nobody) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	return nil, errors.New("not here")
}

// TestFusibleIsFound makes sure that the test above sees what it looks for.
func TestFusibleIsFound(t *testing.T) {
	source := `package x
func f(a, b, c float64, i, j int, s []float64) float64 {
	d := a*b + c         // 1
	d += a * b           // 2
	d -= (a * b)         // 3
	d = c - -(a * b)     // 4
	d = s[i*2+j]         // whole numbers
	d = float64(a*b) + c // converted
	const two = 2.0*3.0 + 1
	return d + a*b/c     // divided, not multiplied
}`
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "x.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	if found := fusible(set, "x", []*ast.File{file}); len(found) != 4 {
		t.Errorf("found %v, want lines 3 to 6", found)
	}
}
