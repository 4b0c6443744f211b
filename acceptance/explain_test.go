package acceptance

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"carbonledger/internal/engine"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// district posts the example district into a book in memory.
func district(t *testing.T) *engine.Engine {
	t.Helper()
	e, err := engine.Open(context.Background(), engine.Memory, false)
	if err != nil {
		t.Fatal(err)
	}
	folder := "../examples/qingyunpu"
	for _, part := range [][2]string{{"entities.csv", "auto"}, {"economy.csv", "auto"},
		{"long/*.csv", "auto"}, {"205-1/*.csv", "auto"},
		{"meters/*.csv", filepath.Join(folder, "meters/dialect.toml")}} {
		files, err := filepath.Glob(filepath.Join(folder, part[0]))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", part[0], len(files), err)
		}
		for _, file := range files {
			_, err := e.Import(context.Background(), file, engine.Import{Dialect: part[1]})
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
		}
	}
	return e
}

// TestExplainDistrict explains every cell of several inventories of the example district. Parts
// multiply out to the cell (Explain itself fails otherwise), the lines of files sum to the amount
// of their part, and each line stands in its file with the figure as written.
func TestExplainDistrict(t *testing.T) {
	e := district(t)
	texts := fileTexts(t)
	cells := 0
	for _, by := range [][]inventory.Dimension{{inventory.Scope, inventory.Commodity},
		{inventory.Area}, {inventory.Sector, inventory.Gas}} {
		q := inventory.Query{Period: quantity.Year(2022), By: by,
			Measures: []inventory.Measure{inventory.CO2e, inventory.Energy, inventory.Water}}
		v, err := e.Inventory(context.Background(), "cn-statistics", 0, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range v.Rows.All() {
			for m := range q.Measures {
				explainCell(t, e, v.Ref(row, m), row.Figures[m].Number, texts)
				cells++
			}
		}
	}
	if cells < 60 {
		t.Errorf("only %d cells were explained", cells)
	}
}

func explainCell(t *testing.T, e *engine.Engine, ref inventory.Ref, want quantity.Number,
	texts map[string][]string) {
	t.Helper()
	full, err := e.Explain(context.Background(), ref.String(), "")
	if err != nil {
		t.Fatalf("%s: %v", ref, err)
	}
	if !full.Figure.Number.Equal(want) {
		t.Errorf("explain %s = %s, want the cell %s", ref, full.Figure.Number, want)
	}
	for i, part := range full.Parts {
		var sum quantity.Number
		for _, line := range full.Lines[i] {
			sum = sum.Add(line.Activity.Number)
			figure, _, _ := strings.Cut(line.Activity.Written, " ")
			lines := texts[line.Receipt.File]
			if at := line.Activity.Line; at < 1 || at > len(lines) ||
				!strings.Contains(lines[at-1], figure) {
				t.Errorf("%s: %s:%d does not hold %q", ref, line.Receipt.File, at, figure)
			}
		}
		if !sum.Equal(part.Amount) {
			t.Errorf("%s: the lines of part %d sum to %s, want %s", ref, i+1, sum, part.Amount)
		}
		for _, step := range part.Steps {
			if step.Factor.Source == "" || step.Factor.Set == "" {
				t.Errorf("%s: factor %s has no source", ref, step.Factor.ID)
			}
		}
	}
}

// fileTexts reads every upload of the district, by name, as lines.
func fileTexts(t *testing.T) map[string][]string {
	t.Helper()
	texts := map[string][]string{}
	for _, pattern := range []string{"*.csv", "long/*.csv", "205-1/*.csv", "meters/*.csv"} {
		files, err := filepath.Glob(filepath.Join("../examples/qingyunpu", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(pattern, "205-1") {
				if data, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data); err != nil {
					t.Fatal(err)
				}
			}
			texts[filepath.Base(file)] = strings.Split(string(data), "\n")
		}
	}
	return texts
}
