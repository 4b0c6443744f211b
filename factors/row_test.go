package factors_test

import (
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/quantity"
	"carbonledger/table"
)

const ownSource = "title_zh: 自有\ntitle_en: own\nlicence: own\nrounding: 12 half-even\n"

// TestFormatPrintsWhatIsRead writes every shipped set again and reads the same factors.
func TestFormatPrintsWhatIsRead(t *testing.T) {
	library := open(t)
	for _, set := range library.Sets() {
		text := read(t, "sets/"+set.ID+"/factors.csv")
		records, faults := table.Decode[factors.Row](set.ID, text)
		if len(faults) > 0 {
			t.Fatal(faults[0])
		}
		var rows []factors.Row
		for _, record := range records {
			rows = append(rows, record.Value)
		}
		source := read(t, "sets/"+set.ID+"/source.md")
		again, faults := factors.ParseSet(set.ID, source, factors.Format(rows), library.Catalogue)
		if len(faults) > 0 || len(again.Factors) != len(set.Factors) {
			t.Fatalf("%s: %d factors, want %d; faults %v", set.ID, len(again.Factors),
				len(set.Factors), faults)
		}
		for i, f := range again.Factors {
			want := set.Factors[i]
			if f.ID != want.ID || !f.Value.Equal(want.Value) || f.Valid != want.Valid ||
				f.Note != want.Note {
				t.Errorf("%s: %+v, want %+v", set.ID, f, want)
			}
		}
	}
}

func TestSign(t *testing.T) {
	head := strings.TrimSpace(factors.Header())
	short := strings.TrimSuffix(head, ",gwp,evidence,approver")
	row := "a,electricity,co2,0.25,kWh,kgCO2,CN,,,,,,,,,certificate,,own,"
	sign := factors.Signature{Approver: "张三", Evidence: "报告 17"}
	for _, c := range []struct {
		name, text         string
		sign               factors.Signature
		approver, evidence string
	}{
		{"both are filled in", short + "\n" + row + "\n", sign, "张三", "报告 17"},
		{"what the row says stays", head + "\n" + row + ",,certificate 9,李四\n", sign, "李四",
			"certificate 9"},
		{"nothing to fill in", head + "\n" + row + ",,,\n", factors.Signature{}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, faults := factors.ParseSet("own", []byte(ownSource),
				factors.Sign([]byte(c.text), c.sign), open(t).Catalogue)
			if len(faults) > 0 {
				t.Fatal(faults[0])
			}
			f := set.Factors[0]
			if f.Approver != c.approver || f.Evidence != c.evidence || f.Value.String() != "0.25" {
				t.Errorf("approver %q, evidence %q, value %s, want %q, %q, 0.25", f.Approver,
					f.Evidence, f.Value, c.approver, c.evidence)
			}
		})
	}
	if text := []byte("no,columns\n1,2\n"); string(factors.Sign(text, sign)) != string(text) {
		t.Error("a text with faults was changed")
	}
}

func TestApprovedFactorsOnly(t *testing.T) {
	head := strings.TrimSpace(factors.Header())
	rows := head + "\nopen,electricity,co2,0.25,kWh,kgCO2,CN,2023-01-01,2024-01-01" +
		",,,,,,,certificate,,own,,,,\n"
	library := open(t)
	set, faults := factors.ParseSet("own", []byte(ownSource), []byte(rows), library.Catalogue)
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	if err := library.Add(set); err != nil {
		t.Fatal(err)
	}
	q := factors.Query{Sets: []string{"own", "cn-grid-fossil"}, From: "electricity", To: "co2",
		Area: "CN", Period: period(t, "2023")}
	for _, c := range []struct {
		approved    bool
		vintage     factors.Vintage
		year, trace string
	}{
		{false, factors.OfPeriod, "2023", "own@CN found open"},
		{true, factors.OfPeriod, "2023",
			"own@CN not-approved open; cn-grid-fossil@CN found 2023-cn"},
		{true, factors.OfPeriodOrEarlier, "2024", "own@CN not-approved open; " +
			"cn-grid-fossil@CN no-time 2021-cn; cn-grid-fossil@CN stood-in 2023-cn"},
	} {
		q.Approved, q.Vintage, q.Period = c.approved, c.vintage, period(t, c.year)
		if _, steps, _ := library.Find(q); trace(steps) != c.trace {
			t.Errorf("approved %v, %s: %s, want %s", c.approved, c.year, trace(steps), c.trace)
		}
	}
}

// TestPoundsAreRoundedInBookUnits: 53.06 kg CO2 a million Btu are, by big.Rat,
// 53.06 / 1055055.85262 = 0.000050291... kg/kJ.
func TestPoundsAreRoundedInBookUnits(t *testing.T) {
	rows := strings.TrimSpace(factors.Header()) + "\ngas,natural-gas-gross,co2,53.06,MMBtu,kg,US" +
		",,,,gross,,,,,EPA,,seen,,,,\n"
	set, faults := factors.ParseSet("epa", []byte(ownSource), []byte(rows), open(t).Catalogue)
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	printed, _ := quantity.ParseNumber("53.06")
	per, _ := quantity.ParseNumber("1055055.85262")
	want, _ := quantity.RatioOf(printed, per).Round(quantity.Rounding{Places: 12})
	if got := set.Factors[0].Value; !got.Equal(want) {
		t.Errorf("53.06 kg/MMBtu = %s kg/kJ, want %s", got, want)
	}
}

// TestReplace: a set of the book stands in place of a shipped one of its id.
func TestReplace(t *testing.T) {
	library := open(t)
	rows := strings.TrimSpace(factors.Header()) + "\nmine,electricity,co2,0.5,kWh,kgCO2,CN" +
		",,,,,,,,,mine,,own,,,,\n"
	set, faults := factors.ParseSet("cn-grid-fossil", []byte(ownSource), []byte(rows),
		library.Catalogue)
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	before := len(library.Sets())
	if err := library.Add(set); err == nil {
		t.Error("a set was added twice")
	}
	if err := library.Replace(set); err != nil || len(library.Sets()) != before {
		t.Errorf("%v, %d sets, want %d", err, len(library.Sets()), before)
	}
	q := factors.Query{Sets: []string{"cn-grid-fossil"}, From: "electricity", To: "co2",
		Area: "CN", Period: period(t, "2022")}
	if f, _, err := library.Find(q); err != nil || f.ID != "mine" {
		t.Errorf("found %q, %v, want mine", f.ID, err)
	}
}
