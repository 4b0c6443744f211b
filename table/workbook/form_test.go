package workbook_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"carbonledger/table"
	"carbonledger/table/workbook"
)

// fuels is a list longer than the 255 letters that Excel takes in a rule.
func fuels() []string {
	names := make([]string, 120)
	for i := range names {
		names[i] = fmt.Sprintf("能源%d, 其他", i+1)
	}
	return names
}

func form() workbook.Form {
	return workbook.Form{
		Name: "205-1", Title: "能源购进、消费与库存",
		Above: [][]string{{"表号：205-1表"}, {"2024年1-3月"}},
		Columns: []workbook.Column{{Header: "代码", Text: true, Width: 8}, {Header: "能源名称",
			Lists: []workbook.List{{Words: fuels()}}, Hint: "请选择"},
			{Header: "消费量", Number: true}, {Header: "备注"}},
		Rows:  [][]string{{"01", "能源1, 其他", "12.50", "=1+1"}, {"02", "", "1234567890.1234567", ""}},
		Blank: 3,
		Below: [][]string{{"单位负责人："}},
	}
}

// TestForm reads a form back the way uploads are read.
func TestForm(t *testing.T) {
	var data bytes.Buffer
	if err := form().Write(&data); err != nil {
		t.Fatal(err)
	}
	title := "能源购进、消费与库存"
	want := "x.xlsx 205-1: 1 " + title + strings.Repeat("|["+title+"]", 3) +
		" 2 表号:205-1表 3 2024年1-3月 4 代码|能源名称|消费量|备注" +
		" 5 01|能源1, 其他|12.5|=1+1 6 02||1234567890.1234567 10 单位负责人:"
	if got := show(workbook.Open("x.xlsx", data.Bytes())); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// TestFormIsDeterministic wants the same bytes from the same form.
func TestFormIsDeterministic(t *testing.T) {
	var first bytes.Buffer
	if err := form().Write(&first); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		var again bytes.Buffer
		if err := form().Write(&again); err != nil || !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Fatalf("%d bytes and %v, want the same %d as before", again.Len(), err, first.Len())
		}
	}
}

// TestFormRules asks the library for the rules, formats and panes that Excel would see.
func TestFormRules(t *testing.T) {
	var data bytes.Buffer
	if err := form().Write(&data); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&data)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := book.GetDataValidations("205-1")
	if err != nil || len(rules) != 2 {
		t.Fatalf("%d rules and %v, want 2", len(rules), err)
	}
	if r := rules[0]; r.Sqref != "B5:B9" || r.Type != "list" || *r.Prompt != "请选择" ||
		r.Formula1 != "'列表 Lists'!$A$1:$A$120" || *r.ErrorStyle != "stop" {
		t.Errorf("list: %+v", r)
	}
	if r := rules[1]; r.Sqref != "C5:C9" || r.Type != "decimal" || r.Formula1 != "0" ||
		*r.ErrorStyle != "warning" {
		t.Errorf("figures: %+v", r)
	}
	if visible, err := book.GetSheetVisible("列表 Lists"); visible || err != nil {
		t.Errorf("the lists are visible, %v", err)
	}
	if word, err := book.GetCellValue("列表 Lists", "A120"); word != "能源120, 其他" {
		t.Errorf("last word %q, %v", word, err)
	}
	panes, err := book.GetPanes("205-1")
	if err != nil || !panes.Freeze || panes.YSplit != 4 || panes.TopLeftCell != "A5" {
		t.Errorf("panes %+v, %v; want the rows down to the header frozen", panes, err)
	}
	style, err := book.GetCellStyle("205-1", "A9")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := book.GetStyle(style); err != nil || s.NumFmt != 49 {
		t.Errorf("style %+v, %v; want text in the last empty row", s, err)
	}
}

