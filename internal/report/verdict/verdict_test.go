package verdict_test

import (
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/internal/report"
	"carbonledger/internal/report/verdict"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/certificate"
	"carbonledger/scenarios/trend"
	"carbonledger/table"
)

// TestNotes: what a pathway stands on, in both languages; every term has its words.
func TestNotes(t *testing.T) {
	year := func(at int, co2 int64) scenarios.Year {
		return scenarios.Year{Year: at, CO2: quantity.Int(co2)}
	}
	p := scenarios.Pathway{Scenario: "s",
		Years: []scenarios.Year{year(2022, 5000), year(2023, 6000), year(2024, 6000)},
		Since: []scenarios.Year{year(2023, 1234567), year(2030, 1)},
		Reach: scenarios.Reach{Last: 2023,
			Resting: []scenarios.Rest{{Driver: scenarios.GDPSecondary, From: 2023}}},
		Left: []scenarios.Left{{Year: 2019, Why: scenarios.LeftEnergy},
			{Year: 2020, Why: scenarios.LeftGaps, What: []string{"a", "b", "c", "d", "e"}},
			{Year: 2021, Why: scenarios.LeftGDP}, {Year: 2018, Why: scenarios.LeftTotals}}}
	for lang, want := range map[table.Lang][]string{
		table.EN: {"secondary sector: no row of growth after 2022, so it stands still from 2023",
			"years after 2023: every figure stands still from 2024 to 2024",
			"2023 already: 1,235 tCO2, and the pathway says 6", "2019 is left out",
			"a, b, c, d …", "GDP is missing", "total-energy", "s is judged to 2023"},
		table.ZH: {"第二产业增加值：2022年以后没有增长行", "只针对至2023年的年份", "账簿已有2023年数据",
			"2019年未使用", "a, b, c, d …", "缺少地区生产总值", "total-energy", "s：仅判断至2023年"},
	} {
		got := strings.Join(append(verdict.Notes(p, namesIn(t, lang)),
			verdict.Judged(p, lang)...), "\n")
		for _, words := range want {
			if !strings.Contains(got, words) {
				t.Errorf("%s: no %q in\n%s", lang, words, got)
			}
		}
	}
}

// namesIn returns the names of commodities.
func namesIn(t *testing.T, lang table.Lang) report.Names {
	t.Helper()
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	return report.Names{Lang: lang, Library: library}
}

// TestGap: a kind of gap is told by the names of its commodities; what is none stays as it is.
func TestGap(t *testing.T) {
	for text, want := range map[string]string{"electricity -> co2: 2": "电力 → 二氧化碳: 2", "a": "a"} {
		if got := verdict.Gap(text, namesIn(t, table.ZH)); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// TestReaches: how far rows reach is told once where it is the same, and else of each by name.
func TestReaches(t *testing.T) {
	to := func(name string, last int) scenarios.Pathway {
		return scenarios.Pathway{Scenario: name, Reach: scenarios.Reach{Last: last},
			Years: []scenarios.Year{{Year: 2022}, {Year: 2023}, {Year: 2024}, {Year: 2025}}}
	}
	names := namesIn(t, table.EN)
	if got := verdict.Notes(to("a", 2023), names, to("b", 2023)); len(got) != 1 ||
		!strings.HasPrefix(got[0], "no row says anything about the years after 2023") {
		t.Errorf("the same reach: %q", got)
	}
	got := verdict.Notes(to("a", 2025), names, to("b", 2023), to("c", 2024))
	if len(got) != 2 || !strings.HasPrefix(got[0], "b: no row says anything about the years "+
		"after 2023") || !strings.HasPrefix(got[1], "c: no row") {
		t.Errorf("different reaches: %q", got)
	}
}

// TestTrends: what has no trend for one reason stands in one note with its way out.
func TestTrends(t *testing.T) {
	notes := verdict.Trends(trend.Trends{Missing: []trend.Missing{
		{Lever: "growth", Sector: "secondary", Why: trend.Nominal, Years: []int{2020, 2021}},
		{Lever: "efficiency", Sector: "residential", Why: trend.FewYears},
		{Lever: "growth", Sector: "tertiary", Why: trend.Nominal, Years: []int{2020, 2021}},
	}}, namesIn(t, table.EN))
	if len(notes) != 2 || !strings.HasPrefix(notes[0], "no row for growth secondary, growth "+
		"tertiary: GDP of 2020, 2021 stands at prices of its own year") ||
		!strings.Contains(notes[1], "efficiency residential") {
		t.Errorf("notes %q, want one for each reason", notes)
	}
}

// TestCity: the rule for cities says which of its criteria do not hold, and nothing where all do.
func TestCity(t *testing.T) {
	c := certificate.City{Of: "pathway", Seen: 2030, Status: "NOT PEAKED", Enough: true,
		Fresh: true, Peak: 2026, Above: "9.1626"}
	want := "not peaked, seen from 2030, because its highest year 2026 lies 4 years before 2030, " +
		"and the rule asks for more than 5; the peak is 9.1626 % above 2030, and the rule asks " +
		"for more than 10 %"
	if got := verdict.City(c, table.EN); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	c.Old, c.Fallen, c.Status = true, true, "PEAKED"
	if got := verdict.City(c, table.EN); got != "peaked, seen from 2030" {
		t.Errorf("got %s, want no reason", got)
	}
}
