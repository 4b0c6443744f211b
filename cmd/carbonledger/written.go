package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"carbonledger/internal/engine"
	"carbonledger/internal/report"
	"carbonledger/internal/report/format"
)

// faultsFile is where the bad rows of a partial import go unless --faults names another file.
const faultsFile = "faults.csv"

// reserve makes a file before anything is posted, so that what is to be written has a place. One
// that is there already is never overwritten; term says so.
func (s *session) reserve(path, term string) (reserved, error) {
	if path == "" {
		return reserved{}, nil
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return reserved{}, usage(term, path)
	}
	if err != nil {
		return reserved{}, err
	}
	return reserved{path}, file.Close()
}

// reserveFaults makes the file for bad rows, so that no row is left out of the book without having
// a place to go.
func (s *session) reserveFaults(path string, how engine.Import) (reserved, error) {
	if path == "" && how.Partial && !how.DryRun {
		path = faultsFile
	}
	if suffix := strings.ToLower(filepath.Ext(path)); strings.HasPrefix(suffix, ".xls") {
		return reserved{}, usage("usage.faults-csv", path)
	}
	return s.reserve(path, "usage.faults-exists")
}

// writeFaults writes rows back to their sender, a file for each table: the reserved one for the
// first, numbered ones beside it for the others.
func (s *session) writeFaults(first reserved, list []engine.Imported) error {
	written := 0
	for _, result := range list {
		back := result.Back()
		if len(back.Rows) == 0 {
			if first.path != "" && result.Outcome == engine.Rejected {
				s.tell("faults.none", result.File)
			}
			continue
		}
		if first.path == "" {
			s.tell("faults.hint")
			return nil
		}
		written++
		file, err := s.openFaults(first.path, written)
		if err != nil {
			return err
		}
		err = format.Spreadsheet(file, report.Returned(back, s.lang))
		if err := errors.Join(err, file.Close()); err != nil {
			return err
		}
		s.tell("faults.written", file.Name())
	}
	if written == 0 {
		return first.drop()
	}
	return nil
}

// openFaults opens the n-th file of faults: the reserved one, then the next with a number that is
// not there yet.
func (s *session) openFaults(first string, n int) (*os.File, error) {
	if n == 1 {
		return os.OpenFile(first, os.O_WRONLY|os.O_TRUNC, 0o600)
	}
	suffix := filepath.Ext(first)
	for {
		path := fmt.Sprintf("%s-%d%s", strings.TrimSuffix(first, suffix), n, suffix)
		file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
		n++
	}
}

// writeReceipts writes the receipts of what the book has, a line each.
func (s *session) writeReceipts(file reserved, list []engine.Imported) error {
	var text []byte
	for _, result := range list {
		if result.Outcome == engine.Posted || result.Outcome == engine.Again {
			text = append(append(text, result.Receipt.Encode()...), '\n')
		}
	}
	if file.path == "" || len(text) == 0 {
		return file.drop()
	}
	if err := file.write(string(text)); err != nil {
		return err
	}
	s.tell("receipt.written", file.path)
	return nil
}
