package workload

// Activity is what an enterprise uses: a commodity of the catalogue, the units its bills are
// written in, and the usual amount of one bill in book units.
type Activity struct {
	Commodity, Chinese string
	Units              []Unit
	Low, High          int64
}

// Unit is one way to write an amount; Size is its book units.
type Unit struct {
	Symbol, Chinese string
	Size            int64
}

// Activities are the commodities of the workload, electricity first, with 37 units in all. The
// policy cn-enterprise has a factor for each of them. Book units are kWh, kJ, Nm3 and kg.
var Activities = []Activity{
	{"electricity", "电力", []Unit{{"kWh", "千瓦时", 1}, {"万kWh", "万千瓦时", 10_000},
		{"MWh", "兆瓦时", 1000}}, 20_000, 400_000},
	{"heat", "热力", []Unit{{"MJ", "兆焦", 1000}, {"GJ", "吉焦", 1_000_000},
		{"TJ", "太焦", 1_000_000_000}}, 200_000_000, 8_000_000_000},
	{"natural-gas", "天然气", []Unit{{"Nm3", "标立方米", 1}, {"万Nm3", "万标立方米", 10_000},
		{"百万Nm3", "百万标立方米", 1_000_000}}, 20_000, 300_000},
	{"anthracite", "无烟煤", heavy, 200_000, 1_500_000},
	{"bituminous-coal", "一般烟煤", heavy, 200_000, 1_500_000},
	{"lignite", "褐煤", heavy, 200_000, 1_500_000},
	{"washed-coal", "洗精煤", heavy, 200_000, 1_500_000},
	{"coke", "焦炭", heavy, 200_000, 900_000},
	{"fuel-oil", "燃料油", heavy, 200_000, 600_000},
	{"diesel", "柴油", light, 500, 20_000},
	{"gasoline", "汽油", light, 200, 5_000},
	{"lpg", "液化石油气", light, 500, 10_000},
	{"kerosene", "煤油", light, 200, 5_000},
	{"lng", "液化天然气", light, 1_000, 60_000},
}

var (
	light = []Unit{{"kg", "千克", 1}, {"t", "吨", 1000}}
	heavy = []Unit{light[0], light[1], {"万t", "万吨", 10_000_000}}
)
