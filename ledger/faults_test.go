package ledger_test

import (
	"os"
	"strings"
	"testing"

	"carbonledger/ledger"
	"carbonledger/table"
)

const faultsFolder = "testdata/faults/"

// TestPolicyFaults provokes every fault that a policy can have.
func TestPolicyFaults(t *testing.T) {
	checkWanted(t, faultsFolder+"wanted.txt", func(t *testing.T, words []string) []table.Fault {
		_, faults := ledger.ParsePolicy(words[0], read(t, faultsFolder+words[0]))
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