// TestFormRowLists gives rows lists of their own, a code its length and a header its words.
func TestFormRowLists(t *testing.T) {
	form := workbook.Form{
		Name: "a", Rows: [][]string{{"煤"}, {"气"}, {"焦"}}, Blank: 2,
		Columns: []workbook.Column{
			{Header: "单位", Lists: []workbook.List{
				{Words: []string{"吨", "千克"}, Rows: []int{0, 2, 3}},
				{Words: []string{"立方米"}, Rows: []int{1}, Open: true}}},
			{Header: "代码", Length: 18},
			{Header: "____", Headings: []string{"电力(千瓦时)"}},
		},
		Messages: workbook.Messages{Title: "请核对", List: "只能选择", Open: "确定？",
			Length: "应为18位"},
	}
	var data bytes.Buffer
	if err := form.Write(&data); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&data)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := book.GetDataValidations("a")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rules {
		got = append(got, strings.Join([]string{r.Sqref, r.Type, r.Operator, r.Formula1,
			*r.ErrorStyle, *r.ErrorTitle, *r.Error}, " "))
	}
	want := []string{
		"A2 A4:A5 list  '列表 Lists'!$A$1:$A$2 stop 请核对 只能选择",
		"A3 list  '列表 Lists'!$B$1:$B$1 warning 请核对 确定？",
		"B2:B6 textLength equal 18 warning 请核对 应为18位",
		"C1 list  '列表 Lists'!$C$1:$C$1 warning 请核对 确定？",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the rules are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFormRefuses(t *testing.T) {
	for _, c := range []struct {
		name, want string
		form       workbook.Form
	}{
		{"a name Excel does not take", "a/b", workbook.Form{Name: "a/b"}},
		{"a cell Excel would cut short", "row 1, column 1: a cell of 32768 letters",
			workbook.Form{Name: "a", Above: [][]string{{strings.Repeat("长", 32768)}}}},
		{"a word of a list that is too long", "32768",
			workbook.Form{Name: "a", Blank: 1,
				Columns: []workbook.Column{
					{Header: "b", Lists: []workbook.List{
						{Words: []string{strings.Repeat("长", 32768)}}}}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.form.Write(&bytes.Buffer{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

// TestWrite reads back what was written: the same cells in the same lines.
func TestWrite(t *testing.T) {
	sheet, _ := table.Read("a.csv", []byte("品种,数量\n\n电力,1.50\n=1+1,\"a\nb\"\n_x0041_,\t x\n"))
	sheet.Name = "用电"
	var data bytes.Buffer
	if err := workbook.Write(&data, []table.Sheet{sheet, {}}); err != nil {
		t.Fatal(err)
	}
	want := "x.xlsx 用电: 1 品种|数量 3 电力|1.50 4 =1+1|a\nb 6 _x0041_|x"
	if got := show(workbook.Open("x.xlsx", data.Bytes())); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if err := workbook.Write(&data, []table.Sheet{sheet, sheet}); err == nil {
		t.Error("two worksheets of one name were written")
	}
}

// TestOracle compares with the library: the same texts at the same places, and numbers that are
// equal to 15 digits.
func TestOracle(t *testing.T) {
	book := excelize.NewFile()
	for row := 1; row <= 200; row++ {
		for column := 1; column <= 9; column += 1 + row%3 {
			cell, err := excelize.CoordinatesToCellName(column, row*3)
			if err == nil && column%2 == 0 {
				err = book.SetCellStr("Sheet1", cell, fmt.Sprintf("文本%d", row%7))
			} else if err == nil {
				err = book.SetCellDefault("Sheet1", cell,
					fmt.Sprintf("%d.%dE-%d", row, column, row%9))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var data bytes.Buffer
	if err := book.Write(&data); err != nil {
		t.Fatal(err)
	}
	sheet := workbook.Open("x.xlsx", data.Bytes())[0].Sheets[0]
	rows, err := book.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(sheet.Rows) != 200 {
		t.Fatalf("%d rows, want 200", len(sheet.Rows))
	}
	for _, row := range sheet.Rows {
		want := rows[row.Line-1]
		for column := range max(len(row.Cells), len(want)) {
			expected := ""
			if column < len(want) {
				expected = want[column]
			}
			if got := row.Cell(column).Raw; !sameNumber(got, expected) {
				t.Fatalf("row %d, column %d: %q, want %q", row.Line, column+1, got, expected)
			}
		}
	}
}
