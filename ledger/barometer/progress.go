package barometer

import (
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// Goal is a fall of an intensity, in percent and above 0, and the scale it is rated on.
type Goal struct {
	Fall  quantity.Number
	Scale Scale
}

// Progress is an intensity beside the one of the base, and how much of the goal that is.
type Progress struct {
	Goal
	Base, Now inventory.Intensity
	// Change and Completion are in percent. Rated is false where there are none: nothing was used
	// in the base, or a denominator is 0.
	Change, Completion quantity.Ratio
	Level              Level
	Rated              bool
}

// Assess rates an intensity against its base.
func (g Goal) Assess(base, now inventory.Intensity) (Progress, error) {
	p := Progress{Goal: g, Base: base, Now: now, Change: change(base.Ratio(), now.Ratio())}
	if !p.Change.Defined() {
		return p, nil
	}
	p.Completion = over(p.Change.Mul(quantity.Whole(quantity.Int(-100))), quantity.Whole(g.Fall))
	var err error
	p.Level, err = g.Scale.Rate(p.Completion)
	p.Rated = err == nil
	return p, err
}

// Gaps is how many figures are missing from either intensity.
func (p Progress) Gaps() int { return p.Base.Numerator.Gaps + p.Now.Numerator.Gaps }

// change is by how many percent a figure differs from its base; it is undefined at a base of 0.
func change(base, figure quantity.Ratio) quantity.Ratio {
	ratio := over(figure, base)
	if !base.Defined() || !ratio.Defined() {
		return quantity.Ratio{}
	}
	return ratio.Mul(quantity.Whole(quantity.Int(100))).Add(quantity.Whole(quantity.Int(-100)))
}

// over divides two ratios without dividing.
func over(r, s quantity.Ratio) quantity.Ratio {
	return quantity.RatioOf(r.Numerator.Mul(s.Denominator), r.Denominator.Mul(s.Numerator))
}
