package plan

import (
	"strings"

	"carbonledger/internal/report"
	"carbonledger/scenarios"
	"carbonledger/table"
)

// invented are the words by which a source says that nobody has measured or published the value.
var invented = []string{"made up", "assum", "假设", "假定", "虚构", "示例"}

// IsInvented says whether the source of a row owns up to being an assumption.
func IsInvented(source string) bool {
	source = strings.ToLower(source)
	for _, word := range invented {
		if strings.Contains(source, word) {
			return true
		}
	}
	return false
}

// Assumptions lists the rows of the scenarios with their sources; those that inherit are listed
// with the rows they state themselves.
func Assumptions(set scenarios.Set, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "assumptions", Title: report.Term(lang, "assumptions.title"),
		Columns: report.Columns(lang, "scenario", "measure_name", "years", "value#", "unit",
			"shape", "basis", "source")}
	made := 0
	for _, name := range set.Names() {
		scenario, _ := set.Scenario(name)
		for _, row := range scenario.Rows {
			if row.Scenario != name {
				continue
			}
			basis := "basis.stated"
			if IsInvented(row.Source) {
				basis = "basis.invented"
				made++
			}
			t.Rows = append(t.Rows, []string{name, names.Row(row.Key()),
				span(row.First, row.Last), row.Value.String(), row.Unit,
				report.Term(lang, "shape."+string(row.Shape)), report.Term(lang, basis),
				row.Source})
		}
	}
	t.Notes = []string{InventedNote(made, len(t.Rows), lang)}
	return t
}

// InventedNote says how many assumptions have no better source than that they were made up.
func InventedNote(made, all int, lang table.Lang) string {
	return report.Say(lang, "assumptions.note", year(made), year(all))
}

func span(first, last int) string {
	if first == last {
		return year(first)
	}
	return year(first) + "-" + year(last)
}
