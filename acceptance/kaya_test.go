package acceptance

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"carbonledger/quantity"
	"carbonledger/scenarios/sampling/kaya"
)

// The size of the model that is compared: sectors, carriers, years, and an assumption for the
// growth, the saving and five shifts of each sector and for the factor of each carrier.
const (
	sectors, carriers, years = 12, 6, 11
	assumptions              = sectors*7 + carriers
)

// kayaDistrict is a model of that size with figures by chance, and the figures themselves.
func kayaDistrict(t testing.TB) (*kaya.Model, map[string][]float64) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 1))
	flat := map[string][]float64{}
	rows := func(name string, count int, low, high int64) [][]quantity.Ratio {
		list := make([][]quantity.Ratio, count)
		for i := range list {
			for range years {
				n := low + random.Int64N(high-low)
				list[i] = append(list[i], quantity.RatioOf(quantity.Int(n), quantity.Int(128)))
				flat[name] = append(flat[name], float64(n)/128)
			}
		}
		return list
	}
	p := kaya.Pathway{Sectors: sectors, Carriers: carriers, Years: years,
		Activity:  rows("activity", sectors, 5000, 20000),
		Intensity: rows("intensity", sectors, 20, 300),
		Factor:    rows("factor", carriers, 10, 400)}
	for range sectors {
		p.Share = append(p.Share, rows("share", carriers, 15, 30))
	}
	var covered []quantity.Ratio
	for y := range years {
		covered = append(covered, quantity.RatioOf(quantity.Int(int64(y)), quantity.Int(years-1)))
	}
	var effects []kaya.Effect
	add := func(e kaya.Effect) {
		e.Assumption = len(effects)
		effects = append(effects, e)
	}
	for s := range sectors {
		add(kaya.Effect{Term: kaya.Activity, Way: kaya.Rate, Sector: s})
		add(kaya.Effect{Term: kaya.Intensity, Way: kaya.Rate, Sector: s})
		for c := 1; c < carriers; c++ {
			add(kaya.Effect{Term: kaya.Share, Way: kaya.Shift, Sector: s, Carrier: c,
				Covered: covered})
		}
	}
	for c := range carriers {
		add(kaya.Effect{Term: kaya.Factor, Way: kaya.Rate, Carrier: c})
	}
	model, err := kaya.Compile(p, effects)
	if err != nil {
		t.Fatal(err)
	}
	return model, flat
}

func draws(samples int) []float64 {
	random := rand.New(rand.NewPCG(2, 2))
	list := make([]float64, samples*assumptions)
	for i := range list {
		list[i] = 4*random.Float64() - 2
	}
	return list
}

// follow evaluates all samples on two cores and returns the CO2 of every year and how long it took.
func follow(model *kaya.Model, samples []float64) ([]float64, time.Duration) {
	count := len(samples) / assumptions
	co2 := make([]float64, count*years)
	start := time.Now()
	var all sync.WaitGroup
	for half := range 2 {
		all.Go(func() {
			evaluate, results := model.Start(), make([]float64, model.Results())
			for i := half * count / 2; i < (half+1)*count/2; i++ {
				evaluate(samples[i*assumptions:(i+1)*assumptions], results)
				copy(co2[i*years:(i+1)*years], results)
			}
		})
	}
	all.Wait()
	return co2, time.Since(start)
}

// numpy runs testdata/kaya.py and returns its CO2 and microseconds a sample by way. It skips, and
// says so, where there is no Python with numpy; PYTHON names another interpreter.
func numpy(t testing.TB, flat map[string][]float64, samples []float64) (
	[]float64, map[string]float64) {
	t.Helper()
	python := os.Getenv("PYTHON")
	if python == "" {
		python = "python3"
	}
	if err := exec.Command(python, "-c", "import numpy").Run(); err != nil {
		t.Skip("*** NO PYTHON WITH NUMPY: NOT COMPARED; set PYTHON to one that has it ***")
	}
	folder := t.TempDir()
	flat["samples"] = samples
	for name, list := range flat {
		data, err := binary.Append(nil, binary.LittleEndian, list)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name+".f64"), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	said, err := exec.Command(python, filepath.Join("testdata", "kaya.py"), folder).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	times := map[string]float64{}
	for line := range strings.Lines(string(said)) {
		name, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		if times[name], err = strconv.ParseFloat(text, 64); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
	}
	data, err := os.ReadFile(filepath.Join(folder, "co2.f64"))
	if err != nil {
		t.Fatal(err)
	}
	co2 := make([]float64, len(data)/8)
	if _, err := binary.Decode(data, binary.LittleEndian, co2); err != nil {
		t.Fatal(err)
	}
	return co2, times
}

// TestKayaLikeNumpy compares the CO2 of 500 samples.
func TestKayaLikeNumpy(t *testing.T) {
	model, flat := kayaDistrict(t)
	samples := draws(500)
	want, _ := numpy(t, flat, samples)
	got, _ := follow(model, samples)
	if len(got) != len(want) {
		t.Fatalf("%d figures, want %d", len(got), len(want))
	}
	for i, x := range got {
		if math.Abs(x/want[i]-1) > 1e-12 {
			t.Fatalf("sample %d, year %d: %v, want %v", i/years, i%years, x, want[i])
		}
	}
}

// BenchmarkKayaAgainstNumpy times 20,000 samples on two cores, and numpy on as many as it takes, in
// each of its ways at their best piece size. It reports microseconds a sample and how many times as
// long numpy takes: plain is the identity as it is written, contracted sums with einsum, rearranged
// is by matrix products.
func BenchmarkKayaAgainstNumpy(b *testing.B) {
	model, flat := kayaDistrict(b)
	samples := draws(20_000)
	_, times := numpy(b, flat, samples)
	best := math.Inf(1)
	for b.Loop() {
		_, took := follow(model, samples)
		best = min(best, took.Seconds()*1e6/20_000)
	}
	b.ReportMetric(best, "µs/sample")
	ways := map[string]float64{}
	for name, took := range times {
		way, _, _ := strings.Cut(name, "/")
		if known, ok := ways[way]; !ok || took < known {
			ways[way] = took
		}
	}
	for way, took := range ways {
		b.ReportMetric(took, way+"-µs")
		b.ReportMetric(took/best, way+"-times")
	}
}
