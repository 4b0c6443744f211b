package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestFilesOnDiskAreTheGeneratedOnes(t *testing.T) {
	for _, f := range files() {
		got, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(f.path)))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, f.data) {
			t.Errorf("%s differs; run go run ./examples/qingyunpu/generate", f.path)
		}
	}
}

func TestReadingsAddUpToTheTargets(t *testing.T) {
	c := newChance()
	for year := yearFirst; year <= yearLast; year++ {
		readings := readingsOf(year, c)
		calibrate(readings, targets[year])
		energy, freshWater := total(readings)
		if want := targets[year].tce * 10_000 * 1000; energy != want {
			t.Errorf("%d: energy = %d x 0.0001 kgce, want %d", year, energy, want)
		}
		if want := targets[year].water; freshWater != want {
			t.Errorf("%d: fresh water = %d m3, want %d", year, freshWater, want)
		}
	}
}

func TestCheckCharacterIsThatOfTheStandard(t *testing.T) {
	if got := check("91350100M000100Y4"); got != '3' {
		t.Errorf("check = %c, want 3", got)
	}
}
