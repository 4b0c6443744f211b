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

// Write prints the mass of CO2 equivalent, in kg, that one of each unit of each commodity stands
// for in each year, and its scope: the answer of the engine about an enterprise of the area.
func Write(w io.Writer) error {
	library, err := factors.Open()
	if err != nil {
		return err
	}
	policy, err := ledger.PolicyByID(Policy)
	if err != nil {
		return err
	}
	reader := ledger.NewReader(policy, library, anyEntity)
	if _, err := io.WriteString(w, "commodity,unit,year,scope,kg\n"); err != nil {
		return err
	}
	for _, activity := range workload.Activities {
		for year := workload.YearFirst; year < workload.YearFirst+workload.Months/12; year++ {
			if err := writeYear(w, reader, activity, year); err != nil {
				return err
			}
		}
	}
	return nil
}

func anyEntity(id string, _ quantity.Day) (ledger.Entity, bool) {
	return ledger.Entity{ID: id, Name: id, Industry: "C3741", Area: workload.Area}, true
}

func writeYear(w io.Writer, reader *ledger.Reader, a workload.Activity, year int) error {
	first, err := read(reader, a.Commodity, quantity.Month(year, time.January))
	if err != nil {
		return err
	}
	for month := time.February; month <= time.December; month++ {
		other, err := read(reader, a.Commodity, quantity.Month(year, month))
		if err != nil {
			return err
		}
		if other.Scope != first.Scope || !other.CO2e.Equal(first.CO2e) {
			return fmt.Errorf("%s has more than one factor in %d; a list by year cannot say that",
				a.Commodity, year)
		}
	}
	for _, unit := range a.Units {
		kg := first.CO2e.Mul(quantity.Int(unit.Size))
		_, err := fmt.Fprintf(w, "%s,%s,%d,%s,%s\n", a.Commodity, unit.Symbol, year, first.Scope, kg)
		if err != nil {
			return err
		}
	}
	return nil
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
