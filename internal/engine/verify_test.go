package engine

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"carbonledger/internal/proof"
	"carbonledger/internal/report"
	"carbonledger/internal/store/mem"
	"carbonledger/ledger"
	"carbonledger/table"
)

// uploadVerified is posted in part, so that its receipt has every kind of field.
const uploadVerified = testHeader + ",remarks\n" +
	"acme,Acme,360000,2022-01,electricity,5,kWh,x\n" +
	"acme,Acme,360000,2022-02,electricity,6,kWh,x\n" +
	"acme,Acme,360000,2022-02,天然气,2,m3,x\n" +
	"acme,Acme,360000,2022-03,electricity,much,kWh,x\n"

func posted(t *testing.T, e *Engine, name, text string, how Import) ledger.Receipt {
	t.Helper()
	list, err := e.Post(t.Context(), name, []byte(text), how)
	if err != nil || list[0].Outcome != Posted {
		t.Fatalf("%s: %s, %v", name, outcomes(list), err)
	}
	return list[0].Receipt
}

// keys are the terms of what was found.
func keys(v report.Verified) (keys []string) {
	for _, f := range append(slices.Clone(v.Findings), v.Notes...) {
		key := f.Key
		if key == "verify.field" {
			key = f.Args[0]
		}
		keys = append(keys, key)
	}
	return keys
}

func verified(t *testing.T, e *Engine, text []byte, file *Evidence) report.Verified {
	t.Helper()
	v, err := e.Verify(t.Context(), text, file)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(slices.Clone(v.Findings), v.Notes...) {
		for _, lang := range []table.Lang{table.EN, table.ZH} {
			if words := report.Say(lang, f.Key, f.Args...); words == f.Key ||
				strings.Contains(words, "{") && f.Key != "verify.field" {
				t.Errorf("%s has no words in %s, or too many: %q", f.Key, lang, words)
			}
		}
	}
	return v
}

// TestVerifyEveryField changes each field of a receipt in turn: each change is found and named.
func TestVerifyEveryField(t *testing.T) {
	e := newEngine(t, mem.New())
	posted(t, e, "first.csv", testHeader+"\nb,B,360000,2022-01,electricity,1,kWh\n", Import{})
	receipt := posted(t, e, "upload.csv", uploadVerified, Import{Partial: true, Dialect: openLong})
	file := &Evidence{Name: "upload.csv", Data: []byte(uploadVerified), Dialect: openLong}
	if v := verified(t, e, receipt.Encode(), file); !v.Holds() || len(v.Notes) > 0 {
		t.Fatalf("the receipt does not hold: %v", v)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(receipt.Encode(), &fields); err != nil {
		t.Fatal(err)
	}
	for _, wanted := range []string{"reasons", "mapping", "delimiter", "header_line", "totals"} {
		if fields[wanted] == nil {
			t.Errorf("the receipt has no %s; the test wants one with every field", wanted)
		}
	}
	for field, value := range fields {
		for _, other := range tampered(string(value)) {
			changed := map[string]json.RawMessage{}
			for name, value := range fields {
				changed[name] = value
			}
			changed[field] = json.RawMessage(other)
			if other == "" {
				delete(changed, field)
			}
			text, err := json.Marshal(changed)
			if err != nil {
				t.Fatal(err)
			}
			if got := keys(verified(t, e, text, nil)); !slices.Equal(got, []string{field}) {
				t.Errorf("%s = %s: found %v, want the field", field, other, got)
			}
		}
	}
	added := strings.Replace(string(receipt.Encode()), "{", `{"note":"x",`, 1)
	if got := keys(verified(t, e, []byte(added), nil)); !slices.Equal(got, []string{"note"}) {
		t.Errorf("a field more: found %v", got)
	}
	twice := strings.Replace(string(receipt.Encode()), "{", `{"rows_posted":9,`, 1)
	if got := keys(verified(t, e, []byte(twice), nil)); !slices.Equal(
		got,
		[]string{"verify.text"},
	) {
		t.Errorf("a field twice: found %v", got)
	}
}

// openLong is a file with the long form, open to other columns.
const openLong = "testdata/open-long.toml"

// tampered returns other values for a field: changed a little, of another type, and none.
func tampered(value string) []string {
	others := []string{"", "null", `"x"`, "[]"}
	if strings.HasPrefix(value, `"`) {
		last := "0"
		if strings.HasSuffix(value, `0"`) {
			last = "1"
		}
		others = append(others, value[:len(value)-2]+last+`"`)
	}
	if strings.HasPrefix(value, "[") {
		others = append(others, strings.Replace(value, "1", "2", 1))
	}
	if value[0] >= '0' && value[0] <= '9' {
		others = append(others, "1"+value)
	}
	return slices.DeleteFunc(others, func(other string) bool { return other == value })
}

func TestVerify(t *testing.T) {
	e, other := newEngine(t, mem.New()), newEngine(t, mem.New())
	const text = testHeader + "\nacme,Acme,360000,2022-01,electricity,5,kWh\n"
	receipt := posted(t, e, "a.csv", text, Import{})
	posted(t, other, "b.csv", strings.Replace(text, ",5,", ",6,", 1), Import{})
	if got := keys(verified(t, other, receipt.Encode(), nil)); !slices.Equal(got,
		[]string{"verify.unknown"}) {
		t.Errorf("another book: found %v", got)
	}
	for _, c := range []struct{ name, text, want string }{
		{"the file", text, ""},
		{"the file under another name", text, ""},
		{"another file", text + "\n", "verify.file"},
		{"no table", "", "verify.file"},
	} {
		got := keys(verified(t, e, receipt.Encode(), &Evidence{Name: c.name, Data: []byte(c.text)}))
		if strings.Join(got, ",") != c.want {
			t.Errorf("%s: found %v, want %q", c.name, got, c.want)
		}
	}
	reversal, err := e.Reverse(t.Context(), receipt.ID, "typo")
	if err != nil {
		t.Fatal(err)
	}
	if got := keys(verified(t, e, receipt.Encode(), nil)); !slices.Equal(got,
		[]string{"verify.reversed"}) {
		t.Errorf("a reversed batch: found %v", got)
	}
	if v := verified(t, e, reversal.Encode(), nil); !v.Holds() {
		t.Errorf("a reversal: found %v", v)
	}
}

// TestVerifyWorksheet proves the receipt of a worksheet with its workbook.
func TestVerifyWorksheet(t *testing.T) {
	e := newEngine(t, mem.New())
	data := bookOf(t, january, february)
	list, err := e.Post(t.Context(), "book.xlsx", data, Import{})
	if err != nil {
		t.Fatal(err)
	}
	file := &Evidence{Name: "book.xlsx", Data: data}
	for _, i := range list {
		if v := verified(t, e, i.Receipt.Encode(), file); !v.Holds() || len(v.Notes) > 0 {
			t.Errorf("%s: %v", i.Sheet, v)
		}
	}
}

func TestReadReceipts(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{`{"receipt":"a"}` + "\n" + `{"receipt":"b"}` + "\n", 2},
		{`{"report":"receipts","rows":[],"records":[{"receipt":"a"},{"receipt":"b"}]}`, 2},
		{"", 0}, {"[]", 0}, {"receipt", 0}, {`{"receipt":"a"`, 0}, {"5", 0},
	} {
		texts, err := proof.ReadReceipts([]byte(c.text))
		if len(texts) != c.want || (err == nil) != (c.want > 0) {
			t.Errorf("proof.ReadReceipts(%q) = %d texts, %v", c.text, len(texts), err)
		}
	}
}
