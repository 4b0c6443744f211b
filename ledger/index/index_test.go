package index_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"carbonledger/ledger/index"
	"carbonledger/quantity"
)

var may = quantity.Period{First: quantity.DayOf(2022, 5, 1), End: quantity.DayOf(2022, 6, 1)}

// of makes the index of entities with these ids.
func of(ids []string, span quantity.Period) []byte {
	var entities []index.Entity
	for _, id := range ids {
		entities = append(entities, index.EntityOf(id))
	}
	return index.Of(entities, span)
}

func enterprise(i int) string { return fmt.Sprintf("91360104MA35%06d", i) }

func enterprises(n int) []string {
	var list []string
	for i := range n {
		list = append(list, enterprise(i*7), enterprise(i*7))
	}
	return list
}

func TestAnIndexLeavesNothingOut(t *testing.T) {
	for _, n := range []int{0, 1, 2, 50, 60, 1000, 5000, 16384} {
		list := enterprises(n)
		bytes := of(list, may)
		if len(bytes) > 1100 {
			t.Errorf("the index of %d enterprises has %d bytes, want about a thousand",
				n, len(bytes))
		}
		for _, entity := range list {
			if !index.Holds(bytes, entity, may) {
				t.Fatalf("the index of %d enterprises leaves out %s", n, entity)
			}
		}
	}
}

// TestFewStrangersAreAdmitted counts enterprises that a block does not hold and its index admits.
func TestFewStrangersAreAdmitted(t *testing.T) {
	for _, test := range []struct{ enterprises, most int }{
		{0, 0}, {1, 0}, {50, 0}, {100, 10}, {1000, 400}, {4000, 6000},
	} {
		bytes := of(enterprises(test.enterprises), may)
		const strangers = 10_000
		admitted := 0
		for i := range strangers {
			if index.Holds(bytes, enterprise(i*7+3), may) {
				admitted++
			}
		}
		if admitted > test.most {
			t.Errorf("the index of %d enterprises admits %d strangers of %d, want at most %d",
				test.enterprises, admitted, strangers, test.most)
		}
		t.Logf("%d enterprises: %d bytes, %d strangers of %d", test.enterprises, len(bytes),
			admitted, strangers)
	}
}

func TestAnIndexKnowsItsDays(t *testing.T) {
	bytes := of([]string{"a"}, may)
	for _, test := range []struct {
		name   string
		period quantity.Period
		want   bool
	}{
		{"the same month", may, true},
		{"the year around it", quantity.Year(2022), true},
		{"its last day", quantity.Period{First: may.End - 1, End: may.End}, true},
		{"the day behind it", quantity.Period{First: may.End, End: may.End + 1}, false},
		{"the year before", quantity.Year(2021), false},
		{"any time", quantity.Period{}, true},
	} {
		if got := index.Holds(bytes, "a", test.period); got != test.want {
			t.Errorf("Holds at %s = %v, want %v", test.name, got, test.want)
		}
	}
}

// FuzzHolds asks indexes of any bytes: nothing panics, and what is no index can hold everything.
func FuzzHolds(f *testing.F) {
	f.Add([]byte(nil), "a")
	f.Add(of(enterprises(3), may), enterprise(7))
	f.Add(of(enterprises(300), may), enterprise(7))
	f.Fuzz(func(t *testing.T, bytes []byte, entity string) {
		index.Holds(bytes, entity, may)
		if len(bytes) > 0 && bytes[0] > 2 && !index.Holds(bytes, entity, quantity.Period{}) {
			t.Errorf("bytes %x that are no index keep %q out", bytes, entity)
		}
		random := rand.New(rand.NewPCG(uint64(len(bytes)), 1))
		list := append(enterprises(random.IntN(200)), entity)
		if !index.Holds(of(list, may), entity, may) {
			t.Errorf("an index leaves out %q", entity)
		}
	})
}
