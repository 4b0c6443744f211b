package bulk_test

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/index"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/bulk"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/tally"
	"carbonledger/table"
)

func lexicon(t testing.TB) intake.Lexicon {
	t.Helper()
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	return intake.Lexicon{Catalogue: library.Catalogue, Areas: library.Areas}
}

// read is what the fast path and the plain one have in common to be compared.
type read struct {
	blocks  [][]byte
	indexes [][]byte
	tallies []string
	upload  ledger.Upload
}

const blockRows = 7

// plainly reads a table as package intake does.
func plainly(d dialects.Dialect, text []byte, l intake.Lexicon) (read, bool) {
	sheet, faults := table.Read("a.csv", text)
	if len(faults) > 0 {
		return read{}, false
	}
	u := intake.Read(d, sheet, ledger.Source{File: "a.csv"}, l)
	bad := map[int]bool{}
	for _, fault := range u.Faults {
		bad[fault.Line] = true
	}
	for _, line := range u.Lost {
		bad[line] = true
	}
	good := slices.DeleteFunc(slices.Clone(u.Activities), func(a ledger.Activity) bool {
		return bad[a.Line]
	})
	r := read{upload: u, tallies: talliesText(tally.Of(good))}
	for part := range slices.Chunk(good, blockRows) {
		r.blocks = append(r.blocks, ledger.EncodeActivities(part))
		r.indexes = append(r.indexes, index.OfActivities(part))
	}
	return r, true
}

// fast reads a table in pieces.
func fast(t *testing.T, d dialects.Dialect, text []byte, l intake.Lexicon, size, workers int) (
	read, error) {
	t.Helper()
	sheet, _ := table.Read("a.csv", text)
	r := read{}
	var mutex sync.Mutex
	blocks, indexes := map[int][]byte{}, map[int][]byte{}
	result, err := bulk.Read(t.Context(), bulk.Job{Dialect: d, Head: sheet,
		Source: ledger.Source{File: "a.csv"}, Lexicon: l, Text: bytes.NewReader(text),
		PieceSize: size, BlockRows: blockRows, Workers: workers,
		Block: func(number int, block, index []byte) error {
			mutex.Lock()
			defer mutex.Unlock()
			blocks[number], indexes[number] = bytes.Clone(block), index
			return nil
		}})
	if err != nil {
		return read{}, err
	}
	for i := range result.Blocks {
		r.blocks, r.indexes = append(r.blocks, blocks[i]), append(r.indexes, indexes[i])
	}
	r.upload, r.tallies = result.Upload, talliesText(result.Tallies)
	return r, nil
}

func talliesText(t tally.Tallies) (lines []string) {
	for i := range t.List {
		one := &t.List[i]
		lines = append(lines, fmt.Sprint(t.Flow(one), t.Whats[one.What].Unit,
			t.Whats[one.What].PerUnit, " ", one.Rows, " ", t.Total(one), " ", t.Largest(one), " ",
			one.Line, " ", t.Written(one)))
	}
	slices.Sort(lines)
	return lines
}

// told are faults or warnings in an order of their own.
func told(list []table.Fault) []table.Fault {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b table.Fault) int {
		return cmp.Or(a.Line-b.Line, a.Column-b.Column, cmp.Compare(a.Code, b.Code),
			cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)))
	})
	return list
}

