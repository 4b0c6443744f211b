package acceptance

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"carbonledger/factors"
	"carbonledger/internal/engine"
	"carbonledger/ledger"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/form"
	"carbonledger/table"
)

// offer is a rule of an empty form, with the words of its list.
type offer struct {
	*excelize.DataValidation
	words []string
}

// blankOf makes the empty form of a dialect as Excel gets it.
func blankOf(t *testing.T, id string, lang table.Lang) *excelize.File {
	t.Helper()
	catalogue, err := factors.Commodities()
	if err != nil {
		t.Fatal(err)
	}
	d, err := dialects.ByID(id)
	if err != nil {
		t.Fatal(err)
	}
	var data, again bytes.Buffer
	if err := form.Empty(d, catalogue, lang).XLSX(&data); err != nil {
		t.Fatal(err)
	}
	if err := form.Empty(d, catalogue, lang).XLSX(&again); err != nil ||
		!bytes.Equal(data.Bytes(), again.Bytes()) {
		t.Errorf("%s: a second form has other bytes, %v", id, err)
	}
	book, err := excelize.OpenReader(&data)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// rulesOf reads the rules of the first worksheet, by the cells they hold for.
func rulesOf(t *testing.T, book *excelize.File) map[string]offer {
	t.Helper()
	list, err := book.GetDataValidations(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	rules := map[string]offer{}
	for _, r := range list {
		if _, twice := rules[r.Sqref]; twice {
			t.Errorf("two rules for %s", r.Sqref)
		}
		found := offer{DataValidation: r}
		if sheet, cells, ok := strings.Cut(r.Formula1, "!"); ok {
			found.words = wordsAt(t, book, strings.Trim(sheet, "'"), cells)
		}
		rules[r.Sqref] = found
	}
	return rules
}

// wordsAt reads the words of a list, which ends where they end.
func wordsAt(t *testing.T, book *excelize.File, sheet, cells string) (words []string) {
	t.Helper()
	first, last, _ := strings.Cut(strings.ReplaceAll(cells, "$", ""), ":")
	column, top, errFirst := excelize.CellNameToCoordinates(first)
	_, bottom, errLast := excelize.CellNameToCoordinates(last)
	if errFirst != nil || errLast != nil {
		t.Fatal(errFirst, errLast)
	}
	for row := top; row <= bottom+1; row++ {
		cell, err := excelize.CoordinatesToCellName(column, row)
		if err != nil {
			t.Fatal(err)
		}
		word, err := book.GetCellValue(sheet, cell)
		if err != nil || (word == "") != (row > bottom) {
			t.Errorf("cell %s of the list %s is %q, %v", cell, cells, word, err)
		}
		words = append(words, word)
	}
	return words[:len(words)-1]
}

// TestTemplateLists reads the rules of the forms back: which cells they hold for, which words they
// offer first and how many, and whether Excel refuses others or asks.
func TestTemplateLists(t *testing.T) {
	for _, c := range []struct {
		id, cells, style, words string
		count                   int
	}{
		{"nbs-205-1", "A47:A56", "warning", "原煤|无烟煤", 0},
		{"nbs-205-1", "B7:B16 B22 B24:B37 B40:B42 B44", "warning", "吨|千克|万吨", 3},
		{"nbs-205-1", "B17:B21 B23", "warning", "万立方米|万标立方米|标立方米|立方米", 4},
		{"nbs-205-1", "B38 B43", "warning", "百万千焦|吉焦|兆焦", 6},
		{"nbs-205-1", "B39", "warning", "万千瓦时|千瓦时|兆瓦时", 3},
		{"nbs-205-1", "B45:B46", "warning", "吨标准煤|千克标准煤", 2},
		{"nbs-205-1", "C7:C39 C46", "stop", "01|02|03", 34},
		{"nbs-205-1", "C40:C45 C47:C56", "warning", "01|02|03", 34},
		{"nbs-205-2", "B39", "warning", "万千瓦时|千瓦时|兆瓦时", 3},
		{"nbs-205-2", "C7:C39 C46", "stop", "01|02|03", 34},
		{"mee-supplement", "B6:B20", "warning", "t|kg|万t", 3},
		{"mee-supplement", "B21:B24", "warning", "万Nm3|万m3|Nm3|m3", 4},
		{"mee-supplement", "B25", "warning", "MWh|kWh|万kWh", 3},
		{"long", "J2:J201", "warning", "千瓦时|万千瓦时", 16},
		{"long", "L2:L201", "stop", "缺失|估计", 6},
		{"wide", "H2:H201", "stop", "1|2|3", 12},
		{"wide", "J1", "warning", "原煤(吨)|原煤(千克)", 0},
		{"wide-periods", "H2:H201", "stop", "消费|原料", 7},
		{"portfolio-manager", "F2:F201", "stop", "Yes|No", 2},
		{"portfolio-manager-meters", "D2:D201", "warning", "Diesel|District Chilled Water", 0},
		{"portfolio-manager-meters", "I2:I201", "warning", "Cubic Meters|GJ (billion Joules)", 15},
	} {
		t.Run(c.id+"/"+c.cells, func(t *testing.T) {
			r, ok := rulesOf(t, blankOf(t, c.id, table.ZH))[c.cells]
			if !ok || r.Type != "list" || *r.ErrorStyle != c.style || *r.ErrorTitle != "请核对" {
				t.Fatalf("the rule is %+v", r.DataValidation)
			}
			first := strings.Split(c.words, "|")
			if len(r.words) < len(first) || !slices.Equal(r.words[:len(first)], first) ||
				c.count != 0 && len(r.words) != c.count {
				t.Errorf("%d words %v, want %d beginning with %s", len(r.words), r.words, c.count,
					c.words)
			}
		})
	}
}

// TestTemplateLengths finds the warning of codes that are cut short, in the language of the form,
// and none for the ids of Portfolio Manager.
func TestTemplateLengths(t *testing.T) {
	for lang, want := range map[table.Lang]string{table.ZH: "应为18位", table.EN: "18 characters"} {
		for _, id := range []string{"long", "wide", "bill-electricity", "bill-gas", "bill-water",
			"meter-interval", "entities"} {
			r, ok := rulesOf(t, blankOf(t, id, lang))["A2:A201"]
			if !ok || r.Type != "textLength" || r.Operator != "equal" || r.Formula1 != "18" ||
				*r.ErrorStyle != "warning" || !strings.Contains(*r.Error, want) {
				t.Errorf("%s: the rule of the first column is %+v", id, r.DataValidation)
			}
		}
	}
	if r := rulesOf(t, blankOf(t, "portfolio-manager", table.EN))["A2:A201"]; r.Type != "" {
		t.Errorf("the id of a property has the rule %+v", r.DataValidation)
	}
}

// TestTemplateChosen fills in a form with words of its lists: another unit, and a fuel the form
// does not print.
func TestTemplateChosen(t *testing.T) {
	book := blankOf(t, "nbs-205-1", table.ZH)
	rules := rulesOf(t, book)
	spare := rules["A47:A56"].words
	for cell, text := range map[string]string{
		"A3": "2022年1—3月", "A4": "统一社会信用代码：91350100M000100Y43", "A5": "单位详细名称：示例公司",
		"B7": rules["B7:B16 B22 B24:B37 B40:B42 B44"].words[1], "E7": "1500", "H7": "1200",
		"A47": spare[slices.Index(spare, "煤焦油")], "B47": "吨", "E47": "3", "H47": "2",
	} {
		if err := book.SetCellStr(book.GetSheetName(0), cell, text); err != nil {
			t.Fatal(err)
		}
	}
	var data bytes.Buffer
	if err := book.Write(&data); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(posted(t, "chosen.xlsx", data.Bytes()), "\n")
	for _, want := range []string{"raw-coal 1500 ", "raw-coal 1200 ", "coal-tar 3000 ",
		"coal-tar 2000 "} {
		if !strings.Contains(got, want) {
			t.Errorf("no figure %sin\n%s", want, got)
		}
	}
}

// posted imports a file into an empty book and lists what the book then holds.
func posted(t *testing.T, name string, data []byte) []string {
	t.Helper()
	ctx := context.Background()
	e, err := engine.Open(ctx, engine.Memory, false)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	register := []byte("entity,name,industry,area\n91350100M000100Y43,示例公司,C3741,360104\n")
	if _, err := e.Post(ctx, "entities.csv", register, engine.Import{}); err != nil {
		t.Fatal(err)
	}
	list, err := e.Post(ctx, name, data, engine.Import{Dialect: "auto"})
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, faultsOf(list))
	}
	var book ledger.Upload
	if err := e.Export(ctx, func(_ ledger.Receipt, a ledger.Activity) {
		book.Activities = append(book.Activities, a)
	}); err != nil {
		t.Fatal(err)
	}
	return form.Content(book)
}
