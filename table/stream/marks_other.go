//go:build !amd64

package stream

// markAll finds the marks of as many times 64 bytes as there are words.
func markAll(marks []uint64, data []byte, separator byte) { marksPlain(marks, data, separator) }
