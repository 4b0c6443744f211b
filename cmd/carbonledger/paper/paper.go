// Package paper writes what commands tell on paper: reports as HTML and pictures as SVG and PNG.
package paper

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/urfave/cli/v2"

	"carbonledger/internal/report"
	"carbonledger/internal/report/account"
	"carbonledger/internal/report/chart"
	"carbonledger/internal/report/page"
	"carbonledger/table"
)

// Paper is where reports and pictures go. Files of the same names are replaced: all of them can be
// made again from the pins they carry.
type Paper struct {
	// Report is the HTML file, Pictures the folder of charts, Font a file with Chinese letters;
	// each may be empty.
	Report, Pictures, Font string
	// Tell says what was written, Usage makes a mistake in the way the program was called.
	Tell  func(key string, args ...string)
	Usage func(key string, args ...string) error
}

// Flags are those of commands that draw; with report also that of the report.
func Flags(say func(key string) string, withReport bool) []cli.Flag {
	flags := []cli.Flag{&cli.StringFlag{Name: "pictures", Usage: say("flag.pictures")},
		&cli.StringFlag{Name: "font", Usage: say("flag.font")}}
	if withReport {
		flags = append(flags, &cli.StringFlag{Name: "report", Usage: say("flag.report")})
	}
	return flags
}

// Wanted says whether anything is to be written.
func (p Paper) Wanted() bool { return p.Report != "" || p.Pictures != "" }

// Check says before the work what would keep its answer from being written: a font that is none, a
// folder that is not there or cannot be made.
func (p Paper) Check() error {
	if p.Report != "" {
		if _, err := os.Stat(filepath.Dir(p.Report)); err != nil {
			return err
		}
	}
	if p.Pictures == "" {
		return nil
	}
	if _, err := p.chineseFont(); err != nil {
		return err
	}
	if held, err := os.Stat(p.Pictures); err == nil && !held.IsDir() {
		return p.Usage("usage.folder", p.Pictures)
	}
	return os.MkdirAll(p.Pictures, 0o700)
}

// PutReport writes the page to its file, where one is named.
func (p Paper) PutReport(made func() (page.Page, error)) error {
	if p.Report == "" {
		return nil
	}
	whole, err := made()
	if err != nil {
		return err
	}
	if err := put(p.Report, whole.Write); err != nil {
		return err
	}
	p.Tell("report.written", p.Report)
	return nil
}

// Draw draws into the folder of pictures, where one is named.
func (p Paper) Draw(names report.Names, drawn func(report.Names) []account.Picture) error {
	if p.Pictures == "" {
		return nil
	}
	english := names
	english.Lang = table.EN
	return p.draw(drawn(names), drawn(english))
}

// draw draws every picture as SVG and as PNG. Where no font has Chinese letters, the PNG are the
// plain pictures, in English; a scenario or target with a Chinese name then has no PNG, and that is
// told.
func (p Paper) draw(pictures, plain []account.Picture) error {
	font, err := p.chineseFont()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(p.Pictures, 0o700); err != nil {
		return err
	}
	fallen := false
	for i, picture := range pictures {
		path := filepath.Join(p.Pictures, picture.File)
		if err := put(path+".svg", picture.SVG); err != nil {
			return err
		}
		err := put(path+".png", drawing{picture.Drawing}.pixels(font))
		if errors.Is(err, chart.ErrNoFont) {
			fallen = true
			err = put(path+".png", drawing{plain[i].Drawing}.pixels(font))
		}
		if err != nil && !errors.Is(err, chart.ErrNoFont) {
			return err
		}
	}
	if fallen {
		p.Tell("pictures.english")
	}
	p.Tell("pictures.written", strconv.Itoa(len(pictures)), p.Pictures)
	return nil
}

// drawing is a chart on its way into a PNG.
type drawing struct{ chart.Drawing }

func (d drawing) pixels(font *chart.Font) func(io.Writer) error {
	return func(w io.Writer) error { return d.PNG(w, font) }
}

// put writes a file once all of it is there.
func put(path string, write func(io.Writer) error) error {
	var out bytes.Buffer
	if err := write(&out); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o600)
}

// fontPlaces are where fonts with Chinese letters lie on Linux, macOS and Windows.
var fontPlaces = []string{
	"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
	"/usr/share/fonts/wqy-microhei/wqy-microhei.ttc",
	"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
	"/System/Library/Fonts/PingFang.ttc",
	"/System/Library/Fonts/STHeiti Light.ttc",
	"/System/Library/Fonts/Hiragino Sans GB.ttc",
	`C:\Windows\Fonts\msyh.ttc`,
	`C:\Windows\Fonts\simhei.ttf`,
	`C:\Windows\Fonts\simsun.ttc`,
}

// chineseFont reads the font that is named, or the first of this machine that has Chinese letters;
// nil where there is none.
func (p Paper) chineseFont() (*chart.Font, error) {
	if p.Font != "" {
		data, err := os.ReadFile(p.Font)
		if err != nil {
			return nil, err
		}
		font, err := chart.ParseFont(data)
		if err != nil {
			return nil, p.Usage("usage.font", p.Font)
		}
		return font, nil
	}
	for _, place := range fontPlaces {
		data, err := os.ReadFile(place)
		if err != nil {
			continue
		}
		if font, err := chart.ParseFont(data); err == nil {
			return font, nil
		}
	}
	return nil, nil
}
