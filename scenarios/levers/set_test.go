package levers_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
	"carbonledger/table"
)

// TestFaults provokes every fault code of this package. A file is named after the code; where it
// has a base, the fault is one of projecting. UPDATE=1 rewrites what is wanted.
func TestFaults(t *testing.T) {
	for _, code := range table.Codes() {
		if !strings.HasPrefix(code, "scenario.") {
			continue
		}
		t.Run(code, func(t *testing.T) {
			file := filepath.Join("testdata", "faults", code+".txt")
			sections := sectionsOf(t, file)
			faults := faultsOf(t, sections)
			if !slices.ContainsFunc(faults, func(f table.Fault) bool { return f.Code == code }) {
				t.Errorf("%s does not provoke the fault", file)
			}
			var got strings.Builder
			for _, fault := range faults {
				got.WriteString(fault.Text(table.EN) + "\n" + fault.Text(table.ZH) + "\n")
			}
			if os.Getenv("UPDATE") != "" {
				updateFault(t, file, sections, got.String())
			} else if got.String() != sections["want"] {
				t.Errorf("got:\n%swant:\n%s", got.String(), sections["want"])
			}
		})
	}
}

func faultsOf(t *testing.T, sections map[string]string) []table.Fault {
	t.Helper()
	set, faults := scenarios.Parse("s.csv", []byte(sections["file"]), levers.All())
	if sections["base"] == "" || len(faults) > 0 {
		return faults
	}
	scenario, _ := set.Scenario(set.Names()[0])
	_, err := scenarios.Project(readBase(t, sections["base"]), scenario, levers.All(), 2030)
	fault, ok := err.(table.Fault)
	if !ok {
		t.Fatalf("Project: %v, want a fault", err)
	}
	return []table.Fault{fault}
}

