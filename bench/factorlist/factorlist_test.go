package factorlist_test

import (
	"bytes"
	"strings"
	"testing"

	"carbonledger/bench/factorlist"
)

func TestEveryUnitHasAFactorInEveryYear(t *testing.T) {
	list, err := factorlist.List()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 37*3 {
		t.Errorf("%d factors, want 37 units in 3 years", len(list))
	}
	var out bytes.Buffer
	if err := factorlist.Write(&out, list); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"commodity,unit,year,scope,kg\n",
		// MEE and NBS, power of Jiangxi in 2022: 0.5752 kgCO2/kWh.
		"electricity,kWh,2022,2,0.5752\n",
		"electricity,万kWh,2022,2,5752\n",
		// NDRC 2013-2015, heat: 0.11 tCO2/GJ.
		"heat,GJ,2021,2,110\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the list lacks %q", want)
		}
	}
}
