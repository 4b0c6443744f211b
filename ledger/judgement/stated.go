package judgement

import (
	"cmp"
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/intake/units"
	"carbonledger/quantity"
	"carbonledger/table"
)

const (
	// statedApart is how many times the published value a stated one is questioned. Qualities of
	// one fuel differ by less; units differ by more.
	statedApart = 2
	// netCalorificValue is the property that heating values are stated as.
	netCalorificValue = "net-calorific-value"
	// heatingSet publishes heating values, as parts of its factors.
	heatingSet = "cn24-general-2015"
)

// electricityEquivalent is what a kWh stands for where the fuel of power stations is counted, in
// kgce: the largest value in use (等价值, 4.04 tce of 万kWh).
var electricityEquivalent = parsed("0.404")

// statedNames are the properties that are compared, in Chinese and English.
var statedNames = map[string][2]string{
	coalEquivalent:    {"折标系数", "coefficient of standard coal"},
	netCalorificValue: {"低位发热量", "net calorific value"},
}

// heatUnits are the units a coefficient or a heating value may have been meant in.
var heatUnits = []string{"tce", "kgce", "GJ", "MJ", "kJ", "kcal"}

// amountUnits are those it may have been meant per, by class.
var amountUnits = map[quantity.Class][]string{
	quantity.ClassFuel:        {"kg", "t", "Nm3", "万Nm3"},
	quantity.ClassElectricity: {"kWh", "万kWh"},
	quantity.ClassHeat:        {"GJ", "MJ"},
}

// stated compares the coefficients and heating values of the file with published ones: a wrong one
// is kept beside the factor sets and spoils whatever is worked out with it.
func (w *weigher) stated() {
	for _, s := range w.upload.Statements {
		names, ok := statedNames[s.Property]
		c := w.commodity(s.Commodity)
		if !ok || !slices.Contains(energyClasses, c.Class) || s.Number.Sign() <= 0 {
			continue
		}
		one, ok := heatOf(c, s.Unit)
		reference, known := w.heating(c, s)
		if !ok || !known {
			continue
		}
		most := reference
		if c.Class == quantity.ClassElectricity {
			most = quantity.Whole(electricityEquivalent.Mul(kilojoulesPerKgce))
		}
		value := one.Mul(quantity.Whole(s.Number))
		if !apart(value, reference, most, statedApart) {
			continue
		}
		usual := quantity.RatioOf(reference.Numerator.Mul(one.Denominator),
			reference.Denominator.Mul(one.Numerator))
		args := []string{c.NameZH, c.NameEN, s.Number.String(), s.Unit, shownRatio(usual), names[0],
			names[1]}
		code, other := "stated.far", fitting(c, s.Number, reference, most)
		if other != "" {
			code, args = "stated.far-unit", append(args, other)
		}
		if under, ok := underOf(s, other); ok {
			code, args = "stated.far-row", append(args, under)
		}
		w.warnAt(s.Line, s.Written, code, args...)
	}
}

// underOf returns the unit of a row in which its coefficient of standard coal would be usual: that
// of tce/万kWh where the row says tce/kWh. The coefficient is known by heart and the unit is not.
func underOf(s ledger.Statement, other string) (string, bool) {
	over, _, _ := strings.Cut(s.Unit, "/")
	meant, under, found := strings.Cut(other, "/")
	return units.Spelled(under), found && s.Property == coalEquivalent && meant == over
}

// apart says whether a value lies more than so many times under the least or over the most.
func apart(value, least, most quantity.Ratio, times int64) bool {
	wide := quantity.Whole(quantity.Int(times))
	return value.Mul(wide).Cmp(least) < 0 || value.Cmp(most.Mul(wide)) > 0
}

// heatOf is how many kilojoules one unit such as tce/t or GJ/万Nm3 is for a book unit of the
// commodity.
func heatOf(c quantity.Commodity, unit string) (quantity.Ratio, bool) {
	over, under, ok := strings.Cut(unit, "/")
	if !ok {
		return quantity.Ratio{}, false
	}
	heat, err := quantity.ParseUnit(table.Fold(over))
	if err != nil {
		return quantity.Ratio{}, false
	}
	per, err := quantity.ParseUnit(table.Fold(under))
	if err != nil {
		return quantity.Ratio{}, false
	}
	amount, _, err := c.Accept(per)
	if err != nil || amount.Sign() <= 0 {
		return quantity.Ratio{}, false
	}
	perUnit, ok := heat.Per(kilojoule)
	if !ok {
		kgce, _ := quantity.ParseUnit("kgce")
		if perUnit, ok = heat.Per(kgce); !ok {
			return quantity.Ratio{}, false
		}
		perUnit = perUnit.Mul(quantity.Whole(kilojoulesPerKgce))
	}
	return perUnit.Mul(quantity.RatioOf(quantity.Int(1), amount)), true
}

// heating is the published heat of a book unit of a commodity, in kilojoules.
func (x *index) heating(c quantity.Commodity, s ledger.Statement) (quantity.Ratio, bool) {
	if s.Property == netCalorificValue {
		if c.Class != quantity.ClassFuel {
			return quantity.Ratio{}, false
		}
		found, _, err := x.library.Find(factors.Query{Sets: []string{heatingSet}, From: c.ID,
			To: "co2", Area: "CN", Period: s.Period})
		if value, ok := heatingPart(c, found); err == nil && ok {
			return value, true
		}
	}
	factor, _, err := x.library.Find(factors.Query{Sets: coalSets, From: c.ID,
		To: coalEquivalent, Area: cmp.Or(x.entity(s.Entity).Area, "CN"), Period: s.Period})
	return quantity.Whole(factor.Value.Mul(kilojoulesPerKgce)), err == nil
}

// heatingPart reads the heating value a factor is made of: 389.31 GJ/万Nm3.
func heatingPart(c quantity.Commodity, f factors.Factor) (quantity.Ratio, bool) {
	for _, part := range f.Parts {
		number, unit, _ := strings.Cut(part.Text, " ")
		value, err := quantity.ParseNumber(number)
		one, ok := heatOf(c, unit)
		if part.Name == "ncv" && err == nil && ok {
			return one.Mul(quantity.Whole(value)), true
		}
	}
	return quantity.Ratio{}, false
}

// fitting returns the unit in which the number would be usual, or an empty text.
func fitting(c quantity.Commodity, number quantity.Number, least, most quantity.Ratio) string {
	for _, under := range amountUnits[c.Class] {
		for _, over := range heatUnits {
			one, ok := heatOf(c, over+"/"+under)
			if ok && !apart(one.Mul(quantity.Whole(number)), least, most, 1) ||
				ok && alike(one.Mul(quantity.Whole(number)), least) {
				return over + "/" + under
			}
		}
	}
	return ""
}

// alike says whether two values are within a quarter of the lesser of each other; no two units of
// heat are as close.
func alike(a, b quantity.Ratio) bool {
	four, five := quantity.Whole(quantity.Int(4)), quantity.Whole(quantity.Int(5))
	return a.Mul(four).Cmp(b.Mul(five)) <= 0 && b.Mul(four).Cmp(a.Mul(five)) <= 0
}

// shownRatio prints a published value as it is where it ends, and otherwise to six decimals.
func shownRatio(r quantity.Ratio) string {
	if exact, ok := r.Exact(); ok {
		return exact.String()
	}
	shown, _ := r.Round(quantity.Rounding{Places: 6})
	return shown.String()
}
