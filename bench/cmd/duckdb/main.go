// Duckdb does the job of the measurements with DuckDB: emissions of each enterprise, month and
// scope, from a CSV or from a stored table, or the table from the CSV.
package main

import (
	"database/sql"
	_ "embed"
	"flag"
	"fmt"
	"os"
	"strings"

	_ "github.com/duckdb/duckdb-go/v2" // the driver
)

var (
	//go:embed setup.sql
	setup string
	//go:embed memory.sql
	memory string
	//go:embed table.sql
	table string
	//go:embed stored.sql
	stored string
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "duckdb: "+err.Error())
		os.Exit(1)
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("duckdb", flag.ContinueOnError)
	file := flags.String("database", "", "file of the database; in memory without one")
	rows := flags.String("rows", "", "CSV of activity rows")
	factors := flags.String("factors", "", "CSV of factors")
	output := flags.String("output", "", "CSV to write")
	threads := flags.Int("threads", 2, "how many threads")
	if err := flags.Parse(args); err != nil {
		return err
	}
	jobs := map[string]string{"memory": memory, "table": table, "stored": stored,
		"version": "SELECT version()"}
	job, ok := jobs[flags.Arg(0)]
	if !ok {
		return fmt.Errorf("no job %q; there are memory, table, stored, version", flags.Arg(0))
	}
	db, err := sql.Open("duckdb", *file)
	if err != nil {
		return err
	}
	if flags.Arg(0) == "version" {
		defer db.Close()
		return printVersion(db, job)
	}
	text := strings.NewReplacer("{threads}", fmt.Sprint(*threads), "{rows}", quoted(*rows),
		"{factors}", quoted(*factors), "{output}", quoted(*output)).Replace(setup + job)
	if _, err := db.Exec(text); err != nil {
		return err
	}
	return db.Close()
}

func quoted(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

func printVersion(db *sql.DB, query string) error {
	var version string
	if err := db.QueryRow(query).Scan(&version); err != nil {
		return err
	}
	fmt.Println("DuckDB " + version)
	return nil
}
