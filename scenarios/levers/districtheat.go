package levers

// districtHeat replaces a share of a fuel by heat from a network.
//
//	heat gained (kgce) = fuel x share / 100 x switch-ratio
//
// The ratio is about the efficiency of the boiler that goes: 0.8 for one of 80 %, as heat from the
// network arrives as heat. Its CO2 is the policy's factor of heat.
var districtHeat = word{"district-heat", "heat", towardsOnly("heat")}
