// Package chart draws series as pictures: stacked areas, lines with history and projection, bars
// against targets, a waterfall, a cost curve, a fan, a tornado; each as SVG and as PNG.
//
// It is the only door to the drawing library and the only place of the reports in which figures
// become floats, and only to find a place on paper: no drawn figure is read back. Texts come in the
// reader's language from the caller. The same series give the same bytes.
package chart

import (
	"image/color"
	"strconv"
	"strings"

	"golang.org/x/image/font"
	"gonum.org/v1/plot"
	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"carbonledger/quantity"
)

// Frame is what every chart has around its figures.
type Frame struct {
	// Title stands above, Unit names what the axis counts, Note is small print below.
	Title, Unit, Note string
	// Per is how many units of the figures one unit of the axis is: 10,000,000 kg for a 万t.
	Per quantity.Number
}

// Series is one named line or area: a value for each year.
type Series struct {
	Name   string
	Values []quantity.Number
}

// Drawing is a chart ready to be written.
type Drawing struct {
	frame  Frame
	legend []entry
	width  vg.Length
	height vg.Length
	// fill adds to an empty plot what the chart shows.
	fill func(p *plot.Plot, pen pen)
}

// Title names the chart.
func (d Drawing) Title() string { return d.frame.Title }

// entry is a line of the legend.
type entry struct {
	name string
	ink  color.Color
	mark mark
}

// mark is how an entry is shown: a filled box, a solid or a dashed line.
type mark int

const (
	box mark = iota
	solid
	dashed
)

// The measures of a picture in points: half the width of A4 text in a report, twice in print.
const (
	pictureWidth  = 480
	pictureHeight = 270
	margin        = 10
	legendSize    = 9
	legendGap     = 14
	titleSize     = 12
	noteSize      = 8
)

// pen writes text in one way: for SVG or for PNG.
type pen struct{ text.Handler }

func (n pen) style(size vg.Length, ink color.Color) text.Style {
	return text.Style{Color: ink, Font: plotfont.From(sans, size), Handler: n.Handler,
		XAlign: draw.XLeft, YAlign: draw.YBottom}
}

// bold is the style of a title. Chinese letters have one weight, so what stands among them has too.
func (n pen) bold(size vg.Length, title string) text.Style {
	s := n.style(size, ink)
	if strings.IndexFunc(title, wide) < 0 {
		s.Font.Weight = font.WeightBold
	}
	return s
}

// draw lays out title, unit, legend, plot and note from top to bottom.
func (d Drawing) draw(onto vg.CanvasSizer, n pen) {
	c := draw.New(onto)
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	area := draw.Crop(c, margin, -margin, margin, -margin)
	top := area.Max.Y - titleSize
	area.FillText(n.bold(titleSize, d.frame.Title), vg.Point{X: area.Min.X, Y: top},
		d.frame.Title)
	if d.frame.Unit != "" {
		top -= legendGap
		area.FillText(n.style(legendSize, grey), vg.Point{X: area.Min.X, Y: top}, d.frame.Unit)
	}
	top = d.drawLegend(area, n, top)
	bottom := vg.Length(0)
	if d.frame.Note != "" {
		area.FillText(n.style(noteSize, grey), area.Min, d.frame.Note)
		bottom = legendGap
	}
	p := plot.New()
	d.dress(p, n)
	d.fill(p, n)
	p.Draw(draw.Crop(area, 0, -legendGap, bottom, top-area.Max.Y-legendGap*0.8))
}

// drawLegend writes the entries side by side, in as many lines as they take.
func (d Drawing) drawLegend(area draw.Canvas, n pen, top vg.Length) vg.Length {
	if len(d.legend) == 0 {
		return top
	}
	const sample, gap = 16, 12
	style := n.style(legendSize, ink)
	x := area.Min.X
	top -= legendGap
	for _, e := range d.legend {
		width, _, _ := n.Box(e.name, style.Font)
		if x > area.Min.X && x+sample+4+width > area.Max.X {
			x, top = area.Min.X, top-legendGap
		}
		middle := top + legendSize*0.4
		if e.mark == box {
			rectangle(area, e.ink, vg.Point{X: x, Y: middle - 4},
				vg.Point{X: x + sample, Y: middle + 4})
		} else {
			line := stroke(e.ink, 2)
			if e.mark == dashed {
				line.Dashes = dashes
			}
			area.StrokeLine2(line, x, middle, x+sample, middle)
		}
		area.FillText(style, vg.Point{X: x + sample + 4, Y: top}, e.name)
		x += sample + 4 + width + gap
	}
	return top
}

// dress gives the axes of a plot their letters and lines.
func (d Drawing) dress(p *plot.Plot, n pen) {
	p.TextHandler, p.BackgroundColor = n.Handler, color.Transparent
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.Label.TextStyle.Handler = n.Handler
		axis.Label.TextStyle.Font = plotfont.From(sans, legendSize)
		axis.Tick.Label.Handler = n.Handler
		axis.Tick.Label.Font = plotfont.From(sans, legendSize)
		axis.Tick.Label.Color = ink
		axis.Tick.LineStyle = stroke(grey, 0.5)
		axis.LineStyle = stroke(grey, 0.5)
		axis.Padding = 0
	}
	p.Title.TextStyle.Handler, p.Legend.TextStyle.Handler = n.Handler, n.Handler
}

// float is the place of a figure on the axis of a frame.
func (f Frame) float(n quantity.Number) float64 {
	// A plain decimal is always read; what a float cannot hold of it, paper cannot show.
	value, _ := strconv.ParseFloat(n.String(), 64)
	if f.Per.IsZero() {
		return value
	}
	per, _ := strconv.ParseFloat(f.Per.String(), 64)
	return value / per
}

func (f Frame) floats(list []quantity.Number) []float64 {
	values := make([]float64, len(list))
	for i, n := range list {
		values[i] = f.float(n)
	}
	return values
}
