package factors_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"carbonledger/factors"
)

// TestWhatIsAddedTouchesOneFolderWithData: a set, an edition of warming potentials and the factors
// of a province that no list names are each a folder beside the others, and are found.
func TestWhatIsAddedTouchesOneFolderWithData(t *testing.T) {
	const words = "title_zh: 例\ntitle_en: example\nlicence: own\n"
	const end = ",,,,,,,,,made up,,own,\n"
	folder := copyOf(t, "sets")
	for id, rows := range map[string]string{
		"made-up-2030": "a,electricity,co2,0.4,kWh,kgCO2,CN,2030-01-01,2031-01-01" + end[2:],
		"gwp-ar7":      "ch4,ch4,co2e,30,kg,kgCO2e,WORLD" + end,
		"grid-710000":  "2022,electricity,co2,0.5,kWh,kgCO2,710000,2022-01-01,2023-01-01" + end[2:],
	} {
		folder[id+"/source.md"] = &fstest.MapFile{Data: []byte(words)}
		head := strings.SplitAfter(factors.Header(), ",note")[0] + "\n"
		folder[id+"/factors.csv"] = &fstest.MapFile{Data: []byte(head + rows)}
	}
	library, err := factors.OpenFrom(folder)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(library.Sets()), len(open(t).Sets())+3; got != want {
		t.Errorf("%d sets, want %d", got, want)
	}
	for _, c := range []struct{ from, to, area, period, sets, trace string }{
		{"electricity", "co2", "360104", "2030", "made-up-2030", "made-up-2030@CN found a"},
		{"ch4", "co2e", "360104", "2022", "gwp-ar7", "gwp-ar7@WORLD found ch4"},
		{"electricity", "co2", "710101", "2022", "grid-710000,cn-grid-average",
			"grid-710000@710000 found 2022"},
		{"electricity", "co2", "360104", "2022", "grid-710000,cn-grid-average",
			"grid-710000@710000 no-area 2022; cn-grid-average@360000 found 2022-360000"},
	} {
		_, steps, _ := library.Find(factors.Query{Sets: strings.Split(c.sets, ","), From: c.from,
			To: c.to, Area: c.area, Period: period(t, c.period), Vintage: factors.OfPeriod,
			GWP: []string{"gwp-ar7"}})
		if got := trace(steps); got != c.trace {
			t.Errorf("%s to %s in %s: trace %s, want %s", c.from, c.to, c.area, got, c.trace)
		}
	}
}

func TestAFolderWithoutItsFilesIsRefused(t *testing.T) {
	for _, missing := range []string{"cn24-heat/source.md", "cn24-heat/factors.csv"} {
		folder := copyOf(t, "sets")
		delete(folder, missing)
		if _, err := factors.OpenFrom(folder); err == nil ||
			!strings.Contains(err.Error(), "cn24-heat") {
			t.Errorf("without %s: error %v, want one that names the set", missing, err)
		}
	}
}

// copyOf returns the files of a folder in memory.
func copyOf(t *testing.T, name string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	folder := os.DirFS(name)
	err := fs.WalkDir(folder, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
