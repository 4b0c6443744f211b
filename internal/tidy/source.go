package tidy

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"iter"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// folder is one directory with Go files in it.
type folder struct {
	path    string // "." for the root
	sources []source
}

// shipped is the files that are compiled into programs.
func (f folder) shipped() []source {
	return slices.DeleteFunc(slices.Clone(f.sources), func(s source) bool { return s.test })
}

// source is one parsed Go file.
type source struct {
	module  string // path of the module
	folder  string
	path    string
	text    string
	test    bool // its name ends in _test.go
	set     *token.FileSet
	file    *ast.File
	imports []imported
}

// imported is one import declaration.
type imported struct {
	name string // as the file uses it
	path string
	pos  token.Pos
}

// use is one selector expression, x.name; path is empty unless x is an imported package.
type use struct {
	path, name string
	pos        token.Pos
}

// at is a finding at a place in the file.
func (s source) at(pos token.Pos, format string, args ...any) Finding {
	return Finding{s.path, s.line(pos), fmt.Sprintf(format, args...)}
}

func (s source) line(pos token.Pos) int {
	return s.set.Position(pos).Line
}

// local is the folder that an import of this module names.
func (s source) local(importPath string) (string, bool) {
	return strings.CutPrefix(importPath, s.module+"/")
}

// core says whether the file belongs to the accounting, which computes and touches nothing.
func (s source) core() bool {
	top, _, _ := strings.Cut(s.folder, "/")
	return !slices.Contains([]string{"internal", "cmd", "examples", "acceptance"}, top)
}

// uses yields every selector expression. It goes by names, as the file is not type-checked.
func (s source) uses() iter.Seq[use] {
	return func(yield func(use) bool) {
		for node := range ast.Preorder(s.file) {
			selector, ok := node.(*ast.SelectorExpr)
			if ok && !yield(use{s.origin(selector.X), selector.Sel.Name, selector.Pos()}) {
				return
			}
		}
	}
}

func (s source) origin(x ast.Expr) string {
	ident, ok := x.(*ast.Ident)
	if !ok {
		return ""
	}
	for _, i := range s.imports {
		if i.name == ident.Name {
			return i.path
		}
	}
	return ""
}

// read parses the whole tree; what cannot be read is a finding.
func read(root fs.FS) ([]folder, []Finding) {
	module, err := moduleOf(root)
	if err != nil {
		return nil, []Finding{{"go.mod", 1, err.Error()}}
	}
	var folders []folder
	var findings []Finding
	set := token.NewFileSet()
	err = fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && skipped(root, name):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		s, err := parse(root, set, module, name)
		if err != nil {
			findings = append(findings, Finding{name, 1, err.Error() + "; mend it"})
			return nil
		}
		folders = shelve(folders, s)
		return nil
	})
	if err != nil {
		findings = append(findings, Finding{".", 1, err.Error() + "; make the tree readable"})
	}
	return folders, findings
}

var moduleLine = regexp.MustCompile(`(?m)^module[ \t]+"?([^\s"]+)`)

func moduleOf(root fs.FS) (string, error) {
	text, err := fs.ReadFile(root, "go.mod")
	if err != nil {
		return "", fmt.Errorf("%w; check the root of a module", err)
	}
	match := moduleLine.FindSubmatch(text)
	if match == nil {
		return "", fmt.Errorf("no module line; write one")
	}
	return string(match[1]), nil
}

// skipped is what the go command passes over, too.
func skipped(root fs.FS, dir string) bool {
	if dir == "." {
		return false
	}
	name := path.Base(dir)
	if name == "testdata" || name == "vendor" || name[0] == '.' || name[0] == '_' {
		return true
	}
	_, err := fs.Stat(root, path.Join(dir, "go.mod"))
	return err == nil
}

func parse(root fs.FS, set *token.FileSet, module, name string) (source, error) {
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return source{}, err
	}
	mode := parser.ParseComments | parser.SkipObjectResolution
	parsed, err := parser.ParseFile(set, name, text, mode)
	if err != nil {
		return source{}, err
	}
	return source{
		module:  module,
		folder:  path.Dir(name),
		path:    name,
		text:    string(text),
		test:    strings.HasSuffix(name, "_test.go"),
		set:     set,
		file:    parsed,
		imports: importsOf(parsed),
	}, nil
}

var majorVersion = regexp.MustCompile(`/v[0-9]+$`)

func importsOf(parsed *ast.File) []imported {
	var list []imported
	for _, spec := range parsed.Imports {
		// The parser has already refused what cannot be unquoted.
		to, _ := strconv.Unquote(spec.Path.Value)
		name := path.Base(majorVersion.ReplaceAllString(to, ""))
		if spec.Name != nil {
			name = spec.Name.Name
		}
		list = append(list, imported{name, to, spec.Pos()})
	}
	return list
}

// shelve puts a source into its folder. The walk may leave a folder and come back to it.
func shelve(folders []folder, s source) []folder {
	for i := range folders {
		if folders[i].path == s.folder {
			folders[i].sources = append(folders[i].sources, s)
			return folders
		}
	}
	return append(folders, folder{s.folder, []source{s}})
}