// compare reads a text both ways and returns whether the fast one took it.
func compare(t *testing.T, d dialects.Dialect, text []byte, l intake.Lexicon, size, workers int,
) bool {
	t.Helper()
	want, ok := plainly(d, text, l)
	got, err := fast(t, d, text, l, size, workers)
	if errors.Is(err, bulk.ErrPlain) || !ok && err != nil {
		return false
	}
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	for _, lists := range []struct {
		what      string
		got, want []table.Fault
	}{{"faults", got.upload.Faults, want.upload.Faults},
		{"warnings", got.upload.Warnings, want.upload.Warnings}} {
		g, w := told(lists.got), told(lists.want)
		if fmt.Sprint(g) != fmt.Sprint(w) {
			t.Errorf("%s = %+v\nwant %+v", lists.what, g, w)
		}
	}
	if !slices.Equal(got.upload.Entities, want.upload.Entities) {
		t.Errorf("entities = %v\nwant %v", got.upload.Entities, want.upload.Entities)
	}
	if !slices.Equal(got.tallies, want.tallies) {
		t.Errorf("tallies = %s\nwant %s", strings.Join(got.tallies, "\n"),
			strings.Join(want.tallies, "\n"))
	}
	if fmt.Sprint(got.upload.Source) != fmt.Sprint(want.upload.Source) {
		t.Errorf("source = %+v, want %+v", got.upload.Source, want.upload.Source)
	}
	if !slices.EqualFunc(got.indexes, want.indexes, bytes.Equal) {
		t.Errorf("indexes = %x, want %x", got.indexes, want.indexes)
	}
	if !slices.EqualFunc(got.blocks, want.blocks, bytes.Equal) {
		t.Errorf("%d blocks are not the %d of the plain path", len(got.blocks), len(want.blocks))
		for i := range min(len(got.blocks), len(want.blocks)) {
			g, _ := ledger.DecodeActivities(got.blocks[i])
			w, _ := ledger.DecodeActivities(want.blocks[i])
			if fmt.Sprint(g) != fmt.Sprint(w) {
				t.Errorf("block %d = %v\nwant %v", i, g, w)
			}
		}
	}
	return true
}

// chance makes tables.
type chance struct{ *rand.Rand }

func (c chance) pick(list ...string) string { return list[c.IntN(len(list))] }

// rarely picks the first mostly and another once in n times.
func (c chance) rarely(n int, usual string, others ...string) string {
	if c.IntN(n) > 0 {
		return usual
	}
	return c.pick(others...)
}

// long is a table of the long dialect with everything that may stand in one.
func (c chance) long(rows int) string {
	separator, end := c.pick(",", ",", "\t", ";"), c.pick("\n", "\r\n")
	columns := []string{"entity", "name", "area", "period", "role", "commodity", "unit", "quantity",
		"document", "absence", "source"}
	if c.IntN(3) == 0 {
		columns = []string{"企业代码", "单位名称", "所在地区", "期间", "用途", "品种", "计量单位", "数量",
			"凭证号", "缺失说明", "数据来源"}
	}
	order := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	if c.IntN(2) == 0 {
		// Cells that are read together stand together.
		order = []int{0, 1, 2, 3, 4, 5, 6, 9, 7, 8, 10}
	}
	if c.IntN(2) == 0 {
		order = order[:10] // all columns are read
	}
	text := strings.Join(arranged(columns, order), separator) + end
	odd := []int{3, 20, 1000}[c.IntN(3)]
	for i := range rows {
		entity := c.IntN(4)
		fields := []string{
			c.rarely(odd, fmt.Sprintf("PLANT-%d", entity), " plant-1", "", "合计", "#REF!",
				"1.2E+17", "PLANT 2", "'PLANT-3"),
			c.rarely(odd, "", "一号厂", "厂\"乙\""),
			c.rarely(odd, "360104", "", "青云谱区", "nowhere"),
			c.rarely(odd, fmt.Sprintf("2022-%02d", 1+c.IntN(12)), "2022年3月", "2022", "2022-13",
				"全年", "2022Q1", "202205", ""),
			c.rarely(odd, c.pick("use", "", "convert"), "消费", "weiß nicht", "supply", "-"),
			c.rarely(odd, c.pick("electricity", "diesel", "电力"), "原煤", "nothing", "柴油", "0#柴油"),
			"", "",
			c.rarely(odd, fmt.Sprintf("B%05d", i), "", "B1", "票 7", "7", "-", "1.0E+15",
				"007", "B-00x"),
			c.rarely(odd, "", "estimated", "missing", "估计", "zero", "no idea"),
			c.rarely(odd, "", "台账", "7"),
		}
		fields[6] = c.rarely(odd, map[string]string{"diesel": "t"}[fields[5]], "kg", "MWh", "万kWh",
			"斤", "", "kWh ")
		if fields[6] == "" && fields[5] != "diesel" {
			fields[6] = c.rarely(odd, "kWh", "", "t")
		}
		figure := fmt.Sprintf("%d.%0*d", c.IntN(100000), 1+c.IntN(4), c.IntN(10))
		fields[7] = c.rarely(odd, figure, "1,234.5", "0", "", "-5", "12.5 ", "  7", "１２", "abc",
			"1e5", "0012", ".5", "+3", "999999999999999999999", "123吨", "—", "7.", "3,5")
		for j, field := range fields {
			if c.IntN(60) == 0 || strings.ContainsAny(field, separator+"\"") {
				fields[j] = `"` + strings.ReplaceAll(field, `"`, `""`) + `"`
			}
		}
		fields = arranged(fields, order)
		if odd < 100 && c.IntN(odd*3) == 0 {
			fields = fields[:c.IntN(len(fields))+1]
		}
		if odd < 100 && c.IntN(odd*4) == 0 {
			fields = append(fields, c.pick("", "x"))
		}
		text += strings.Join(fields, separator)
		if i < rows-1 || c.IntN(2) == 0 {
			text += c.rarely(odd, end, end+end)
		}
	}
	return text
}

