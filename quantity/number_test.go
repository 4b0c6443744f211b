package quantity_test

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"carbonledger/quantity"
)

// seed starts every random sequence of this package; it stands in the messages.
const seed = 20260315

// draws is how many random cases a property is tried on.
const draws = 20_000

func chance() *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

// num reads a number that the test itself has written.
func num(t testing.TB, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatalf("ParseNumber(%q): %v", text, err)
	}
	return n
}

// rat is the oracle's reading of the same text.
func rat(t testing.TB, text string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("big.Rat cannot read %q", text)
	}
	return r
}

// borders are the numbers around which the fast form ends: the ends of int64, 18 digits, 18
// decimals, and what is just wider.
var borders = []string{
	"0", "1", "-1", "0.1", "-0.5", "0.000000000000000001", "-0.000000000000000001",
	"9223372036854775807", "-9223372036854775807", "9223372036854775808", "-9223372036854775808",
	"-9223372036854775809", "999999999999999999", "-999999999999999999", "1000000000000000000",
	"0.999999999999999999", "0.12345678901234567", "922337203685477580.7",
	"-9.223372036854775808", "3037000499", "3037000500", "-3037000500", "0.0000000001",
	"123456789012345678901234567890.123456789", "0.0000000000000000000000001",
	"100000000000000000000000000000000000000", "4611686018427387904", "-4611686018427387904",
}

// anyNumber writes a number of any size, often a border, often short.
func anyNumber(r *rand.Rand) string {
	if r.IntN(4) == 0 {
		return borders[r.IntN(len(borders))]
	}
	length := 1 + r.IntN(20)
	if r.IntN(8) == 0 {
		length += r.IntN(20)
	}
	digits := make([]byte, length)
	for i := range digits {
		digits[i] = "0123456789055"[r.IntN(13)]
	}
	text := string(digits)
	if point := r.IntN(length + 1); point > 0 && point < length {
		text = text[:point] + "." + text[point:]
	}
	if r.IntN(2) == 0 {
		return "-" + text
	}
	return text
}

func TestNumberAgainstRatAndDecimal(t *testing.T) {
	r := chance()
	for i := range draws {
		a, b := anyNumber(r), anyNumber(r)
		n, m, x, y := num(t, a), num(t, b), rat(t, a), rat(t, b)
		c, d := decimal.RequireFromString(a), decimal.RequireFromString(b)
		for _, trial := range []struct {
			sign   string
			got    quantity.Number
			want   *big.Rat
			second decimal.Decimal
		}{
			{"+", n.Add(m), new(big.Rat).Add(x, y), c.Add(d)},
			{"-", n.Sub(m), new(big.Rat).Sub(x, y), c.Sub(d)},
			{"x", n.Mul(m), new(big.Rat).Mul(x, y), c.Mul(d)},
			{"neg", n.Neg(), new(big.Rat).Neg(x), c.Neg()},
			{"abs", n.Abs(), new(big.Rat).Abs(x), c.Abs()},
		} {
			if rat(t, trial.got.String()).Cmp(trial.want) != 0 {
				t.Fatalf("seed %d, case %d: %s %s %s = %s, want %s",
					seed, i, a, trial.sign, b, trial.got, trial.want.FloatString(60))
			}
			if !decimal.RequireFromString(trial.got.String()).Equal(trial.second) {
				t.Fatalf("seed %d, case %d: %s %s %s = %s, want %s",
					seed, i, a, trial.sign, b, trial.got, trial.second)
			}
		}
		if got, want := n.Cmp(m), x.Cmp(y); got != want || n.Equal(m) != (want == 0) {
			t.Fatalf("seed %d, case %d: %s cmp %s = %d, want %d", seed, i, a, b, got, want)
		}
		if got := n.Sign(); got != x.Sign() || n.IsZero() != (x.Sign() == 0) {
			t.Fatalf("seed %d, case %d: sign of %s = %d, want %d", seed, i, a, got, x.Sign())
		}
	}
}

func TestNumberStringIsShortestAndUnique(t *testing.T) {
	r := chance()
	for i := range draws {
		text := anyNumber(r)
		n := num(t, text)
		want := decimal.RequireFromString(text).String() // drops zeros at the end
		if got := n.String(); got != want {
			t.Fatalf("seed %d, case %d: String of %s = %s, want %s", seed, i, text, got, want)
		}
		// The same number by a detour over the wide form prints the same.
		wide := num(t, "1"+strings.Repeat("0", 40))
		if got := n.Add(wide).Sub(wide).String(); got != want {
			t.Fatalf("seed %d, case %d: %s + 10^40 - 10^40 = %s", seed, i, want, got)
		}
	}
}

// twoRounded rounds by the definition: the nearest multiple of the last place, and at the half the
// even one or the one further from zero.
func twoRounded(x *big.Rat, rounding quantity.Rounding) *big.Rat {
	exponent := big.NewInt(int64(max(rounding.Places, -rounding.Places)))
	place := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), exponent, nil))
	if rounding.Places > 0 {
		place.Inv(place)
	}
	units := new(big.Rat).Quo(x, place)
	below := new(big.Int).Div(units.Num(), units.Denom()) // Euclidean: towards minus infinity
	rest := new(big.Rat).Sub(units, new(big.Rat).SetInt(below))
	up := rest.Cmp(big.NewRat(1, 2)) > 0
	if rest.Cmp(big.NewRat(1, 2)) == 0 {
		up = below.Bit(0) == 1
		if rounding.Mode == quantity.HalfUp {
			up = x.Sign() > 0
		}
	}
	if up {
		below.Add(below, big.NewInt(1))
	}
	return new(big.Rat).Mul(new(big.Rat).SetInt(below), place)
}

