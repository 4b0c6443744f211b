// Package factorlist writes down which factors the engine takes, so that everybody who is
// measured computes with the same ones.
package factorlist

import (
	"fmt"
	"io"
	"time"

	"carbonledger/bench/workload"
	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/quantity"
)

// Policy is the method of accounting the measurements use.
const Policy = "cn-enterprise"

// Factor is the mass of CO2 equivalent that one unit of a commodity stands for in a year.
type Factor struct {
	Commodity, Unit string
	Year            int
	Scope           string
	KG              quantity.Number
}

// List returns the factors of every unit of the workload: the answers of the engine about an
// enterprise of the area.
func List() ([]Factor, error) {
	library, err := factors.Open()
	if err != nil {
		return nil, err
	}
	policy, err := ledger.PolicyByID(Policy)
	if err != nil {
		return nil, err
	}
	reader := ledger.NewReader(policy, library, anyEntity)
	var list []Factor
	for _, activity := range workload.Activities {
		for year := workload.YearFirst; year < workload.YearFirst+workload.Months/12; year++ {
			reading, err := readYear(reader, activity.Commodity, year)
			if err != nil {
				return nil, err
			}
			for _, unit := range activity.Units {
				list = append(list, Factor{activity.Commodity, unit.Symbol, year, reading.Scope,
					reading.CO2e.Mul(quantity.Int(unit.Size))})
			}
		}
	}
	return list, nil
}

// Write prints the factors as a CSV.
func Write(w io.Writer, list []Factor) error {
	text := "commodity,unit,year,scope,kg\n"
	for _, f := range list {
		text += fmt.Sprintf("%s,%s,%d,%s,%s\n", f.Commodity, f.Unit, f.Year, f.Scope, f.KG)
	}
	_, err := io.WriteString(w, text)
	return err
}

func anyEntity(id string, _ quantity.Day) (ledger.Entity, bool) {
	return ledger.Entity{ID: id, Name: id, Industry: "C3741", Area: workload.Area}, true
}

// readYear returns what one book unit means in each month of the year.
func readYear(reader *ledger.Reader, commodity string, year int) (ledger.Reading, error) {
	first, err := read(reader, commodity, quantity.Month(year, time.January))
	for month := time.February; err == nil && month <= time.December; month++ {
		var other ledger.Reading
		other, err = read(reader, commodity, quantity.Month(year, month))
		if err == nil && (other.Scope != first.Scope || !other.CO2e.Equal(first.CO2e)) {
			err = fmt.Errorf("%s has more than one factor in %d; a list by year cannot say that",
				commodity, year)
		}
	}
	return first, err
}

// read returns what one book unit means as CO2 equivalent.
func read(reader *ledger.Reader, commodity string, p quantity.Period) (ledger.Reading, error) {
	flow := ledger.Flow{Entity: "any", From: ledger.Supply, To: ledger.Use,
		Commodity: commodity, Period: p}
	var found []ledger.Reading
	for _, reading := range reader.Convert(flow, quantity.Int(1)).Readings {
		if !reading.CO2e.IsZero() {
			found = append(found, reading)
		}
	}
	if len(found) != 1 {
		return ledger.Reading{}, fmt.Errorf("%s has %d readings as CO2e in %s under %s, want 1",
			commodity, len(found), p, Policy)
	}
	return found[0], nil
}
