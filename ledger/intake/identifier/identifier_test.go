package identifier_test

import (
	"strings"
	"testing"

	"carbonledger/ledger/intake/identifier"
)

// valid passes both checks: 91350100M000100Y43 ends as GB 32100-2015 wants it, and its 9th to 17th
// letters M000100Y-4 as GB 11714-1997 does: 22x3 + 1x5 + 34x2 = 139, 11 - 139 mod 11 = 4.
const valid = "91350100M000100Y43"

func TestCredit(t *testing.T) {
	for _, c := range []struct{ id, code, says string }{
		{valid, "", ""},
		{"91350100M000100Y44", "entity.check", "3"},
		{"9135O100M000100Y43", "entity.letter", `the 5th character may be wrong: "O" could be "0"`},
		{"91350100M000100X43", "entity.check", `the 16th character may be wrong: "X" could be "Y"`},
		{"91350100M000100Y34", "entity.check", `17th and 18th characters, "34", may have changed`},
		{"913501001234567000", "entity.rounded", ""},
		{"91350100M000100Y4", "entity.length", "17"}, {"9135010M000100Y43", "entity.length", "17"},
		{"913550100M000100Y43", "entity.length", "it may be " + valid},
		// What is no credit code passes: other lengths, other letters, other beginnings.
		{"", "", ""}, {"SHOP-1", "", ""}, {"12345678901234567", "", ""}, {"building-000000123", "",
			""},
		{"91350100m000100y43", "", ""}, {"表计一二三四五六", "", ""},
		{"Y1360104EXAMPL001E", "", ""},
	} {
		code, args := identifier.Credit(c.id)
		if code != c.code || !strings.Contains(strings.Join(args, "; "), c.says) {
			t.Errorf("Credit(%q) = %q, %q, want %q that says %q", c.id, code, args, c.code, c.says)
		}
	}
}

// TestEveryTypoIsNamed changes each letter of a valid code to each that looks like it, and swaps
// each pair of neighbours: the code must be refused and the place named.
func TestEveryTypoIsNamed(t *testing.T) {
	pairs := map[byte]string{'0': "OQD", '1': "I7L", '3': "8", '5': "S6", '9': "4G", 'M': "N",
		'Y': "VX",
		'4': "A"}
	for at := range valid {
		for _, wrong := range pairs[valid[at]] {
			id := valid[:at] + string(wrong) + valid[at+1:]
			code, args := identifier.Credit(id)
			want := `"` + string(wrong) + `" could be "` + valid[at:at+1] + `"`
			if code == "" || !strings.Contains(strings.Join(args, "; "), want) {
				t.Errorf("Credit(%s) = %q, %q, want a fault that says %s", id, code, args, want)
			}
		}
		if at > 0 && valid[at] != valid[at-1] {
			id := valid[:at-1] + valid[at:at+1] + valid[at-1:at] + valid[at+1:]
			code, args := identifier.Credit(id)
			if code == "" || !strings.Contains(args[1], "changed places") {
				t.Errorf("Credit(%s) = %q, %q, want a fault that says what changed places", id,
					code,
					args)
			}
		}
	}
}

func TestOrganisation(t *testing.T) {
	for _, c := range []struct {
		id         string
		named      bool
		code, says string
	}{
		// 1x3 + 2x7 + 3x9 + 4x10 + 5x5 + 6x8 + 7x4 + 8x2 = 201, 11 - 201 mod 11 = 8.
		{"12345678-8", false, "", ""}, {"12345678-1", false, "entity.org", "8"},
		{"MA0D1234-1", false, "", ""}, {"MA0D1234-X", false, "entity.org", "1"},
		{"BUILDING-1", false, "", ""}, {"12345678", false, "", ""}, {"123456781", false, "", ""},
		{"123456788", true, "", ""}, {"123456781", true, "entity.org", "8"},
		{"12345678", true, "entity.length", "write 12345678-8"}, {"SHOP-1", true, "", ""},
		// 0x3 + 1x7 + 2x9 + 3x10 + 4x5 + 5x8 + 6x4 + 7x2 = 153, 11 - 153 mod 11 = 1.
		{"12345671", true, "entity.length", "01234567-1 where a spreadsheet took the 0 away"},
		{valid, true, "", ""}, {"", true, "", ""},
	} {
		code, args := identifier.Organisation(c.id, c.named)
		if code != c.code || !strings.Contains(strings.Join(args, "; "), c.says) {
			t.Errorf("Organisation(%q, %v) = %q, %q, want %q that says %q", c.id, c.named, code,
				args, c.code, c.says)
		}
	}
}

func TestPlain(t *testing.T) {
	for id, want := range map[string]string{
		strings.ToLower(valid): valid, "9135 0100 M000 100Y 43": valid, valid: valid,
		"building 7": "building 7", "plant-a1": "plant-a1",
		"abcdefghijklmnopqr": "abcdefghijklmnopqr",
		"":                   "",
	} {
		if got := identifier.Plain(id); got != want {
			t.Errorf("Plain(%q) = %q, want %q", id, got, want)
		}
	}
}

func FuzzCredit(f *testing.F) {
	for _, id := range []string{valid, "9135O100M000100Y43", "9I3501OOMOOO1OOY43", "12345678-1", "",
		"91350100M000100Y4", "913550100M000100Y43", "电力", "913501001234567000"} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		plain := identifier.Plain(id)
		if again := identifier.Plain(plain); again != plain {
			t.Fatalf("Plain(%q) = %q, and of that %q", id, plain, again)
		}
		for _, named := range []bool{true, false} {
			if code, args := identifier.Organisation(plain, named); code == "" && args != nil {
				t.Fatalf("Organisation(%q) has words and no fault: %q", plain, args)
			}
		}
		code, args := identifier.Credit(plain)
		if wanted := map[string]int{"": 0, "entity.rounded": 0, "entity.letter": 3,
			"entity.check":  3,
			"entity.length": 5}; len(args) != wanted[code] {
			t.Fatalf("Credit(%q) = %q with %q", plain, code, args)
		}
	})
}
