package quantity

import (
	"math/big"

	"github.com/shopspring/decimal"
)

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
	return narrow(decimal.NewFromBigInt(root, -rounding.Places)), true
}
