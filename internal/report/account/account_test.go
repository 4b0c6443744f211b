package account_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/internal/report/account"
	"carbonledger/internal/report/plan"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/abatement"
	"carbonledger/scenarios/attribution"
	"carbonledger/scenarios/certificate"
	"carbonledger/scenarios/levers"
	draws "carbonledger/scenarios/sampling/pathways"
	"carbonledger/scenarios/search"
	"carbonledger/scenarios/targets"
	"carbonledger/table"
)

const goals = `target,measure,base,year,value,unit,source
cap,co2,,2025,4600,tCO2,plan
intensity,co2-per-gdp,2022,2025,-14,%,plan
far,energy,,2060,1,tce,plan
`

// outlook is the example with targets.
func outlook(t *testing.T) planning.Outlook {
	t.Helper()
	list, faults := targets.Parse("goals.csv", []byte(goals))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	o := planning.Outlook{Set: set(t), Pathways: pathways(t), Reference: "plain",
		Measures: map[string][]abatement.Measure{}}
	for _, p := range o.Pathways {
		o.Judged = append(o.Judged, planning.Judged{Pathway: p, Results: targets.Assess(p, list)})
	}
	return o
}

// evidence is what is known of the scenarios of the example.
func evidence(t *testing.T, o planning.Outlook) map[string]account.Evidence {
	t.Helper()
	plain, _ := o.Set.Scenario("plain")
	green, _ := o.Set.Scenario("green")
	causes, err := attribution.Of(o.Pathways[1])
	if err != nil {
		t.Fatal(err)
	}
	brought, err := attribution.Pair{Base: base(), Without: plain, With: green,
		Levers: levers.All(), Beside: levers.Beside(), Horizon: 2025,
		Workers: 1}.Shapley(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var keys []scenarios.Key
	for _, row := range green.Rows {
		if row.Scenario == "green" {
			keys = append(keys, row.Key())
		}
	}
	curve, err := abatement.CurveOf(t.Context(), abatement.Ground{Base: base(), Scenario: green,
		Levers: levers.All(), Workers: 1}, 2025, keys)
	if err != nil {
		t.Fatal(err)
	}
	judged, err := certificate.Of(t.Context(), base(), certificate.Question{Set: o.Set,
		File:     "a.csv",
		Scenario: "green", Horizon: 2025, By: 2025,
		Draw: draws.Draw{Samples: 2, Seed: 1, Workers: 1}}, levers.All())
	if err != nil {
		t.Fatal(err)
	}
	return map[string]account.Evidence{o.Pathways[1].Scenario: {Causes: &causes,
		Levers: &brought, Curve: &curve, Certificate: &judged}}
}

// TestAccount writes the report in both languages and wants it whole: well formed, nothing loaded
// from outside, verdicts, targets, pins, gaps and what is made up.
func TestAccount(t *testing.T) {
	o := outlook(t)
	o.Pathways[0].Gaps = []string{"steam -> co2: 2"}
	for lang, wants := range map[table.Lang][]string{
		table.EN: {"green: CO2 ", "2 of 5 assumptions", "steam → carbon dioxide: 2",
			"book position", "plain: 0 targets met, 2 missed, 1 that cannot be told",
			"How it was made", "unknown: beyond the horizon", "Shapley values", "LMDI-I",
			"Mann-Kendall", "C40", "decoupling", "Marginal abatement cost curve of scenario green"},
		table.ZH: {"青云谱区", "编制说明", "沙普利值", "边际减排成本曲线", "无法判断：超出预测期", "虚构或假定", "账簿位置"},
	} {
		names := english(t)
		names.Lang = lang
		account, err := account.Of(o, evidence(t, o), names)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := account.Write(&out); err != nil {
			t.Fatal(err)
		}
		text := out.String()
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the report lacks %q", lang, want)
			}
		}
		if n := strings.Count(text, "<svg "); n != 10 {
			t.Errorf("%s: %d pictures, want 10", lang, n)
		}
		decoder := xml.NewDecoder(&out)
		for {
			if _, err := decoder.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: not well formed: %v", lang, err)
			}
		}
	}
}

// TestPictures wants every picture under a name of its own.
func TestPictures(t *testing.T) {
	o := outlook(t)
	o.Pathways[0].Scenario, o.Pathways[1].Scenario = "a/b", "a b"
	seen := map[string]bool{}
	for _, picture := range account.Pictures(o, evidence(t, o), english(t)) {
		if seen[picture.File] || strings.ContainsAny(picture.File, `/\:. `) {
			t.Errorf("picture %q: want a name of its own without marks", picture.File)
		}
		seen[picture.File] = true
	}
}

// TestTargetsTable shows a target that is met, one that is not, and one nobody can tell.
func TestTargetsTable(t *testing.T) {
	o := outlook(t)
	var got []string
	for _, row := range plan.Targets(o.Judged, english(t)).Rows {
		got = append(got, strings.Join(row[:3], " ")+" "+row[5]+"/"+row[6])
	}
	want := []string{"cap plain missed 5111/4600", "cap green met 4498/4600",
		"intensity plain missed 0.0450/0.0393", "intensity green missed 0.0396/0.0393",
		"far plain unknown: beyond the horizon -/-", "far green unknown: beyond the horizon -/-"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("targets\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	summary := plan.Summary(o.Judged, table.EN).Rows
	if got := strings.Join(summary[1], " "); got != "green 1 1 1" {
		t.Errorf("summary of green %q, want green 1 1 1", got)
	}
	if report.Grouped("in 2030") != "in 2030" {
		t.Error("a year in words was grouped")
	}
}

// TestNames wants no id of a lever, sector or commodity in what a Chinese reader gets.
func TestNames(t *testing.T) {
	o, names := outlook(t), english(t)
	names.Lang = table.ZH
	e := evidence(t, o)["green"]
	tables := append(plan.Causes(*e.Causes, names), plan.Levers(*e.Levers, table.ZH),
		plan.Curve(*e.Curve, names), plan.Front(search.Front{Goals: [2]search.Goal{search.Cost,
			search.CO2}, Keys: []scenarios.Key{e.Curve.Steps[0].Key}}, names))
	for _, one := range tables {
		var cells []string
		for _, column := range one.Columns {
			cells = append(cells, column.Title)
		}
		for _, row := range one.Rows {
			cells = append(cells, row...)
		}
		for _, cell := range cells {
			if strings.ContainsFunc(cell, func(r rune) bool { return 'a' <= r && r <= 'z' }) {
				t.Errorf("table %s: %q under zh", one.Key, cell)
			}
		}
	}
}

// TestFrontPoints lists the ends of a long front and equal steps between, and what reads the same
// once.
func TestFrontPoints(t *testing.T) {
	f := search.Front{Goals: [2]search.Goal{search.Effort, search.CO2}}
	for i := range 101 {
		point := search.Choice{Goals: [2]quantity.Number{quantity.Int(int64(i)),
			quantity.Int(int64(1_000_000 - 1000*i))}}
		f.Points = append(f.Points, point, point)
	}
	var got []string
	for _, point := range plan.FrontPoints(f) {
		got = append(got, point.Goals[0].String())
	}
	if want := "0 10 20 30 40 50 60 70 80 90 100"; strings.Join(got, " ") != want {
		t.Errorf("points at %v, want %s", got, want)
	}
	f.Points = f.Points[:6]
	if got := len(plan.FrontPoints(f)); got != 3 {
		t.Errorf("%d of three points listed", got)
	}
}
