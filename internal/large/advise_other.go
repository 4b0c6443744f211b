//go:build !linux

package large

// advise does nothing: nobody is known to ask.
func advise([]byte) {}
