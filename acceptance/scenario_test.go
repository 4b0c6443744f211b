package acceptance

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"carbonledger/internal/engine"
	"carbonledger/internal/planning"
	"carbonledger/scenarios"
	"carbonledger/scenarios/targets"
	"carbonledger/scenarios/trend"
	"carbonledger/table"
)

const scenarioHeader = "scenario,inherits,lever,sector,commodity,to,year,value,unit,shape,source\n"

// plannedDistrict is a book of two works, a hotel and homes in the years 2021 and 2022.
func plannedDistrict(t *testing.T) book {
	t.Helper()
	b := newBook(t)
	for _, year := range []string{"2021", "2022"} {
		b.post(
			used("works", "C3741", year, "bituminous-coal", "t", "100"),
			used("works", "C3741", year, "electricity", "kWh", "1000000"),
			used("mill", "C1711", year, "electricity", "kWh", "500000"),
			used("hotel", "H6110", year, "electricity", "kWh", "200000"),
			used("homes", "RESIDENTIAL", year, "electricity", "kWh", "300000"),
			used("nobody", "", year, "electricity", "kWh", "1000"),
			used("homes", "RESIDENTIAL", year, "fresh-water", "m3", "5000"))
		b.economy("360104,gdp,"+year+",万元,10000", "360104,gdp-primary,"+year+",万元,0",
			"360104,gdp-secondary,"+year+",万元,6000", "360104,gdp-tertiary,"+year+",万元,4000",
			"360104,population,"+year+",person,1000")
	}
	return b
}

// used writes a row of what an entity of the district used in a year.
func used(entity, industry, year, commodity, unit, number string) string {
	return activity(entity, "360104", year, "use", commodity, unit, number, "", "", industry)
}

