package acceptance

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestCasesAreListed keeps docs/cases.md true: it lists every case once, and every test it names
// for the whole program stands here.
func TestCasesAreListed(t *testing.T) {
	text, err := os.ReadFile("../docs/cases.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\| ([a-z]+-[a-z0-9-]+) \|`).
		FindAllStringSubmatch(string(text), -1) {
		if listed[m[1]] {
			t.Errorf("%s is listed twice", m[1])
		}
		listed[m[1]] = true
	}
	if len(listed) != 43 {
		t.Errorf("%d cases are listed, want 43", len(listed))
	}
	cases, err := filepath.Glob(filepath.Join(sharedCases, "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range cases {
		if id := strings.TrimSuffix(filepath.Base(path), ".yaml"); !listed[id] {
			t.Errorf("%s is not listed", id)
		}
	}
	sources, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, path := range sources {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(source)
	}
	used, _, _ := strings.Cut(string(text), "## Used elsewhere")
	for _, name := range regexp.MustCompile(`Test[A-Z]\w+`).FindAllString(used, -1) {
		if !strings.Contains(code.String(), "func "+name+"(t ") {
			t.Errorf("docs/cases.md names %s, which is not here", name)
		}
	}
}
