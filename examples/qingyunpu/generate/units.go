package main

// channel is the kind of file a unit reports in.
type channel int

// The channels. Units of form 205-1 report water and own solar power, which the form does not ask
// for, in the long file.
const (
	long channel = iota
	form
	meters
)

// uses is the use of a year like 2022, before it is fitted to the total: t of coal, coke and oil
// products, 1000 Nm3 of gas, GJ of heat, MWh of power, 1000 m3 of water.
type uses [carriers]int64

// unit is an enterprise, an institution or the households of a street.
type unit struct {
	number         int
	name, industry string
	street         string
	class          class
	channel        channel
	uses           uses
}

// The streets and the town.
const (
	sandian   = "三店街道"
	hongdu    = "洪都街道"
	xufang    = "徐坊街道"
	jingshan  = "京山街道"
	daishan   = "岱山街道"
	qingyunpu = "青云谱镇"
)

// residential is the industry of households, which GB/T 4754 does not have.
const residential = "RESIDENTIAL"

// Units with a part of their own.
const (
	paperMill   = 8   // takes the last tonne of coal and kWh that make the energy total exact
	waterIntake = 21  // takes the last m3
	hospital    = 42  // has two meters
	newcomer    = 999 // reports only in the file with faults
)

// units lists all units in the order of their numbers.
func units() []unit {
	all := append([]unit{}, formUnits...)
	all = append(all, longUnits...)
	all = append(all, serviceUnits...)
	all = append(all, meterUnits...)
	return append(all, homeUnits()...)
}

var formUnits = []unit{
	{1, "示例航空制造一厂（虚构）", "C3741", hongdu, works, form, uses{electricity: 210_000, gas: 9_000,
		heat: 260_000, gasoline: 150, diesel: 500, solar: 2_400, water: 5_200}},
	{2, "示例棉纺印染厂（虚构）", "C1713", xufang, works, form, uses{electricity: 88_000, gas: 600,
		coal: 14_000, heat: 240_000, diesel: 120, water: 4_300}},
	{3, "示例制药厂（虚构）", "C2720", sandian, works, form, uses{electricity: 80_000, gas: 5_200,
		coal: 9_000, heat: 300_000, diesel: 90, solar: 900, water: 6_800}},
	{4, "示例糕点食品厂（虚构）", "C1411", daishan, works, form, uses{electricity: 40_000, gas: 2_600,
		coal: 5_000, heat: 60_000, lpg: 200, water: 1_900}},
	{5, "示例表面处理厂（虚构）", "C3360", qingyunpu, works, form, uses{electricity: 70_000, gas: 3_800,
		coal: 4_000, heat: 70_000, diesel: 60, water: 3_100}},
	{6, "示例铸造厂（虚构）", "C3391", qingyunpu, works, form, uses{electricity: 150_000, gas: 2_400,
		coal: 11_000, coke: 8_600, diesel: 260, water: 2_100}},
	{7, "示例锻件厂（虚构）", "C3393", qingyunpu, works, form, uses{electricity: 90_000, gas: 7_000,
		coal: 8_000, coke: 4_200, diesel: 180, lpg: 90, solar: 600, water: 1_200}},
	{paperMill, "示例造纸厂（虚构）", "C2221", daishan, works, form, uses{electricity: 115_000,
		gas: 1_500, coal: 46_000, heat: 120_000, gasoline: 60, diesel: 420, water: 21_000}},
}

var longUnits = []unit{
	{9, "示例航空设备配套厂（虚构）", "C3744", hongdu, works, long, uses{electricity: 55_000, gas: 1_800,
		heat: 40_000, diesel: 80, lpg: 60, solar: 900, water: 1_200}},
	{10, "示例棉纺纱厂（虚构）", "C1711", xufang, works, long, uses{electricity: 52_000, coal: 5_000,
		heat: 60_000, water: 900}},
	{11, "示例中成药厂（虚构）", "C2740", sandian, works, long, uses{electricity: 24_000, gas: 1_500,
		heat: 70_000, water: 1_100}},
	{12, "示例乳品厂（虚构）", "C1441", daishan, works, long, uses{electricity: 22_000, gas: 1_100,
		coal: 2_000, heat: 55_000, water: 1_600}},
	{13, "示例啤酒厂（虚构）", "C1513", sandian, works, long, uses{electricity: 35_000, gas: 800,
		coal: 12_000, diesel: 140, water: 5_200}},
	{14, "示例包装印刷厂（虚构）", "C2319", jingshan, works, long, uses{electricity: 20_000, gas: 600,
		water: 300}},
	{15, "示例涂料厂（虚构）", "C2641", qingyunpu, works, long, uses{electricity: 11_000, gas: 400,
		heat: 25_000, water: 300}},
	{16, "示例水泥制品厂（虚构）", "C3021", daishan, works, long, uses{electricity: 18_000, coal: 7_000,
		diesel: 900, water: 800}},
	{17, "示例汽车零部件厂（虚构）", "C3670", qingyunpu, works, long, uses{electricity: 62_000,
		gas: 2_600, lpg: 120, solar: 1_500, water: 1_000}},
	{18, "示例变压器厂（虚构）", "C3821", jingshan, works, long, uses{electricity: 27_000, gas: 500,
		diesel: 50, water: 250}},
	{19, "示例电子电路厂（虚构）", "C3982", qingyunpu, works, long, uses{electricity: 100_000, gas: 700,
		solar: 1_800, water: 3_800}},
	{20, "示例精细化工厂（虚构）", "C2614", qingyunpu, works, long, uses{electricity: 58_000,
		gas: 1_100, coal: 9_000, heat: 190_000, diesel: 110, water: 5_600}},
	{waterIntake, "示例热电厂取水泵站（虚构）", "D4412", daishan, works, long, uses{
		electricity: 18_000, water: 102_000}},
	{22, "示例热力管网公司（虚构）", "D4430", qingyunpu, works, long, uses{electricity: 9_000,
		gasoline: 20, diesel: 60, water: 600}},
	{23, "示例自来水厂（虚构）", "D4610", sandian, works, long, uses{electricity: 26_000, diesel: 15,
		water: 2_600}},
	{24, "示例污水处理厂（虚构）", "D4620", daishan, works, long, uses{electricity: 31_000, solar: 700,
		water: 100}},
	{25, "示例房屋建筑公司（虚构）", "E4710", jingshan, works, long, uses{electricity: 26_000,
		gasoline: 150, diesel: 2_400, water: 950}},
	{26, "示例市政道路工程公司（虚构）", "E4813", xufang, works, long, uses{electricity: 12_000,
		gasoline: 90, diesel: 1_700, water: 400}},
}

