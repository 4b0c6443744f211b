package scenario

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"carbonledger/internal/engine"
	"carbonledger/internal/planning"
	"carbonledger/internal/report/account"
	"carbonledger/internal/report/chart"
	"carbonledger/internal/report/page"
	"carbonledger/table"
)

// Write writes the report and the pictures of scenarios and prints nothing of them.
func (s *Session) Write(ctx context.Context, file string, how engine.Projection,
	wanted Wanted) error {
	if wanted.Report == "" && wanted.Pictures == "" {
		return nil
	}
	outlook, err := s.Outlook(ctx, file, wanted.Targets, how)
	if err != nil {
		return err
	}
	return s.write(outlook, wanted)
}

// write writes the report and the pictures that are wanted. Files of the same names are replaced:
// all of them can be made again from the pins they carry.
func (s *Session) write(o planning.Outlook, wanted Wanted) error {
	if wanted.Report != "" {
		report, err := account.Of(o, s.Names)
		if err != nil {
			return err
		}
		if err := s.putReport(report, wanted.Report); err != nil {
			return err
		}
	}
	if wanted.Pictures == "" {
		return nil
	}
	english := s.Names
	english.Lang = table.EN
	return s.draw(account.Pictures(o, s.Names), account.Pictures(o, english), wanted)
}

// putReport writes a page to a file.
func (s *Session) putReport(p page.Page, path string) error {
	if err := put(path, p.Write); err != nil {
		return err
	}
	s.Tell("report.written", path)
	return nil
}

// draw draws every picture as SVG and as PNG. Where no font has Chinese letters, the PNG are the
// plain pictures, in English; a scenario or target with a Chinese name then has no PNG, and that is
// told.
func (s *Session) draw(pictures, plain []account.Picture, wanted Wanted) error {
	font, err := s.chineseFont(wanted.Font)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(wanted.Pictures, 0o700); err != nil {
		return err
	}
	fallen := false
	for i, picture := range pictures {
		path := filepath.Join(wanted.Pictures, picture.File)
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
		s.Tell("pictures.english")
	}
	s.Tell("pictures.written", strconv.Itoa(len(pictures)), wanted.Pictures)
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
func (s *Session) chineseFont(named string) (*chart.Font, error) {
	if named != "" {
		data, err := os.ReadFile(named)
		if err != nil {
			return nil, err
		}
		font, err := chart.ParseFont(data)
		if err != nil {
			return nil, s.Usage("usage.font", named)
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
