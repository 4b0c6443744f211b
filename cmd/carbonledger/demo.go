package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/urfave/cli/v2"

	"carbonledger/cmd/carbonledger/scenario"
	"carbonledger/internal/engine"
	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// demoFolder is where the example district lies in a clone of the project.
const demoFolder = "examples/qingyunpu"

// demoYear is the year the published figures of the district are of.
const demoYear = 2022

func demoCommand(say func(string) string) *cli.Command {
	return &cli.Command{Name: "demo", Usage: say("demo.usage"), ArgsUsage: "[FOLDER]", Action: demo,
		Flags: []cli.Flag{&cli.StringFlag{Name: "report", Usage: say("flag.report")},
			&cli.StringFlag{Name: "pictures", Usage: say("flag.pictures")},
			&cli.StringFlag{Name: "font", Usage: say("flag.font")}}}
}

// demo imports the example district into a temporary book and asks it for everything.
func demo(c *cli.Context) error {
	folder := demoFolder
	if c.Args().Present() {
		folder = c.Args().First()
	}
	if _, err := os.Stat(filepath.Join(folder, "entities.csv")); err != nil {
		return &report.Error{Key: "demo.nofiles", Err: err}
	}
	temporary, err := os.MkdirTemp("", "carbonledger-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	book := filepath.Join(temporary, "demo.db")
	return withBook(c, book, false, func(ctx context.Context, s *session) error {
		for _, step := range []func(context.Context, string) error{
			s.demoImport, s.demoFaults, s.demoInventory, s.demoIntensity, demoScenarios(c, s),
		} {
			if err := step(ctx, folder); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *session) step(key string) {
	fmt.Fprintln(s.out, report.Say(s.lang, "demo.step", report.Term(s.lang, key)))
}

// demoImport posts every file of the district and shows the receipts added up by kind.
func (s *session) demoImport(ctx context.Context, folder string) error {
	s.step("demo.import")
	var list []engine.Imported
	for _, part := range []struct{ pattern, dialect string }{
		{"entities.csv", "auto"}, {"economy.csv", "auto"}, {"long/*.csv", "auto"},
		{"205-1/*.csv", "auto"}, {"meters/*.csv", filepath.Join(folder, "meters/dialect.toml")},
	} {
		files, err := filepath.Glob(filepath.Join(folder, part.pattern))
		if err != nil {
			return err
		}
		imported, err := s.importAll(ctx, files, engine.Import{Dialect: part.dialect})
		if err != nil {
			return err
		}
		list = append(list, imported...)
	}
	return s.print(report.Kinds(uploads(list), s.lang))
}

// demoFaults shows how a file with faults is refused.
func (s *session) demoFaults(ctx context.Context, folder string) error {
	s.step("demo.faults")
	results, err := s.Import(ctx, filepath.Join(folder, "faulty/upload-with-faults.csv"),
		engine.Import{DryRun: true})
	for _, result := range results {
		for _, fault := range result.Faults {
			fmt.Fprintln(s.out, fault.Text(s.lang))
		}
	}
	if err == nil {
		return fmt.Errorf("the file with faults was accepted")
	}
	return nil
}

func (s *session) demoInventory(ctx context.Context, _ string) error {
	s.step("demo.inventory")
	answer, err := s.Inventory(ctx, policyDefault, 0, inventory.Query{
		Period: quantity.Year(demoYear), Measures: []inventory.Measure{inventory.CO2e},
		By: []inventory.Dimension{inventory.Scope, inventory.Commodity}, Workers: runtime.NumCPU()})
	if err != nil {
		return err
	}
	return s.print(report.Inventory(answer, report.Detail{}, s.names()))
}

func (s *session) demoIntensity(ctx context.Context, _ string) error {
	s.step("demo.intensity")
	answer, err := s.Intensity(ctx, policyDefault, 0, inventory.Query{
		Period: quantity.Year(demoYear),
		Measures: []inventory.Measure{
			inventory.CO2e,
			inventory.Energy,
			inventory.Water,
		}}, "gdp", "")
	if err != nil {
		return err
	}
	return s.print(report.Intensities(answer, s.names()))
}

// demoScenarios compares the scenarios of the district. A report, which is written when it is asked
// for, holds them against the targets of the district too.
func demoScenarios(c *cli.Context, s *session) func(context.Context, string) error {
	return func(ctx context.Context, folder string) error {
		s.step("demo.scenarios")
		file := filepath.Join(folder, "scenarios.csv")
		how := engine.Projection{Policy: policyDefault,
			Question: planning.Question{Base: demoYear, Horizon: 2030}}
		wanted := scenario.Wanted{Years: []int{demoYear, 2025, 2030}}
		session := s.planning(s.format.ID)
		if err := session.Compare(ctx, file, how, wanted); err != nil {
			return err
		}
		return session.Write(ctx, file, how, scenario.Wanted{Report: c.String("report"),
			Pictures: c.String("pictures"), Font: c.String("font"),
			Targets: filepath.Join(folder, "targets.csv")})
	}
}
