package large

import (
	"syscall"
	"unsafe"
)

// pageSize is the size of a large page: on most machines the one that Linux offers.
const pageSize = 2 << 20

// advise asks the system to give memory in large pages, which costs fewer looks at its tables. It
// is a request: where the system has none, nothing is different.
func advise(memory []byte) {
	skip := -int(uintptr(unsafe.Pointer(unsafe.SliceData(memory)))) & (pageSize - 1)
	if whole := (len(memory) - skip) &^ (pageSize - 1); whole > 0 {
		_ = syscall.Madvise(memory[skip:skip+whole], syscall.MADV_HUGEPAGE)
	}
}
