package quantity_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"carbonledger/quantity"
)

// TestPeriodSpellingsOfForms: the periods as forms, bills and exports write them; the first column
// is the shortest spelling of the period meant.
func TestPeriodSpellingsOfForms(t *testing.T) {
	for _, c := range []struct{ want, spellings string }{
		{"2024", "2024年度|2024年全年|2024H1~2024H2|2024年1-12月|2024年一至四季度|2024-01~2024-12"},
		{"2020-01-01/2023-01-01", "2020-2022|2020年-2022年|2020～2022年|2020年至2022年"},
		{"2024-01-01/2024-07-01", "2024H1|2024-H1|2024年H1|H1 2024|2024年上半年|2024上半年|24年上半年"},
		{"2024-07-01/2025-01-01", "2024H2|2024年下半年|2024年三季度-四季度"},
		{"2024Q1", "2024Q1|2024-Q1|Q1 2024|Q1-2024|1Q 2024|1Q2024|2024年Q1|2024年一季度|2024年第1季度|" +
			"2024年1季度|2024年第一季度|2024年1季|24年一季度|2024年1—3月|2024年1——3月|2024年1月至3月|" +
			"2024年1月到3月|2024年1 - 3月|2024.1-3|2024/1-3|2024/01-03|2024-01~03|2024-01~2024-03|" +
			"2024-01-2024-03|2024年1月-2024年3月|2024.01-2024.03|202401-202403|2024/1-2024/3|" +
			"2024-1-3月|" +
			"2024年1月1日-2024年3月31日|2024年1月1日至3月31日|2024/1/1-2024/3/31|2024.1.1-3.31|" +
			"2024-01-01~2024-03-31|2024-01-01-2024-03-31|2024-01-01至2024-03-31|20240101-20240331|" +
			"2024-01-01 - 2024-03-31|2024年第一季度-第一季度|Jan-Mar 2024|January-March 2024|" +
			"2024-01-01/2024-04-01"},
		{"2024-01-01/2024-10-01", "2024年前三季度|2024年一至三季度|2024年1-3季度|2024年1—9月"},
		{"2024-01-01/2024-07-01", "2024年前二季度|2024年前两季度"},
		{"2023-11-01/2024-03-01", "2023年11月-2024年2月|23年11月-24年2月|2023-11~2024-02"},
		{"2024-03", "24年3月|2024 年 3 月|2024年三月|2024年3月份|2024.3|2024.03|2024/3|Mar 2024|" +
			"March 2024|2024 Mar|2024-Mar|Mar-2024|mar. 2024|MAR 2024|2024年March|Mar, 2024"},
		{"2024-12", "2024年十二月|24年12月|2024.12|Dec 2024"}, {"2024-10", "2024年十月|2024.10"},
		{"2024-09", "Sept 2024|Sep 2024|September 2024"}, {"2024-01", "2024.01|2024年1月|2024/1"},
		{"2024-03-15", "20240315|24年3月15日|2024-3-15|2024年3月15号|15/03/2024|15.03.2024|15-3-2024|" +
			"03/15/2024|15 Mar 2024|15-Mar-2024|Mar 15, 2024|March 15th 2024|15th March, 2024|" +
			"2024-03-15 00:00:00|2024-03-15 00:00|2024/3/15 0:00|2024-03-15T00:00:00Z|" +
			"2024-03-15 00:00:00.000|2024年3月15日 0:00"},
		{"2024-03-03", "03/03/2024|3/3/2024"},
		{"2024-03-01/2024-03-16", "2024年3月1日-15日|2024年3月1日至15日|2024/3/1-3/15|2024.3.1~2024.3.15"},
	} {
		want := period(t, c.want)
		for spelling := range strings.SplitSeq(c.spellings, "|") {
			if got, err := quantity.ParsePeriod(spelling); err != nil || got != want {
				t.Errorf("ParsePeriod(%q) = %s, %v, want %s", spelling, got, err, want)
			}
		}
	}
}

func TestPeriodSpellingsThatAreRefused(t *testing.T) {
	for _, text := range []string{
		"3月", "一季度", "Q1", "全年", "Mar", "24-03", "24/3", "Mar-24", "24-Mar", "15/03/24",
		"31/02/2024",
		"2024年十三月", "2024年五季度", "2024-03-15 08:30", "2024-03-01 00:00-2024-04-01 00:00",
		"2024-01/2024-03", "2024年1-3", "2024-1.3", "3/4-2024", "2024年11-2月", "2024-25", "2023/2024",
		"2024年1月-一季度",
		"01/02/2024-05/02/2024", "15/01/2024-05/02/2024", "2024-03-15-18", "2024-03-31~2024-03-01",
		"2024 Foo", "Marchy 2024", "32 Mar 2024", "2024-03-", "-2024", "2024~", "2024年度上半年",
		"202400",
		"45352", "2024-02-30~2024-03-01", "2024年3月1-15", strings.Repeat("2024-", 20),
		"2024年1月1日-2024年2月30日", "9998年-9999年", "99999", "20240230", "00000000", "2024年零月",
	} {
		if p, err := quantity.ParsePeriod(text); !errors.Is(err, quantity.ErrPeriod) {
			t.Errorf("ParsePeriod(%q) = %s, %v, want ErrPeriod", text, p, err)
		}
	}
}

