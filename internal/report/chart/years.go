package chart

import (
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"carbonledger/quantity"
)

// Years are the years of a chart; up to Measured they are from the book.
type Years struct {
	List     []int
	Measured int
	// Names of the two kinds in the legend.
	History, Projection string
}

// Path is a line of one scenario, with the year of its peak, 0 where none is to be marked.
type Path struct {
	Series
	Peak int
}

// Lines draws paths: solid where measured, dashed where projected, the peaks marked.
func Lines(f Frame, y Years, paths []Path) Drawing {
	d := Drawing{frame: f, width: pictureWidth, height: pictureHeight}
	for i, path := range paths {
		d.legend = append(d.legend, entry{path.Name, inkOf(i), dashed})
	}
	d.legend = append(d.legend, entry{y.History, ink, solid})
	d.fill = func(p *plot.Plot, n pen) {
		low, high := math.Inf(1), 0.0
		for _, path := range paths {
			for _, value := range f.floats(path.Values) {
				low, high = min(low, value), max(high, value)
			}
		}
		y.axes(p, room(low, high), high+(high-room(low, high))*0.1) // peaks are named above
		p.Add(painter(func(c draw.Canvas, at place) {
			y.boundary(c, at)
			marks := &labels{canvas: c, pen: n}
			for i, path := range paths {
				f.path(c, at, y, path, inkOf(i))
				marks.avoid(f.points(at, y, path))
			}
			for i, path := range paths {
				f.peak(at, y, path, inkOf(i), marks)
			}
		}))
	}
	return d
}

// room is where an axis begins: at 0, or close below the lowest figure where that is far up, so
// that paths lie apart; the axis then shows that it does not begin at 0.
func room(low, high float64) float64 {
	if low < high/2 {
		return 0
	}
	return low - (high-low)/2
}

func (f Frame) points(at place, y Years, path Path) (points []vg.Point) {
	for i, value := range f.floats(path.Values) {
		points = append(points, at(float64(y.List[i]), value))
	}
	return points
}

func (f Frame) path(c draw.Canvas, at place, y Years, path Path, ink color.NRGBA) {
	var before, after []vg.Point
	for i, point := range f.points(at, y, path) {
		if y.List[i] <= y.Measured {
			before = append(before, point)
		}
		if y.List[i] >= y.Measured {
			after = append(after, point)
		}
	}
	line := stroke(ink, 1.8)
	line.Dashes = dashes
	c.StrokeLines(line, after)
	c.StrokeLines(stroke(colorOfHistory, 2), before)
}

var colorOfHistory = ink

// peak marks the highest year of a path with a ring and says year and height.
func (f Frame) peak(at place, y Years, path Path, ink color.NRGBA, marks *labels) {
	for i, value := range f.floats(path.Values) {
		if y.List[i] != path.Peak {
			continue
		}
		point := at(float64(path.Peak), value)
		marks.canvas.DrawGlyph(draw.GlyphStyle{Color: color.White, Radius: 4,
			Shape: draw.CircleGlyph{}}, point)
		marks.canvas.DrawGlyph(draw.GlyphStyle{Color: ink, Radius: 4, Shape: draw.RingGlyph{}},
			point)
		marks.put(strconv.Itoa(path.Peak)+": "+plain(value), point, ink)
	}
}

// Areas draws parts on top of each other; together they are the total.
func Areas(f Frame, y Years, parts []Series) Drawing {
	d := Drawing{frame: f, width: pictureWidth, height: pictureHeight}
	for i := len(parts) - 1; i >= 0; i-- { // the legend reads from the top area down
		d.legend = append(d.legend, entry{parts[i].Name, inkOf(i), box})
	}
	d.fill = func(p *plot.Plot, _ pen) {
		top := make([]float64, len(y.List))
		bands := make([]band, len(parts))
		for i, part := range parts {
			bottom := append([]float64{}, top...)
			for j, value := range f.floats(part.Values) {
				top[j] += value
			}
			bands[i] = band{bottom, append([]float64{}, top...), inkOf(i)}
		}
		high := 0.0
		for _, value := range top {
			high = max(high, value)
		}
		y.axes(p, 0, high*1.04)
		p.Add(painter(func(c draw.Canvas, at place) {
			for _, b := range bands {
				b.draw(c, at, y)
			}
			y.boundary(c, at)
		}))
	}
	return d
}

// band is an area between two lines.
type band struct {
	low, high []float64
	ink       color.NRGBA
}

func (b band) draw(c draw.Canvas, at place, y Years) {
	var outline []vg.Point
	for i, year := range y.List {
		outline = append(outline, at(float64(year), b.high[i]))
	}
	upper := outline
	for i := len(y.List) - 1; i >= 0; i-- {
		outline = append(outline, at(float64(y.List[i]), b.low[i]))
	}
	c.FillPolygon(b.ink, outline)
	c.StrokeLines(stroke(color.White, 0.6), upper)
}

// Spread is an interval of a fan in each year, such as 5 to 95 % of what may come.
type Spread struct {
	Name      string
	Low, High []quantity.Number
}

// Fan draws intervals, the widest first, and the median through them: solid where measured, dashed
// where projected.
func Fan(f Frame, y Years, spreads []Spread, median Series) Drawing {
	d := Drawing{frame: f, width: pictureWidth, height: pictureHeight}
	shade := func(i int) color.NRGBA {
		const lightest, step = 60, 60
		return faint(sum, uint8(min(lightest+step*i, 220)))
	}
	for i, spread := range spreads {
		d.legend = append(d.legend, entry{spread.Name, shade(i), box})
	}
	d.legend = append(d.legend, entry{y.History, ink, solid}, entry{median.Name, ink, dashed})
	d.fill = func(p *plot.Plot, _ pen) {
		low, high := math.Inf(1), 0.0
		for _, spread := range spreads {
			for i, value := range f.floats(spread.Low) {
				low, high = min(low, value), max(high, f.float(spread.High[i]))
			}
		}
		y.axes(p, room(low, high), high+(high-low)*0.04)
		p.Add(painter(func(c draw.Canvas, at place) {
			y.boundary(c, at)
			for i, spread := range spreads {
				band{f.floats(spread.Low), f.floats(spread.High), shade(i)}.draw(c, at, y)
			}
			f.path(c, at, y, Path{Series: median}, ink)
		}))
	}
	return d
}

// axes are years along the bottom, each named where there is place, and round figures up the side.
func (y Years) axes(p *plot.Plot, low, high float64) {
	first, last := y.List[0], y.List[len(y.List)-1]
	p.X.Min, p.X.Max = float64(first), float64(last)
	if first == last {
		p.X.Min, p.X.Max = p.X.Min-0.5, p.X.Max+0.5
	}
	const named = 12 // as many years stand side by side without touching
	step := (last-first)/named + 1
	var ticks []plot.Tick
	for year := last; year >= first; year -= step {
		ticks = append(ticks, plot.Tick{Value: float64(year), Label: strconv.Itoa(year)})
	}
	p.X.Tick.Marker = plot.ConstantTicks(ticks)
	upright(p, low, high)
}

// boundary is the line between what was measured and what is projected.
func (y Years) boundary(c draw.Canvas, at place) {
	if y.Measured <= y.List[0] || y.Measured >= y.List[len(y.List)-1] {
		return
	}
	line := stroke(grey, 0.6)
	line.Dashes = []vg.Length{1.5, 2}
	x := at(float64(y.Measured), 0).X
	c.StrokeLine2(line, x, c.Min.Y, x, c.Max.Y)
}
