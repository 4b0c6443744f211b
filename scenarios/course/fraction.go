package course

import "carbonledger/quantity"

// The numbers levers count with.
var (
	Hundred    = quantity.Int(100)
	Percent, _ = quantity.RatioOf(quantity.Int(1), Hundred).Exact()
	Thousand   = quantity.Int(1000)
	Unity      = quantity.Whole(quantity.Int(1))
	Nought     = quantity.Whole(quantity.Int(0))
)

// OfHundred turns per cent into a part of one.
func OfHundred(r quantity.Ratio) quantity.Ratio { return r.Mul(quantity.Whole(Percent)) }

// Changed returns 1 + change/100.
func Changed(percent quantity.Ratio) quantity.Ratio {
	return OfHundred(quantity.Whole(Hundred).Add(percent))
}

// Over returns a / b.
func Over(a, b quantity.Ratio) quantity.Ratio {
	return a.Mul(quantity.RatioOf(b.Denominator, b.Numerator)).Lowest()
}

// PerTonne turns kgce into tce, kg into t, L into m3.
func PerTonne(r quantity.Ratio) quantity.Ratio {
	return r.Mul(quantity.RatioOf(quantity.Int(1), Thousand))
}
