package main

import (
	"context"
	"embed"
	"os"

	"carbonledger/bench/paired"
)

//go:embed scripts
var scripts embed.FS

// script is a Python program that reads rows and factors and writes figures.
type script struct {
	name, pkg, file string
	exact           bool
}

// scriptList is the Python programs that are measured.
var scriptList = []script{
	{"Python decimal", "", "decimal_rows.py", true},
	{"pandas", "pandas", "pandas_rows.py", false},
	{"polars", "polars", "polars_rows.py", true},
}

func (b *bench) script(ctx context.Context, s script, rows, output string) (paired.Side, error) {
	python, err := b.python(ctx, s.pkg)
	if err != nil {
		return paired.Side{}, err
	}
	text, err := scripts.ReadFile("scripts/" + s.file)
	if err != nil {
		return paired.Side{}, err
	}
	if err := os.WriteFile(b.file(s.file), text, 0o644); err != nil {
		return paired.Side{}, err
	}
	if s.pkg == "" {
		b.note(ctx, "python", python, "--version")
	} else {
		b.note(ctx, s.pkg, python, "-c", "import "+s.pkg+"; print("+s.pkg+".__version__)")
	}
	return paired.Side{Name: s.name, Steps: []paired.Step{
		{Args: []string{python, b.file(s.file), rows, b.factors, output}}}}, nil
}

// textLedger is a plain-text ledger of Debian: what it reads, and how it prints balances at cost.
type textLedger struct {
	program, pkg, form string
	args               func(journal string) []string
}

// textLedgers is those that are measured.
var textLedgers = []textLedger{
	{"hledger", "hledger", "journal", func(journal string) []string {
		return []string{"hledger", "-f", journal, "balance", "use", "--cost", "--flat",
			"--no-total", "--output-format", "csv"}
	}},
	{"ledger", "ledger", "journal", func(journal string) []string {
		return []string{"ledger", "-f", journal, "balance", "^use", "--basis", "--flat",
			"--no-total", "--balance-format", `%(account),%(quantity(display_total))\n`}
	}},
	{"bean-query", "beancount", "beancount", func(journal string) []string {
		return []string{"bean-query", "--no-errors", "--format", "csv", journal,
			// As text, because figures are rounded to the digits that are usual in the journal.
			"SELECT account, str(sum(number(weight))) WHERE account ~ '^Expenses' GROUP BY account"}
	}},
}

// textLedger prints the balances of as many bills as give the postings: two for each.
func (b *bench) textLedger(ctx context.Context, t textLedger, output string) (paired.Side, error) {
	if err := b.debian(ctx, t.program, t.pkg); err != nil {
		return paired.Side{}, err
	}
	b.note(ctx, t.pkg, t.program, "--version")
	file, err := b.made(ctx, t.form, b.postings/2)
	if err != nil {
		return paired.Side{}, err
	}
	return paired.Side{Name: t.pkg, Steps: []paired.Step{{Args: t.args(file), Output: output}}}, nil
}