func scenarioFile(t *testing.T, rows string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "scenarios.csv")
	if err := os.WriteFile(path, []byte(scenarioHeader+rows), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var planned = engine.Projection{Policy: "cn-statistics",
	Question: planning.Question{Base: 2022, Horizon: 2025}}

// TestScenarioFromTheLedger: the base has the divisions of the entities, the remainder without an
// industry under its name, water, the unit of every commodity and the year before.
func TestScenarioFromTheLedger(t *testing.T) {
	b := plannedDistrict(t)
	file := scenarioFile(t, "plan,,growth,all,,,2023-2025,10,%/yr,,x\n"+
		"plan,,demand,c17,,,2023,-50,%,,x\nplan,,deflator,all,,,2022,103,previous=100,,x\n")
	pathways, err := b.Scenarios(t.Context(), file, planned)
	if err != nil {
		t.Fatal(err)
	}
	p := pathways[0]
	got := map[string]string{}
	for _, cell := range p.Years[1].Cells {
		got[cell.Sector+" "+cell.Commodity] = cell.Quantity.String()
	}
	for place, want := range map[string]string{
		"c37 bituminous-coal": "110000", "c37 electricity": "1100000", "c17 electricity": "275000",
		"h61 electricity": "220000", "residential electricity": "300000",
		"other electricity": "1100",
	} {
		if got[place] != want {
			t.Errorf("2023 %s: %s, want %s", place, got[place], want)
		}
	}
	if water := p.Years[1].Water.String(); water != "5000000" {
		t.Errorf("water of 2023 %s L, want 5000000", water)
	}
	// GDP of 2021 at prices of 2022 is 103 million yuan and that of 2022 100: a fall by 2.9126 %.
	rows := trend.Of(p, "trend", trend.MeanGrowth, 2030).Rows
	if len(rows) == 0 || rows[0].Sector != scenarios.Secondary ||
		rows[0].Value.String() != "-2.9126" {
		t.Errorf("trends %v, want secondary -2.9126 %% first", rows)
	}
	list, _ := targets.Parse("t.csv", []byte("target,measure,base,year,value,unit,source\n"+
		"a,co2-per-gdp,2021,2025,-18,%,x\nb,water-per-gdp,2021,2022,-18,%,x\n"))
	results := targets.Assess(p, list)
	if results[0].Unknown != "" || results[1].Unknown != "" || results[1].Met {
		t.Errorf("targets %+v, want both judged and water missed", results)
	}
	if len(p.History) != 1 || p.History[0].Nominal || p.History[0].GDP.String() != "103000000" {
		t.Errorf("history %+v, want 2021 with 103,000,000 yuan at prices of 2022", p.History)
	}
}

// TestStaleAndRebase: after a correction of the base year the result is stale, and the rebase tells
// the cell that changed, the years and the verdicts.
func TestStaleAndRebase(t *testing.T) {
	b := plannedDistrict(t)
	file := scenarioFile(t, "plan,,growth,secondary,,,2023-2025,10,%/yr,,x\n")
	before, err := b.Scenarios(t.Context(), file, planned)
	if err != nil {
		t.Fatal(err)
	}
	pins := before[0].Pins
	if moves, err := b.Stale(t.Context(), pins); err != nil || len(moves) > 0 {
		t.Fatalf("moves %v (%v), want none as long as nothing is posted", moves, err)
	}
	b.post(used("late", "C1711", "2022", "electricity", "kWh", "90000"))
	moves, err := b.Stale(t.Context(), pins)
	if err != nil {
		t.Fatal(err)
	}
	var what []string
	for _, move := range moves {
		what = append(what, move.What)
	}
	if strings.Join(what, " ") != "position head" {
		t.Errorf("moved %v, want position and head", what)
	}
	how := planned
	how.AsOf = pins.Position
	rebased, err := b.Rebase(t.Context(), file, how)
	if err != nil {
		t.Fatal(err)
	}
	r := rebased[0]
	if len(r.Base) != 1 || r.Base[0].Sector != "c17" || r.Base[0].Commodity != "electricity" ||
		r.Base[0].Before.Quantity.String() != "500000" ||
		r.Base[0].After.Quantity.String() != "590000" {
		t.Errorf("changed cells %+v, want c17 electricity from 500000 to 590000", r.Base)
	}
	// 90,000 kWh x 0.1229 kgce, grown by a tenth.
	if got := r.Years[1].DifferenceEnergy.String(); got != "12167.1" {
		t.Errorf("energy of 2023 changed by %s, want 12167.1 kgce", got)
	}
	if len(r.Drivers) > 0 || !r.Years[1].ByUse.Equal(r.Years[1].DifferenceCO2) ||
		!r.Years[1].ByDrivers.IsZero() {
		t.Errorf("2023 %+v with drivers %+v, want all of it by use", r.Years[1], r.Drivers)
	}
	if !r.Years[0].EnergyBefore.Equal(before[0].Years[0].Energy) {
		t.Errorf("energy before %s, want %s", r.Years[0].EnergyBefore, before[0].Years[0].Energy)
	}
	if r.VerdictBefore.Status != scenarios.Rising || r.VerdictAfter.Status != scenarios.Rising {
		t.Errorf("verdicts %s and %s, want rising", r.VerdictBefore.Status, r.VerdictAfter.Status)
	}
}

// TestScenarioAnswers asks for targets, abatement and trends through the engine. 100 kW make 80,000
// kWh used on the spot, at 0.6 yuan; they cost 320,000 yuan over 25 years without interest, 12,800
// a year, so 48,000 - 12,800 = 35,200 yuan are left.
func TestScenarioAnswers(t *testing.T) {
	b := plannedDistrict(t)
	path := filepath.Join(t.TempDir(), "plan.csv")
	text := "scenario,lever,sector,commodity,year,value,unit,source,invest,life\n" +
		"plan,solar,industry,,2023,100,kW,x,3200,25\nplan,solar-hours,all,,2023,1000,h/yr,x,,\n" +
		"plan,solar-self-use,all,,2023,80,%,x,,\n" +
		"plan,price,all,electricity,2023,0.6,yuan/kWh,x,,\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	how := planned
	how.Only = "plan"
	asked := filepath.Join(t.TempDir(), "targets.csv")
	if err := os.WriteFile(asked, []byte("target,measure,base,year,value,unit,source\n"+
		"a,co2,2022,2025,-1,%,x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	outlook, err := b.Outlook(t.Context(), path, asked, how)
	if err != nil {
		t.Fatal(err)
	}
	measures, judged := outlook.Measures["plan"], outlook.Judged
	if got := measures[0].Years[1].Cost.String(); len(measures) != 1 || got != "-35200" {
		t.Errorf("%d measures, the first costs %s yuan in 2023, want -35200", len(measures), got)
	}
	if len(judged) != 1 || !judged[0].Results[0].Met {
		t.Errorf("judged %+v, want a target that is met", judged)
	}
	trends, err := b.Trends(t.Context(), path, how, trend.MedianGrowth)
	rows := scenarios.TextOf(trends.Rows)
	if err != nil || !strings.Contains(rows,
		"trend,,growth,residential,,,2023-2025,0,%/yr,step,\"trend of 2021-2022 in the book") {
		t.Errorf("trends (%v):\n%s\nwant no growth of the population", err, rows)
	}
}

// TestRebaseOfRevisedGDP: the secondary sector is revised from 6000 to 7000. That alone moves the
// CO2 of the years after it, where a row of structure leads from its share, and the rebase says so.
func TestRebaseOfRevisedGDP(t *testing.T) {
	b := plannedDistrict(t)
	how := planned
	how.AsOf = b.Book().Position()
	b.file("economy", "area,indicator,period,unit,value,vintage\n"+
		"360104,gdp,2022,万元,11000,2024-01-01\n360104,gdp-secondary,2022,万元,7000,2024-01-01\n")
	file := scenarioFile(t, "plan,,growth,all,,,2023-2025,5,%/yr,,x\n"+
		"plan,,structure,secondary,,,2023-2025,50,%,,x\n")
	rebased, err := b.Rebase(t.Context(), file, how)
	if err != nil {
		t.Fatal(err)
	}
	r := rebased[0]
	var names []string
	for _, d := range r.Drivers {
		names = append(names, d.Name+" "+d.Before.String()+" "+d.After.String())
	}
	if got := strings.Join(names, ", "); got != "gdp 100000000 110000000, "+
		"gdp-secondary 60000000 70000000" {
		t.Errorf("drivers %s", got)
	}
	last := r.Years[len(r.Years)-1]
	if len(r.Base) > 0 || !last.ByUse.IsZero() || last.ByDrivers.IsZero() ||
		!last.ByDrivers.Equal(last.DifferenceCO2) {
		t.Errorf("cells %v, last year %+v; want all of it by drivers", r.Base, last)
	}
}

// TestScenarioFaultsOfTheBook: a price in the wrong unit and a commodity without factors are faults
// of the file, with their lines.
func TestScenarioFaultsOfTheBook(t *testing.T) {
	b := plannedDistrict(t)
	for row, code := range map[string]string{
		"plan,,price,all,electricity,,2023,1,yuan/t,,x\n":                    "scenario.unit",
		"plan,,switch,all,electricity,phlogiston,2023,1,%,,x\n":              "scenario.carrier",
		"plan,,waste-heat,industry,bituminous-coal,,2023,999999,GJ,,x\n":     "scenario.exceeds",
		"plan,,vehicle-sales,residential,electricity,hydrogen,2023,9,%,,x\n": "scenario.lacks",
	} {
		_, err := b.Scenarios(t.Context(), scenarioFile(t, row), planned)
		var rejection *engine.Rejection
		if !errors.As(err, &rejection) {
			t.Errorf("%s: %v, want a rejection", row, err)
			continue
		}
		has := slices.ContainsFunc(rejection.Faults, func(f table.Fault) bool {
			return f.Code == code && f.Line == 2
		})
		if !has {
			t.Errorf("%s: %v, want %s", row, rejection.Faults, code)
		}
	}
}
