package chart

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"carbonledger/quantity"
)

// Spot is a point of two figures, with a word that may be empty.
type Spot struct {
	Along, Up quantity.Number
	Word      string
}

// Front draws what there is to choose between two goals: a spot for each choice, tied in their
// order, since what lies between two of them was not tried; the along axis counts in units of per.
func Front(f Frame, along string, per quantity.Number, spots []Spot) Drawing {
	d := Drawing{frame: f, width: pictureWidth, height: pictureHeight}
	d.fill = func(p *plot.Plot, n pen) {
		sideways := Frame{Per: per}
		left, right := math.Inf(1), math.Inf(-1)
		low, high := math.Inf(1), math.Inf(-1)
		for _, s := range spots {
			x, y := sideways.float(s.Along), f.float(s.Up)
			left, right, low, high = min(left, x), max(right, x), min(low, y), max(high, y)
		}
		left, right = wider(left, right)
		low, high = wider(low, high)
		upright(p, low, high)
		p.X.Min, p.X.Max = left, right
		p.X.Tick.Marker = plot.ConstantTicks(inside(round(left, right), left, right))
		p.X.Label.Text = along
		p.Add(painter(func(c draw.Canvas, at place) {
			marks := &labels{canvas: c, pen: n}
			var points []vg.Point
			for _, s := range spots {
				points = append(points, at(sideways.float(s.Along), f.float(s.Up)))
			}
			tie := stroke(sum, 0.8)
			tie.Dashes = dashes
			c.StrokeLines(tie, points)
			marks.avoid(points)
			for i, s := range spots {
				c.DrawGlyph(draw.GlyphStyle{Color: sum, Radius: 3.5,
					Shape: draw.CircleGlyph{}}, points[i])
				if s.Word != "" {
					marks.put(s.Word, points[i], color.Color(ink))
				}
			}
		}))
	}
	return d
}

// wider leaves room around a range, also where it is a single figure.
func wider(low, high float64) (from, to float64) {
	edge := (high - low) * 0.12
	if edge == 0 {
		edge = max(math.Abs(high)*0.1, 1)
	}
	return low - edge, high + edge
}
