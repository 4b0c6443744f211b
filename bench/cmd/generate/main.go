// Generate writes the workload of the measurements: activity rows and the entities they belong to.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"carbonledger/bench/factorlist"
	"carbonledger/bench/journal"
	"carbonledger/bench/workload"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "generate: "+err.Error())
		os.Exit(1)
	}
}

func run(args []string, out, words io.Writer) error {
	var plan workload.Plan
	flags := flag.NewFlagSet("generate", flag.ContinueOnError)
	flags.SetOutput(words)
	flags.Int64Var(&plan.Rows, "rows", 1_000_000, "how many rows")
	flags.Uint64Var(&plan.Seed, "seed", 1, "what the rows follow from")
	flags.IntVar(&plan.Activities, "activities", workload.Own,
		"activities of an enterprise; 14 gives the full cross")
	shape := flags.String("form", "plain",
		"plain, tab, harsh, wide, journal, beancount, entities, or factors")
	harsh := flags.Bool("harsh", false, "the same as -form harsh")
	faulty := flags.Bool("faults", false, "one row in a thousand has a fault")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *harsh {
		*shape = "harsh"
	}
	switch *shape {
	case "entities":
		return workload.WriteEntities(out)
	case "wide":
		return workload.WriteWide(out, plan)
	case "factors":
		return factors(out)
	}
	if form, ok := journal.ByID(*shape); ok {
		list, err := factorlist.List()
		if err != nil {
			return err
		}
		return journal.Write(out, plan, form, list)
	}
	form, err := workload.FormByID(*shape)
	if err != nil {
		return err
	}
	faults, err := workload.Write(out, plan, form, *faulty)
	if *faulty {
		fmt.Fprintf(words, "%d rows have a fault\n", faults)
	}
	return err
}

func factors(out io.Writer) error {
	list, err := factorlist.List()
	if err != nil {
		return err
	}
	return factorlist.Write(out, list)
}
