package quantity

import "math/big"

// Sqrt returns the square root of n, rounded once; it returns false where n is negative.
func (n Number) Sqrt(rounding Rounding) (Number, bool) { return Whole(n).Sqrt(rounding) }

// Sqrt returns the square root of r, rounded once: the last place is that of the infinite root. It
// returns false where r is negative or undefined and there is no answer.
//
//	n = floor(sqrt(r x 10^2p));  root = n/10^p, or (n+1)/10^p where r x 10^2p > (n + 1/2)^2
//
// The square root of a whole part is the whole part of the square root, so integers suffice.
func (r Ratio) Sqrt(rounding Rounding) (Number, bool) {
	square := r.rat()
	if !r.Defined() || square.Sign() < 0 {
		return Number{}, false
	}
	above := new(big.Int).Mul(square.Num(), powerOfTen(2*max(rounding.Places, 0)))
	below := new(big.Int).Mul(square.Denom(), powerOfTen(2*max(-rounding.Places, 0)))
	root := new(big.Int).Sqrt(new(big.Int).Quo(above, below))
	half := new(big.Int).Add(new(big.Int).Lsh(root, 1), big.NewInt(1))
	beyond := new(big.Int).Lsh(above, 2).Cmp(half.Mul(half, half).Mul(half, below))
	if beyond > 0 || beyond == 0 && (rounding.Mode == HalfUp || root.Bit(0) == 1) {
		root.Add(root, big.NewInt(1))
	}
	return scaled(root, rounding.Places), true
}

// Root returns the n-th root of r, cut off behind the last place: the largest multiple of that
// place whose n-th power is not above r. It returns false where r is negative or undefined, or n is
// below 1, and there is no answer. Places are not negative.
func (r Ratio) Root(n int, places int32) (Number, bool) {
	power := r.rat()
	if !r.Defined() || power.Sign() < 0 || n < 1 {
		return Number{}, false
	}
	exponent := big.NewInt(int64(n))
	// root <= r x 10^places holds in whole numbers where root^n x below <= above x 10^(n places).
	above := new(big.Int).Mul(power.Num(), powerOfTen(int32(n)*places))
	fits := func(root *big.Int) bool {
		raised := new(big.Int).Exp(root, exponent, nil)
		return raised.Mul(raised, power.Denom()).Cmp(above) <= 0
	}
	root := new(big.Int)
	for bit := above.BitLen()/n + 1; bit >= 0; bit-- {
		if next := new(big.Int).SetBit(root, bit, 1); fits(next) {
			root = next
		}
	}
	return scaled(root, places), true
}
