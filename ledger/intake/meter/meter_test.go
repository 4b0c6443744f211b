package meter_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"carbonledger/ledger"
	"carbonledger/ledger/intake/meter"
	"carbonledger/quantity"
)

// at returns readings of one kWh each, every step minutes from a time, as many as asked for.
func at(t testing.TB, first string, step, count int) []meter.Reading {
	t.Helper()
	clock, err := time.Parse("2006-01-02 15:04", first)
	if err != nil {
		t.Fatal(err)
	}
	readings := make([]meter.Reading, count)
	for i := range readings {
		readings[i] = meter.Reading{Line: i + 2, Time: int(clock.Unix()/60) + i*step, Figure: true,
			Number: quantity.Int(1), Cell: "1"}
	}
	return readings
}

// without leaves readings out, by their place.
func without(readings []meter.Reading, places ...int) []meter.Reading {
	var rest []meter.Reading
	for i, reading := range readings {
		if !contains(places, i) {
			rest = append(rest, reading)
		}
	}
	return rest
}

func contains(list []int, i int) bool {
	for _, one := range list {
		if one == i {
			return true
		}
	}
	return false
}

// valued gives readings the figures in turn.
func valued(readings []meter.Reading, figures ...int64) []meter.Reading {
	for i := range readings {
		readings[i].Number = quantity.Int(figures[i%len(figures)])
	}
	return readings
}

func days(readings []meter.Reading, interval meter.Interval) string {
	found := meter.Days("m.csv", meter.Series{Flow: ledger.Flow{Site: "M"}, Readings: readings},
		interval)
	var words []string
	for _, a := range found.Activities {
		word := a.Period.String()[5:] + "=" + a.Number.String()
		if a.Absence != ledger.Present {
			word = a.Period.String()[5:] + " " + string(a.Absence)
		}
		words = append(words, word)
	}
	for _, fault := range append(found.Faults, found.Warnings...) {
		words = append(words, strings.Join(append([]string{fault.Code}, fault.Args...), " "))
	}
	return strings.Join(words, "; ")
}

