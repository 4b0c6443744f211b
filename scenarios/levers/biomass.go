package levers

// biomass replaces a share of a fuel by biomass, pellets, straw or biogas.
//
//	biomass gained (kgce) = fuel x share / 100 x switch-ratio
//
// Its CO2 counts as the policy says: the guidelines of China and IPCC 2006 (volume 2, chapter 2)
// leave the CO2 of burning biomass out of the total. It counts as non-fossil energy.
var biomass = word{"biomass", "biomass",
	towardsOnly("biomass", "wood-pellets", "wood-chips", "wood-logs", "straw", "biogas")}
