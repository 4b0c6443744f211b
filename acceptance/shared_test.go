package acceptance

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sharedCases and sharedReal are where the published cases and files lie, beside the project. They
// may be absent: then the tests rely on the figures in testdata and in their own tables.
const (
	sharedCases = "../../shared/cases"
	sharedReal  = "../../shared/real"
)

// published fails where the case does not print one of the values the test uses. In the files of
// the cases every value stands in quotes.
func published(t *testing.T, id string, values ...string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(sharedCases, id+".yaml"))
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range values {
		if !strings.Contains(string(text), "'"+value+"'") {
			t.Errorf("the test of %s uses %s, which %s.yaml does not have", id, value, id)
		}
	}
}

// row is one line of a table of figures, by column.
type row map[string]string

// figures reads a table of testdata and compares it, cell by cell, with the table of the same name
// in the shared folder, which may have more columns.
func figures(t *testing.T, name string) []row {
	t.Helper()
	rows := readTable(t, filepath.Join("testdata", name))
	path := filepath.Join(sharedCases, name)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return rows
	}
	shared := readTable(t, path)
	if len(shared) != len(rows) {
		t.Fatalf("testdata/%s has %d rows, the case has %d", name, len(rows), len(shared))
	}
	for i, r := range rows {
		for column, cell := range r {
			if want, ok := shared[i][column]; !ok || want != cell {
				t.Errorf("testdata/%s row %d: %s = %q, the case has %q", name, i+1, column,
					cell, want)
			}
		}
	}
	return rows
}

func readTable(t *testing.T, path string) []row {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	for _, record := range records[1:] {
		r := row{}
		for i, cell := range record {
			r[records[0][i]] = cell
		}
		rows = append(rows, r)
	}
	return rows
}

// realFile returns the path of a real file, or skips the test where it is absent.
func realFile(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(sharedReal, name)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not beside the project", name)
	}
	return path
}