// TestDays works out what a meter counted by hand.
func TestDays(t *testing.T) {
	end := meter.Interval{Stamp: meter.End}
	cases := []struct {
		name     string
		readings []meter.Reading
		interval meter.Interval
		want     string
	}{
		{"96 quarters of an hour from 0:00 to 23:45", at(t, "2024-03-01 00:00", 15, 96),
			meter.Interval{}, "03-01=96"},
		{"96 quarters whose times mark the end, 0:15 to 24:00", at(t, "2024-03-01 00:15", 15, 96),
			meter.Interval{}, "03-01=96"},
		{"times from 0:00 that are said to mark the end: the first belongs to the day before",
			at(t, "2024-03-01 00:00", 60, 24), end, "02-29=1; 02-29 missing; 03-01=23; " +
				"03-01 missing; meter.gap 2024-02-29 23 24 2024-02-29 00:00~01:00; " +
				"meter.gap 2024-03-01 1 24 2024-03-01 23:00~24:00; meter.completeness 24 48 90"},
		{"two readings of 24 missing", without(at(t, "2024-03-01 00:00", 60, 24), 6, 7),
			meter.Interval{}, "03-01=22; 03-01 missing; " +
				"meter.gap 2024-03-01 2 24 2024-03-01 06:00~07:00"},
		{"a day of zeros between days with something",
			valued(at(t, "2024-03-01 00:00", minutesPerDay, 3), 5, 0, 7), meter.Interval{},
			"03-01=5; 03-02=0; 03-03=7; meter.zeros 2024-03-02"},
		{"zeros at the end are not between anything",
			valued(at(t, "2024-03-01 00:00", minutesPerDay, 3), 5, 0, 0), meter.Interval{},
			"03-01=5; 03-02=0; 03-03=0"},
		{"a day missing of eleven is 90.9 % and enough",
			without(at(t, "2024-03-01 00:00", minutesPerDay, 11), 4), meter.Interval{},
			"03-01=1; 03-02=1; 03-03=1; 03-04=1; 03-05 missing; 03-06=1; 03-07=1; 03-08=1; " +
				"03-09=1; 03-10=1; 03-11=1; meter.days 2024-03-05 1"},
		{"one reading and a minute given", at(t, "2024-03-01 05:00", 60, 1),
			meter.Interval{Stamp: meter.Begin, Minutes: 1440}, "03-01=1"},
		{"steps of seven minutes", at(t, "2024-03-01 00:00", 7, 9), meter.Interval{},
			"meter.step 7"},
		{"no readings", nil, meter.Interval{}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := days(c.readings, c.interval); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

const minutesPerDay = meter.MinutesPerDay

// TestClocks: the clocks of a meter are put back on the last Sunday of October and forward on the
// last of March; both nights have another number of hours than 24.
func TestClocks(t *testing.T) {
	october := at(t, "2024-10-27 00:00", 60, 24)
	again := october[1]
	again.Line, again.Number = 99, quantity.Int(4)
	back := append(append([]meter.Reading{}, october[:2]...), append([]meter.Reading{again},
		october[2:]...)...)
	got := days(back, meter.Interval{})
	if want := "10-27=28; meter.repeated 2024-10-27 01:00"; got != want {
		t.Errorf("clocks back: %s, want %s", got, want)
	}
	march := without(at(t, "2025-03-30 00:00", 60, 24), 1)
	if got := days(march, meter.Interval{}); !strings.Contains(got, "meter.gap 2025-03-30 1 24") {
		t.Errorf("clocks forward where nothing shows that clocks change: %s, want a gap", got)
	}
	var between []meter.Reading
	for day := 28; day <= 28+153; day++ {
		date := time.Date(2024, 10, day, 0, 0, 0, 0, time.UTC).Format("2006-01-02 15:04")
		between = append(between, at(t, date, 60, 24)...)
	}
	all := append(append(append([]meter.Reading{}, back...), between...), march...)
	if got := days(all, meter.Interval{}); strings.Contains(got, "meter.gap") ||
		strings.Contains(got, "meter.days") {
		t.Errorf("clocks back and forward: %s, want no gap", got)
	}
	tuesday := at(t, "2024-10-29 00:00", 60, 24)
	conflict := append(append([]meter.Reading{}, tuesday...), tuesday[1])
	conflict[24].Number, conflict[24].Line, conflict[24].Cell = quantity.Int(4), 99, "4"
	got = days(conflict, meter.Interval{})
	if !strings.Contains(got, "meter.conflict 2024-10-29 01:00 3 1 4") {
		t.Errorf("the same hour twice on a Tuesday: %s, want a conflict", got)
	}
}

// TestDaysSumToTheReadings: whatever readings are left out and in whatever order they stand, the
// days sum to exactly what the readings sum to, and every day of the span has something to say.
func TestDaysSumToTheReadings(t *testing.T) {
	for seed := range uint64(200) {
		chance := rand.New(rand.NewPCG(seed, 1))
		var readings []meter.Reading
		var sum quantity.Number
		for _, reading := range at(t, "2024-02-20 00:00", 15, 96*15) {
			if chance.IntN(10) == 0 {
				continue
			}
			number, err := quantity.ParseNumber(fmt.Sprintf("%d.%03d", chance.IntN(50),
				chance.IntN(1000)))
			if err != nil {
				t.Fatal(err)
			}
			reading.Number = number
			sum = sum.Add(number)
			readings = append(readings, reading)
		}
		chance.Shuffle(len(readings), func(i, j int) {
			readings[i], readings[j] = readings[j], readings[i]
		})
		found := meter.Days("m.csv", meter.Series{Readings: readings},
			meter.Interval{Stamp: meter.Begin, Minutes: 15})
		var got quantity.Number
		told := map[quantity.Day]bool{}
		for _, a := range found.Activities {
			got = got.Add(a.Number)
			told[a.Period.First] = true
		}
		if !got.Equal(sum) || len(told) != 15 || len(found.Faults) > 0 {
			t.Fatalf("seed %d: days sum to %s, readings to %s; %d days of 15; faults %v", seed, got,
				sum, len(told), found.Faults)
		}
	}
}

// FuzzDays: no readings make it panic, and none makes more days than five years have.
func FuzzDays(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4}, 0, "")
	f.Add([]byte{0, 0, 0, 60, 0, 120, 1, 0}, 15, "end")
	f.Add([]byte{255, 255, 0, 1}, 1440, "begin")
	f.Fuzz(func(t *testing.T, data []byte, minutes int, stamp string) {
		interval := meter.Interval{Stamp: stamp, Minutes: minutes}
		interval.Check(func(string, ...any) { t.Skip() })
		var readings []meter.Reading
		for i := 0; i+1 < len(data); i += 2 {
			readings = append(readings, meter.Reading{Line: i, Figure: data[i]%7 > 0,
				Time:   minutesPerDay*365*40 + int(data[i])*minutesPerDay*9 + int(data[i+1])*15,
				Number: quantity.Int(int64(data[i]))})
		}
		found := meter.Days("f.csv", meter.Series{Readings: readings}, interval)
		if len(found.Activities) > 2*(5*366+2) {
			t.Errorf("%d activities of %d readings", len(found.Activities), len(readings))
		}
	})
}
