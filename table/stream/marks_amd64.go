package stream

import "golang.org/x/sys/cpu"

// marksAVX2 is marksPlain with the wide registers of the processor.
//
//go:noescape
func marksAVX2(marks []uint64, data []byte, separator byte)

// markAll finds the marks of as many times 64 bytes as there are words.
func markAll(marks []uint64, data []byte, separator byte) {
	if cpu.X86.HasAVX2 {
		marksAVX2(marks, data[:64*len(marks)], separator)
		return
	}
	marksPlain(marks, data, separator)
}
