package acceptance

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"carbonledger/internal/engine"
	"carbonledger/ledger/barometer"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// rated returns the number of the level that an area gets whose intensity fell so far that so many
// percent of the target of 10 % were reached.
func (b book) rated(area, completion, scale string) string {
	b.t.Helper()
	hundred := quantity.Int(100)
	after := quantity.Int(100000).Sub(num(b.t, completion).Mul(hundred)) // 100000 x (1 - c/1000)
	b.post(activity("e"+area, area, "2009", "use", "other-fuel", "tce", "100000"),
		activity("e"+area, area, "2010", "use", "other-fuel", "tce", after.String()))
	b.economy(area+",gdp,2009,亿元,1000", area+",gdp,2010,亿元,1000")
	list, err := b.Progress(b.t.Context(), "cn-statistics", 0, inventory.Query{
		Period: quantity.Year(2010), Measures: []inventory.Measure{inventory.Energy}}, "gdp", area,
		engine.Goal{Base: quantity.Year(2009), Fall: num(b.t, "10"), Scale: scale})
	if err != nil {
		b.t.Fatal(err)
	}
	nearly(b.t, "completion, %", list[0].Completion, completion, "0")
	return list[0].Level.Number
}

// TestBarometer: int-barometer-definitions. The levels of the municipal scheme at its seven
// completions; a scale of one's own that takes orange at exactly 50 %; the levels of the NDRC,
// whose counts make up 30 provinces and whose bounds nobody published.
func TestBarometer(t *testing.T) {
	const id = "int-barometer-definitions"
	b := newBook(t)
	mine := filepath.Join(t.TempDir(), "mine.csv")
	if err := os.WriteFile(mine, []byte(`scale,level,name_zh,name_en,bound,percent,source
mine,0,绿色,green,at-least,100,made up
mine,1,黄色,yellow,at-least,90,made up
mine,2,橙色,orange,at-least,50,made up
mine,3,红色,red,rest,,made up
`), 0o600); err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct{ completion, level, mine string }{{"100", "0", "0"},
		{"99.99", "1", "1"}, {"90", "1", "1"}, {"89.99", "2", "2"}, {"50.01", "2", "2"},
		{"50", "3", "2"}, {"0", "3", "3"}} {
		published(t, id, c.completion, c.level)
		area := "CN/city-" + string(rune('a'+i))
		if got := b.rated(area, c.completion, "municipal-2010"); got != c.level {
			t.Errorf("%s %%: level %s, want %s", c.completion, got, c.level)
		}
		if got := b.rated(area+"-mine", c.completion, mine); got != c.mine {
			t.Errorf("%s %% on a scale of one's own: level %s, want %s", c.completion, got,
				c.mine)
		}
	}
	ndrc, err := barometer.ByID("ndrc")
	if err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for _, level := range ndrc.Levels {
		numbers = append(numbers, level.Number)
	}
	if got := strings.Join(numbers, " "); got != "3 2 1" {
		t.Errorf("levels of the NDRC, best first: %s, want 3 2 1", got)
	}
	if _, err := ndrc.Rate(ratio(t, "100", "1")); !errors.Is(err, barometer.ErrScale) {
		t.Errorf("got %v, want a refusal: the bounds were not published", err)
	}
	published(t, id, "26", "7", "1", "22", "8", "14", "30")
	for _, counts := range [][]string{{"3", "1", "26"}, {"7", "1", "22"}, {"8", "8", "14"}} {
		sum := quantity.Number{}
		for _, count := range counts {
			sum = sum.Add(num(t, count))
		}
		same(t, "provinces on the levels "+strings.Join(counts, ", "), sum, "30")
	}
}