// gb18030 writes the letters of these tables in GB18030.
var gb18030 = strings.NewReplacer("份", "\xb7\xdd",
	"停", "\xcd\xa3", "产", "\xb2\xfa", "天", "\xcc\xec", "然", "\xc8\xbb", "气", "\xc6\xf8",
	"汽", "\xc6\xfb", "二", "\xb6\xfe", "序", "\xd0\xf2", "办", "\xb0\xec", "公", "\xb9\xab",
	"楼", "\xc2\xa5", "无", "\xce\xde", "暂", "\xd4\xdd", "保", "\xb1\xa3", "密", "\xc3\xdc",
	"ß", "\x81\x30\x89\x38", "—", "\xa1\xaa", "一", "\xd2\xbb", "万", "\xcd\xf2",
	"业", "\xd2\xb5", "乙", "\xd2\xd2", "云", "\xd4\xc6", "代", "\xb4\xfa", "企", "\xc6\xf3",
	"估", "\xb9\xc0", "位", "\xce\xbb", "全", "\xc8\xab", "凭", "\xc6\xbe", "力", "\xc1\xa6",
	"区", "\xc7\xf8", "单", "\xb5\xa5", "厂", "\xb3\xa7", "原", "\xd4\xad", "台", "\xcc\xa8",
	"号", "\xba\xc5", "合", "\xba\xcf", "名", "\xc3\xfb", "吨", "\xb6\xd6", "品", "\xc6\xb7",
	"在", "\xd4\xda", "地", "\xb5\xd8", "失", "\xca\xa7", "年", "\xc4\xea", "所", "\xcb\xf9",
	"据", "\xbe\xdd", "数", "\xca\xfd", "斤", "\xbd\xef", "明", "\xc3\xf7", "月", "\xd4\xc2",
	"期", "\xc6\xda", "来", "\xc0\xb4", "柴", "\xb2\xf1", "油", "\xd3\xcd", "消", "\xcf\xfb",
	"源", "\xd4\xb4", "煤", "\xc3\xba", "用", "\xd3\xc3", "电", "\xb5\xe7", "码", "\xc2\xeb",
	"票", "\xc6\xb1", "种", "\xd6\xd6", "称", "\xb3\xc6", "缺", "\xc8\xb1", "计", "\xbc\xc6",
	"证", "\xd6\xa4", "说", "\xcb\xb5", "谱", "\xc6\xd7", "账", "\xd5\xcb", "费", "\xb7\xd1",
	"途", "\xcd\xbe", "量", "\xc1\xbf", "间", "\xbc\xe4", "青", "\xc7\xe0", "１", "\xa3\xb1",
	"２", "\xa3\xb2")

