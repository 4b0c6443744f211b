package kaya

// Results says how many numbers an evaluation writes: the CO2 of each year, then the energy.
func (m *Model) Results() int { return 2 * m.years }

// CO2 returns the place of the CO2 of a year among the results; years count from 0.
func (m *Model) CO2(year int) int { return year }

// Energy returns the place of the energy of a year.
func (m *Model) Energy(year int) int { return m.years + year }

// room is what an evaluation works in.
type room struct {
	*Model
	// level and growth say how a sample moves each row: times level, and times growth every year.
	level, growth []float64
	// used is the energy of the sample, as the list of the model. byYear has its factors carrier by
	// carrier within a year. gains has the net parts that the carriers of a sector win, for each
	// profile.
	used, byYear, gains []float64
	co2, energy         []float64
}

// Start returns an evaluation with room of its own.
func (m *Model) Start() func(sample, results []float64) {
	rows := m.sectors + m.carriers
	r := &room{Model: m, level: make([]float64, rows), growth: make([]float64, rows),
		used: make([]float64, len(m.energy)), byYear: make([]float64, len(m.factor)),
		gains: make([]float64, len(m.profiles)*m.sectors*m.carriers),
		co2:   make([]float64, m.width), energy: make([]float64, m.width)}
	return r.evaluate
}

func (r *room) evaluate(sample, results []float64) {
	r.move(sample)
	for s := range r.sectors {
		row := s * r.width
		times, growth := r.level[s], r.growth[s]
		used := r.used[row : row+r.width]
		for y, x := range r.Model.energy[row : row+r.width] {
			used[y] = x * times
			times *= growth
		}
	}
	for c := range r.carriers {
		times, growth := r.level[r.sectors+c], r.growth[r.sectors+c]
		at := c
		for _, x := range r.factor[c*r.width : (c+1)*r.width] {
			r.byYear[at] = x * times
			times *= growth
			at += r.carriers
		}
	}
	clear(r.co2)
	clear(r.energy)
	if len(r.profiles) == 1 {
		r.sumShifted()
	} else {
		r.sum()
	}
	copy(results[:r.years], r.co2)
	copy(results[r.years:2*r.years], r.energy)
}

// move gathers what the sample does to the rows and the shares. Rates on one row multiply:
// (1 + a)^t (1 + b)^t = ((1 + a)(1 + b))^t.
func (r *room) move(sample []float64) {
	for i := range r.level {
		r.level[i], r.growth[i] = 1, 1
	}
	for i := range r.moves {
		m := &r.moves[i]
		list, x := r.level, sample[m.assumption]
		if m.rate {
			list, x = r.growth, 1+float64(x*perCent)
		}
		for row := m.from; row < m.to; row++ {
			list[row] *= x
		}
	}
	clear(r.gains)
	for i := range r.shifts {
		s := &r.shifts[i]
		part := float64(sample[s.assumption] * perCent)
		r.gains[s.gains] += part
		r.gains[s.loses] -= part
	}
}

const perCent = 0.01

// sum adds up for any number of profiles: for each sector and year, the mean factor of the sector,
//
//	mix = sum over carriers of factor x share
//	      + sum over profiles of covered x sum over carriers of factor x gain
//
// times its energy.
func (r *room) sum() {
	for s := range r.sectors {
		for y := range r.years {
			row := s*r.width + y
			factor := r.byYear[y*r.carriers : (y+1)*r.carriers]
			mix := dot(factor, r.share[row*r.carriers:])
			for p, covered := range r.profiles {
				mix += float64(covered[y] * dot(factor, r.gains[(p*r.sectors+s)*r.carriers:]))
			}
			r.energy[y] += r.used[row]
			r.co2[y] += float64(r.used[row] * mix)
		}
	}
}

func dot(a, b []float64) float64 {
	b = b[:len(a)]
	sum := 0.0
	for i, x := range a {
		sum += float64(x * b[i])
	}
	return sum
}

// sumShifted is sum for one profile: both inner sums go in one loop, for two years at a time, which
// keeps the processor busy. It adds in the same order as sum, so the results are the same to the
// last bit.
func (r *room) sumShifted() {
	used, shares, n := r.used, r.share, r.carriers
	co2 := r.co2
	energy, covered := r.energy[:len(co2)], r.profiles[0][:len(co2)]
	for s := range r.sectors {
		gains, factors := r.gains[s*n:(s+1)*n], r.byYear
		need := used[:len(co2)]
		used = used[len(co2):]
		for y := 0; y < len(co2)-1; y += 2 {
			factor0, factor1 := factors[:len(gains)], factors[len(gains):][:len(gains)]
			share0, share1 := shares[:len(gains)], shares[len(gains):][:len(gains)]
			factors, shares = factors[2*len(gains):], shares[2*len(gains):]
			base0, base1, gained0, gained1 := 0.0, 0.0, 0.0, 0.0
			for c, gain := range gains {
				base0 += float64(factor0[c] * share0[c])
				gained0 += float64(factor0[c] * gain)
				base1 += float64(factor1[c] * share1[c])
				gained1 += float64(factor1[c] * gain)
			}
			energy[y] += need[y]
			energy[y+1] += need[y+1]
			co2[y] += float64(need[y] * (base0 + float64(covered[y]*gained0)))
			co2[y+1] += float64(need[y+1] * (base1 + float64(covered[y+1]*gained1)))
		}
	}
}
