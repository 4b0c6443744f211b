package form_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/form"
	"carbonledger/quantity"
	"carbonledger/table"
	"carbonledger/table/workbook"
)

// TestEmpty makes the empty form of every dialect, and looks at what a clerk finds in it.
func TestEmpty(t *testing.T) {
	lexicon := newLexicon(t)
	for _, d := range newDialects(t) {
		for _, lang := range []table.Lang{table.ZH, table.EN} {
			blank := form.Empty(d, lexicon.Catalogue, lang)
			var data bytes.Buffer
			if err := blank.XLSX(&data); err != nil {
				t.Fatal(d.ID, err)
			}
			file := workbook.Open("blank.xlsx", data.Bytes())[0]
			if len(file.Sheets) != 2 || len(file.Faults) > 0 {
				t.Fatalf("%s: %d sheets, %v", d.ID, len(file.Sheets), file.Faults)
			}
			notes := file.Sheets[1]
			if !form.IsNotes(notes.Name) || form.IsNotes(file.Sheets[0].Name) {
				t.Errorf("%s: the sheets are %s and %s", d.ID, file.Sheets[0].Name, notes.Name)
			}
			title := map[table.Lang]string{table.ZH: d.TitleZH, table.EN: d.TitleEN}[lang]
			if !strings.HasSuffix(notes.Rows[0].Cells[0].Raw, title) {
				t.Errorf("%s: the notes begin with %s", d.ID, notes.Rows[0].Cells[0].Raw)
			}
			text, err := blank.CSV()
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.HasPrefix(text, []byte("\xef\xbb\xbf")) ||
				bytes.Count(text, []byte("\n")) != bytes.Count(text, []byte("\r\n")) {
				t.Errorf("%s: the CSV is not UTF-8 with BOM and CRLF", d.ID)
			}
		}
	}
}

// TestEmptyHeader takes the headers in the language asked for, where the dialect has them.
func TestEmptyHeader(t *testing.T) {
	lexicon := newLexicon(t)
	long, err := dialects.ByID("long")
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[table.Lang]string{
		table.EN: "entity,name,industry,area,site,period,role,from,commodity,unit," +
			"counterparty,absence,vintage,document,pressure_mpa,gauge_mpa,temperature_c," +
			"enthalpy_kj_kg,source,quantity",
		table.ZH: "统一社会信用代码,单位名称,行业代码,所在地区,场所,期间,用途,来自,品种,计量单位," +
			"对方单位,缺失说明,发布日期,凭证号,绝对压力(MPa),表压(MPa),温度(℃),焓值(kJ/kg),数据来源,数量",
	} {
		data, err := form.Empty(long, lexicon.Catalogue, lang).CSV()
		if got := strings.TrimSpace(strings.TrimPrefix(string(data), "\ufeff")); got != want {
			t.Errorf("in %s %v\n%s\nwant\n%s", lang, err, got, want)
		}
	}
}

// TestTemplateRows finds every row that a form prints in the catalogue, with a unit that measures
// it and the code the dialect has for it.
func TestTemplateRows(t *testing.T) {
	lexicon := newLexicon(t)
	for _, d := range newDialects(t) {
		code := slices.Index(d.Template.Header, "代码")
		for _, row := range d.Template.Rows {
			if slices.Contains(d.Totals, row[0]) {
				continue
			}
			name := row[0]
			if known := d.Rename[table.Key(name)]; known != "" {
				name = known
			}
			c, ok := lexicon.Catalogue.Find(name)
			unit, err := quantity.ParseUnit(table.Fold(row[1]))
			if !ok || err != nil {
				t.Errorf("%s: %v: %v", d.ID, row, err)
				continue
			}
			if _, _, err := c.Accept(unit); err != nil {
				t.Errorf("%s: %v: %v", d.ID, row, err)
			}
			if code >= 0 && row[code] != "" && d.Codes[row[code]] != c.ID {
				t.Errorf("%s: %v: the code is that of %s", d.ID, row, d.Codes[row[code]])
			}
		}
	}
}

// TestUnsaid names what a form has no place for.
func TestUnsaid(t *testing.T) {
	lexicon := newLexicon(t)
	flow := ledger.Flow{Entity: "E", From: ledger.Stock, To: ledger.Use, Commodity: "raw-coal",
		Period: quantity.Period{First: quantity.DayOf(2022, 1, 1), End: quantity.DayOf(2022, 3, 1)}}
	sold := flow
	sold.To = ledger.Sale
	with := flow
	with.Counterparty = "B"
	whole := quantity.Int(1000)
	for _, c := range []struct {
		name, want string
		a          ledger.Activity
	}{
		{"another role", "no column for stock to sale", ledger.Activity{Flow: sold, Number: whole}},
		{"a counterparty", "no way to write the counterparty B",
			ledger.Activity{Flow: with, Number: whole}},
		{"a document", "no way to write the document D",
			ledger.Activity{Flow: flow, Number: whole, Document: "D"}},
		{"a purchase that nobody mentions", "would also say activity 0 E - 2022-01-01/2022-03-01 " +
			"supply>stock raw-coal 0 - missing", ledger.Activity{Flow: flow, Number: whole}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := dialects.ByID("nbs-205-1")
			if err != nil {
				t.Fatal(err)
			}
			_, err = form.Write(d, ledger.Upload{Activities: []ledger.Activity{c.a}}, lexicon)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Write() = %v, want %s", err, c.want)
			}
		})
	}
}
