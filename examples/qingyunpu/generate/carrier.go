package main

// carrier is an energy carrier, or fresh water.
type carrier int

// The carriers in the order of form 205-1, then those that the form does not ask for.
const (
	coal carrier = iota
	coke
	gas
	gasoline
	diesel
	lpg
	heat
	electricity
	solar
	water
	carriers
)

// measure is a unit a file may write a carrier in: its names, how many decimals show one step.
type measure struct {
	english, chinese string
	places           int
}

// about is what the files need to know of a carrier.
type about struct {
	id, chinese string
	// coal is the standard coal of one step in 0.0001 kgce, from GB/T 2589-2020.
	coal int64
	// thousand is the number of steps in the unit of the table of units (MWh, 1000 Nm3, t, GJ,
	// 1000 m3).
	thousand int64
	// measures are the units the long files take turns with.
	measures []measure
}

// abouts lists the carriers. Coefficients: GB/T 2589-2020 tables A.1 and A.2, natural gas the upper
// end of its range, 一般烟煤 as the reference coefficient of form 205-1 has it.
var abouts = [carriers]about{
	coal: {"bituminous-coal", "一般烟煤", 7143, 1000, massMeasures},
	coke: {"coke", "焦炭", 9714, 1000, massMeasures},
	gas: {"natural-gas", "天然气", 13300, 1000, []measure{
		{"Nm3", "标立方米", 0}, {"万Nm3", "万标立方米", 4}}},
	gasoline: {"gasoline", "汽油", 14714, 1000, massMeasures},
	diesel:   {"diesel", "柴油", 14571, 1000, massMeasures},
	lpg:      {"lpg", "液化石油气", 17143, 1000, massMeasures},
	heat:     {"heat", "热力", 3412, 100, []measure{{"GJ", "百万千焦", 2}}},
	electricity: {"electricity", "电力", 1229, 1000, []measure{
		{"kWh", "千瓦时", 0}, {"万kWh", "万千瓦时", 4}, {"MWh", "兆瓦时", 3}}},
	solar: {"electricity-solar", "光伏发电", 1229, 1000, []measure{
		{"kWh", "千瓦时", 0}}},
	water: {"fresh-water", "新鲜水", 0, 1000, []measure{
		{"m3", "立方米", 0}, {"万m3", "万立方米", 4}}},
}

var massMeasures = []measure{{"t", "吨", 3}, {"kg", "千克", 0}}

// yearly is the use of a carrier by year in thousandths of 2022: electricity and gas replace coal,
// electric cars replace petrol cars, the first roofs carry panels in 2022.
var yearly = [carriers][yearLast - yearFirst + 1]int64{
	coal:        {1150, 1080, 1000, 930, 860, 790},
	coke:        {1040, 1025, 1000, 985, 960, 930},
	gas:         {870, 940, 1000, 1050, 1090, 1120},
	gasoline:    {930, 985, 1000, 990, 960, 925},
	diesel:      {970, 1000, 1000, 985, 965, 940},
	lpg:         {1060, 1030, 1000, 960, 920, 880},
	heat:        {930, 970, 1000, 1010, 1015, 1020},
	electricity: {895, 955, 1000, 1045, 1095, 1145},
	solar:       {0, 0, 1000, 1900, 3000, 4300},
	water:       {1000, 1000, 1000, 1000, 1000, 1000},
}

// class groups units whose months look alike.
type class int

// The classes: a works runs the year round but for the Spring Festival, a service cools in summer
// and heats in winter, a home does so more strongly.
const (
	works class = iota
	service
	home
)

// months are weights of January to December; only their proportions count.
type months [12]int64

// season returns how a carrier is spread over the year.
func season(c class, k carrier) months {
	switch {
	case k == solar:
		return months{58, 60, 72, 82, 92, 90, 112, 110, 98, 88, 72, 66}
	case k == heat && c != works:
		return months{190, 165, 110, 45, 20, 15, 15, 15, 20, 55, 130, 220}
	case k == gas && c == home:
		return months{128, 118, 100, 78, 66, 58, 54, 52, 60, 74, 94, 118}
	case k == electricity && c == home:
		return months{92, 84, 70, 60, 64, 84, 124, 130, 96, 62, 62, 72}
	case k == electricity && c == service:
		return months{84, 74, 74, 70, 78, 92, 106, 108, 94, 74, 70, 76}
	case k == water:
		return months{76, 72, 78, 80, 85, 88, 96, 98, 90, 84, 78, 75}
	case c == works:
		return months{80, 62, 84, 85, 86, 85, 86, 86, 86, 86, 87, 87}
	}
	return months{84, 76, 82, 82, 83, 83, 86, 86, 84, 86, 83, 85}
}
