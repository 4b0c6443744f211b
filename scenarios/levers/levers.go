// Package levers holds the kinds of assumption a scenario can make, one file each.
//
// The order of All is the order in which they are applied, and it matters: growth moves the
// economy, structure divides it anew, efficiency changes what a unit of it uses, switches replace
// what is left of one commodity by another, and the grid factor weighs the electricity there is
// after that. The order of the rows in a file does not matter.
package levers

import "carbonledger/scenarios"

// All returns every lever in the order of application.
func All() []scenarios.Lever {
	return []scenarios.Lever{Growth{}, Structure{}, Efficiency{}, Switch{}, GridFactor{}}
}
