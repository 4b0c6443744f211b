package journal_test

import (
	"bytes"
	"testing"

	"carbonledger/bench/factorlist"
	"carbonledger/bench/journal"
	"carbonledger/bench/workload"
)

func TestJournals(t *testing.T) {
	list, err := factorlist.List()
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{
		"journal": "commodity 1.00000000000000 KG\n\n2021-11-01 2023000000001\n" +
			"    use:91360104MAE1YWXH54:2021-11:2  17938.7268 \"electricity kWh\" @ 0.5835 KG\n" +
			"    supply\n",
		"beancount": "plugin \"beancount.plugins.auto_accounts\"\n\n" +
			"2021-11-01 * \"2023000000001\"\n" +
			"  Expenses:91360104MAE1YWXH54:2021-11:2  17938.7268 ELECTRICITY-KWH @ 0.5835 KG\n" +
			"  Equity:Supply\n",
	} {
		form, ok := journal.ByID(id)
		if !ok {
			t.Fatalf("no form %s", id)
		}
		var out bytes.Buffer
		plan := workload.Plan{Rows: 1, Seed: 1, Activities: workload.Own}
		if err := journal.Write(&out, plan, form, list); err != nil || out.String() != want {
			t.Errorf("%s = %q, %v, want %q", id, out.String(), err, want)
		}
	}
}
