//go:build !amd64

package stream

// markAll is marksPlain in the fastest way there is.
func markAll(marks []uint64, data []byte, separator byte) (odd bool) {
	return marksPlain(marks, data, separator)
}
