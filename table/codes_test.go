package table_test

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"carbonledger/table"
)

// TestEveryCodeHasAFile wants a file in the module that provokes each fault code: a line of a
// wanted.txt that holds the code alone, or a file in testdata/faults that has the name of the code.
func TestEveryCodeHasAFile(t *testing.T) {
	provoked := map[string]string{}
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && strings.HasPrefix(path.Base(name), "."):
			return fs.SkipDir
		case strings.HasSuffix(path.Dir(name), "testdata/faults"):
			provoked[strings.TrimSuffix(path.Base(name), ".txt")] = name
		}
		if base := path.Base(name); !strings.HasPrefix(base, "wanted") {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		for line := range strings.Lines(string(text)) {
			provoked[strings.TrimSpace(line)] = name
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range table.Codes() {
		if provoked[code] == "" {
			t.Errorf("no file of the module provokes %s; add one beside a wanted.txt", code)
		}
	}
}

// TestEveryCodeSpeaksBothLanguages finds words that were left out of the list.
func TestEveryCodeSpeaksBothLanguages(t *testing.T) {
	for _, code := range table.Codes() {
		fault := table.Fault{Code: code}
		texts := []string{fault.Fact(table.EN), fault.Way(table.EN), fault.Fact(table.ZH),
			fault.Way(table.ZH)}
		if slices.Contains(texts, "") {
			t.Errorf("%s has no words in one of the languages: %q", code, texts)
		}
	}
}
