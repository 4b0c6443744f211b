package quantity_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"carbonledger/quantity"
)

func period(t testing.TB, text string) quantity.Period {
	t.Helper()
	p, err := quantity.ParsePeriod(text)
	if err != nil {
		t.Fatalf("ParsePeriod(%q): %v", text, err)
	}
	return p
}

// TestPeriodSpellings: every spelling gives the half-open span and prints as its shortest form.
func TestPeriodSpellings(t *testing.T) {
	for _, c := range []struct{ first, end, prints, spellings string }{
		{"2022-01-01", "2023-01-01", "2022", "2022|2022年|2022年1-12月"},
		{"2022-01-01", "2022-07-01", "2022-01-01/2022-07-01", "2022年上半年|2022上半年|2022年1-6月"},
		{"2022-07-01", "2023-01-01", "2022-07-01/2023-01-01", "2022年下半年|2022年7-12月"},
		{"2022-01-01", "2022-04-01", "2022Q1", "2022Q1|2022-Q1|2022年一季度|2022年第一季度|2022年1季度|" +
			"2022年1-3月|2022年1—3月|2022年1~3月|2022年1～3月|2022年1至3月|2022年1月-3月|2022年1–3月"},
		{"2022-10-01", "2023-01-01", "2022Q4", "2022Q4|2022年四季度|2022年第4季度|2022年10-12月"},
		{"2022-03-01", "2022-04-01", "2022-03",
			"2022-03|2022-3|202203|2022.3|2022/3|2022/03|2022年3月|" +
				"2022年03月|2022年3月份|2022年3|2022年3-3月|2022-03-01/2022-04-01"},
		{"2022-12-01", "2023-01-01", "2022-12", "2022-12|202212|2022年12月"},
		{"2022-03-15", "2022-03-16", "2022-03-15", "2022-03-15|2022.3.15|2022/3/15|2022年3月15日"},
		{"2024-02-29", "2024-03-01", "2024-02-29", "2024-02-29|2024-02-29/2024-03-01"},
		{"2022-03-15", "2022-04-15", "2022-03-15/2022-04-15", "2022-03-15/2022-04-15"},
		{"2022-02-01", "2022-04-01", "2022-02-01/2022-04-01", "2022年2-3月"},
		{"9998-01-01", "9999-01-01", "9998", "9998"},
	} {
		for spelling := range strings.SplitSeq(c.spellings, "|") {
			t.Run(spelling, func(t *testing.T) {
				p := period(t, spelling)
				if got, want := p.First.String()+" "+p.End.String(),
					c.first+" "+c.end; got != want {
					t.Fatalf("ParsePeriod(%q) = %s, want %s", spelling, got, want)
				}
				if got := p.String(); got != c.prints {
					t.Errorf("%q prints as %s, want %s", spelling, got, c.prints)
				}
			})
		}
	}
}

func TestPeriodsThatAreRefused(t *testing.T) {
	for _, text := range []string{
		"", "22", "2022-13", "2022-00", "202213", "202200", "2022年0月", "2022年13月", "2022-02-30",
		"2023-02-29", "2022-04-31", "2022.2.30", "2022-01-32", "2022-01-00", "2022Q0", "2022Q5",
		"2022年五季度", "2022年3-1月", "2022年0-3月", "2022年1-13月", "2022-04-15/2022-03-15",
		"2022-03-15/2022-03-15", "2022-02-30/2022-04-01", "1-3月", "上半年", "2022中半年", "45352",
		"2022-3月-1", "２０２２", "2022 03", " 2022", "2022-03-15T08:00", "20221315", "9999",
		"9999年下半年", "9999-12-31",
	} {
		if p, err := quantity.ParsePeriod(text); !errors.Is(err, quantity.ErrPeriod) {
			t.Errorf("ParsePeriod(%q) = %s, %v, want ErrPeriod", text, p, err)
		}
	}
}

func TestPeriodRoundTrip(t *testing.T) {
	r := chance()
	for i := range draws {
		first := quantity.DayOf(1950+r.IntN(150), time.Month(1+r.IntN(12)), 1+r.IntN(28))
		p := quantity.Period{First: first, End: first + 1 + quantity.Day(r.IntN(800))}
		year, month, _ := first.Date()
		switch r.IntN(5) {
		case 0:
			p = quantity.Year(year)
		case 1:
			p = quantity.Quarter(year, 1+r.IntN(4))
		case 2:
			p = quantity.Month(year, month)
		}
		if back, err := quantity.ParsePeriod(p.String()); err != nil || back != p {
			t.Fatalf("seed %d, case %d: %v prints as %s and reads as %v, %v", seed, i, p, p,
				back, err)
		}
	}
}

