package main

import (
	"context"

	"carbonledger/bench/paired"
)

// duckdb is DuckDB as a program of its own.
type duckdb struct{ program, factors string }

// newDuckDB builds it; it needs a C compiler.
func (b *bench) newDuckDB(ctx context.Context) (*duckdb, error) {
	d := &duckdb{b.file("duckdb"), b.factors}
	if err := b.build(ctx, d.program, "./cmd/duckdb"); err != nil {
		return nil, err
	}
	b.note(ctx, "duckdb", d.program, "version")
	return d, nil
}

func (d *duckdb) step(job, file, rows, output string) paired.Step {
	return paired.Step{Args: []string{d.program, "-database", file, "-rows", rows,
		"-factors", d.factors, "-output", output, job}}
}

// memory reads a file and stores nothing.
func (d *duckdb) memory(rows, output string) paired.Side {
	return paired.Side{Name: "DuckDB", Steps: []paired.Step{d.step("memory", "", rows, output)}}
}

// durable stores a file as a table and then asks the table.
func (d *duckdb) durable(rows, file, output string) paired.Side {
	return paired.Side{
		Name:    "DuckDB",
		Prepare: func() error { removeBook(file); return nil },
		Steps: []paired.Step{d.step("table", file, rows, ""),
			d.step("stored", file, rows, output)},
	}
}

// stored asks a table that has everything.
func (d *duckdb) stored(file, output string) paired.Side {
	return paired.Side{Name: "DuckDB", Steps: []paired.Step{d.step("stored", file, "", output)}}
}
