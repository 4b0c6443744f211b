package column

// Select returns the rows that are to be kept, by their number. It shares the lists.
func (r *Rows) Select(keep func(row int) bool) *Rows {
	kept := &Rows{Whos: r.Whos, Whats: r.Whats, Whens: r.Whens, Series: r.Series}
	words := r.Words
	for i, scale := range r.Scales {
		is := keep(i)
		if is {
			kept.Add(Row{Who: r.Who[i], What: r.What[i], When: r.When[i], Serie: r.Serie[i],
				Line: r.Lines[i], Serial: r.Serials[i], Scale: scale, Figure: r.Figures[i]})
		}
		if scale == Explicit {
			if is {
				kept.Words = append(kept.Words, words[0])
			}
			words = words[1:]
		}
	}
	return kept
}
