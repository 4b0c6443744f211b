package quantity

import "strconv"

// Append adds n to dst as String prints it. Small numbers take no memory of their own.
func (n Number) Append(dst []byte) []byte {
	if n.wide != nil {
		return append(dst, n.String()...)
	}
	n = n.Short()
	return appendSmall(dst, n.coefficient, int(n.scale))
}

// AppendFixed adds n to dst as Fixed prints it.
func (n Number) AppendFixed(dst []byte, decimals int32) []byte {
	if n.wide != nil {
		return append(dst, n.plainFixed(decimals)...)
	}
	dst = appendSmall(dst, n.coefficient, int(n.scale))
	if n.scale == 0 && decimals > 0 {
		dst = append(dst, '.')
	}
	for range decimals - int32(n.scale) {
		dst = append(dst, '0')
	}
	return dst
}

// appendSmall adds coefficient / 10^scale to dst with exactly that many decimals.
func appendSmall(dst []byte, coefficient int64, scale int) []byte {
	if coefficient < 0 {
		dst = append(dst, '-')
	}
	var buffer [20]byte
	digits := strconv.AppendUint(buffer[:0], magnitude(coefficient), 10)
	if scale == 0 {
		return append(dst, digits...)
	}
	if len(digits) <= scale {
		dst = append(dst, '0', '.')
		for range scale - len(digits) {
			dst = append(dst, '0')
		}
		return append(dst, digits...)
	}
	point := len(digits) - scale
	dst = append(append(dst, digits[:point]...), '.')
	return append(dst, digits[point:]...)
}

// Short is the same number without zeros at its end, so that equal numbers have one form.
func (n Number) Short() Number {
	if n.wide != nil {
		return n.wide.withoutZeros().number()
	}
	for n.scale > 0 && n.coefficient%10 == 0 {
		n.coefficient, n.scale = n.coefficient/10, n.scale-1
	}
	return n
}

// Small returns n as coefficient / 10^scale, the form in which columns keep it, or false where it
// has too many digits for that.
func (n Number) Small() (coefficient int64, scale uint8, ok bool) {
	return n.coefficient, n.scale, n.wide == nil
}
