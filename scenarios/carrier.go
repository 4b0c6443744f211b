package scenarios

// Electricity is the id of the commodity the grid delivers.
const Electricity = "electricity"

// nonFossil lists the carriers whose energy counts as non-fossil: own solar power and what is grown
// or rots, as the energy statistics of China define renewable energy. Hydrogen is as clean as its
// making and recovered heat as what it is recovered from; neither is counted.
var nonFossil = []string{"electricity-solar", "biomass", "biogas", "biogas-mass", "wood-logs",
	"wood-chips", "wood-pellets", "straw", "solid-biomass-other", "charcoal", "biodiesel",
	"biodiesel-volume", "ethanol", "ethanol-volume", "biogasoline", "other-liquid-biofuel",
	"municipal-waste-biogenic", "black-liquor", "sludge-gas-mass", "landfill-gas-mass",
	"agricultural-byproducts"}
