package tidy

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// packageComment wants one file of a package to say what the package knows.
func packageComment(f folder) []Finding {
	sources := f.shipped()
	if len(sources) == 0 {
		sources = f.sources
	}
	if slices.ContainsFunc(sources, introduces) {
		return nil
	}
	first := sources[0]
	return []Finding{first.at(first.file.Package,
		"package %[1]s has no package comment; write \"// Package %[1]s ...\" above its clause",
		strings.TrimSuffix(first.file.Name.Name, "_test"))}
}

// introduces says whether the file carries the package comment. That of a program may begin
// as it likes.
func introduces(s source) bool {
	words := strings.Fields(s.file.Doc.Text())
	if s.file.Name.Name == "main" {
		return len(words) > 0
	}
	return len(words) > 2 && words[0] == "Package" &&
		strings.TrimSuffix(words[1], "_test") == strings.TrimSuffix(s.file.Name.Name, "_test")
}

// exportedComments wants a sentence for every exported name.
func exportedComments(s source) []Finding {
	if s.test {
		return nil
	}
	var findings []Finding
	for _, decl := range s.file.Decls {
		for _, name := range bareNames(decl) {
			findings = append(findings, s.at(name.Pos(),
				"exported %[1]s has no comment that begins with its name; write \"// %[1]s ...\"",
				name.Name))
		}
	}
	return findings
}

// bareNames is the exported names of a declaration that lack a sentence.
func bareNames(decl ast.Decl) []*ast.Ident {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if exportedFunc(d) && !speaksOf(d.Doc, d.Name) {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		var bare []*ast.Ident
		for _, spec := range d.Specs {
			bare = append(bare, bareSpecNames(d, spec)...)
		}
		return bare
	}
	return nil
}

func bareSpecNames(decl *ast.GenDecl, spec ast.Spec) []*ast.Ident {
	group := decl.Lparen.IsValid()
	switch sp := spec.(type) {
	case *ast.TypeSpec:
		doc := sp.Doc
		if !group {
			doc = decl.Doc
		}
		if sp.Name.IsExported() && !speaksOf(doc, sp.Name) {
			return []*ast.Ident{sp.Name}
		}
	case *ast.ValueSpec:
		names := exported(sp.Names)
		if len(names) == 0 || speaksOf(sp.Doc, names...) || !group && speaksOf(decl.Doc, names...) {
			return nil
		}
		// One sentence over a list of constants or a word beside each says it well enough.
		if group && (isSentence(decl.Doc) || strings.TrimSpace(sp.Comment.Text()) != "") {
			return nil
		}
		return names
	}
	return nil
}

// exportedFunc passes over methods of hidden types, which nobody can look up.
func exportedFunc(d *ast.FuncDecl) bool {
	if d.Recv == nil || !d.Name.IsExported() {
		return d.Name.IsExported()
	}
	for node := range ast.Preorder(d.Recv.List[0].Type) {
		// The first name in *T, T[K] or *T[K] is T.
		if ident, ok := node.(*ast.Ident); ok {
			return token.IsExported(ident.Name)
		}
	}
	return true
}

func exported(names []*ast.Ident) []*ast.Ident {
	hidden := func(n *ast.Ident) bool { return !n.IsExported() }
	return slices.DeleteFunc(slices.Clone(names), hidden)
}

// speaksOf says whether the comment begins with one of the names, an article aside.
func speaksOf(doc *ast.CommentGroup, names ...*ast.Ident) bool {
	words := strings.Fields(doc.Text())
	if len(words) > 1 && slices.Contains([]string{"A", "An", "The"}, words[0]) {
		words = words[1:]
	}
	if len(words) < 2 {
		return false
	}
	subject := strings.TrimSuffix(strings.TrimRight(words[0], ",:;"), "'s")
	return slices.ContainsFunc(names, func(n *ast.Ident) bool { return n.Name == subject })
}

func isSentence(doc *ast.CommentGroup) bool {
	first, _ := utf8.DecodeRuneInString(doc.Text())
	return unicode.IsUpper(first)
}
