package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"carbonledger/table"
	"carbonledger/table/workbook"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"carbonledger": func() { os.Exit(run(os.Args, os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs whole commands; `code N command...` asks for an exit code and keeps what was
// printed in the files stdout and stderr; `workbook FILE NAME=CSV...` makes a workbook of text
// files.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("EXAMPLES", filepath.Join(root, "examples"))
			env.Setenv("PACK", filepath.Join(root, "ledger/intake/dialects/testdata"))
			env.Setenv("CARBONLEDGER_BOOK", "book.db")
			env.Setenv("LANG", "en_US.UTF-8")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"code": exitCode, "workbook": writeWorkbook},
	})
}

// exitCode runs a command and compares its exit code.
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command args...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	ts.Check(os.WriteFile(ts.MkAbs("stdout"), []byte(ts.ReadFile("stdout")), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("stderr"), []byte(ts.ReadFile("stderr")), 0o600))
	if got != want {
		ts.Fatalf("%v: exit code %d, want %d", args[1:], got, want)
	}
}

// writeWorkbook makes a workbook with a worksheet for each text file.
func writeWorkbook(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: workbook file.xlsx name=file.csv...")
	}
	var sheets []table.Sheet
	for _, arg := range args[1:] {
		name, file, _ := strings.Cut(arg, "=")
		sheet, faults := table.Read(file, []byte(ts.ReadFile(file)))
		if len(faults) > 0 {
			ts.Fatalf("%v", faults)
		}
		sheet.Name = name
		sheets = append(sheets, sheet)
	}
	var data bytes.Buffer
	ts.Check(workbook.Write(&data, sheets))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data.Bytes(), 0o600))
}
