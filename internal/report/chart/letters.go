package chart

import (
	"errors"
	"fmt"
	"math"
	"unicode"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"carbonledger/pattern"
)

// sans is the font of all letters that it has.
var sans = plotfont.Font{Typeface: "Liberation", Variant: "Sans"}

// ErrNoFont is returned for Chinese letters where no font for them was given.
var ErrNoFont = errors.New("no font for Chinese letters")

// Font has the Chinese letters of a PNG. The nil font has none.
type Font struct{ face *opentype.Font }

// probe are letters that a font for Chinese has and one for Japanese or Korean alone lacks.
const probe = "业情层减吨"

// ParseFont reads a font file: TrueType or OpenType, one font or a collection, of which the first
// font with simplified Chinese is taken.
func ParseFont(data []byte) (*Font, error) {
	collection, err := opentype.ParseCollection(data)
	if err != nil {
		return nil, fmt.Errorf("not a font: %w", err)
	}
	for i := range collection.NumFonts() {
		face, err := collection.Font(i)
		if err == nil && has(face, probe) {
			return &Font{face}, nil
		}
	}
	return nil, ErrNoFont
}

func has(face *opentype.Font, letters string) bool {
	var buffer sfnt.Buffer
	for _, letter := range letters {
		if index, err := face.GlyphIndex(&buffer, letter); err != nil || index == 0 {
			return false
		}
	}
	return true
}

// letters writes text. Widths are those of Liberation Sans, with a Chinese letter as wide as it is
// high, whatever font draws them: so SVG and PNG have one layout on every machine, but for what a
// PNG without a font says in Latin letters.
type letters struct {
	text.Plain
	// chinese draws what sans lacks; nil leaves the choice to the viewer, as SVG does.
	chinese *opentype.Font
}

func newLetters(f *Font) letters {
	l := letters{Plain: text.Plain{Fonts: plotfont.NewCache(liberation.Collection())}}
	if f != nil {
		l.chinese = f.face
	}
	return l
}

// wide says whether a letter is Chinese or full-width.
func wide(letter rune) bool {
	return unicode.Is(unicode.Han, letter) || letter >= 0x3000 && letter <= 0x303f ||
		letter >= 0xff00 && letter <= 0xffef
}

// Box is the place a line of text takes.
func (l letters) Box(line string, font plotfont.Font) (width, height, depth vg.Length) {
	_, height, depth = l.Plain.Box("", font)
	l.runs(line, func(run string, isWide bool) { width += l.width(run, isWide, font) })
	return width, height, depth
}

func (l letters) width(run string, isWide bool, font plotfont.Font) vg.Length {
	if isWide {
		return font.Size * vg.Length(len([]rune(run)))
	}
	face := l.Fonts.Lookup(font, font.Size)
	return face.Width(run)
}

// runs cuts a line where Chinese letters begin and end.
func (l letters) runs(line string, each func(run string, isWide bool)) {
	start, was := 0, false
	for i, letter := range line {
		if is := wide(letter); is != was {
			if i > start {
				each(line[start:i], was)
			}
			start, was = i, is
		}
	}
	if start < len(line) {
		each(line[start:], was)
	}
}

// Draw writes text at a point, aligned and turned as its style says.
func (l letters) Draw(c vg.Canvas, txt string, style text.Style, at vg.Point) {
	if txt == "" {
		return
	}
	c.SetColor(style.Color)
	if style.Rotation != 0 {
		c.Push()
		defer c.Pop()
		c.Rotate(style.Rotation)
	}
	sin, cos := math.Sincos(style.Rotation)
	at = vg.Point{X: at.Y*vg.Length(sin) + at.X*vg.Length(cos),
		Y: at.Y*vg.Length(cos) - at.X*vg.Length(sin)}
	lines := l.Lines(txt)
	face := l.Fonts.Lookup(style.Font, style.Font.Size)
	at.Y += style.Height(txt)*vg.Length(style.YAlign) - face.Extents().Ascent
	for i, line := range lines {
		width, _, _ := l.Box(line, style.Font)
		l.write(c, line, style.Font, at.Add(vg.Point{X: vg.Length(style.XAlign) * width,
			Y: vg.Length(len(lines)-i) * style.Font.Size}))
	}
}

// watched notes letters that nothing can draw. The unit of money it says in Latin letters where it
// has to, so that an English picture needs no font unless a name in it is Chinese.
type watched struct {
	letters
	missing bool
}

// money is 万元 as a unit, and not behind a figure, whose meaning another word would change.
var money = pattern.Of(`(^|[(/ ])万元`)

func (w *watched) said(text string) string {
	if w.chinese == nil {
		return money().ReplaceAllString(text, "${1}10,000 yuan")
	}
	return text
}

// Box is the place a line of text takes.
func (w *watched) Box(line string, font plotfont.Font) (width, height, depth vg.Length) {
	return w.letters.Box(w.said(line), font)
}

// Draw writes text and looks at its letters.
func (w *watched) Draw(c vg.Canvas, txt string, style text.Style, at vg.Point) {
	txt = w.said(txt)
	for _, letter := range txt {
		w.missing = w.missing || wide(letter) && w.chinese == nil
	}
	w.letters.Draw(c, txt, style, at)
}

// write writes a line from left to right, each run in the font that has it.
func (l letters) write(c vg.Canvas, line string, font plotfont.Font, at vg.Point) {
	face := l.Fonts.Lookup(font, font.Size)
	if l.chinese == nil {
		c.FillString(face, at, line)
		return
	}
	l.runs(line, func(run string, isWide bool) {
		with := face
		if isWide {
			with.Face = l.chinese
		}
		c.FillString(with, at, run)
		at.X += l.width(run, isWide, font)
	})
}