// arranged puts fields into another order.
func arranged(fields []string, order []int) []string {
	list := make([]string, len(order))
	for i, at := range order {
		list[i] = fields[at]
	}
	return list
}

func TestLongTablesAreReadAsThePlainWay(t *testing.T) {
	d, err := dialects.ByID("long")
	if err != nil {
		t.Fatal(err)
	}
	l := lexicon(t)
	taken := 0
	for seed := range uint64(400) {
		c := chance{rand.New(rand.NewPCG(seed, 7))}
		text := []byte(c.long(1 + c.IntN(60)))
		if c.IntN(3) == 0 {
			text = []byte(gb18030.Replace(string(text)))
		}
		if compare(t, d, text, l, 1+c.IntN(400), 1+c.IntN(4)) {
			taken++
		}
		if t.Failed() {
			t.Fatalf("seed %d:\n%s", seed, text)
		}
	}
	t.Logf("%d of 400 tables were read on the fast path", taken)
	if taken < 100 {
		t.Errorf("only %d of 400 tables were read on the fast path", taken)
	}
}

// TestLettersThatAreNone damages every byte of some rows of which all cells are read: no text has
// such bytes, and the plain way tells them.
func TestLettersThatAreNone(t *testing.T) {
	d, err := dialects.ByID("long")
	if err != nil {
		t.Fatal(err)
	}
	l := lexicon(t)
	text := "entity,period,commodity,unit,quantity,document\n" +
		strings.Repeat("P-1,2022-01,electricity,kWh,12.5,B01\n", 3) +
		"P-2,\"2022-02\",electricity,kWh,\"7\",B02\n"
	sheet, _ := table.Read("a.csv", []byte(text))
	for at := strings.IndexByte(text, '\n') + 1; at < len(text); at++ {
		for _, letter := range []string{"\x00", "\xff", "\ufffd"} {
			damaged := text[:at] + letter + text[at+1:]
			_, err := bulk.Read(t.Context(), bulk.Job{Dialect: d, Head: sheet, Workers: 2,
				Source: ledger.Source{File: "a.csv"}, Lexicon: l, PieceSize: 60,
				Text:  strings.NewReader(damaged),
				Block: func(int, []byte, []byte) error { return nil }})
			if !errors.Is(err, bulk.ErrPlain) {
				t.Fatalf("%q is read: %v, want %v", damaged, err, bulk.ErrPlain)
			}
		}
	}
}

// A table that is wrong as a whole is told up to a number of faults, the same ones on any number
// of workers, and not read on.
func TestTooManyFaults(t *testing.T) {
	d, err := dialects.ByID("long")
	if err != nil {
		t.Fatal(err)
	}
	text := "entity,period,commodity,quantity,unit\n" +
		strings.Repeat("P-1,2022-01,electricity,x,kWh\n", 500)
	for _, workers := range []int{1, 3} {
		sheet, _ := table.Read("a.csv", []byte(text))
		result, err := bulk.Read(t.Context(), bulk.Job{Dialect: d, Head: sheet, Workers: workers,
			Source: ledger.Source{File: "a.csv"}, Lexicon: lexicon(t), PieceSize: 100,
			Text: strings.NewReader(text), FaultsMost: 7,
			Block: func(int, []byte, []byte) error { return nil }})
		faults := result.Upload.Faults
		if err != nil || !result.Stopped || len(faults) != 8 ||
			faults[7].Code != "file.faults" || faults[7].Line != 8 {
			t.Errorf("%d workers: %v, %v, want 7 faults and file.faults in line 8", workers,
				faults, err)
		}
	}
}
