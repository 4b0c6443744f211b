package sqlite_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	modernc "modernc.org/sqlite"

	"carbonledger/internal/store"
	"carbonledger/internal/store/sqlite"
	"carbonledger/internal/store/storetest"
)

// faults are the ways in which the disk below a book fails.
var faults = append([]storetest.Fault{
	{Name: "a statement fails", Open: openFailing, Passing: true},
	{Name: "the disk is full", Open: openFull},
}, faultsOfSystem...)

// openFull opens a book that may grow by n-1 pages.
func openFull(t testing.TB, place string, n int) store.Store {
	t.Helper()
	s := openAt(t, place)
	var pages int
	err := s.(*sqlite.Store).DB().QueryRow("PRAGMA page_count").Scan(&pages)
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatalf("page_count: %v", err)
	}
	db, err := sql.Open("sqlite", sourceName(t, place,
		fmt.Sprintf("%s&_pragma=max_page_count(%d)", sqlite.OptionsWrite, pages+n-1)))
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return sqlite.Through(place, db)
}

// sourceName writes path and options as an URI.
func sourceName(t testing.TB, place, options string) string {
	t.Helper()
	name, err := sqlite.SourceName(place, options)
	if err != nil {
		t.Fatalf("name: %v", err)
	}
	return name
}

// openFailing opens a book below which the n-th call of the database fails.
func openFailing(t testing.TB, place string, n int) store.Store {
	t.Helper()
	connector, err := modernc.NewConnector(sourceName(t, place, sqlite.OptionsWrite))
	if err != nil {
		t.Fatalf("connector: %v", err)
	}
	left := &atomic.Int64{}
	left.Store(int64(n))
	return sqlite.Through(place, sql.OpenDB(failingConnector{connector, left}))
}

var errInjected = errors.New("injected")

// failingConnector counts the calls down and lets the last one fail.
type failingConnector struct {
	driver.Connector
	left *atomic.Int64
}

func (f failingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := f.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return failingConn{conn.(fullConn), f.left}, nil
}

// fullConn is all that a connection of the driver can do.
type fullConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type failingConn struct {
	fullConn
	left *atomic.Int64
}

func (f failingConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if f.left.Add(-1) == 0 {
		return nil, errInjected
	}
	tx, err := f.fullConn.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	return failingTx{tx, f.left}, nil
}

func (f failingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (
	driver.Result, error) {
	if f.left.Add(-1) == 0 {
		return nil, errInjected
	}
	return f.fullConn.ExecContext(ctx, query, args)
}

func (f failingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (
	driver.Rows, error) {
	if f.left.Add(-1) == 0 {
		return nil, errInjected
	}
	return f.fullConn.QueryContext(ctx, query, args)
}

type failingTx struct {
	driver.Tx
	left *atomic.Int64
}

// Commit leaves no transaction open when it fails, as a driver must.
func (f failingTx) Commit() error {
	if f.left.Add(-1) == 0 {
		return errors.Join(errInjected, f.Rollback())
	}
	return f.Tx.Commit()
}
