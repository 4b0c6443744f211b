package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"carbonledger/factors"
	"carbonledger/internal/engine"
	"carbonledger/internal/report"
	"carbonledger/internal/report/format"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/form"
)

func templateCommand(say func(string) string) *cli.Command {
	return &cli.Command{Name: "template", Usage: say("template.usage"), ArgsUsage: "[DIALECT]",
		Action: template, Flags: []cli.Flag{
			&cli.StringFlag{Name: "output", Usage: say("flag.template-output")}}}
}

// template writes the empty form of a dialect, or lists the dialects.
func template(c *cli.Context) error {
	switch c.NArg() {
	case 0:
		return listDialects(c)
	case 1:
		return writeTemplate(c, c.Args().First())
	}
	return usage("usage.template")
}

// listDialects prints the dialects; --output is then the format, wherever it stands.
func listDialects(c *cli.Context) error {
	name := c.String("output")
	if lineage := c.Lineage(); name == "" && len(lineage) > 1 {
		name = lineage[1].String("output")
	}
	f, err := format.ByID(name)
	if err != nil {
		return noFormat(name)
	}
	list, err := dialects.All()
	if err != nil {
		return err
	}
	return f.Write(c.App.Writer, report.Dialects(list, languageOf(c)))
}

func writeTemplate(c *cli.Context, id string) error {
	d, err := dialectOf(id)
	if err != nil {
		return err
	}
	catalogue, err := factors.Commodities()
	if err != nil {
		return err
	}
	blank := form.Empty(d, catalogue, languageOf(c))
	stem, err := templateStem(c.String("output"), d.ID)
	if err != nil {
		return err
	}
	text, err := blank.CSV()
	if err != nil {
		return err
	}
	writers := map[string]func(io.Writer) error{
		stem + ".xlsx": blank.XLSX,
		stem + ".csv":  func(w io.Writer) error { _, err := w.Write(text); return err },
	}
	for _, path := range []string{stem + ".xlsx", stem + ".csv"} {
		if _, err := os.Lstat(path); err == nil {
			return usage("usage.exists", path, "--output")
		}
	}
	for _, path := range []string{stem + ".xlsx", stem + ".csv"} {
		if err := writeNew(path, writers[path]); err != nil {
			return err
		}
		if !c.Bool("quiet") {
			fmt.Fprintln(c.App.ErrWriter, report.Say(languageOf(c), "template.written", path))
		}
	}
	return nil
}

// dialectOf returns a dialect that comes with the program, or one in a file of the user.
func dialectOf(id string) (dialects.Dialect, error) {
	d, err := dialects.ByID(id)
	if err == nil {
		return d, nil
	}
	data, errFile := os.ReadFile(id)
	if errFile != nil {
		return dialects.Dialect{}, engine.NoDialect(id, nil)
	}
	d, faults := dialects.Parse(id, data)
	for _, fault := range faults {
		return dialects.Dialect{}, fault
	}
	return d, nil
}

// templateStem is the path of both files without their endings: a file is named by one of them, a
// folder takes the id of the dialect.
func templateStem(output, id string) (string, error) {
	for _, ending := range []string{".xlsx", ".csv"} {
		if stem, ok := strings.CutSuffix(output, ending); ok {
			return stem, nil
		}
	}
	if output == "" {
		output = "."
	}
	return filepath.Join(output, id), os.MkdirAll(output, 0o755)
}

// writeNew writes a file that is not there yet, and leaves none behind where that fails.
func writeNew(path string, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usage("usage.exists", path, "--output")
	}
	if err != nil {
		return err
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
