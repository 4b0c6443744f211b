package tidy_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"carbonledger/internal/tidy"
)

// TestTree is the reason for this package: the module keeps its shape.
func TestTree(t *testing.T) {
	for _, finding := range tidy.Check(os.DirFS(moduleRoot(t))) {
		t.Errorf("%s", finding)
	}
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = parent
	}
}

// clean is a small tree that uses every liberty there is and breaks no rule.
var clean = map[string]string{
	"go.mod": "module carbonledger\n\ngo 1.26\n",
	"quantity/quantity.go": `// Package quantity knows numbers.
package quantity

import (
	"math"
	"math/big"

	"github.com/shopspring/decimal"
)

// The largest coefficients.
const (
	Largest = math.MaxInt64
	Least   = math.MinInt64
)

// A Number is exact.
type Number[T any] struct{ wide decimal.Decimal }

// Add adds.
func (n *Number[T]) Add(o Number[T]) *big.Float { return big.NewFloat(0) }

type hidden int

func (h hidden) Error() string { return "" }
`,
	"quantity/quantity_test.go": `package quantity_test

import (
	"math/rand/v2"
	"os"

	"carbonledger/quantity"
)

func Exported() { defer func() { recover() }(); rand.IntN(2); os.Getenv("") }
`,
	"table/table.go": `// Package table knows tables.
package table

import (
	"encoding/csv"
	"time"

	"golang.org/x/text/width"
)

// ErrShort is returned for a short row.
var ErrShort = width.Fold

// Rows reads. See
// https://example.org/a-very-long-address-that-nobody-could-break-into-two-lines-without-doing-harm-to-it
func Rows(r *csv.Reader, at time.Time) string {
	return ` + "`a raw string may be as long as it likes, because nobody can break it into two without changing it`" + `
}
`,
	"scenarios/sampling/sampling.go": `// Package sampling draws.
package sampling

import "math"

// Draw draws.
func Draw(x float64) float64 { return math.Log(x) * 0.5 }
`,
	"internal/store/store.go":               "// Package store is kept.\npackage store\n",
	"internal/store/storetest/storetest.go": "// Package storetest tests.\npackage storetest\n",
	"internal/store/mem/mem.go": `// Package mem forgets.
package mem

import (
	"database/sql"
	"os"

	"carbonledger/internal/store"
)
`,
	"internal/store/mem/mem_test.go": `package mem_test

import "carbonledger/internal/store/storetest"
`,
	"internal/report/format/csv.go": `// Package format prints.
package format

import "encoding/csv"
`,
	"examples/district/main.go": `// The district.
package main

import (
	"os"

	"carbonledger/examples"
	"carbonledger/internal/server"
	"golang.org/x/text/encoding/simplifiedchinese"
)
`,
	"acceptance/city_test.go": `// Package acceptance walks the whole way.
package acceptance

import (
	"database/sql"

	"carbonledger/cmd/carbonledger"
)
`,
	"cmd/carbonledger/main.go": `// Command carbonledger keeps the book.
package main

import (
	"time"

	"carbonledger/examples"
	"github.com/urfave/cli/v2"
)

func main() { defer recover(); time.Now() }
`,
	"bench/go.mod":              "module bench\n",
	"bench/main.go":             "package main\n\nfunc init() {}\n",
	"table/testdata/bad.go":     "not Go at all",
	".git/hooks/bad.go":         "not Go at all",
	"factors/sets/cn/source.md": "title_en: a set\n",
}

func TestCleanTreePasses(t *testing.T) {
	tree := seed(nil)
	for _, finding := range tidy.Check(tree) {
		t.Errorf("%s", finding)
	}
}

