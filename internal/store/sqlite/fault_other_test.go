//go:build !unix

package sqlite_test

import "carbonledger/internal/store/storetest"

// faultsOfSystem are those that the operating system makes.
var faultsOfSystem []storetest.Fault
