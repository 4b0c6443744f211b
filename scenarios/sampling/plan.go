package sampling

import (
	"fmt"
	"math"
	"slices"

	"carbonledger/scenarios/sampling/elementary"
)

// Assumption is a number nobody knows, by name.
type Assumption struct {
	Name         string
	Distribution Distribution
}

// Plan says what is drawn, how often and how. The same plan draws the same samples.
type Plan struct {
	Assumptions []Assumption
	Groups      []Group
	Design      Design
	Samples     int
	Seed        uint64
}

// Check says what makes a plan unfit: a name twice, a group of strangers, correlations that no
// values can have, a number of samples that the design does not take.
func (p Plan) Check() error {
	_, err := p.ready()
	return err
}

// drawing is a plan made ready: one entry for each assumption, and one for each group.
type drawing struct {
	plan    Plan
	copulas []copula
	// alone are the places of the assumptions in no group.
	alone []int
}

func (p Plan) ready() (drawing, error) {
	if len(p.Assumptions) == 0 {
		return drawing{}, fmt.Errorf("no assumption is uncertain; give one a distribution")
	}
	if err := p.Design.check(p.Samples, len(p.Assumptions)); err != nil {
		return drawing{}, err
	}
	places, owner := map[string]int{}, map[string]string{}
	for i, a := range p.Assumptions {
		if _, twice := places[a.Name]; twice {
			return drawing{}, fmt.Errorf("assumption %s stands there twice", a.Name)
		}
		if a.Distribution.quantile == nil {
			return drawing{}, fmt.Errorf("assumption %s has no distribution", a.Name)
		}
		places[a.Name] = i
	}
	d := drawing{plan: p}
	for _, group := range p.Groups {
		var members []int
		for _, name := range group.Members {
			place, ok := places[name]
			switch {
			case !ok:
				return drawing{}, fmt.Errorf("group %s: %s is no assumption", group.Name, name)
			case owner[name] != "":
				return drawing{}, fmt.Errorf("group %s: %s is in group %s already",
					group.Name, name, owner[name])
			}
			owner[name] = group.Name
			members = append(members, place)
		}
		c, err := newCopula(group, members)
		if err != nil {
			return drawing{}, err
		}
		d.copulas = append(d.copulas, c)
	}
	for i, a := range p.Assumptions {
		if owner[a.Name] == "" {
			d.alone = append(d.alone, i)
		}
	}
	return d, nil
}

// blockSize is how many samples a worker takes at a time.
const blockSize = 256

func blocks(samples, size int) int { return (samples + size - 1) / size }

// span returns the samples of a block.
func span(block, samples, size int) (from, to int) {
	return block * size, min((block+1)*size, samples)
}

// values turns points into values of the assumptions, in place, column by column.
func (d drawing) values(points [][]float64, workers int) {
	count := blocks(len(points[0]), blockSize)
	share(workers, len(d.alone)*count, func() func(int) {
		return func(task int) {
			place := d.alone[task/count]
			quantile := d.plan.Assumptions[place].Distribution.quantile
			from, to := span(task%count, len(points[0]), blockSize)
			for i, u := range points[place][from:to] {
				points[place][from+i] = quantile(u)
			}
		}
	})
	for _, c := range d.copulas {
		share(workers, count, func() func(int) {
			z, y := make([]float64, len(c.places)), make([]float64, len(c.places))
			return func(block int) {
				from, to := span(block, len(points[0]), blockSize)
				for i := from; i < to; i++ {
					for j, place := range c.places {
						z[j] = elementary.NormalQuantile(points[place][i])
					}
					c.tie(z, y)
					for j, place := range c.places {
						u := inside(elementary.NormalBelow(y[j]))
						points[place][i] = d.plan.Assumptions[place].Distribution.quantile(u)
					}
				}
			}
		})
	}
}

// inside keeps a chance off 0 and 1, where a distribution may have no value.
func inside(u float64) float64 { return math.Min(math.Max(u, 0x1p-1000), 1-0x1p-53) }

// independent returns the names of what is drawn independently, the groups and then the others,
// with the places that move together.
func (d drawing) independent() (names []string, places [][]int) {
	for i, c := range d.copulas {
		names, places = append(names, d.plan.Groups[i].Name), append(places, c.places)
	}
	for _, place := range d.alone {
		names = append(names, d.plan.Assumptions[place].Name)
		places = append(places, []int{place})
	}
	return slices.Clip(names), places
}
