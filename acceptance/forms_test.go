package acceptance

import (
	"testing"

	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// The forms 205-1 and 205-2 of one enterprise and one year, as the columns that count.
const (
	formHead = "统一社会信用代码：91350100M000100Y43\n2022年1—12月\n"
	form1    = formHead + "能源名称,计量单位,购进量,消费量合计\n"
	form2    = formHead +
		"能源名称,计量单位,火力发电,炼焦,加工转换产出,回收利用,其中：外供量\n"
)

// newPlant returns a book with an enterprise of Jiangxi.
func newPlant(t *testing.T) book {
	t.Helper()
	b := newBook(t)
	b.file("entities", "统一社会信用代码,单位名称,行业代码,所在街道,起始日期\n"+
		"91350100M000100Y43,示例公司,C4411,360104,2020-01-01\n")
	return b
}

// readings are what a policy makes of a year: kg CO2e of scopes 1 and 2 and kgce of energy.
type readings struct{ scope1, scope2, energy string }

func (b book) reads(t *testing.T, policy string, want readings) {
	t.Helper()
	scopes := b.by(policy, inventory.CO2e, "2022", inventory.Scope, "gas=co2")
	same(t, policy+": kg CO2 of scope 1", scopes["1"], want.scope1)
	same(t, policy+": kg CO2 of scope 2", scopes["2"], want.scope2)
	same(t, policy+": kgce", b.total(policy, inventory.Energy, "2022"), want.energy)
}

// TestOwnPowerCountsOnce: 1000 t of anthracite, of which 800 t make 200万kWh; 30万kWh are bought,
// 180 used and 50 sold. The worked example of docs/format/nbs-205-2.md:
//
//	scope 1       1000 t x 2.3227684663 t/t, whether or not it made power
//	scope 2       bought 30 - sold 50 of the national methods; bought 30 of the GHG Protocol
//	energy        942.8 + 180 x 1.229 - 200 x 1.229 = 918.22 tce, the definition of the bureau:
//	              consumption less conversion output; the GHG Protocol keeps what is sold
func TestOwnPowerCountsOnce(t *testing.T) {
	b := newPlant(t)
	b.file("nbs-205-1", form1+"无烟煤,吨,1000,1000\n电力,万千瓦时,30,180\n")
	b.file("nbs-205-2", form2+"无烟煤,吨,800,,,,\n电力,万千瓦时,,,200,,50\n")
	national := readings{"2322768.4663", "-115040", "918220"}
	b.reads(t, "cn-statistics", national)
	b.reads(t, "cn-enterprise", national)
	b.reads(t, "ghgp", readings{"2322768.4663", "172560", "979670"})
	definition := num(t, "942.8").Add(num(t, "1.229").Mul(quantity.Int(180 - 200)))
	same(t, "tce by the definition", definition, "918.22")
}

// TestForm1AloneCountsTheFuel: without form 205-2 nothing is known of the power a firm made; what
// it burned counts the same.
func TestForm1AloneCountsTheFuel(t *testing.T) {
	b := newPlant(t)
	b.file("nbs-205-1", form1+"无烟煤,吨,1000,1000\n电力,万千瓦时,30,180\n")
	for _, policy := range []string{"cn-statistics", "cn-enterprise", "ghgp"} {
		scopes := b.by(policy, inventory.CO2e, "2022", inventory.Scope, "gas=co2")
		same(t, policy+": kg CO2 of scope 1", scopes["1"], "2322768.4663")
	}
}

// TestCokingCountsOnce: 1000 t of cleaned coal become 750 t of coke, which is sold, and 30万Nm3 of
// coke-oven gas, which is burned there. The coal burns nowhere, the gas once.
//
//	scope 1       30万Nm3 x 173.854 x 0.0136 x 0.99 x 44/12 = 257.48472816 t
//	energy        1000 x 0.9 + 30 x 6.143 - 750 x 0.9714 - 30 x 6.143 = 171.45 tce
func TestCokingCountsOnce(t *testing.T) {
	b := newPlant(t)
	b.file("nbs-205-1", form1+"洗精煤,吨,1000,1000\n焦炉煤气,万Nm3,0,30\n")
	b.file("nbs-205-2", form2+"洗精煤,吨,,1000,,,\n焦炭,吨,,,750,,\n焦炉煤气,万Nm3,,,30,,\n")
	for _, policy := range []string{"cn-statistics", "cn-enterprise", "ghgp"} {
		scopes := b.by(policy, inventory.CO2e, "2022", inventory.Scope, "gas=co2")
		same(t, policy+": kg CO2 of scope 1", scopes["1"], "257484.72816")
		same(t, policy+": kgce", b.total(policy, inventory.Energy, "2022"), "171450")
	}
}

// TestRecoveredGasCountsOnce: 100 t of coke are counted as burned, and of the furnace gas they give
// 80万Nm3 are recovered, 70 burned in boilers and 10 sold: its carbon is that of the coke.
//
//	scope 1       100 x coke + 70 x gas - 80 x gas = 100 t x 2.8518228036 t/t - 10 x gas
func TestRecoveredGasCountsOnce(t *testing.T) {
	b := newPlant(t)
	b.file("nbs-205-1", form1+"焦炭,吨,100,100\n高炉煤气,万Nm3,0,70\n")
	before := b.by("cn-statistics", inventory.CO2e, "2022", inventory.Commodity, "scope=1")
	b.file("nbs-205-2", form2+"高炉煤气,万Nm3,,,,80,10\n")
	after := b.by("cn-statistics", inventory.CO2e, "2022", inventory.Commodity, "scope=1")
	gas := before["blast-furnace-gas"]
	same(t, "coke", after["coke"], before["coke"].String())
	same(t, "7 x furnace gas", after["blast-furnace-gas"].Mul(quantity.Int(7)), gas.Neg().String())
	if gas.Sign() <= 0 {
		t.Errorf("furnace gas burned = %s, want a figure to take it off from", gas)
	}
}
