package digits_test

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"carbonledger/bench/digits"
	"carbonledger/quantity"
)

const peerText = `entity,period,scope,kg
B,2022-01,1,1000.4000
A,2022-01,1,2000.4
A,2022-02,2,500.4
`

func peer(t *testing.T, text string) digits.Answer {
	t.Helper()
	a, err := digits.ReadPeer(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func ours(t *testing.T, text string) digits.Answer {
	t.Helper()
	a, err := digits.ReadOurs(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestCompare(t *testing.T) {
	const header = "entity,month,scope,co2e_tCO2e,gaps_co2e\n"
	for _, c := range []struct{ name, ours, how, fault string }{
		// 3501.2 kg are shown as 3.501 t. The shares of 3501 are 2000.286, 500.371 and 1000.343,
		// so the second, which lost most, gets what is left.
		{"shown digits, split from the total", "A name,2022-01,1,2.000,0\n" +
			"A name,2022-02,2,0.501,0\nB,2022-01,1,1.000,0\ntotal,,,3.501,0\n",
			"3 decimals as shown", ""},
		{"a part rounded alone", "A name,2022-01,1,2.000,0\nA name,2022-02,2,0.500,0\n" +
			"B,2022-01,1,1.000,0\ntotal,,,3.501,0\n", "", "we say 0.500, the peer 0.501"},
		{"every digit", "A,2022-01,1,2.0004,0\nA,2022-02,2,0.5004,0\nB,2022-01,1,1.0004,0\n",
			"all digits", ""},
		{"one digit wrong", "A,2022-01,1,2.0004,0\nA,2022-02,2,0.5003,0\nB,2022-01,1,1.0004,0\n",
			"", "we say 0.5003"},
		{"a wrong total", "A,2022-01,1,2.0004,0\nA,2022-02,2,0.5004,0\nB,2022-01,1,1.0004,0\n" +
			"total,,,3.5013,0\n", "", "total: we say 3.5013"},
		{"a figure left out", "A,2022-01,1,2.0004,0\n", "", "we have 1 figures and the peer 3"},
		{"a figure under another key", "A,2022-01,1,2.0004,0\nA,2022-02,1,0.5004,0\n" +
			"B,2022-01,1,1.0004,0\n", "", "the peer has no figure"},
		{"no decimal", "A,2022-01,1,2.0004 *,0\nA,2022-02,2,0.5004,0\nB,2022-01,1,1.0004,0\n",
			"", "2.0004 *"},
	} {
		t.Run(c.name, func(t *testing.T) {
			how, err := digits.Compare(ours(t, header+c.ours), peer(t, peerText))
			if how != c.how || (err == nil) != (c.fault == "") ||
				err != nil && !strings.Contains(err.Error(), c.fault) {
				t.Errorf("Compare = %q, %v, want %q, %q", how, err, c.how, c.fault)
			}
		})
	}
}

func TestBalancesAreReadAsLedgersPrintThem(t *testing.T) {
	for _, text := range []string{
		"\"account\",\"balance\"\n\"use:A:2022-01:1\",\"12.50000 KG\"\n",
		"use:A:2022-01:1,12.5\n",
		"account,sum_number_weight\nExpenses:A:2022-01:1,  12.50  \n",
		"account,str_sum_number_weight\nExpenses:A:2022-01:1,Decimal('12.50')  \n",
	} {
		a, err := digits.ReadBalances(strings.NewReader(text))
		if err != nil || len(a.Keys) != 1 {
			t.Fatalf("%q: %d balances, %v, want 1", text, len(a.Keys), err)
		}
		mine := digits.Answer{Keys: []digits.Key{{Entity: "A", Period: "2022-01", Scope: "1"}},
			Figures: []string{"12.5"}}
		if _, err := digits.Compare(mine, a); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// The split of this package must be that of the engine, which has other code.
func TestShownDigitsAreThoseOfTheEngine(t *testing.T) {
	const seed = 5
	random := rand.New(rand.NewPCG(seed, seed))
	for range 200 {
		var exact, shown digits.Answer
		var weights []quantity.Number
		var sum quantity.Number
		for n := range 1 + random.IntN(30) {
			kg := strconv.Itoa(random.IntN(100_000)) + "." + strconv.Itoa(random.IntN(1000))
			key := digits.Key{Entity: strconv.Itoa(n), Period: "2022-01", Scope: "1"}
			exact.Keys, exact.Figures = append(exact.Keys, key), append(exact.Figures, kg)
			weight, err := quantity.ParseNumber(kg)
			if err != nil {
				t.Fatal(err)
			}
			weights, sum = append(weights, weight), sum.Add(weight)
		}
		rounding := quantity.Rounding{Places: 3, Mode: quantity.HalfUp}
		total, _ := quantity.RatioOf(sum, quantity.Int(1000)).Round(rounding)
		for _, part := range quantity.Split(total, weights, rounding) {
			shown.Figures = append(shown.Figures, part.Fixed(3))
		}
		shown.Keys, shown.Total, shown.Tonnes = exact.Keys, total.Fixed(3), true
		if _, err := digits.Compare(shown, exact); err != nil {
			t.Fatalf("seed %d: %v of %v: %v", seed, shown.Figures, exact.Figures, err)
		}
	}
}

func TestEmptyAnswersAreNoAgreement(t *testing.T) {
	if how, err := digits.Compare(digits.Answer{}, digits.Answer{}); err == nil {
		t.Errorf("two empty answers agree (%s), want an error", how)
	}
}
