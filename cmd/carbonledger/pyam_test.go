package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// pyamChecks reads an export as analysts do and lets pyam add it up: emissions and energy, by
// sector and by carrier, for every scenario and year.
const pyamChecks = `
import sys, pyam
df = pyam.IamDataFrame(sys.argv[1])
wide = pyam.IamDataFrame(sys.argv[2])
assert df.equals(wide), "long and wide differ"
assert df.scenario == ["accelerated", "baseline", "policy"], df.scenario
assert df.region == ["Qingyunpu"], df.region
carriers = ["Electricity", "Heat", "Gases", "Liquids", "Solids", "Hydrogen", "Other"]
def check(variable, parts):
    parts = [p for p in parts if p in df.variable]
    assert len(parts) > 1, (variable, parts)
    missing = df.check_aggregate(variable, components=parts, exclude_on_fail=False)
    assert missing is None, (variable, missing)
sectors = ["Agriculture", "Industry", "Construction", "Transportation", "Commercial",
    "Residential", "Other Sector"]
demand = "Emissions|CO2|Energy|Demand"
assert df.check_aggregate("Emissions|CO2") is None
assert df.check_aggregate("Emissions|CO2|Energy") is None
assert df.check_aggregate(demand) is None
assert df.check_aggregate("GDP") is None
check(demand, [f"{demand}|{s}|{c}" for s in sectors for c in carriers])
for root in [demand, "Final Energy"]:
    check(root, [f"{root}|{s}" for s in sectors])
    for s in sectors:
        if f"{root}|{s}" in df.variable:
            assert df.check_aggregate(f"{root}|{s}") is None, s
check("Final Energy", [f"Final Energy|{c}" for c in carriers])
# What stands right under Final Energy is one of the two branches, and nothing else.
under = set(df.filter(variable="Final Energy|*", level=0).variable)
assert under <= {f"Final Energy|{p}" for p in sectors + carriers}, under
print("pyam", pyam.__version__, "read", len(df), "values")
`

// TestPyam needs Python with the package pyam-iamc; PYTHON names another interpreter than python3.
func TestPyam(t *testing.T) {
	python := os.Getenv("PYTHON")
	if python == "" {
		python = "python3"
	}
	if out, err := exec.Command(python, "-c", "import pyam").CombinedOutput(); err != nil {
		t.Skipf("*** NOT TESTED: %s has no pyam "+
			"(pip install pyam-iamc 'sqlalchemy<2.1'): %v %s", python, err,
			lastLine(out))
	}
	folder := t.TempDir()
	files := exampleBook(t, folder)
	for _, form := range []string{"iamc", "iamc-wide"} {
		command := exec.Command("carbonledger", "--book", filepath.Join(folder, "book.db"),
			"--lang", "en", "--output", form, "scenario", "compare",
			filepath.Join(files, "scenarios.csv"))
		out, err := command.Output()
		if err != nil {
			t.Fatalf("%v: %v", command, err)
		}
		if err := os.WriteFile(filepath.Join(folder, form+".csv"), out, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	script := filepath.Join(folder, "check.py")
	if err := os.WriteFile(script, []byte(pyamChecks), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, script, filepath.Join(folder, "iamc.csv"),
		filepath.Join(folder, "iamc-wide.csv")).CombinedOutput()
	if err != nil {
		t.Fatalf("pyam: %v\n%s", err, out)
	}
	t.Logf("%s", lastLine(out))
}

// exampleBook imports the example district and returns the folder of its files.
func exampleBook(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Abs("../../examples/qingyunpu")
	if err != nil {
		t.Fatal(err)
	}
	for _, upload := range [][]string{
		{"entities.csv", "economy.csv", "long/*.csv", "205-1/*.csv"},
		{"--dialect", filepath.Join(files, "meters/dialect.toml"), "meters/*.csv"}} {
		args := []string{"--book", filepath.Join(folder, "book.db"), "--quiet", "import"}
		for _, word := range upload {
			found, err := filepath.Glob(filepath.Join(files, word))
			if err != nil {
				t.Fatal(err)
			}
			if len(found) == 0 {
				found = []string{word}
			}
			args = append(args, found...)
		}
		if out, err := exec.Command("carbonledger", args...).CombinedOutput(); err != nil {
			t.Fatalf("import: %v\n%s", err, out)
		}
	}
	return files
}

func lastLine(out []byte) []byte {
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	return lines[len(lines)-1]
}
