package chart

import (
	"image/color"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"carbonledger/quantity"
)

// Bar is a named figure.
type Bar struct {
	Name  string
	Value quantity.Number
}

// The measures of bars that lie.
const (
	rowHeight = 22
	barsAbove = 96 // title, legend, axis and note
)

// Group is a row of bars side by side, one for each entry of the legend.
type Group struct {
	Name string
	Bars []quantity.Number
	// Words stand at the end of each bar.
	Words []string
}

// Bars draws groups of lying bars against a line that all are measured by, such as 100 % of a
// target.
func Bars(f Frame, names []string, groups []Group, line quantity.Number) Drawing {
	rowsOf := vg.Length(max(1, len(names)))
	d := Drawing{frame: f, width: pictureWidth,
		height: barsAbove + vg.Length(len(groups))*(rowsOf*11+8)}
	for i, name := range names {
		d.legend = append(d.legend, entry{name, inkOf(i), box})
	}
	d.fill = func(p *plot.Plot, n pen) {
		low, high := 0.0, f.float(line)
		var titles []string
		for _, g := range groups {
			titles = append(titles, g.Name)
			for _, value := range f.floats(g.Bars) {
				low, high = min(low, value), max(high, value)
			}
		}
		rows(p, titles)
		along(p, low, high*1.18) // words stand behind the longest bar
		p.Add(painter(func(c draw.Canvas, at place) {
			for row, g := range groups {
				f.group(c, n, at, float64(len(groups)-1-row), g, f.float(line))
			}
			limit := stroke(ink, 1.2)
			limit.Dashes = dashes
			x := at(f.float(line), 0).X
			c.StrokeLine2(limit, x, c.Min.Y, x, c.Max.Y)
		}))
	}
	return d
}

// group draws the bars of a row; words that would stand on the limit stand behind it.
func (f Frame) group(c draw.Canvas, n pen, at place, row float64, g Group, limit float64) {
	const share = 0.8 // of the row, the rest keeps groups apart
	thick := share / float64(len(g.Bars))
	for i, value := range f.floats(g.Bars) {
		top := row + share/2 - thick*float64(i)
		rectangle(c, inkOf(i), at(0, top-thick*0.08), at(value, top-thick*0.92))
		style := n.beside(noteSize)
		width, _, _ := n.Box(g.Words[i], style.Font)
		point := at(max(value, 0), top-thick/2).Add(vg.Point{X: 3})
		if x := at(limit, 0).X; point.X < x+3 && point.X+width > x-3 {
			point.X = x + 3
		}
		c.FillText(style, point, g.Words[i])
	}
}

// beside is the style of words behind a bar.
func (n pen) beside(size vg.Length) draw.TextStyle {
	s := n.style(size, ink)
	s.YAlign = draw.YCenter
	return s
}

func rectangle(c draw.Canvas, ink color.Color, a, b vg.Point) {
	c.FillPolygon(ink, []vg.Point{a, {X: b.X, Y: a.Y}, b, {X: a.X, Y: b.Y}})
}

// Waterfall draws how steps lead from one figure to another, from the top down. What the steps do
// not explain is for the caller to name as a step of its own, so that the bars meet.
func Waterfall(f Frame, start Bar, steps []Bar, end Bar) Drawing {
	d := Drawing{frame: f, width: pictureWidth,
		height: barsAbove - 2*legendGap + rowHeight*vg.Length(len(steps)+2)}
	d.fill = func(p *plot.Plot, n pen) {
		names, level := []string{start.Name}, f.float(start.Value)
		low, high := min(level, f.float(end.Value)), max(level, f.float(end.Value))
		for _, step := range steps {
			names = append(names, step.Name)
			level += f.float(step.Value)
			low, high = min(low, level), max(high, level)
		}
		rows(p, append(names, end.Name))
		from := room(low, high)
		along(p, from, high+(high-from)*0.14)
		p.Add(painter(func(c draw.Canvas, at place) {
			left := p.X.Min
			last := float64(len(steps) + 1)
			first, words, ending := f.balance(start, steps, end)
			f.whole(c, n, at, left, last, start, first)
			level := f.float(start.Value)
			for i, step := range steps {
				level = f.step(c, n, at, last-1-float64(i), level, step, words[i])
			}
			f.whole(c, n, at, left, 0, end, ending)
		}))
	}
	return d
}

// half is half the thickness of a bar, as a part of its row.
const half = 0.32

// balance rounds the figures of a waterfall so that start and steps add up to the end as printed.
func (f Frame) balance(start Bar, steps []Bar, end Bar) (first string, words []string,
	last string) {
	rounding := quantity.Rounding{Mode: quantity.HalfUp}
	for most := f.float(start.Value); most < 1000 && most > 0 && rounding.Places < 4; most *= 10 {
		rounding.Places++
	}
	per := f.Per
	if per.IsZero() {
		per = quantity.Int(1)
	}
	shown := func(n quantity.Number) quantity.Number {
		rounded, _ := quantity.RatioOf(n, per).Round(rounding)
		return rounded
	}
	a, b := shown(start.Value), shown(end.Value)
	var weights []quantity.Number
	var sum quantity.Number
	for _, step := range steps {
		weights, sum = append(weights, step.Value), sum.Add(step.Value)
	}
	parts := weights
	if !sum.IsZero() {
		parts = quantity.Split(b.Sub(a), weights, rounding)
	}
	for _, part := range parts {
		if sum.IsZero() {
			part = shown(part)
		}
		text := grouped(part.Fixed(rounding.Places))
		if part.Sign() > 0 {
			text = "+" + text
		}
		words = append(words, text)
	}
	return grouped(a.Fixed(rounding.Places)), words, grouped(b.Fixed(rounding.Places))
}

