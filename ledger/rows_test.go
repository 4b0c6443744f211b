package ledger_test

import (
	"bytes"
	"fmt"
	"reflect"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/quantity"
)

// encodeFirst writes a block of the first version, as books of that time hold them.
func encodeFirst(list []ledger.Activity) []byte {
	w := column.NewWriter()
	for _, field := range []func(ledger.Activity) string{
		func(a ledger.Activity) string { return a.Entity },
		func(a ledger.Activity) string { return a.Site },
		func(a ledger.Activity) string { return string(a.From) },
		func(a ledger.Activity) string { return string(a.To) },
		func(a ledger.Activity) string { return a.Commodity },
		func(a ledger.Activity) string { return a.Counterparty },
		func(a ledger.Activity) string { return string(a.Absence) },
	} {
		for _, a := range list {
			w.Word(field(a))
		}
	}
	for _, a := range list {
		w.Int(int64(a.Period.First))
		w.Int(int64(a.Period.End - a.Period.First))
		w.Int(int64(a.Vintage))
	}
	line := 0
	for _, a := range list {
		w.Int(int64(a.Line - line))
		line = a.Line
	}
	for _, field := range []func(ledger.Activity) string{
		func(a ledger.Activity) string { return a.Number.String() },
		func(a ledger.Activity) string { return a.Document },
		func(a ledger.Activity) string { return a.Written },
	} {
		for _, a := range list {
			w.Word(field(a))
		}
	}
	return w.Finish(len(list))
}

func TestBlocksOfTheFirstVersionAreRead(t *testing.T) {
	list := newChance(seed).activities(50)
	got, err := ledger.DecodeActivities(encodeFirst(list))
	if err != nil || len(got) != len(list) {
		t.Fatalf("%d rows, %v, want %d", len(got), err, len(list))
	}
	for i, a := range got {
		if !a.Number.Equal(list[i].Number) {
			t.Errorf("row %d is %s, want %s", i, a.Number, list[i].Number)
		}
		a.Number = list[i].Number
		if !reflect.DeepEqual(a, list[i]) {
			t.Errorf("row %d is %+v, want %+v", i, a, list[i])
		}
	}
}

// Figures as most files have them are kept as figures: a row of them takes few bytes.
func TestWrittenFiguresAreNotKeptAsWords(t *testing.T) {
	var list []ledger.Activity
	c := newChance(seed)
	for i := range 1000 {
		a := ledger.Activity{Flow: c.flow(), Line: i + 2, PerUnit: quantity.Int(10000),
			Document: fmt.Sprintf("DZ%08d", 4711+i)}
		figure := fmt.Sprintf("%d.%03d", c.IntN(1_000_000), c.IntN(1000))
		a.Number, a.Written = number(t, figure).Mul(a.PerUnit), figure+" 万kWh"
		if i%10 == 0 {
			a.Number, a.Written = quantity.Int(1234500), "123.45 t"
			a.PerUnit = quantity.Int(10000)
		}
		if i%10 == 1 {
			a.Number, a.Written = number(t, "12345675000"), "1,234,567.5 万kWh"
		}
		list = append(list, a)
	}
	block := ledger.EncodeActivities(list)
	rows, err := column.DecodeRows(block)
	if err != nil || len(rows.Words) > 0 || len(block) > 20*len(list) {
		t.Errorf("%d bytes with %d words, %v, want at most %d bytes and no words",
			len(block), len(rows.Words), err, 20*len(list))
	}
	got, err := ledger.DecodeActivities(block)
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range got {
		if !a.Number.Equal(list[i].Number) || !a.PerUnit.Equal(list[i].PerUnit) ||
			a.Written != list[i].Written || a.Document != list[i].Document {
			t.Fatalf("row %d is %+v, want %+v", i, a, list[i])
		}
	}
}

// Rows without a figure take no words, and blocks in which they do are read on.
func TestGapsAreNotKeptAsWords(t *testing.T) {
	var list []ledger.Activity
	c, b := newChance(seed), column.NewBuilder()
	for i := range 100 {
		a := ledger.Activity{Flow: c.flow(), Line: i + 2, Written: []string{"", "无", "n.a. "}[i%3]}
		a.Absence = []ledger.Absence{ledger.Missing, ledger.NotOccurring, ledger.Confidential}[i%3]
		list = append(list, a)
		ledger.AddRow(&b.Rows, b, a)
		// As it was kept before.
		b.Scales[i], b.What[i] = column.Explicit, b.PlaceOfWhat(column.What{From: string(a.From),
			To: string(a.To), Commodity: a.Commodity, Absence: string(a.Absence),
			Vintage: int32(a.Vintage)})
		b.Words = append(b.Words, column.Word{Number: "0", Written: a.Written})
	}
	block := ledger.EncodeActivities(list)
	rows, err := column.DecodeRows(block)
	if err != nil || len(rows.Words) > 0 {
		t.Errorf("%d words, %v, want none", len(rows.Words), err)
	}
	for _, block := range [][]byte{block, new(column.Encoder).Encode(&b.Rows)} {
		got, err := ledger.DecodeActivities(block)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(list) {
			t.Errorf("rows = %v, %v\nwant %v", got, err, list)
		}
	}
	rows.Figures[7] = 1
	if _, err := ledger.ActivitiesOf(rows); err == nil {
		t.Error("a row without a figure that has one is read")
	}
}

// The place of an entry in the lists decides nothing: workers find them in any order.
func TestTheOrderOfListsDecidesNothing(t *testing.T) {
	list := newChance(seed).activities(200)
	b := column.NewBuilder()
	for i := range list { // the lists are made backwards
		ledger.AddRow(&b.Rows, b, list[len(list)-1-i])
	}
	b.Rows = column.Rows{Whos: b.Whos, Whats: b.Whats, Whens: b.Whens, Series: b.Series}
	for _, a := range list {
		ledger.AddRow(&b.Rows, b, a)
	}
	got := new(column.Encoder).Encode(&b.Rows)
	if !bytes.Equal(got, ledger.EncodeActivities(list)) {
		t.Error("the block depends on the order of its lists")
	}
}
