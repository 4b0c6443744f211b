package spool_test

import (
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"

	"carbonledger/internal/report"
	"carbonledger/internal/store/spool"
	"carbonledger/table"
)

func TestAFullDiskSaysSo(t *testing.T) {
	err := spool.Said("/tmp/x", &os.PathError{Op: "write", Path: "/tmp/x", Err: syscall.ENOSPC})
	var told *report.Error
	if !errors.As(err, &told) || told.Key != "spool.full" || !errors.Is(err, syscall.ENOSPC) ||
		!strings.Contains(told.In(table.EN), "make room") ||
		!strings.Contains(told.In(table.ZH), "磁盘已满") {
		t.Errorf("a full disk = %v, want both languages and the way out", err)
	}
}
