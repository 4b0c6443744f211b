// Command generate writes the data files of the example district, always the same bytes.
//
// The district is made up. Its streets carry real names so that area codes can be tried out; its
// enterprises, their codes and every quantity are invented. Only the totals of 2022 are published
// figures: 0.14 tce and 43.7 m3 of fresh water per 10,000 yuan of a GDP of 443.37 hundred million
// yuan, thus 620,718 tce and 193,752,690 m3. The invented quantities add up to them exactly.
//
// Terms: a unit is an enterprise, an institution or the households of a street; a carrier is what
// it uses (electricity, coal, fresh water); a reading is one month of one carrier of one unit; a
// step is the smallest amount of a carrier that a file shows (1 kWh, 1 kg, 1 m3, 10 MJ). All
// quantities are whole steps, so nothing rounds on the way into a file.
//
// Run it from the project root:
//
//	go run ./examples/qingyunpu/generate
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// folder is where the files go, seen from the project root.
const folder = "examples/qingyunpu"

// The years of the example, both included.
const (
	yearFirst = 2020
	yearLast  = 2025
)

// file is a data file: its path below the folder and its bytes.
type file struct {
	path string
	data []byte
}

func main() {
	for _, f := range files() {
		if err := write(f); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// files returns every data file in the order they are written.
func files() []file {
	all := []file{entitiesFile(), economyFile(), faultyFile()}
	chance := newChance()
	// Stocks carry over from December to January, so they outlive the year.
	stocks := openingStocks()
	for year := yearFirst; year <= yearLast; year++ {
		readings := readingsOf(year, chance)
		calibrate(readings, targets[year])
		all = append(all, longFile(year, readings), metersFile(year, readings))
		all = append(all, formFiles(year, readings, stocks, chance)...)
	}
	return all
}

// write replaces the file on disk.
func write(f file) error {
	path := filepath.Join(folder, filepath.FromSlash(f.path))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, f.data, 0o644)
}
