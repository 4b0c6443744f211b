package kaya_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios/sampling/kaya"
)

func ratio(a, b int64) quantity.Ratio { return quantity.RatioOf(quantity.Int(a), quantity.Int(b)) }

// district draws a pathway whose figures are quotients of small numbers.
func district(r *rand.Rand, sectors, carriers, years int) kaya.Pathway {
	rows := func(count int) [][]quantity.Ratio {
		list := make([][]quantity.Ratio, count)
		for i := range list {
			for range years {
				list[i] = append(list[i], ratio(r.Int64N(900)+100, r.Int64N(90)+10))
			}
		}
		return list
	}
	p := kaya.Pathway{Sectors: sectors, Carriers: carriers, Years: years,
		Activity: rows(sectors), Intensity: rows(sectors), Factor: rows(carriers)}
	for range sectors {
		shares, whole := rows(carriers), int64(carriers)
		for c := range shares {
			for y := range shares[c] {
				shares[c][y] = ratio(1, whole)
			}
		}
		p.Share = append(p.Share, shares)
	}
	return p
}

// linear is a course that covers the same stretch every year.
func linear(years int) (covered []quantity.Ratio) {
	for y := range years {
		covered = append(covered, ratio(int64(y), int64(max(years-1, 1))))
	}
	return covered
}

// everything is an effect of every kind: growth and saving by sector, factor by carrier, and in
// every sector a shift from carrier 0 to each other one.
func everything(p kaya.Pathway, covered []quantity.Ratio) (effects []kaya.Effect) {
	add := func(e kaya.Effect) {
		e.Assumption = len(effects)
		effects = append(effects, e)
	}
	for s := range p.Sectors {
		add(kaya.Effect{Term: kaya.Activity, Way: kaya.Rate, Sector: s})
		add(kaya.Effect{Term: kaya.Intensity, Way: kaya.Rate, Sector: s})
		for c := 1; c < p.Carriers; c++ {
			add(kaya.Effect{Term: kaya.Share, Way: kaya.Shift, Sector: s, Carrier: c,
				Covered: covered})
		}
	}
	for c := range p.Carriers {
		add(kaya.Effect{Term: kaya.Factor, Way: kaya.Rate, Carrier: c})
	}
	return effects
}

// exact is the plain twin: the identity as the package comment has it, in fractions.
func exact(p kaya.Pathway, effects []kaya.Effect, sample []float64) (co2, energy []*big.Rat) {
	for y := range p.Years {
		sum, used := new(big.Rat), new(big.Rat)
		for s := range p.Sectors {
			need := new(big.Rat).Mul(
				term(p.Activity[s][y], effects, sample, kaya.Activity, s, 0, y),
				term(p.Intensity[s][y], effects, sample, kaya.Intensity, s, 0, y))
			used.Add(used, need)
			for c := range p.Carriers {
				part := new(big.Rat).Mul(
					term(p.Share[s][c][y], effects, sample, kaya.Share, s, c, y),
					term(p.Factor[c][y], effects, sample, kaya.Factor, 0, c, y))
				sum.Add(sum, part.Mul(part, need))
			}
		}
		co2, energy = append(co2, sum), append(energy, used)
	}
	return co2, energy
}

// term is a figure of the pathway after all effects on it.
func term(central quantity.Ratio, effects []kaya.Effect, sample []float64, t kaya.Term,
	sector, carrier, year int) *big.Rat {
	value := fraction(central)
	for _, e := range effects {
		x := new(big.Rat).SetFloat64(sample[e.Assumption])
		part := new(big.Rat).Quo(x, big.NewRat(100, 1))
		hit := e.Term == t && (t == kaya.Factor || e.Sector == sector || e.Sector == kaya.All) &&
			(t != kaya.Factor || e.Carrier == carrier || e.Carrier == kaya.All)
		switch {
		case hit && e.Way == kaya.Scale:
			value.Mul(value, x)
		case hit && e.Way == kaya.Rate:
			for range year {
				value.Mul(value, new(big.Rat).Add(part, big.NewRat(1, 1)))
			}
		case hit && e.Way == kaya.Shift:
			part.Mul(part, fraction(e.Covered[year]))
			if e.Carrier == carrier {
				value.Add(value, part)
			}
			if e.From == carrier {
				value.Sub(value, part)
			}
		}
	}
	return value
}

func fraction(r quantity.Ratio) *big.Rat {
	a, _ := new(big.Rat).SetString(r.Numerator.String())
	b, _ := new(big.Rat).SetString(r.Denominator.String())
	return a.Quo(a, b)
}

// TestAgainstFractions compares the compiled model with exact fractions, with one course of shifts
// and with two, which go through another loop.
func TestAgainstFractions(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := district(r, 1+r.IntN(4), 2+r.IntN(4), 1+r.IntN(6))
		effects := everything(p, linear(p.Years))
		if seed%2 == 1 {
			step := linear(p.Years)
			for y := range step {
				step[y] = ratio(int64(y/2), 4)
			}
			effects = append(effects,
				kaya.Effect{Assumption: len(effects), Term: kaya.Share, Way: kaya.Shift,
					Sector: kaya.All, Carrier: 1, From: 0, Covered: step},
				kaya.Effect{Assumption: len(effects) + 1, Term: kaya.Factor, Way: kaya.Scale,
					Carrier: kaya.All})
		}
		model, err := kaya.Compile(p, effects)
		if err != nil {
			t.Fatal(err)
		}
		evaluate, results := model.Start(), make([]float64, model.Results())
		for range 3 {
			sample := make([]float64, len(effects))
			for j := range sample {
				sample[j] = 10*r.Float64() - 5
			}
			evaluate(sample, results)
			co2, energy := exact(p, effects, sample)
			for y := range p.Years {
				near(t, fmt.Sprintf("seed %d: CO2 of year %d", seed, y),
					results[model.CO2(y)], co2[y])
				near(t, fmt.Sprintf("seed %d: energy of year %d", seed, y),
					results[model.Energy(y)], energy[y])
			}
		}
	}
}