// seed is the clean tree with the files put over it; an empty text removes a file.
func seed(files map[string]string) fs.FS {
	texts := maps.Clone(clean)
	maps.Copy(texts, files)
	tree := fstest.MapFS{}
	for name, text := range texts {
		if text != "" {
			tree[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return tree
}

// in makes a documented package of imports and code; the imports begin on line 4, one a line.
func in(name, imports, code string) string {
	return "// Package " + name + " is.\npackage " + name + "\n" +
		"import (\n" + imports + "\n)\n" + code + "\n"
}

func TestFaultsAreFound(t *testing.T) {
	for _, c := range faults() {
		t.Run(c.name, func(t *testing.T) {
			findings := tidy.Check(seed(map[string]string{c.file: c.text}))
			if len(findings) != 1 {
				t.Fatalf("%d findings %v, want 1: %s", len(findings), findings, c.want)
			}
			got := findings[0].String()
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("finding %q, want it to begin with %q", got, c.want)
			}
			if !strings.Contains(got, "; ") {
				t.Errorf("finding %q shows no way out", got)
			}
		})
	}
}

// fault is one file put into the clean tree, and the beginning of the one finding it causes.
type fault struct{ name, file, text, want string }

func faults() []fault {
	lists := [][]fault{
		treeFaults, floorFaults, doorFaults, worldFaults, numberFaults, commentFaults,
		sizeFaults, habitFaults,
	}
	var all []fault
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

var treeFaults = []fault{
	{"no module file", "go.mod", "", "go.mod:1: open go.mod"},
	{"no module line", "go.mod", "go 1.26\n", "go.mod:1: no module line"},
	{"half a file", "ledger/a.go", "package", "ledger/a.go:1: ledger/a.go:1:8: expected"},
}

var floorFaults = []fault{
	{"unknown folder", "misc/a.go", in("misc", "", ""), "misc/a.go:1: folder misc is on no floor"},
	{"folder below a floor", "ledger/x/a.go", in("x", "", ""),
		"ledger/x/a.go:1: folder ledger/x is on no floor"},
	{"Go file in the root", "a.go", in("carbonledger", "", ""), "a.go:1: folder . is on no floor"},
	{"upwards", "factors/a.go", in("factors", "\n"+`"carbonledger/ledger"`, ""),
		"factors/a.go:5: factors may not import ledger: it stands on a higher floor"},
	{"neighbour", "table/a.go", in("table", `"carbonledger/quantity"`, ""),
		"table/a.go:4: table may not import quantity: neighbours"},
	{"neighbouring store", "internal/store/sqlite/a.go",
		in("sqlite", `"carbonledger/internal/store/mem"`, ""),
		"internal/store/sqlite/a.go:4: internal/store/sqlite may not import internal/store/mem: "},
	{"upwards from a test", "table/a_test.go",
		"package table_test\nimport \"carbonledger/ledger\"\n",
		"table/a_test.go:2: table may not import ledger"},
	{"unknown import", "ledger/a.go", in("ledger", `"carbonledger/bench"`, ""),
		"ledger/a.go:4: ledger may not import bench: it is on no floor"},
	{"the watchman", "internal/server/a.go", in("server", `"carbonledger/internal/tidy"`, ""),
		"internal/server/a.go:4: internal/server may not import internal/tidy: it looks"},
	{"store suite in a program", "internal/engine/a.go",
		in("engine", `"carbonledger/internal/store/storetest"`, ""),
		"internal/engine/a.go:4: internal/engine may not import internal/store/storetest"},
	{"example knows the command", "examples/a/a.go", in("a", `"carbonledger/cmd/carbonledger"`, ""),
		"examples/a/a.go:4: examples/a may not import cmd/carbonledger"},
	{"server knows an example", "internal/server/a.go", in("server", `"carbonledger/examples"`, ""),
		"internal/server/a.go:4: internal/server may not import examples"},
}

func doorFault(folder, library string) fault {
	name := folder[strings.LastIndex(folder, "/")+1:]
	return fault{library + " in " + folder, folder + "/a.go", in(name, "_ \""+library+"\"", ""),
		folder + "/a.go:4: " + library + " enters through "}
}

var doorFaults = []fault{
	doorFault("ledger", "github.com/shopspring/decimal"),
	doorFault("ledger/intake", "github.com/gocarina/gocsv"),
	doorFault("internal/engine", "encoding/csv"),
	doorFault("quantity", "golang.org/x/text/encoding/simplifiedchinese"),
	doorFault("ledger", "github.com/pelletier/go-toml/v2"),
	doorFault("internal/server", "github.com/urfave/cli/v2"),
	doorFault("internal/engine", "database/sql/driver"),
	doorFault("internal/store", "modernc.org/sqlite"),
	doorFault("internal/server", "github.com/jackc/pgx/v5/pgxpool"),
	doorFault("table", "github.com/klauspost/compress/zstd"),
}

func worldFault(importPath string) fault {
	return fault{importPath + " in the core", "ledger/a.go",
		in("ledger", "x \""+importPath+"\"", ""),
		"ledger/a.go:4: the core may not import " + importPath + ";"}
}

func clockFault(name string) fault {
	return fault{name + " in the core", "ledger/a.go",
		in("ledger", `clock "time"`, "var now = clock."+name),
		"ledger/a.go:6: the core has no clock, so no time." + name}
}

var worldFaults = []fault{
	worldFault("os"), worldFault("os/exec"), worldFault("net"), worldFault("net/http"),
	worldFault("log"), worldFault("log/slog"), worldFault("io/ioutil"), worldFault("syscall"),
	worldFault("math/rand"), worldFault("math/rand/v2"), worldFault("crypto/rand"),
	clockFault("Now"), clockFault("Since"), clockFault("After"), clockFault("Sleep"),
	clockFault("Tick"), clockFault("NewTimer"),
	{"network in a core test", "table/a_test.go", "package table\nimport \"net/http\"\n",
		"table/a_test.go:2: the core may not import net/http"},
	{"clock in a core test", "table/a_test.go",
		"package table\nimport \"time\"\nvar t = time.Now()\n",
		"table/a_test.go:3: the core has no clock"},
}

func numberFault(name, importPath, code, want string) fault {
	imports := "\"" + importPath + "\""
	return fault{name, "scenarios/a.go", in("scenarios", imports, code),
		"scenarios/a.go:6: " + want}
}

var numberFaults = []fault{
	numberFault("float64", "fmt", "var x float64", "float64 is not exact"),
	numberFault("float32 conversion", "fmt", "var x = float32(1)", "float32 is not exact"),
	numberFault("complex128", "fmt", "var x complex128", "complex128 is not exact"),
	numberFault("float literal", "fmt", "const x = 1.0", "1.0 is a float literal"),
	numberFault("exponent", "fmt", "const x = 1e6", "1e6 is a float literal"),
	numberFault("imaginary", "fmt", "const x = 1i", "1i is a float literal"),
	numberFault("rounding", "math", "var x = math.Round(1)", "Round computes in floating point"),
	numberFault("power", "math", "var x = math.Pow(2, 3)", "Pow computes in floating point"),
	numberFault("parsing", "strconv", "var x, e = strconv.ParseFloat(s, 64)", "ParseFloat com"),
	numberFault("printing", "strconv", "var x = strconv.FormatFloat(y)", "FormatFloat computes"),
	numberFault("out of a decimal", "fmt", "var x = d.InexactFloat64()", "InexactFloat64 computes"),
	numberFault("into a decimal", "fmt", "var x = d.NewFromFloat(y)", "NewFromFloat computes"),
	{"float in a core test", "table/a_test.go", "package table\nvar x float64\n",
		"table/a_test.go:2: float64 is not exact"},
	{"chance in a core test", "table/a_test.go",
		"package table\nimport \"math/rand\"\nvar x = rand.Float64()\n",
		"table/a_test.go:3: Float64 computes in floating point"},
}

func commentFault(name, code, want string) fault {
	return fault{name, "ledger/a.go", in("ledger", "", code),
		"ledger/a.go:" + want + " has no comment that begins with its name"}
}

var commentFaults = []fault{
	{"no package comment", "ledger/a.go",
		"package ledger\n", "ledger/a.go:1: package ledger has no"},
	{"detached package comment", "ledger/a.go", "// Package ledger is.\n\npackage ledger\n",
		"ledger/a.go:3: package ledger has no"},
	{"package comment about another", "ledger/a.go", "// Package book is.\npackage ledger\n",
		"ledger/a.go:2: package ledger has no package comment"},
	{"silent program", "cmd/carbonledger/main.go", "package main\n",
		"cmd/carbonledger/main.go:1: package main has no package comment"},
	{"silent tests", "acceptance/city_test.go", "package acceptance_test\n",
		"acceptance/city_test.go:1: package acceptance has no package comment"},
	commentFault("silent function", "func Post() {}", "6: exported Post"),
	commentFault("name alone", "// Post\nfunc Post() {}", "7: exported Post"),
	commentFault("other subject", "// This posts.\nfunc Post() {}", "7: exported Post"),
	commentFault("silent method",
		"type b int\n// Book is.\ntype Book int\nfunc (b *Book) Post() {}", "9: exported Post"),
	commentFault("silent type", "type Book int", "6: exported Book"),
	commentFault("silent type in a group", "// All is.\ntype (\nBook int\n)", "8: exported Book"),
	commentFault("silent variable", "var Head = 1", "6: exported Head"),
	commentFault("silent constant in a group", "const (\nUse = 1\nloss = 2\n)", "7: exported Use"),
	commentFault("only a directive", "//go:embed a.csv\nvar Head string", "7: exported Head"),
}

func lines(n int) string { return strings.Repeat("\n", n) }

var sizeFaults = []fault{
	{"long line", "ledger/a.go", in("ledger", "", "// "+strings.Repeat("碳", 98)),
		"ledger/a.go:6: line of 101 columns"},
	{"deep line", "ledger/a.go", in("ledger", "", lines(1)+"\t//"+strings.Repeat("x", 95)),
		"ledger/a.go:7: line of 101 columns"},
	{"address in code", "ledger/a.go",
		in("ledger", "", "var at = \"https://example.org/"+strings.Repeat("x", 100)+"\""),
		"ledger/a.go:6: line of 131 columns"},
	{"long function", "ledger/a.go", in("ledger", "", "func f() {"+lines(70)+"}"),
		"ledger/a.go:6: function of 71 lines"},
	{"long function literal", "ledger/a.go", in("ledger", "", "var f = func() {"+lines(70)+"}"),
		"ledger/a.go:6: function of 71 lines"},
	{"long file", "ledger/a.go",
		in("ledger", "", lines(495)), "ledger/a.go:501: file of 501 lines"},
	{"long test file", "table/a_test.go", "package table" + lines(801),
		"table/a_test.go:801: file of 801 lines"},
}

var habitFaults = []fault{
	{"types.go", "ledger/types.go", in("ledger", "", ""), "ledger/types.go:1: the name types.go"},
	{"utils.go", "ledger/utils.go", in("ledger", "", ""), "ledger/utils.go:1: the name utils.go"},
	{"common.go", "ledger/common.go",
		in("ledger", "", ""), "ledger/common.go:1: the name common.go"},
	{"helpers.go", "ledger/helpers.go", in("ledger", "", ""), "ledger/helpers.go:1: the name help"},
	{"models.go", "ledger/models.go",
		in("ledger", "", ""), "ledger/models.go:1: the name models.go"},
	{"init", "ledger/a.go", in("ledger", "", "func init() {}"), "ledger/a.go:6: init acts"},
	{"recover", "ledger/a.go", in("ledger", "", "func f() { defer func() { _ = recover() }() }"),
		"ledger/a.go:6: recover hides"},
	{"dot import", "ledger/a.go", in("ledger", `. "time"`, ""),
		"ledger/a.go:4: a dot import hides"},
}

func TestPackageSize(t *testing.T) {
	files := map[string]string{}
	for _, name := range []string{"a", "b", "c", "d", "e", "f_test"} {
		files["ledger/"+name+".go"] = in("ledger", "", lines(494))
	}
	if findings := tidy.Check(seed(files)); len(findings) != 0 {
		t.Errorf("findings %v on 2500 lines, want none", findings)
	}
	files["ledger/g.go"] = in("ledger", "", "")
	findings := tidy.Check(seed(files))
	want := "ledger/a.go:1: package of 2506 lines, and 2500 is the end; "
	if len(findings) != 1 || !strings.HasPrefix(findings[0].String(), want) {
		t.Errorf("findings %v, want %s", findings, want)
	}
}

func TestFindingsAreSorted(t *testing.T) {
	code := "func Post() {}\nfunc init() {}\nvar x float64"
	findings := tidy.Check(seed(map[string]string{
		"scenarios/a.go": in("scenarios", `"os"`, code),
		"ledger/a.go":    in("ledger", `"os"`, code),
	}))
	var got []string
	for _, f := range findings {
		place, _, _ := strings.Cut(f.String(), ": ")
		got = append(got, place)
	}
	want := "ledger/a.go:4 ledger/a.go:6 ledger/a.go:7 ledger/a.go:8 " +
		"scenarios/a.go:4 scenarios/a.go:6 scenarios/a.go:7 scenarios/a.go:8"
	if strings.Join(got, " ") != want {
		t.Errorf("places %v, want %s", got, want)
	}
}
