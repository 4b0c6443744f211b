package scenarios

import "carbonledger/quantity"

// Memo is a figure that stands beside the totals: solar power exported, CO2 captured, green power.
type Memo struct {
	Name, Sector, Commodity string
	Value                   quantity.Number
}

// The names of memos, and the unit each counts in.
const (
	MemoSolarGenerated = "solar-generated"   // kWh
	MemoSolarExported  = "solar-exported"    // kWh
	MemoCaptured       = "co2-captured"      // kg
	MemoGreenPower     = "green-power"       // kWh
	MemoMarketCO2      = "co2-market"        // kg of the whole year, by the market method
	MemoVehicleShare   = "vehicle-share"     // % of the vehicles that used the commodity
	MemoRetrofitted    = "floor-retrofitted" // % of the floor of the base year
	MemoWasteHeat      = "waste-heat-used"   // kJ
	MemoWaterSaved     = "water-saved"       // L
	MemoWaterPower     = "water-power-saved" // kWh
	MemoGridNonFossil  = "grid-non-fossil"   // %
)

// MemoUnits name the unit of every memo.
var MemoUnits = map[string]string{
	MemoSolarGenerated: "kWh", MemoSolarExported: "kWh", MemoCaptured: "kg", MemoGreenPower: "kWh",
	MemoMarketCO2: "kg", MemoVehicleShare: "%", MemoRetrofitted: "%", MemoWasteHeat: "kJ",
	MemoWaterSaved: "L", MemoWaterPower: "kWh", MemoGridNonFossil: "%",
}
