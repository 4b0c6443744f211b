package tidy

import (
	"go/ast"
	"path"
	"slices"
)

// emptyNames say nothing about what a file knows.
var emptyNames = []string{"types.go", "utils.go", "common.go", "helpers.go", "models.go"}

func fileName(s source) []Finding {
	name := path.Base(s.path)
	if !slices.Contains(emptyNames, name) {
		return nil
	}
	return []Finding{s.at(s.file.FileStart,
		"the name %s says nothing; name the file after its concept", name)}
}

// noInit keeps lists of implementations plain and in sight.
func noInit(s source) []Finding {
	var findings []Finding
	for _, decl := range s.file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			findings = append(findings, s.at(f.Pos(),
				"init acts behind the reader's back; write a plain list or a constructor"))
		}
	}
	return findings
}

// noRecover lets a panic reach the edge, because a panic is our own mistake. A test may catch
// the one it provokes.
func noRecover(s source) []Finding {
	if s.test || matches(s.folder, "cmd/**", "internal/**") {
		return nil
	}
	var findings []Finding
	for node := range ast.Preorder(s.file) {
		call, ok := node.(*ast.CallExpr)
		if !ok {
			continue
		}
		if name, ok := call.Fun.(*ast.Ident); ok && name.Name == "recover" {
			findings = append(findings, s.at(call.Pos(),
				"recover hides our own mistakes; return an error for those of others"))
		}
	}
	return findings
}

// noDotImport keeps the names checkable: the rules about clock and floats go by package name.
func noDotImport(s source) []Finding {
	var findings []Finding
	for _, i := range s.imports {
		if i.name == "." {
			findings = append(findings, s.at(i.pos,
				"a dot import hides where names come from; import %s by its name", i.path))
		}
	}
	return findings
}
