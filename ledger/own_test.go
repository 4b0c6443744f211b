package ledger_test

import (
	"os"
	"strings"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/seal"
)

// kept reads what a book of an earlier program kept of a batch.
func kept(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/batches/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(strings.TrimSuffix(string(data), "\n"))
}

// TestOldBatchesOfFactorsAreOwn restores a batch stored before sets had names: its bytes, digest
// and head are the same, and its factors are own ones.
func TestOldBatchesOfFactorsAreOwn(t *testing.T) {
	receipt, err := ledger.DecodeReceipt(kept(t, "own-receipt.json"))
	if err != nil {
		t.Fatal(err)
	}
	batch, err := ledger.Restore(receipt, kept(t, "own-meta.json"), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	meta := string(kept(t, "own-meta.json"))
	if err := batch.Verify(); err != nil || string(batch.Meta()) != meta {
		t.Errorf("%v; restored as %s", err, batch.Meta())
	}
	book := ledger.NewBook()
	if err := book.Commit(batch); err != nil {
		t.Fatal(err)
	}
	own := book.Factors()
	if len(own) != 1 || own[0].Set.ID != "" || !strings.Contains(own[0].Text, "green,") {
		t.Errorf("factors %+v, want the own factor green", own)
	}
	source := ledger.Source{File: "own.csv", FileDigest: seal.Bytes([]byte(own[0].Text)),
		Dialect: "factors"}
	if again := ledger.AddFactors(ledger.NewBook(), source, own[0].Text, 1); again.Receipt.Head !=
		receipt.Head {
		t.Errorf("posted again the head is %s, want %s", again.Receipt.Head, receipt.Head)
	}
}

func TestASetOfTheBook(t *testing.T) {
	book := ledger.NewBook()
	set := ledger.FactorSet{ID: "desnz-2024", Source: "title_en: x\n"}
	batch := ledger.AddSet(book, ledger.Source{File: "flat.xlsx"}, set, "id\na\n", 1)
	again, err := ledger.Restore(batch.Receipt, batch.Meta(), nil, nil)
	if err != nil || again.Verify() != nil || again.Set == nil || *again.Set != set {
		t.Fatalf("restored as %+v, %v, want the set %+v", again, err, set)
	}
	again.Set = &ledger.FactorSet{ID: "other", Source: set.Source}
	if again.Verify() == nil {
		t.Error("another id has the same digest")
	}
	if err := book.Commit(batch); err != nil {
		t.Fatal(err)
	}
	if f := book.Factors(); len(f) != 1 || f[0].Set != set {
		t.Errorf("factors %+v, want the set", f)
	}
	reversal, err := ledger.Reverse(book, batch.Receipt.ID, "wrong edition", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := book.Commit(reversal); err != nil || len(book.Factors()) != 0 {
		t.Errorf("after the reversal %v, %d sets stand, want none", err, len(book.Factors()))
	}
}
