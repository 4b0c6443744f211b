package quantity

import (
	"errors"
	"fmt"
)

// Errors of Commodity.Accept, told apart because each has another way out.
var (
	// ErrDimension: the unit measures something else (kg of electricity).
	ErrDimension = errors.New("the unit does not measure this commodity")
	// ErrState: the gas volume is stated at another temperature than the book keeps.
	ErrState = errors.New("the gas volume is at another reference state")
	// ErrInexact: the unit is no finite multiple of the book unit (GJ of electricity in kWh).
	ErrInexact = errors.New("the unit is no finite multiple of the book unit")
)

// Class groups commodities by what a policy does with them.
type Class string

// The classes: what burns, power, heat, what merely costs energy to make, water, greenhouse gases,
// equivalents (standard coal, CO2e), flows of money or output, and levels that do not add up over
// time (population, area).
const (
	ClassFuel        Class = "fuel"
	ClassElectricity Class = "electricity"
	ClassHeat        Class = "heat"
	ClassMedium      Class = "medium"
	ClassWater       Class = "water"
	ClassGas         Class = "gas"
	ClassEquivalent  Class = "equivalent"
	ClassEconomy     Class = "economy"
	ClassLevel       Class = "level"
	// ClassClaim counts what certificates and contracts say of electricity whose amount stands
	// elsewhere: where it came from. It moves no energy.
	ClassClaim Class = "claim"
)

// Classes lists all classes.
var Classes = []Class{ClassFuel, ClassElectricity, ClassHeat, ClassMedium, ClassWater, ClassGas,
	ClassEquivalent, ClassEconomy, ClassLevel, ClassClaim}

// Denominator says whether amounts of the class divide others (GDP, output, population, area) and
// are therefore looked up for a period instead of being converted.
func (c Class) Denominator() bool { return c == ClassEconomy || c == ClassLevel }

// Commodity is what an amount is an amount of: electricity, raw coal, CO2, GDP.
type Commodity struct {
	ID    string
	Class Class
	// Unit is the book unit: every accepted unit is a finite multiple of it.
	Unit Unit
	// State is the reference state of a gas volume, Basis gross or net for an energy of a fuel.
	State, Basis string
	// Parent is the id of the commodity this one is a kind of, or empty.
	Parent         string
	NameZH, NameEN string
}

// Remark tells that a unit was accepted on an assumption the user should see.
type Remark string

// The assumptions: a gas volume without a stated reference state is read at that of the book;
// a tonne of water is read as a cubic metre, as water bills mean it.
const (
	RemarkNone          Remark = ""
	RemarkStateAssumed  Remark = "unit.state-assumed"
	RemarkTonneAsVolume Remark = "unit.tonne-as-volume"
)

// Accept returns how many book units are in one u, exactly.
func (c Commodity) Accept(u Unit) (perUnit Number, remark Remark, err error) {
	if u.Of != "" && u.Of != c.ID {
		return Number{}, "", fmt.Errorf("%w: %s is for %s", ErrDimension, u.Symbol, u.Of)
	}
	if c.Class == ClassWater && u.Dimension == Mass && c.Unit.Dimension == Volume {
		// 1 t of water is billed as 1 m3: 10^6 g become 1000 L.
		perUnit, ok := RatioOf(u.size, Int(1000)).Exact()
		if !ok {
			return Number{}, "", ErrInexact
		}
		return perUnit, RemarkTonneAsVolume, nil
	}
	ratio, ok := u.Per(c.Unit)
	if !ok {
		return Number{}, "", ErrDimension
	}
	if u.State != c.State {
		if u.State != "" || u.Dimension != Volume {
			return Number{}, "", fmt.Errorf("%w: %s", ErrState, u.Symbol)
		}
		remark = RemarkStateAssumed
	}
	perUnit, ok = ratio.Exact()
	if !ok {
		return Number{}, "", ErrInexact
	}
	return perUnit, remark, nil
}

// Amount is a number of book units of a commodity.
type Amount struct {
	Commodity Commodity
	Number    Number
}

// AmountOf converts n units u of commodity c into the book unit, exactly.
func AmountOf(c Commodity, n Number, u Unit) (Amount, Remark, error) {
	perUnit, remark, err := c.Accept(u)
	if err != nil {
		return Amount{}, "", err
	}
	return Amount{Commodity: c, Number: n.Mul(perUnit)}, remark, nil
}

// In returns the amount counted in another unit of its commodity, as a ratio.
func (a Amount) In(u Unit) (Ratio, error) {
	perUnit, _, err := a.Commodity.Accept(u)
	if err != nil {
		return Ratio{}, err
	}
	return RatioOf(a.Number, perUnit), nil
}

// String prints the amount with its book unit.
func (a Amount) String() string {
	return a.Number.String() + " " + a.Commodity.Unit.Symbol + " " + a.Commodity.ID
}