func TestRoundAgainstRat(t *testing.T) {
	r := chance()
	for i := range draws {
		text := anyNumber(r)
		if r.IntN(3) == 0 {
			text = fmt.Sprintf("%d.%d5", r.IntN(200)-100, r.IntN(100)) // often a tie
		}
		for _, mode := range []quantity.Mode{quantity.HalfEven, quantity.HalfUp} {
			rounding := quantity.Rounding{Places: int32(r.IntN(26)) - 5, Mode: mode}
			got, want := num(t, text).Round(rounding), twoRounded(rat(t, text), rounding)
			if rat(t, got.String()).Cmp(want) != 0 {
				t.Fatalf("seed %d, case %d: %s rounded to %d places %s = %s, want %s",
					seed, i, text, rounding.Places, mode, got, want.FloatString(20))
			}
		}
	}
}

func TestRoundTies(t *testing.T) {
	for _, c := range []struct {
		text         string
		places       int32
		even, halfUp string
	}{
		{"0.5", 0, "0", "1"}, {"1.5", 0, "2", "2"}, {"2.5", 0, "2", "3"},
		{"-0.5", 0, "0", "-1"}, {"-1.5", 0, "-2", "-2"}, {"-2.5", 0, "-2", "-3"},
		{"2.675", 2, "2.68", "2.68"}, {"2.665", 2, "2.66", "2.67"}, {"-2.665", 2, "-2.66", "-2.67"},
		{"2.6650000000000000000000001", 2, "2.67", "2.67"}, {"2.664999999999", 2, "2.66", "2.66"},
		{"25", -1, "20", "30"}, {"35", -1, "40", "40"}, {"-25", -1, "-20", "-30"},
		{"50", -2, "0", "100"}, {"49", -2, "0", "0"}, {"-9223372036854775808", -1,
			"-9223372036854775810", "-9223372036854775810"},
		{"0.49", 0, "0", "0"}, {"-0.4", 0, "0", "0"}, {"1.2", 5, "1.2", "1.2"},
	} {
		t.Run(fmt.Sprintf("%s to %d places", c.text, c.places), func(t *testing.T) {
			n := num(t, c.text)
			even := n.Round(quantity.Rounding{Places: c.places})
			if even.String() != c.even {
				t.Errorf("half-even: %s, want %s", even, c.even)
			}
			up := n.Round(quantity.Rounding{Places: c.places, Mode: quantity.HalfUp})
			if up.String() != c.halfUp {
				t.Errorf("half-up: %s, want %s", up, c.halfUp)
			}
		})
	}
}

func TestParseNumberRefuses(t *testing.T) {
	for _, text := range []string{
		"", " ", "-", "+", ".", "-.", ".5", "5.", "1.2.3", "1,234", "1 234", " 1", "1 ", "1e5",
		"1E5",
		"--1", "+-1", "1-", "0x10", "NaN", "Inf", "１２", "1_000", "½", "1\n", "\x00",
		strings.Repeat("9", 401),
	} {
		if n, err := quantity.ParseNumber(text); !errors.Is(err, quantity.ErrNumber) {
			t.Errorf("ParseNumber(%q) = %s, %v, want ErrNumber", text, n, err)
		}
	}
}

func TestNumberFixed(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int32
		want string
	}{
		{"1.5", 3, "1.500"}, {"1.5", 0, "1.5"}, {"-7", 2, "-7.00"}, {"150", -2, "150"},
		{"123456789012345678901234567890.5", 2, "123456789012345678901234567890.50"}, {"0", 1,
			"0.0"},
	} {
		if got := num(t, c.text).Fixed(c.n); got != c.want {
			t.Errorf("Fixed(%s, %d) = %s, want %s", c.text, c.n, got, c.want)
		}
	}
}

// TestWhatIsBookedCanBeReadBack: a cell has 60 digits at most, the book keeps it multiplied by the
// size of its unit and sums it; all of that must be readable, or one row locks the book.
func TestWhatIsBookedCanBeReadBack(t *testing.T) {
	water := quantity.Commodity{ID: "fresh-water", Class: quantity.ClassWater, Unit: unit(t, "L")}
	whole, small := strings.Repeat("9", 60), "0."+strings.Repeat("9", 59)
	sum := quantity.Int(0)
	for _, text := range []string{whole, small} {
		amount, _, err := quantity.AmountOf(water, num(t, text), unit(t, "亿kgal"))
		if err != nil {
			t.Fatal(err)
		}
		sum = sum.Add(amount.Number)
	}
	written, _ := sum.MarshalText()
	var back quantity.Number
	if err := back.UnmarshalText(written); err != nil || !back.Equal(sum) {
		t.Errorf("read back %d digits: %v, %v", len(written), back, err)
	}
}

func TestUnmarshalTextKeepsTheNumberOnError(t *testing.T) {
	n := quantity.Int(7)
	if err := n.UnmarshalText([]byte("1e5")); !errors.Is(err, quantity.ErrNumber) ||
		n.String() != "7" {
		t.Errorf("UnmarshalText(1e5) = %v and left %s, want ErrNumber and 7", err, n)
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, text := range append([]string{"", "1e5", "-", "+0.50", "007", "-0", "0.0"}, borders...) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := quantity.ParseNumber(text)
		if err != nil {
			return
		}
		want, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("ParseNumber accepts %q, which big.Rat does not", text)
		}
		printed := n.String()
		again, err := quantity.ParseNumber(printed)
		if err != nil || !again.Equal(n) || again.String() != printed {
			t.Fatalf("%q prints as %q and reads back as %s, %v", text, printed, again, err)
		}
		if rat(t, printed).Cmp(want) != 0 {
			t.Fatalf("ParseNumber(%q) = %s", text, printed)
		}
	})
}
