package engine_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"carbonledger/factors"
	"carbonledger/factors/published"
	"carbonledger/internal/engine"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

const plainSet = "testdata/faults/published.own-id.txt"

// TestASetGoesWithItsReversal: a set of the book is found by its id, is refused a second time, is
// there again when the book is opened again, and goes with its reversal.
func TestASetGoesWithItsReversal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.db")
	e, err := engine.Open(t.Context(), path, false)
	if err != nil {
		t.Fatal(err)
	}
	o := published.Options{ID: "plant-coal"}
	set, receipt, err := e.ImportSet(t.Context(), plainSet, o, false)
	if err != nil || set.Taken != 1 || receipt.Posted != 1 {
		t.Fatalf("%v; taken %d, posted %d, want 1 and 1", err, set.Taken, receipt.Posted)
	}
	var rejection *engine.Rejection
	_, _, err = e.ImportSet(t.Context(), plainSet, o, false)
	if !errors.As(err, &rejection) || rejection.Faults[0].Code != "published.own-id" {
		t.Errorf("a second time: %v, want published.own-id", err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if e, err = engine.Open(t.Context(), path, false); err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	q := factors.Query{Sets: []string{"plant-coal"}, From: "raw-coal", To: "co2", Area: "CN",
		Period: quantity.Year(2023)}
	if f, _, err := e.Library().Find(q); err != nil || f.Value.String() != "1.9" {
		t.Errorf("opened again: %s, %v, want 1.9", f.Value, err)
	}
	if _, err := e.Reverse(t.Context(), receipt.ID, "wrong file"); err != nil {
		t.Fatal(err)
	}
	if _, there := e.Library().Set("plant-coal"); there {
		t.Error("the set stands after its reversal")
	}
}

// TestAShippedSetIsNotTaken: own and the sets of the program keep their ids.
func TestAShippedSetIsNotTaken(t *testing.T) {
	e, err := engine.Open(t.Context(), engine.Memory, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{inventory.OwnID, "gwp-ar5"} {
		_, _, err := e.ImportSet(t.Context(), plainSet, published.Options{ID: id}, false)
		if !errors.Is(err, engine.ErrRejected) {
			t.Errorf("a set %s: %v, want a rejection", id, err)
		}
	}
	_, _, err = e.ImportSet(t.Context(), "none.csv", published.Options{ID: "a-set"}, true)
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// TestAnalysesBecomeOwnFactors: twice the same month is refused, and an entity that the book does
// not know is told.
func TestAnalysesBecomeOwnFactors(t *testing.T) {
	e, err := engine.Open(t.Context(), engine.Memory, false)
	if err != nil {
		t.Fatal(err)
	}
	const path = "testdata/faults/analysis.no-such-entity.txt"
	for _, dryRun := range []bool{true, false} {
		a, err := e.AddAnalyses(t.Context(), path, "李四", dryRun)
		if err != nil || len(a.Factors) != 1 || (a.Receipt.ID == "") != dryRun {
			t.Fatalf("dry run %v: %v, %d factors, receipt %q", dryRun, err, len(a.Factors),
				a.Receipt.ID)
		}
		codes := ""
		for _, w := range a.Warnings {
			codes += w.Code + " "
		}
		if codes != "analysis.heat analysis.no-such-entity " {
			t.Errorf("warnings %s", codes)
		}
	}
	q := factors.Query{Sets: []string{inventory.OwnID}, From: "raw-coal", To: "co2", Area: "360104",
		Subjects: e.Library().Subjects("NOBODY", ""), Period: quantity.Month(2023, 1)}
	// 0.55 x 99 % x 44/12 = 1.9965
	if f, _, err := e.Library().Find(q); err != nil || f.Value.String() != "1.9965" {
		t.Errorf("found %s, %v, want 1.9965", f.Value, err)
	}
	if _, err := e.AddAnalyses(t.Context(), path, "", false); !errors.Is(err, engine.ErrRejected) {
		t.Errorf("the month a second time: %v, want a rejection", err)
	}
}