var serviceUnits = []unit{
	{27, "示例公交公司（虚构）", "G5411", xufang, service, long, uses{electricity: 24_000, gas: 1_400,
		gasoline: 40, diesel: 2_600, water: 120}},
	{28, "示例货运公司（虚构）", "G5431", daishan, service, long, uses{electricity: 5_000, gasoline: 400,
		diesel: 7_800, water: 30}},
	{29, "示例大学（虚构）", "P8341", xufang, service, long, uses{electricity: 40_000, gas: 1_300,
		gasoline: 20, solar: 1_200, water: 3_200}},
	{30, "示例第一小学（虚构）", "P8321", hongdu, service, long, uses{electricity: 3_000, gas: 60,
		water: 140}},
	{31, "示例高级中学（虚构）", "P8334", jingshan, service, long, uses{electricity: 6_000, gas: 150,
		water: 300}},
	{32, "示例数据中心（虚构）", "I6450", qingyunpu, service, long, uses{electricity: 130_000,
		diesel: 30, water: 900}},
	{33, "示例餐饮公司（虚构）", "H6210", hongdu, service, long, uses{electricity: 22_000, gas: 1_900,
		lpg: 1_400, water: 1_200}},
	{34, "示例银行支行（虚构）", "J6621", jingshan, service, long, uses{electricity: 9_000, gasoline: 25,
		water: 80}},
	{35, "示例工程研究所（虚构）", "M7320", hongdu, service, long, uses{electricity: 24_000, gas: 300,
		gasoline: 35, solar: 300, water: 180}},
	{36, "示例区机关事务中心（虚构）", "S9221", xufang, service, long, uses{electricity: 11_000, gas: 120,
		gasoline: 120, solar: 150, water: 160}},
	{37, "示例市政设施管理所（虚构）", "N7810", sandian, service, long, uses{electricity: 26_000,
		gasoline: 60, diesel: 150, water: 2_400}},
	{38, "示例果蔬批发市场（虚构）", "F5123", daishan, service, long, uses{electricity: 18_000,
		diesel: 500, water: 600}},
}

var meterUnits = []unit{
	{39, "示例超市（虚构）", "F5212", sandian, service, meters, uses{electricity: 16_000, gas: 100,
		heat: 3_000, water: 150}},
	{40, "示例百货商场（虚构）", "F5211", jingshan, service, meters, uses{electricity: 30_000, gas: 250,
		heat: 5_000, water: 280}},
	{41, "示例酒店（虚构）", "H6110", xufang, service, meters, uses{electricity: 14_000, gas: 600,
		heat: 15_000, water: 450}},
	{hospital, "示例综合医院（虚构）", "Q8411", hongdu, service, meters, uses{electricity: 48_000,
		gas: 2_100, heat: 75_000, water: 1_300}},
	{43, "示例物业公司（虚构）", "K7020", jingshan, service, meters, uses{electricity: 55_000, gas: 900,
		heat: 8_000, water: 2_600}},
	{44, "示例写字楼租赁公司（虚构）", "K7040", xufang, service, meters, uses{electricity: 34_000,
		gas: 150, heat: 10_000, water: 400}},
	{45, "示例通信局房（虚构）", "I6311", hongdu, service, meters, uses{electricity: 62_000, gas: 20,
		heat: 2_000, water: 120}},
	{46, "示例体育中心（虚构）", "R8921", qingyunpu, service, meters, uses{electricity: 10_000, gas: 150,
		heat: 6_000, water: 600}},
}

// homeUnits returns the households of each street with what 1000 people use in a year.
func homeUnits() []unit {
	streets := []struct {
		name      string
		thousands int64
	}{
		{sandian, 49}, {hongdu, 106}, {xufang, 68}, {jingshan, 52}, {daishan, 39}, {qingyunpu, 46},
	}
	var all []unit
	for i, s := range streets {
		perThousand := uses{electricity: 950, gas: 61, lpg: 16, gasoline: 47, diesel: 2, water: 56}
		for k := range perThousand {
			perThousand[k] *= s.thousands
		}
		all = append(all, unit{101 + i, "居民生活（" + s.name + "，虚构）", residential, s.name,
			home, long, perThousand})
	}
	return all
}

// entitiesFile registers every unit, and the newcomer of the file with faults.
func entitiesFile() file {
	lines := []string{"entity,name,industry,area,valid_from"}
	all := append(units(), unit{number: newcomer, name: "示例新登记企业（虚构）", industry: "C3360",
		street: qingyunpu})
	for _, u := range all {
		lines = append(lines,
			line(code(u.number), u.name, u.industry, "360104/"+u.street, "2020-01-01"))
	}
	return file{"entities.csv", []byte(text(lines, "\n"))}
}
