package targets

import _ "embed"

//go:embed published.csv
var publishedFile []byte

// Published returns targets that were published for China and Jiangxi, each with its source. They
// are those of the country and the province: what falls to a district is for it to say.
func Published() []Target {
	list, faults := Parse("published.csv", publishedFile)
	if len(faults) > 0 {
		panic(faults[0].Error()) // the file comes with the program
	}
	return list
}
