package judgement_test

import (
	"os"
	"path/filepath"
	"testing"

	"carbonledger/ledger/intake/dialects"
)

const district = "../../examples/qingyunpu"

// TestExampleDistrict reads the whole example district in the order of time. Its figures are made
// up to be plausible, so that there is nothing to ask.
func TestExampleDistrict(t *testing.T) {
	d := newDesk(t)
	meters := filepath.Join(district, "meters/dialect.toml")
	text, err := os.ReadFile(meters)
	if err != nil {
		t.Fatal(err)
	}
	wide, faults := dialects.Parse(meters, text)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	// The dialects are only searched for the meters, which have their own.
	d.dialects = []dialects.Dialect{wide}
	read := func(dialect string, patterns ...string) {
		for _, pattern := range patterns {
			files, err := filepath.Glob(filepath.Join(district, pattern))
			if err != nil || len(files) == 0 {
				t.Fatal(pattern, err)
			}
			for _, file := range files {
				for _, taken := range d.read(t, file, dialect) {
					for _, fault := range taken.faults {
						if fault.Code != "unit.state-assumed" {
							t.Error(fault.Code, fault)
						}
					}
					if err := d.book.Commit(taken.batch); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
	read("entities", "entities.csv")
	read("economy", "economy.csv")
	for _, year := range []string{"2020", "2021", "2022", "2023", "2024", "2025"} {
		read("long", "long/activities-"+year+".csv")
		read("nbs-205-1", "205-1/"+year+"-*.csv")
		read("auto", "meters/meters-"+year+".csv")
	}
}
