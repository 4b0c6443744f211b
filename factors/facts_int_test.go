package factors_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"carbonledger/factors"
)

const intlFacts = "../../shared/facts/"

// intlFact is a line of the fact sheets, by the names of its columns.
type intlFact map[string]string

// intlFactsOf reads a fact sheet into lines by their id.
func intlFactsOf(t *testing.T, name string) map[string]intlFact {
	t.Helper()
	rows := rowsOf(t, intlFacts+name)
	facts := map[string]intlFact{}
	for _, row := range rows[1:] {
		fact := intlFact{}
		for i, column := range rows[0] {
			fact[column] = row[i]
		}
		facts[fact["id"]] = fact
	}
	return facts
}

// intlSectors are the four tables of stationary combustion, as the fact sheets call them.
var intlSectors = map[string]string{
	"ipcc-2006-energy-industries": "energy_industries",
	"ipcc-2006-stationary":        "manufacturing_construction",
	"ipcc-2006-commercial":        "commercial_institutional",
	"ipcc-2006-residential":       "residential_agri_forestry_fishing",
}

// intlColumns are the columns of warming potentials by set.
var intlColumns = map[string]string{"gwp-sar": "sar_100", "gwp-tar": "tar_100",
	"gwp-ar4": "ar4_100", "gwp-ar5": "ar5_100", "gwp-ar5-feedback": "ar5_ccf_100",
	"gwp-ar6": "ar6_100"}

// intlNames turn the ids of the sets into those of the fact sheets.
type intlNames struct{ gas, fuel map[string]string }

// fact returns sheet, id and column of the line a factor was taken from.
func (n intlNames) fact(f factors.Factor) (sheet, id, column string) {
	id, column = f.ID, "value"
	mobile := strings.HasPrefix(f.Set, "ipcc-2006-")
	switch {
	case intlColumns[f.Set] != "":
		return "gwp.csv", "gwp." + n.gas[f.From.ID], intlColumns[f.Set]
	case intlSectors[f.Set] != "" && strings.HasPrefix(f.To.ID, "co2"):
		return "ipcc_2006_stationary.csv", "ipcc2006." + n.fuel[f.From.ID] + ".co2", column
	case intlSectors[f.Set] != "":
		return "ipcc_2006_stationary.csv", "ipcc2006." + n.fuel[f.From.ID] + "." +
			intlSectors[f.Set] + "." + f.To.ID, column
	case f.Set == "ipcc-2006-waste":
		return "process_waste.csv", "waste." + id, column
	case mobile: // The suffix tells which gas the line for natural gas is used for.
		id = regexp.MustCompile("-(cng|lng|nm3)$").ReplaceAllString(id, "")
		return "ipcc_2006_mobile.csv", "ipcc2006.mobile." + id, column
	case strings.HasPrefix(f.Set, "desnz-"):
		return "desnz_uk.csv", "uk." + f.Set[len("desnz-"):][:4] + "." + id, column
	case f.Set == "egrid-2023":
		return "epa_us.csv", "us.egrid.2023.co2e", column
	case id == "steam.ch4" || id == "steam.n2o":
		return "heat_steam.csv", "heat.us.epa2018." + f.To.ID, column
	}
	return "epa_us.csv", "us.epa." + id, column
}

// intlLeftOut are the current facts that no set holds, for the reason its source.md gives.
var intlLeftOut = regexp.MustCompile(strings.Join([]string{
	`natural_gas(_100_mineral_blend)?\.cubic_metres$`, // no reference state
	`bioenergy\..*\.(kwh|gj)$`,                        // no heating value
	`million_litres$`,                                 // the same as per m3
	`onsite_heat_and_steam\.kwh$`,                     // the same as district heat
	`^uk\.2026\.`,                                     // one document only
	`^us\.egrid\.202[12]`,                             // recalled or rounded
	`\.(carbon|ncv)$`, `^ipcc2006\.ratio\.`,           // checked, or part of a factor
	`^cn\.road\.`, // of a Chinese guideline
}, "|"))