func TestPartsOfTheYearTouchAndFillIt(t *testing.T) {
	for _, year := range []int{1999, 2000, 2023, 2024, 2100} {
		whole, days := quantity.Year(year), 0
		at := whole.First
		for month := time.January; month <= time.December; month++ {
			part := quantity.Month(year, month)
			if part.First != at || !whole.Contains(part) {
				t.Errorf("%s begins on %s, want %s", part, part.First, at)
			}
			text, ok := part.MonthText()
			if want := fmt.Sprintf("%04d-%02d", year, month); !ok || text != want {
				t.Errorf("MonthText of %s = %s, %v, want %s", part, text, ok, want)
			}
			at, days = part.End, days+part.Days()
		}
		if at != whole.End || days != whole.Days() {
			t.Errorf("the months of %d end on %s with %d days, want %s and %d",
				year, at, days, whole.End, whole.Days())
		}
		for q := 1; q < 4; q++ {
			if quantity.Quarter(year, q).End != quantity.Quarter(year, q+1).First {
				t.Errorf("%dQ%d does not end where the next begins", year, q)
			}
		}
	}
}

func TestHalfOpenBorders(t *testing.T) {
	march, april, year := period(t, "2022-03"), period(t, "2022-04"), period(t, "2022")
	for _, c := range []struct {
		name      string
		got, want bool
	}{
		{"March and April share a day", march.Overlaps(april), false},
		{"March and its last day share a day", march.Overlaps(period(t, "2022-03-31")), true},
		{"March and the first of April share a day", march.Overlaps(period(t, "2022-04-01")),
			false},
		{"the year contains March", year.Contains(march), true},
		{"March contains the year", march.Contains(year), false},
		{"the year contains itself", year.Contains(year), true},
		{"the year contains New Year after it", year.Contains(period(t, "2023-01-01")), false},
		{"a meter reading across months contains March",
			period(t, "2022-03-02/2022-04-02").Contains(march), false},
		{"March is empty", march.IsZero(), false},
		{"the zero value is empty", quantity.Period{}.IsZero(), true},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
	if _, ok := period(t, "2022-03-15/2022-04-15").MonthText(); ok {
		t.Error("a bill across two months has one month")
	}
	if got := period(t, "2022-03-15/2022-04-15"); got.Days() != 31 || got.Year() != 2022 {
		t.Errorf("bill has %d days of %d, want 31 of 2022", got.Days(), got.Year())
	}
}

func TestDays(t *testing.T) {
	for text, want := range map[string]quantity.Day{
		"1970-01-01": 0, "1969-12-31": -1, "2000-03-01": 11017, "0001-01-01": -719162,
	} {
		got, err := quantity.ParseDay(text)
		if err != nil || got != want || got.String() != text {
			t.Errorf("ParseDay(%s) = %d, %v, printed %s, want %d", text, got, err, got, want)
		}
	}
	for _, text := range []string{"", "2022-02-30", "2022-2-3", "2022-13-01", "2022-03",
		"22-03-01"} {
		if day, err := quantity.ParseDay(text); !errors.Is(err, quantity.ErrPeriod) {
			t.Errorf("ParseDay(%q) = %s, %v, want ErrPeriod", text, day, err)
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, text := range []string{"2022", "2022年", "2022Q1", "2022年一季度", "2022-03", "202203",
		"2022年3月", "2022年1-3月", "2022年上半年", "2022-03-15", "2022-03-15/2022-04-15", "9999年7-12月",
		"0000", "0000-02-29", "2022年3", "2022-03-15/2022-03-15", "24年3月", "2022年第1季度", "2022年1月至3月",
		"2022-01~2022-03", "2022/1/1-2022/3/31", "15/03/2022", "03/04/2022", "2022.1", "Mar 2022",
		"Jan-Mar 2022", "15 Mar 2022", "Q1 2022", "2022年前三季度", "20220101-20220331", "45352",
		"2022-03-15 00:00:00", "2022年3月1日-15日", "2022 年 3 月", "1-3月", "2022.1-3", "-~-~"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := quantity.ParsePeriod(text)
		if err != nil {
			return
		}
		if p.First >= p.End {
			t.Fatalf("ParsePeriod(%q) = %s to %s", text, p.First, p.End)
		}
		if back, err := quantity.ParsePeriod(p.String()); err != nil || back != p {
			t.Fatalf("%q prints as %s and reads back as %v, %v", text, p, back, err)
		}
	})
}
