package factors_test

import (
	"strings"
	"testing"

	"carbonledger/factors"
)

func TestNear(t *testing.T) {
	library := open(t)
	for _, c := range []struct{ name, area, period, to, want string }{
		{"another year of the province, then of what it lies in", "360104", "2009", "co2",
			"2010-360000 2010-cn-central 2011-cn-central"},
		{"the closest years of the country", "FR", "2022", "co2", ""},
		{"no set has the edge", "360104", "2022", "ch4", ""},
	} {
		q := factors.Query{From: "electricity", To: c.to, Area: c.area, Period: period(t, c.period)}
		var ids []string
		for _, f := range library.Near(q, 3) {
			ids = append(ids, f.ID)
		}
		got := strings.Join(ids, " ")
		if c.want != "" && got != c.want || c.to == "ch4" && got != "" || len(ids) > 3 {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
