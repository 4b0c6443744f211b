package chart

import (
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// place turns figures into a point on paper.
type place func(x, y float64) vg.Point

// painter is a function that draws into the plot.
type painter func(c draw.Canvas, at place)

// Plot draws.
func (paint painter) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	paint(c, func(a, b float64) vg.Point { return vg.Point{X: x(a), Y: y(b)} })
}

// upright is the axis of figures, with lines across the plot.
func upright(p *plot.Plot, low, high float64) {
	figures(p, &p.Y, low, high, func(c draw.Canvas, at place, value float64) (from, to vg.Point) {
		y := at(0, value).Y
		return vg.Point{X: c.Min.X, Y: y}, vg.Point{X: c.Max.X, Y: y}
	})
}

// along is the axis of figures of bars that lie: the same along the bottom.
func along(p *plot.Plot, low, high float64) {
	figures(p, &p.X, low, high, func(c draw.Canvas, at place, value float64) (from, to vg.Point) {
		x := at(value, 0).X
		return vg.Point{X: x, Y: c.Min.Y}, vg.Point{X: x, Y: c.Max.Y}
	})
}

// figures makes an axis one of figures; across says where the line of a figure runs.
func figures(p *plot.Plot, axis *plot.Axis, low, high float64,
	across func(c draw.Canvas, at place, value float64) (from, to vg.Point)) {
	ticks := inside(round(low, high), low, high)
	axis.Min, axis.Max = low, high
	axis.Tick.Marker = plot.ConstantTicks(ticks)
	axis.LineStyle.Width, axis.Tick.LineStyle.Width = 0, 0
	p.Add(painter(func(c draw.Canvas, at place) {
		for _, tick := range ticks {
			line := stroke(pale, 0.5)
			if tick.Value == 0 {
				line = stroke(grey, 0.7)
			}
			from, to := across(c, at, tick.Value)
			c.StrokeLine2(line, from.X, from.Y, to.X, to.Y)
		}
	}))
}

func inside(ticks []plot.Tick, low, high float64) []plot.Tick {
	return slices.DeleteFunc(ticks, func(tick plot.Tick) bool {
		return tick.Value < low || tick.Value > high
	})
}

// rows names the bars that lie, from the top down.
func rows(p *plot.Plot, names []string) {
	var ticks []plot.Tick
	for i, name := range names {
		ticks = append(ticks, plot.Tick{Value: float64(len(names) - 1 - i), Label: name})
	}
	p.Y.Tick.Marker = plot.ConstantTicks(ticks)
	p.Y.Min, p.Y.Max = -0.6, float64(len(names))-0.4
	p.Y.Tick.Length = 0
}

// round returns ticks at 1, 2 or 5 times a power of ten, about five of them, that hold the range.
func round(low, high float64) []plot.Tick {
	const about = 5
	if high <= low {
		high = low + 1
	}
	step := math.Pow(10, math.Floor(math.Log10((high-low)/about)))
	for _, factor := range []float64{1, 2, 5, 10} {
		if (high-low)/(step*factor) <= about+1.2 {
			step *= factor
			break
		}
	}
	first, last := math.Floor(low/step), math.Ceil(high/step)
	places := max(0, int(math.Ceil(-math.Log10(step)-1e-9)))
	var ticks []plot.Tick
	for i := first; i <= last; i++ {
		text := strconv.FormatFloat(i*step, 'f', places, 64)
		ticks = append(ticks, plot.Tick{Value: i * step, Label: grouped(text)})
	}
	return ticks
}

// plain is a figure beside a mark, with three digits that count and no more than it has.
func plain(value float64) string {
	places := 0
	if size := math.Abs(value); size < 1000 && size > 0 {
		places = max(0, min(4, 3-int(math.Floor(math.Log10(size)))-1))
	}
	text := strconv.FormatFloat(value, 'f', places, 64)
	if value, _ := strconv.ParseFloat(text, 64); value == 0 {
		return "0"
	}
	return grouped(text)
}

// grouped sets marks between thousands.
func grouped(text string) string {
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "−", text[1:]
	}
	whole, rest, pointed := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if pointed {
		whole += "." + rest
	}
	return sign + whole
}

// labels puts words beside marks so that none covers another.
type labels struct {
	canvas draw.Canvas
	pen    pen
	taken  []vg.Rectangle
}

// avoid keeps words off a line.
func (l *labels) avoid(line []vg.Point) {
	const pieces = 12
	for i := 1; i < len(line); i++ {
		for n := range pieces + 1 {
			part := vg.Length(n) / pieces
			at := line[i-1].Add(line[i].Sub(line[i-1]).Scale(part))
			l.taken = append(l.taken, vg.Rectangle{Min: at.Sub(vg.Point{X: 1, Y: 2}),
				Max: at.Add(vg.Point{X: 1, Y: 2})})
		}
	}
}

// put writes at the nearest free place above, then below the mark.
func (l *labels) put(words string, mark vg.Point, ink color.Color) {
	style := l.pen.style(legendSize, ink)
	width, height, _ := l.pen.Box(words, style.Font)
	x := min(max(mark.X-width/2, l.canvas.Min.X), l.canvas.Max.X-width)
	for _, off := range []vg.Length{7, -7 - height, 14, -14 - height, 21, 28,
		-21 - height, 35, -28 - height, -35 - height} {
		at := vg.Point{X: x, Y: mark.Y + off}
		place := vg.Rectangle{Min: at, Max: vg.Point{X: x + width, Y: at.Y + height}}
		inside := place.Min.Y >= l.canvas.Min.Y && place.Max.Y <= l.canvas.Max.Y+legendGap
		if inside && !l.covers(place) {
			l.taken = append(l.taken, place)
			l.canvas.FillText(style, at, words)
			return
		}
	}
}

func (l *labels) covers(place vg.Rectangle) bool {
	for _, other := range l.taken {
		if place.Min.X < other.Max.X && other.Min.X < place.Max.X &&
			place.Min.Y < other.Max.Y && other.Min.Y < place.Max.Y {
			return true
		}
	}
	return false
}