func updateFault(t *testing.T, file string, sections map[string]string, want string) {
	t.Helper()
	text := sections[""]
	for _, name := range []string{"base", "file"} {
		if sections[name] != "" {
			text += "-- " + name + " --\n" + sections[name]
		}
	}
	if err := os.WriteFile(file, []byte(text+"-- want --\n"+want), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestParseCollectsAllFaults(t *testing.T) {
	text := header + `a,b,growth,industry,,,2030-2023,five,%,step,
a,,brake,all,,,20300,1,%/yr,,x
,,growth,all,,,2023,1,%/yr,,x
`
	_, faults := scenarios.Parse("s.csv", []byte(text), levers.All())
	var got []string
	for _, fault := range faults {
		place, _, _ := strings.Cut(fault.Place(table.EN), ": ")
		got = append(got, strings.TrimPrefix(place, "s.csv:")+" "+fault.Code)
	}
	want := "2:2 scenario.parent-unknown, 2:4 scenario.sector, 2:7 scenario.year-order, " +
		"2:8 cell.number, 2:9 scenario.unit, 2:11 cell.missing, 3:3 scenario.lever, " +
		"3:7 scenario.year, 4:1 cell.missing"
	if strings.Join(got, ", ") != want {
		t.Errorf("faults:\n%s\nwant:\n%s", strings.Join(got, ", "), want)
	}
}

// TestColumnsInAnyOrder: the place of a fault is that of the column in the file, and its cell is
// the one as written.
func TestColumnsInAnyOrder(t *testing.T) {
	text := "source,value,unit,year,sector,lever,scenario\n" +
		"plan, ２ % ,%/yr,2023,all,growth,a\n"
	_, faults := scenarios.Parse("s.csv", []byte(text), levers.All())
	if len(faults) != 1 || faults[0].Column != 2 || faults[0].Cell != " ２ % " {
		t.Errorf("faults %+v, want one in column 2 with the cell as written", faults)
	}
}

// TestText reads what people write and prints it in its one spelling.
func TestText(t *testing.T) {
	text := "scenario,inherits,lever,sector,commodity,to,year,value,unit,shape,source\r\n" +
		"计划 甲,,Growth,ALL,,,2023—2030年, ５.00 ,% / yr,,\"plan, \"\"p. 3\"\"\n, second line\"\r\n" +
		"\r\n" +
		"计划 甲,,switch,industry,raw-coal,electricity,2022-2030,+30,%,,a\r\n" +
		"计划 甲,,switch,industry,raw-coal,natural-gas,2030-2030,.5,%,,a\r\n" +
		"b,计划　甲,,,,,,,,,\r\n"
	want := header +
		"计划 甲,,growth,all,,,2023-2030,5,%/yr,step,\"plan, \"\"p. 3\"\" , second line\"\n" +
		"计划 甲,,switch,industry,raw-coal,electricity,2022-2030,30,%,linear,a\n" +
		"计划 甲,,switch,industry,raw-coal,natural-gas,2030,0.5,%,step,a\n" +
		"b,计划 甲,,,,,,,,,\n"
	set := parse(t, text)
	if got := set.Text(); got != want {
		t.Errorf("Text:\n%s\nwant:\n%s", got, want)
	}
	if got := strings.Join(set.Names(), "|"); got != "计划 甲|b" {
		t.Errorf("Names = %s, want 计划 甲|b", got)
	}
	scenario, _ := set.Scenario("b")
	if got := strings.Count(scenario.Text(), "\nb,,"); got != 3 {
		t.Errorf("the resolved scenario has %d rows of its own, want 3:\n%s", got, scenario.Text())
	}
}

func TestScenarioOfAnotherName(t *testing.T) {
	if _, ok := parse(t, header+"a,,,,,,,,,,\n").Scenario("b"); ok {
		t.Error("there is a scenario b, want none")
	}
}

// TestRangesMayTouch: a way may begin in the year in which another ends, a rate may not.
func TestRangesMayTouch(t *testing.T) {
	const ways = "s,,switch,all,diesel,hydrogen,2022-2025,10,%,,x\n" +
		"s,,switch,all,diesel,hydrogen,2025-2030,40,%,,x\n"
	pathway := project(t, readBase(t, district), parse(t, header+ways), "s", 2031)
	for year, want := range map[int]string{2025: "1890", 2026: "1764", 2030: "1260", 2031: "1260"} {
		if got := cellText(pathway.Years[year-2022], "transport", "diesel"); !strings.HasPrefix(got,
			"transport diesel "+want+" ") {
			t.Errorf("%d: %s, want %s kg", year, got, want)
		}
	}
	const rates = "s,,growth,all,,,2022-2025,5,%/yr,,x\ns,,growth,all,,,2025-2030,4,%/yr,,x\n"
	_, faults := scenarios.Parse("s.csv", []byte(header+rates), levers.All())
	if len(faults) != 1 || faults[0].Code != "scenario.overlap" {
		t.Errorf("faults %v, want one overlap", faults)
	}
}

// TestWaysBegunBeforeTheBase start at the base, and those that have ended by then are history.
func TestWaysBegunBeforeTheBase(t *testing.T) {
	pathway := project(t, readBase(t, district), parse(t, header+
		"s,,switch,transport,diesel,hydrogen,2018-2026,40,%,,x\n"+
		"s,,switch,transport,gasoline,hydrogen,2018-2022,40,%,,x\n"), "s", 2031)
	for year, want := range map[int]string{2022: "2100", 2024: "1680", 2026: "1260"} {
		if got := cellText(pathway.Years[year-2022], "transport", "diesel"); !strings.HasPrefix(got,
			"transport diesel "+want+" ") {
			t.Errorf("%d: %s, want %s kg", year, got, want)
		}
	}
	if len(pathway.Idle) != 1 || pathway.Idle[0].Line != 3 {
		t.Errorf("idle rows %v, want that of line 3", pathway.Idle)
	}
}

// TestExampleDistrict reads the scenarios that newcomers run. What is made up there says so.
func TestExampleDistrict(t *testing.T) {
	for _, file := range []string{"scenarios.csv", "measures.csv"} {
		data, err := os.ReadFile("../../examples/qingyunpu/" + file)
		if err != nil {
			t.Skip("the example is not here")
		}
		set := parse(t, string(data))
		for _, name := range set.Names() {
			scenario, _ := set.Scenario(name)
			if len(scenario.Rows) == 0 {
				t.Errorf("%s of %s has no rows", name, file)
			}
			for _, row := range scenario.Rows {
				if !strings.Contains(row.Source, "made up for the example") {
					t.Errorf("%s:%d does not say that it is made up", file, row.Line)
				}
			}
		}
	}
}

// TestDocumentsNameEveryWord: the format tells how to write it, the method what it does.
func TestDocumentsNameEveryWord(t *testing.T) {
	for _, file := range []string{"format/scenario.md", "method/levers.md"} {
		data, err := os.ReadFile("../../docs/" + file)
		if err != nil {
			t.Fatal(err)
		}
		words := strings.FieldsFunc(string(data), func(r rune) bool {
			return r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9')
		})
		for _, lever := range levers.All() {
			for _, name := range lever.Names() {
				if !slices.Contains(words, name) {
					t.Errorf("%s does not name %s", file, name)
				}
			}
		}
	}
}

// TestDocument reads the example of the document.
func TestDocument(t *testing.T) {
	data, err := os.ReadFile("../../docs/format/scenario.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), "```csv\n")
	example, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("the document has no example")
	}
	if names := parse(t, example).Names(); !slices.Equal(names, []string{"baseline", "policy"}) {
		t.Errorf("scenarios %v, want baseline and policy", names)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(two)
	f.Add(header + "a;b;c;d;e;f;g;h;i;j;k;l;m,,growth,all,,,2023,1,%/yr,,a;b;c;d;e;f;g;h;i;j;k\n")
	f.Add(header + "a,,switch,all,raw-coal,electricity,2022-2030,1.50,%,s-curve,\"x, \"\"y\"\"\"\n")
	f.Add(header + "a,b,grid-factor,all,electricity,,2030,0.3,kgCO2/kWh,,x\nb,a,,,,,,,,,\n")
	f.Add(header + "a,,structure,tertiary,,,2025,60,%,step,x\n" +
		"a,,switch-ratio,all,a,b,2025,2,kgce/kgce,,\n")
	f.Add(strings.TrimSpace(wide) + "\n" +
		"a,,solar,c37,,,2023-2030,5,MW,s-curve,x,3500,20,-1.5,4,6,pert,roofs\n" +
		"a,,output-cap,c3741,,,2025,90,%,,x,,,,,,,\n")
	f.Fuzz(func(t *testing.T, text string) {
		set, faults := scenarios.Parse("s.csv", []byte(text), levers.All())
		for _, fault := range faults {
			_ = fault.Text(table.ZH)
		}
		if len(faults) > 0 {
			return
		}
		printed := set.Text()
		again, faults := scenarios.Parse("s.csv", []byte(printed), levers.All())
		if len(faults) > 0 {
			t.Fatalf("what was printed does not parse: %v\n%s", faults[0], printed)
		}
		if again.Text() != printed {
			t.Fatalf("printed once:\n%s\nprinted twice:\n%s", printed, again.Text())
		}
		for _, name := range set.Names() {
			one, _ := set.Scenario(name)
			if two, _ := again.Scenario(name); two.Text() != one.Text() {
				t.Fatalf("%s:\n%s\nread again:\n%s", name, one.Text(), two.Text())
			}
		}
	})
}
