package levers

// hydrogen replaces a share of a fuel by hydrogen.
//
//	hydrogen gained (kgce) = fuel x share / 100 x switch-ratio
//
// The CO2 of making it is what the policy's factor of hydrogen says; without one the row is a fault
// and hydrogen is not clean by default.
var hydrogen = word{"hydrogen", "hydrogen", towardsOnly("hydrogen")}
