package planning_test

import (
	"errors"
	"testing"

	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/table"
)

// TestNamed: a scenario that is not in the file is told in both languages, with those that are.
func TestNamed(t *testing.T) {
	set, _ := planning.SetOf("bare.csv", []byte(planning.Bare))
	if _, err := planning.Named(set, "book"); err != nil {
		t.Error(err)
	}
	_, err := planning.Named(set, "nope")
	var told *report.Error
	if !errors.As(err, &told) {
		t.Fatalf("%v has no words", err)
	}
	for lang, want := range map[table.Lang]string{
		table.EN: "there is no scenario nope; the file has book",
		table.ZH: "文件中没有情景 nope；有：book",
	} {
		if got := told.In(lang); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