func (f Frame) whole(c draw.Canvas, n pen, at place, left, row float64, bar Bar, words string) {
	value := f.float(bar.Value)
	rectangle(c, sum, at(left, row-half), at(value, row+half))
	c.FillText(n.beside(legendSize), at(value, row).Add(vg.Point{X: 4}), words)
}

// step draws one step, tied to the row above it, and returns the level it leads to.
func (f Frame) step(c draw.Canvas, n pen, at place, row, level float64, bar Bar,
	words string) float64 {
	change := f.float(bar.Value)
	inkOfStep := less
	if change > 0 {
		inkOfStep = more
	}
	tie := at(level, row)
	c.StrokeLine2(stroke(grey, 0.5), tie.X, at(0, row+1-half).Y, tie.X, at(0, row-half).Y)
	rectangle(c, inkOfStep, at(level, row-half), at(level+change, row+half))
	right := at(max(level, level+change), row).Add(vg.Point{X: 4})
	c.FillText(n.beside(legendSize), right, words)
	return level + change
}

// Block is one measure of a cost curve: how much it brings, and what a unit of that costs.
type Block struct {
	Name  string
	Width quantity.Number
	// Height is the cost shown on the axis as it is.
	Height quantity.Number
}

// CostCurve draws measures side by side, the cheapest first: as wide as what they bring and as
// high as what a unit of it costs. The names stand in the legend, numbered.
func CostCurve(f Frame, widthUnit string, blocks []Block) Drawing {
	d := Drawing{frame: f, width: pictureWidth, height: pictureHeight}
	for i, b := range blocks {
		d.legend = append(d.legend, entry{number(i) + " " + b.Name, inkOf(i), box})
	}
	d.fill = func(p *plot.Plot, n pen) {
		costs := Frame{}
		low, high, width := 0.0, 0.0, 0.0
		for _, b := range blocks {
			low, high = min(low, costs.float(b.Height)), max(high, costs.float(b.Height))
			width += f.float(b.Width)
		}
		edge := (high - low) * 0.1 // numbers stand above the blocks
		upright(p, low-edge/2, high+edge)
		sideways := inside(round(0, width), 0, width)
		p.X.Min, p.X.Max = 0, width
		p.X.Tick.Marker = plot.ConstantTicks(sideways)
		p.X.Label.Text = widthUnit
		p.Add(painter(func(c draw.Canvas, at place) {
			x := 0.0
			for i, b := range blocks {
				next, height := x+f.float(b.Width), costs.float(b.Height)
				rectangle(c, inkOf(i), at(x, 0), at(next, height))
				style := n.style(legendSize, ink)
				style.XAlign = draw.XCenter
				point := at((x+next)/2, max(height, 0)).Add(vg.Point{Y: 2})
				c.FillText(style, point, number(i))
				x = next
			}
			zero := at(0, 0).Y
			c.StrokeLine2(stroke(grey, 0.7), c.Min.X, zero, c.Max.X, zero)
		}))
	}
	return d
}

// Swing is what one datum moves: the result at its low end and at its high end.
type Swing struct {
	Name      string
	Low, High quantity.Number
}

// Tornado draws swings around a middle, the widest on top; the caller has them in order.
func Tornado(f Frame, middle quantity.Number, low, high string, swings []Swing) Drawing {
	d := Drawing{frame: f, width: pictureWidth,
		height: barsAbove + rowHeight*vg.Length(len(swings)),
		legend: []entry{{low, sum, box}, {high, more, box}}}
	d.fill = func(p *plot.Plot, n pen) {
		var names []string
		least, most := f.float(middle), f.float(middle)
		for _, s := range swings {
			names = append(names, s.Name)
			least = min(least, f.float(s.Low), f.float(s.High))
			most = max(most, f.float(s.Low), f.float(s.High))
		}
		rows(p, names)
		edge := (most - least) * 0.12
		along(p, least-edge, most+edge)
		p.Add(painter(func(c draw.Canvas, at place) {
			for i, s := range swings {
				f.swing(c, n, at, float64(len(swings)-1-i), f.float(middle), s)
			}
			x := at(f.float(middle), 0).X
			c.StrokeLine2(stroke(ink, 1), x, c.Min.Y, x, c.Max.Y)
		}))
	}
	return d
}

func (f Frame) swing(c draw.Canvas, n pen, at place, row, middle float64, s Swing) {
	for _, end := range []struct {
		value float64
		ink   color.Color
	}{{f.float(s.Low), sum}, {f.float(s.High), more}} {
		rectangle(c, end.ink, at(middle, row-half), at(end.value, row+half))
		style := n.beside(noteSize)
		point := at(end.value, row).Add(vg.Point{X: 3})
		if end.value < middle {
			style.XAlign = draw.XRight
			point.X -= 6
		}
		c.FillText(style, point, plain(end.value))
	}
}

// number is the mark of a block, counted from 1.
func number(i int) string { return strconv.Itoa(i + 1) }
