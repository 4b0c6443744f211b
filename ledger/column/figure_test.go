package column_test

import (
	"math/rand/v2"
	"testing"

	"carbonledger/ledger/column"
)

func TestReadFigure(t *testing.T) {
	for text, want := range map[string]bool{
		"0": true, "7": true, "-7": true, "0.5": true, "1234.50": true, "-0.01": true, "0.00": true,
		"1,234": true, "1,234,567.8": true, "-12,345": true, "999999999999999999": true,
		"0.12345678901234567": true,

		"": false, "-": false, "+7": false, "007": false, ".5": false, "5.": false, "-0": false,
		"-0.0": false, "1,23": false, "12,34": false, "1234,567": false, ",123": false,
		"1,234,56": false, "1,,234": false, "0,123": false, "1.2,3": false, "1e5": false,
		"1.2.3": false, " 1": false, "1 ": false, "9999999999999999999": false, "１": false,
		"1,2345": false, "12,345,67": false, "1.": false,
	} {
		figure, scale, ok := column.ReadFigure(text)
		if ok != want {
			t.Errorf("ReadFigure(%q) = %d, %d, %v, want %v", text, figure, scale, ok, want)
		}
		if ok && column.PrintFigure(figure, scale) != text {
			t.Errorf("%q is printed as %q", text, column.PrintFigure(figure, scale))
		}
	}
}

func FuzzReadFigure(f *testing.F) {
	f.Add("1,234.50")
	f.Add("-0.001")
	f.Fuzz(func(t *testing.T, text string) {
		figure, scale, ok := column.ReadFigure(text)
		if back := column.PrintFigure(figure, scale); ok && back != text {
			t.Errorf("%q is printed as %q", text, back)
		}
		compareCell(t, text)
	})
}

// compareCell holds ReadCell beside its plain twin, with any memory behind the text.
func compareCell(t *testing.T, text string) {
	t.Helper()
	figure, scale, ok := column.ReadFigure(text)
	for _, behind := range []string{"", "9.99,99\n12345678901", ".........................",
		"00000000000000000000", "\xff\x00\xff\x00\xff\x00\xff\x00\xff\x00\xff\x00\xff\x00"} {
		memory := []byte(text + behind)
		f, s, good := column.ReadCell(memory[:len(text)])
		if good != ok || ok && (f != figure || s != scale) {
			t.Errorf("ReadCell(%q before %q) = %d, %d, %v, want %d, %d, %v", text, behind, f, s,
				good, figure, scale, ok)
		}
	}
}

func TestReadCell(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	for range 20_000 {
		text := make([]byte, random.IntN(20))
		for i := range text {
			text[i] = "0123456789012345678901234567890123456789...,- "[random.IntN(46)]
		}
		compareCell(t, string(text))
	}
	for _, text := range []string{"0", "12345678", "12345678.12345678", "1234567.5", "0.00000001",
		"123456789", "12345678.", ".5", "00", "0.5", "1:", "1/", "1.:", "１", "1.\x80"} {
		compareCell(t, text)
	}
}

func TestReadDigits(t *testing.T) {
	for text, want := range map[string]int64{"": 0, "7": 7, "12345678": 12345678,
		"000000000000000019": 19, "123456789012345678": 123456789012345678} {
		if n, ok := column.ReadDigits([]byte(text)); !ok || n != want {
			t.Errorf("ReadDigits(%q) = %d, %v", text, n, ok)
		}
	}
	for _, text := range []string{"a", "1234567/", "1234567:", "12345678:", "\xb012345678", "-1"} {
		if n, ok := column.ReadDigits([]byte(text)); ok {
			t.Errorf("ReadDigits(%q) = %d", text, n)
		}
	}
}

func FuzzReadSerial(f *testing.F) {
	f.Add("DZ2023-0012")
	f.Add("票")
	f.Fuzz(func(t *testing.T, document string) {
		series, serial := column.ReadSerial(document)
		if back := column.PrintSerial(series, serial); back != document {
			t.Errorf("%q is printed as %q", document, back)
		}
	})
}

func FuzzDecodeRows(f *testing.F) {
	b := column.NewBuilder()
	f.Add(new(column.Encoder).Encode(&b.Rows))
	b.Add(column.Row{Who: b.PlaceOfWho(column.Who{Entity: "A"}),
		What:  b.PlaceOfWhat(column.What{Commodity: "heat"}),
		When:  b.PlaceOfWhen(column.When{First: 1, End: 2}),
		Serie: b.PlaceOfSeries(column.Series{Prefix: "P", Digits: 2}),
		Line:  2, Serial: 7, Scale: 1, Figure: -15})
	f.Add(new(column.Encoder).Encode(&b.Rows))
	f.Fuzz(func(t *testing.T, block []byte) {
		rows, err := column.DecodeRows(block)
		if err != nil {
			return
		}
		first := new(column.Encoder).Encode(rows)
		again, err := column.DecodeRows(first)
		if err != nil || string(new(column.Encoder).Encode(again)) != string(first) {
			t.Errorf("%x comes back otherwise: %v", block, err)
		}
	})
}