func near(t *testing.T, what string, got float64, want *big.Rat) {
	t.Helper()
	x, _ := want.Float64()
	if math.Abs(got-x) > 1e-12*math.Abs(x)+1e-9 {
		t.Errorf("%s = %v, want %v", what, got, x)
	}
}

// TestRoomIsItsOwn proves that one evaluation leaves nothing behind for the next.
func TestRoomIsItsOwn(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	p := district(r, 3, 3, 4)
	model, err := kaya.Compile(p, everything(p, linear(4)))
	if err != nil {
		t.Fatal(err)
	}
	used, fresh := model.Start(), model.Start()
	a, b := make([]float64, model.Results()), make([]float64, model.Results())
	one, other := make([]float64, 15), make([]float64, 15)
	for j := range one {
		one[j], other[j] = r.Float64(), 5*r.Float64()
	}
	used(other, a)
	used(one, a)
	fresh(one, b)
	if fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("after another sample %v, at first %v", a, b)
	}
}

// TestBothSumsAgree adds a second course with a shift of nothing, which takes the model through the
// other loop: every bit stays.
func TestBothSumsAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	for years := 1; years <= 6; years++ {
		p := district(r, 3, 5, years)
		effects := everything(p, linear(years))
		one, err := kaya.Compile(p, effects)
		if err != nil {
			t.Fatal(err)
		}
		step := linear(years)
		step[years-1] = ratio(1, 7)
		two, err := kaya.Compile(p, append(effects, kaya.Effect{Assumption: len(effects),
			Term: kaya.Share, Way: kaya.Shift, Sector: kaya.All, Carrier: 1, Covered: step}))
		if err != nil {
			t.Fatal(err)
		}
		sample := make([]float64, len(effects)+1)
		for j := range effects {
			sample[j] = 10*r.Float64() - 5
		}
		a, b := make([]float64, one.Results()), make([]float64, two.Results())
		one.Start()(sample, a)
		two.Start()(sample, b)
		if fmt.Sprint(a) != fmt.Sprint(b) {
			t.Errorf("%d years: %v in one loop, %v in the other", years, a, b)
		}
	}
}

// TestOnAnyMachine holds a digest of the bits of 200 samples against that of the machine on which
// this was written.
func TestOnAnyMachine(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	p := district(r, 12, 6, 11)
	effects := everything(p, linear(11))
	model, err := kaya.Compile(p, effects)
	if err != nil {
		t.Fatal(err)
	}
	evaluate, results := model.Start(), make([]float64, model.Results())
	sample, digest := make([]float64, len(effects)), sha256.New()
	for range 200 {
		for j := range sample {
			sample[j] = float64(10*r.Float64()) - 5
		}
		evaluate(sample, results)
		if err := binary.Write(digest, binary.LittleEndian, results); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := fmt.Sprintf("%x", digest.Sum(nil)[:8]), "4b562b3fa01deaca"; got != want {
		t.Errorf("digest %s, want %s", got, want)
	}
}

func TestRefused(t *testing.T) {
	p := district(rand.New(rand.NewPCG(1, 1)), 2, 2, 3)
	short := p
	short.Factor = p.Factor[:1]
	empty := p
	empty.Activity = [][]quantity.Ratio{{{}, {}, {}}, {{}, {}, {}}}
	bare := p
	bare.Share = nil
	for _, c := range []struct {
		name   string
		p      kaya.Pathway
		effect kaya.Effect
		want   string
	}{
		{"rows", short, kaya.Effect{}, "factor: 1 rows"},
		{"no value", empty, kaya.Effect{}, "activity: row 0 has no value in year 0"},
		{"no shares", bare, kaya.Effect{}, "shares of 0 sectors"},
		{"way", p, kaya.Effect{Term: kaya.Share, Way: kaya.Rate}, "effect 0 of assumption 0: rate"},
		{"term", p, kaya.Effect{Term: "gdp", Way: kaya.Rate}, "effect 0 of assumption 0: rate"},
		{"sector", p, kaya.Effect{Term: kaya.Activity, Way: kaya.Rate, Sector: 2}, "effect 0"},
		{"carrier", p, kaya.Effect{Term: kaya.Share, Way: kaya.Shift, Carrier: 2}, "effect 0"},
		{"course", p, kaya.Effect{Term: kaya.Share, Way: kaya.Shift}, "effect 0 of assumption 0"},
		{"place", p, kaya.Effect{Assumption: -1}, "effect 0 of assumption -1"},
	} {
		_, err := kaya.Compile(c.p, []kaya.Effect{c.effect})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s...", c.name, err, c.want)
		}
	}
}

// BenchmarkEvaluate is the model of the comparison with numpy: 12 sectors, 6 carriers, 11 years and
// 90 assumptions.
func BenchmarkEvaluate(b *testing.B) {
	p := district(rand.New(rand.NewPCG(1, 1)), 12, 6, 11)
	effects := everything(p, linear(11))
	model, err := kaya.Compile(p, effects)
	if err != nil {
		b.Fatal(err)
	}
	evaluate, results := model.Start(), make([]float64, model.Results())
	sample := make([]float64, len(effects))
	for j := range sample {
		sample[j] = float64(j%5) - 2
	}
	for b.Loop() {
		evaluate(sample, results)
	}
}
