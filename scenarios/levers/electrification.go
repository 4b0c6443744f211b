package levers

import "carbonledger/scenarios/course"

// electrification replaces a share of a fuel or of heat by electricity: furnaces, boilers,
// kitchens, heat pumps.
//
//	electricity gained (kgce) = fuel x share / 100 x switch-ratio
//
// The ratio says how much less the electric way needs. It is the quotient of the efficiencies: a
// boiler of 80 % against a heat pump with a coefficient of performance of 3.2 gives 0.8/3.2 = 0.25.
// Without a row it is 1, which claims no gain.
var electrification = word{"electrification", course.Electricity, towardsOnly(course.Electricity)}