func TestPeriodsWithTwoReadings(t *testing.T) {
	for text, want := range map[string]string{
		"03/04/2024": "2024-04-03 or 2024-03-04", "3-4-2024": "2024-04-03 or 2024-03-04",
		"12.11.2024": "2024-11-12 or 2024-12-11", "2024.1": "2024-01 or 2024-10",
	} {
		_, err := quantity.ParsePeriod(text)
		var two *quantity.TwoPeriods
		if !errors.As(err, &two) || !errors.Is(err, quantity.ErrPeriod) {
			t.Errorf("ParsePeriod(%q): %v, want two readings", text, err)
			continue
		}
		if got := two.First.String() + " or " + two.Second.String(); got != want {
			t.Errorf("ParsePeriod(%q): %s, want %s", text, got, want)
		}
	}
}

func TestParsePeriodIn(t *testing.T) {
	for text, want := range map[string]string{
		"3月": "2024-03", "03月": "2024-03", "三月": "2024-03", "3月份": "2024-03", "一季度": "2024Q1",
		"第2季度": "2024Q2", "Q3": "2024Q3", "1-3月": "2024Q1", "1—3月": "2024Q1", "1～3月": "2024Q1",
		"1月-3月": "2024Q1", "1月至3月": "2024Q1", "上半年": "2024-01-01/2024-07-01",
		"H2": "2024-07-01/2025-01-01",
		"全年": "2024", "3月15日": "2024-03-15", "3月1日-3月15日": "2024-03-01/2024-03-16",
		"Mar":  "2024-03",
		"前三季度": "2024-01-01/2024-10-01", "1-3季度": "2024-01-01/2024-10-01",
		// What has a year keeps it.
		"2023年3月": "2023-03", "23年3月": "2023-03", "2023": "2023",
	} {
		if got, err := quantity.ParsePeriodIn(text, 2024); err != nil || got != period(t, want) {
			t.Errorf("ParsePeriodIn(%q, 2024) = %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "13月", "五季度", "2-1月", "2023年13月", "3/4", "45352", "月",
		"2023.1"} {
		if got, err := quantity.ParsePeriodIn(text, 2024); !errors.Is(err, quantity.ErrPeriod) {
			t.Errorf("ParsePeriodIn(%q, 2024) = %s, %v, want ErrPeriod", text, got, err)
		}
	}
}

func TestParseSerial(t *testing.T) {
	// 2024-03-01 and the borders as a spreadsheet shows them (=DATE(2024,3,1) as a number).
	for text, want := range map[string]string{"45352": "2024-03-01", "36526": "2000-01-01",
		"73050": "2099-12-31", "45291": "2023-12-31"} {
		if got, ok := quantity.ParseSerial(text); !ok || got.String() != want {
			t.Errorf("ParseSerial(%s) = %s, %v, want %s", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "36525", "73051", "045352", "4535", "45352.5", "+4535",
		"４５３５２"} {
		if got, ok := quantity.ParseSerial(text); ok {
			t.Errorf("ParseSerial(%q) = %s, want none", text, got)
		}
	}
}

// TestPlainSpellings: months and days as programs write them are read as with the dash of people,
// which takes the way of all other spellings.
func TestPlainSpellings(t *testing.T) {
	for year := range 120 {
		for month := range 15 {
			texts := []string{fmt.Sprintf("%04d-%02d", year*87, month)}
			for day := range 33 {
				texts = append(texts, fmt.Sprintf("%s-%02d", texts[0], day))
			}
			for _, text := range texts {
				got, err := quantity.ParsePeriod(text)
				want, errWant := quantity.ParsePeriod(strings.ReplaceAll(text, "-", "–"))
				if got != want || (err == nil) != (errWant == nil) {
					t.Errorf("ParsePeriod(%s) = %v, %v, want %v, %v", text, got, err, want, errWant)
				}
			}
		}
	}
	for _, text := range []string{"9999-12", "9999-12-30", "9999-12-31", "2022-3x", "2022-031"} {
		got, err := quantity.ParsePeriod(text)
		want, errWant := quantity.ParsePeriod(strings.ReplaceAll(text, "-", "–"))
		if got != want || (err == nil) != (errWant == nil) {
			t.Errorf("ParsePeriod(%s) = %v, %v, want %v, %v", text, got, err, want, errWant)
		}
	}
}

func FuzzParsePeriodIn(f *testing.F) {
	for _, text := range []string{"3月", "1-3月", "上半年", "Q1", "2023年3月", "3月1日-15日", "前三季度", "Mar"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		in, err := quantity.ParsePeriodIn(text, 2024)
		if err != nil {
			if !errors.Is(err, quantity.ErrPeriod) {
				t.Fatalf("ParsePeriodIn(%q): %v, want ErrPeriod", text, err)
			}
			return
		}
		plain, err := quantity.ParsePeriod(text)
		if err == nil && plain != in || err != nil && in.Year() != 2024 {
			t.Fatalf("ParsePeriodIn(%q, 2024) = %s, ParsePeriod %s, %v", text, in, plain, err)
		}
	})
}