// TestIntlValuesEqualTheFacts compares every printed value with the fact sheets beside the project,
// if they are there, and looks for lines that no set has taken.
func TestIntlValuesEqualTheFacts(t *testing.T) {
	if _, err := os.Stat(intlFacts); err != nil {
		t.Skip("NOT COMPARED: no fact sheets in " + intlFacts)
	}
	names := intlNames{map[string]string{}, map[string]string{}}
	for _, row := range intlTable(t, "gases") {
		names.gas[row[1]] = row[0]
	}
	for _, row := range intlTable(t, "fuels") {
		names.fuel[row[1]] = row[0]
	}
	sheets, taken := map[string]map[string]intlFact{}, map[string]bool{}
	for _, name := range []string{"gwp.csv", "ipcc_2006_stationary.csv", "ipcc_2006_mobile.csv",
		"desnz_uk.csv", "epa_us.csv", "heat_steam.csv", "process_waste.csv"} {
		sheets[name] = intlFactsOf(t, name)
	}
	for _, set := range intlSets(t) {
		for _, f := range set.Factors {
			sheet, id, column := names.fact(f)
			fact, ok := sheets[sheet][id]
			if !ok {
				t.Errorf("%s/%s: no fact %s in %s", f.Set, f.ID, id, sheet)
				continue
			}
			taken[id] = true
			intlCompare(t, f, fact, column)
		}
	}
	for _, sheet := range []string{"gwp.csv", "ipcc_2006_stationary.csv", "ipcc_2006_mobile.csv",
		"desnz_uk.csv", "epa_us.csv"} {
		for id, fact := range sheets[sheet] {
			if !taken[id] && fact["status"] != "doubtful" && !intlLeftOut.MatchString(id) {
				t.Errorf("no set has %s of %s", id, sheet)
			}
		}
	}
	checkIntlParts(t, names, sheets["ipcc_2006_stationary.csv"])
	checkIntlRelations(t, sheets)
}

// intlCompare checks the text of a value and that what is recalled is not called seen.
func intlCompare(t *testing.T, f factors.Factor, fact intlFact, column string) {
	t.Helper()
	text := f.Printed
	if len(f.Parts) > 0 {
		text, _, _ = strings.Cut(f.Parts[len(f.Parts)-1].Text, " ")
	}
	if text != fact[column] {
		t.Errorf("%s/%s = %s, want %s", f.Set, f.ID, text, fact[column])
	}
	for i, bound := range []string{f.Lower, f.Upper} {
		printed := fact[[]string{"lower", "upper"}[i]]
		if bound == "" && printed == "" {
			continue
		}
		// A bound is printed per TJ and stands in the set per unit of fuel, as the value does.
		want := intlRat(t, printed)
		want.Mul(want, intlValue(t, f)).Quo(want, intlRat(t, fact["value"]))
		if intlRat(t, bound).Cmp(want) != 0 {
			t.Errorf("%s/%s has the bound %s, want %s", f.Set, f.ID, bound, want.FloatString(9))
		}
	}
	if recalled := fact["verified"] == "memory"; recalled && f.Status != factors.Unconfirmed ||
		!recalled && f.Status == factors.Unconfirmed &&
			!strings.Contains(fact["note"], "recalled") {
		t.Errorf("%s/%s is %s, but the fact was verified as %s", f.Set, f.ID, f.Status,
			fact["verified"])
	}
	if fact["status"] == "doubtful" {
		t.Errorf("%s/%s is a doubtful value", f.Set, f.ID)
	}
}

// checkIntlParts compares the calorific values in composite factors, but for those of the Chinese
// table, which hold by volume.
func checkIntlParts(t *testing.T, names intlNames, facts map[string]intlFact) {
	t.Helper()
	for id, set := range intlSets(t) {
		for _, f := range set.Factors {
			if !strings.HasPrefix(id, "ipcc-2006-") || len(f.Parts) < 2 || f.Area == "CN" {
				continue
			}
			got, _, _ := strings.Cut(f.Parts[0].Text, " ")
			if want := facts["ipcc2006."+names.fuel[f.From.ID]+".ncv"]["value"]; got != want {
				t.Errorf("%s/%s has the calorific value %s, want %s", id, f.ID, got, want)
			}
		}
	}
}

// checkIntlRelations compares what testdata/relations holds with the fact sheets.
func checkIntlRelations(t *testing.T, sheets map[string]map[string]intlFact) {
	t.Helper()
	for _, row := range intlTable(t, "fuels") {
		if want := sheets["ipcc_2006_stationary.csv"]["ipcc2006."+row[0]+".carbon"]; row[2] !=
			want["value"] {
			t.Errorf("carbon content of %s = %s, want %s", row[0], row[2], want["value"])
		}
	}
	for _, row := range intlTable(t, "water") {
		id := "uk." + row[0][len("desnz-"):] + "." +
			strings.Replace(row[1], "cubic_metres", "million_litres", 1)
		if want := sheets["desnz_uk.csv"][id]["value"]; row[2] != want {
			t.Errorf("%s = %s, want %s", id, row[2], want)
		}
	}
	for _, row := range intlTable(t, "heat_contents") {
		fact, ok := sheets["epa_us.csv"]["us.epa."+row[0]+".hhv"]
		if ok && fact["value"] != row[1] {
			t.Errorf("heat content of %s = %s, want %s", row[0], row[1], fact["value"])
		}
	}
}
