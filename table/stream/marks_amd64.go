package stream

import "golang.org/x/sys/cpu"

// marksAVX2 is marksPlain with the wide registers of the processor.
//
//go:noescape
func marksAVX2(marks []uint64, data []byte, separator byte) (odd bool)

// markAll is marksPlain in the fastest way there is.
func markAll(marks []uint64, data []byte, separator byte) (odd bool) {
	if cpu.X86.HasAVX2 {
		return marksAVX2(marks, data[:64*len(marks)], separator)
	}
	return marksPlain(marks, data, separator)
}
