package factors_test

import (
	"os"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/table"
)

const faultsFolder = "testdata/faults/"

// TestFaults provokes every fault that a factor set can have.
func TestFaults(t *testing.T) {
	catalogue, err := factors.Commodities()
	if err != nil {
		t.Fatal(err)
	}
	source := []byte("title_zh: 自有\ntitle_en: own\nlicence: own\n")
	set := func(t *testing.T, file string) (factors.Set, []table.Fault) {
		if strings.HasSuffix(file, ".md") {
			return factors.ParseSet("own", read(t, faultsFolder+file),
				[]byte(factors.Header()), catalogue)
		}
		return factors.ParseSet("own", source, read(t, faultsFolder+file), catalogue)
	}
	checkWanted(t, faultsFolder+"wanted.txt", func(t *testing.T, words []string) []table.Fault {
		got, faults := set(t, words[0])
		if len(words) == 3 {
			first, _ := set(t, words[2])
			_, more := first.With(got)
			faults = append(faults, more...)
		}
		return faults
	})
}

// checkWanted compares the faults of every file that a wanted.txt names with the lines below the
// name, or rewrites these under UPDATE.
func checkWanted(t *testing.T, path string, get func(t *testing.T, words []string) []table.Fault) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(text), "\n== ")
	for i, block := range blocks[1:] {
		head, want, _ := strings.Cut(block+"\n", "\n")
		t.Run(strings.Fields(head)[0], func(t *testing.T) {
			lines := []string{head}
			for _, fault := range get(t, strings.Fields(head)) {
				lines = append(lines, fault.Code, fault.Text(table.EN), fault.Text(table.ZH))
			}
			blocks[i+1] = strings.Join(lines, "\n")
			got := strings.TrimSpace(strings.Join(lines[1:], "\n"))
			if os.Getenv("UPDATE") == "" && got != strings.TrimSpace(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
	if os.Getenv("UPDATE") != "" {
		written := strings.Join(blocks, "\n== ") + "\n"
		if err := os.WriteFile(path, []byte(written), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
