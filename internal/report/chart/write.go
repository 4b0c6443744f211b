package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"carbonledger/pattern"
)

// dotsPerInch makes a PNG of 1,333 x 750 pixels, sharp on paper at 16 cm.
const dotsPerInch = 200

// families are the fonts a viewer may take for SVG, those with the widths of the layout first.
const families = "'Liberation Sans',Arial,Helvetica,'Noto Sans CJK SC','Source Han Sans SC'," +
	"'Microsoft YaHei','PingFang SC','WenQuanYi Micro Hei',sans-serif"

var (
	svgFont = pattern.Of(`font-family:[^;"]*;font-variant:[^;"]*;`)
	svgHead = pattern.Of(`(?s)^.*?<svg width="([\d.]+)pt" height="([\d.]+)pt"[^>]*>`)
)

// SVG writes the chart as one element that stands by itself or within a page.
func (d Drawing) SVG(w io.Writer) error {
	canvas := vgsvg.New(d.width, d.height)
	d.draw(canvas, pen{newLetters(nil)})
	var raw bytes.Buffer
	if _, err := canvas.WriteTo(&raw); err != nil {
		return err
	}
	var title strings.Builder
	if err := xml.EscapeText(&title, []byte(d.frame.Title)); err != nil {
		return err
	}
	head := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" `+
		`width="%gpt" height="%gpt" role="img"><title>%s</title>`, d.width.Points(),
		d.height.Points(), d.width.Points(), d.height.Points(), title.String())
	text := svgFont().ReplaceAllString(raw.String(), "font-family:"+families+";")
	_, err := io.WriteString(w, svgHead().ReplaceAllLiteralString(text, head))
	return err
}

// PNG writes the chart as pixels. Chinese letters need a font; without one the unit 万元 is said in
// Latin letters, and for any other the answer is ErrNoFont.
func (d Drawing) PNG(w io.Writer, f *Font) error {
	l := &watched{letters: newLetters(f)}
	canvas := vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(d.width, d.height),
		vgimg.UseDPI(dotsPerInch))}
	d.draw(canvas, pen{l})
	if l.missing {
		return ErrNoFont
	}
	_, err := canvas.WriteTo(w)
	return err
}
