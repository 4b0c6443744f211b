package workload_test

import (
	"bytes"
	"strings"
	"testing"

	"carbonledger/bench/workload"
	"carbonledger/ledger/intake/identifier"
)

// text writes rows in a form.
func text(t *testing.T, p workload.Plan, form string, faulty bool) (string, int64) {
	t.Helper()
	f, err := workload.FormByID(form)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	faults, err := workload.Write(&out, p, f, faulty)
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), faults
}

func TestPlainFormBeginsAsPinned(t *testing.T) {
	got, _ := text(t, workload.Plan{Rows: 3, Seed: 1, Activities: workload.Own}, "plain", false)
	want := `entity,period,commodity,unit,quantity,document
91360104MAE1YWXH54,2021-11,electricity,kWh,17938.7268,2023000000001
91360104MAE1YWXH54,2021-03,heat,GJ,197.49,2023000000002
91360104MAE1YWXH54,2021-11,heat,GJ,207.5,2023000000003
`
	if got != want {
		t.Errorf("rows of seed 1 =\n%s\nwant\n%s", got, want)
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	for _, form := range workload.Forms {
		p := workload.Plan{Rows: 2000, Seed: 7, Activities: workload.Own}
		first, _ := text(t, p, form.ID, true)
		again, _ := text(t, p, form.ID, true)
		if first != again {
			t.Errorf("%s: seed 7 gives two texts, want one", form.ID)
		}
		p.Seed = 8
		if other, _ := text(t, p, form.ID, true); other == first {
			t.Errorf("%s: seeds 7 and 8 give one text, want two", form.ID)
		}
	}
}

func TestCodesAreValidAndDiffer(t *testing.T) {
	seen := map[string]bool{}
	for n := range workload.EnterprisesMost {
		code := workload.Code(n)
		if !identifier.IsCredit(code) || seen[code] {
			t.Fatalf("enterprise %d has code %s; valid %t, seen before %t", n, code,
				identifier.IsCredit(code), seen[code])
		}
		seen[code] = true
	}
}

func TestThirtySevenUnits(t *testing.T) {
	units := 0
	for _, activity := range workload.Activities {
		units += len(activity.Units)
	}
	if len(workload.Activities) != 14 || units != 37 {
		t.Errorf("%d activities with %d units, want 14 with 37", len(workload.Activities), units)
	}
}

// Every account must have a figure for every month, and hardly more for one month than another.
func TestEveryMonthHasBills(t *testing.T) {
	for _, activities := range []int{workload.Own, 14} {
		p := workload.Plan{Rows: 50_000, Seed: 3, Activities: activities}
		type sum struct{ enterprise, month, activity int }
		bills := map[sum]int{}
		documents := map[int64]bool{}
		p.Each(func(row workload.Row) bool {
			bills[sum{row.Enterprise, row.Month, row.Activity}]++
			documents[row.Document] = true
			return true
		})
		want := p.Enterprises() * workload.Months * activities
		if len(bills) != want || len(documents) != 50_000 {
			t.Errorf("%d activities: %d sums, %d documents, want %d, 50000",
				activities, len(bills), len(documents), want)
		}
		for key, n := range bills {
			if n < 1 || n > 2 {
				t.Fatalf("%d activities: %+v has %d bills, want 1 or 2", activities, key, n)
			}
		}
	}
}

// Amounts must stay near the base of the activity, whatever the unit.
func TestAmountsStayNearTheirBase(t *testing.T) {
	p := workload.Plan{Rows: 100_000, Seed: 5, Activities: 14}
	p.Each(func(row workload.Row) bool {
		a := workload.Activities[row.Activity]
		least, most := a.Low*79*100, a.High*121*100
		if row.Amount() < least || row.Amount() > most {
			t.Fatalf("%+v is %d/10000 of %s, want %d to %d", row, row.Amount(), a.Commodity,
				least, most)
		}
		if row.Decimals < 0 || row.Decimals > 4 || row.Quantity < 100 {
			t.Fatalf("%+v has %d decimals and too few digits", row, row.Decimals)
		}
		return true
	})
}

func TestFullSizeHas540000Sums(t *testing.T) {
	p := workload.Plan{Rows: 10_000_000, Activities: workload.Own}
	got := p.Enterprises() * workload.Months * p.Activities
	if got != 540_000 {
		t.Errorf("10 million rows have %d sums, want 540000", got)
	}
}

func TestOneInAHundredRowsIsQuoted(t *testing.T) {
	got, _ := text(t, workload.Plan{Rows: 20_000, Seed: 1, Activities: 3}, "plain", false)
	quoted := 0
	for line := range strings.Lines(got) {
		if strings.Contains(line, `"`) {
			quoted++
		}
	}
	if quoted < 150 || quoted > 250 {
		t.Errorf("%d of 20000 rows have quotes, want about 200", quoted)
	}
}

func TestFaultsAreOneInAThousandAndOfAllKinds(t *testing.T) {
	got, faults := text(t, workload.Plan{Rows: 50_000, Seed: 1, Activities: 3}, "plain", true)
	if faults < 30 || faults > 70 {
		t.Errorf("%d faults in 50000 rows, want about 50", faults)
	}
	for _, kind := range workload.Kinds {
		if !strings.Contains(got, kind.Cell) {
			t.Errorf("no row with a wrong %s (%s)", kind.Name, kind.Cell)
		}
	}
}

func TestPlanThatCannotBeDrawn(t *testing.T) {
	for _, p := range []workload.Plan{
		{Rows: -1, Activities: 3}, {Rows: 1}, {Rows: 1, Activities: 15},
	} {
		if p.Check() == nil {
			t.Errorf("%+v passes, want it refused", p)
		}
	}
}
