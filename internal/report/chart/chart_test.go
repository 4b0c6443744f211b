package chart_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"carbonledger/internal/report/chart"
	"carbonledger/quantity"
)

func numbers(list ...int64) (n []quantity.Number) {
	for _, i := range list {
		n = append(n, quantity.Int(i))
	}
	return n
}

// words are the texts of the gallery in a language.
var words = map[string][]string{
	"en": {"CO2 of the scenarios", "10^4 t CO2", "from the book", "projected", "baseline",
		"policy", "industry", "transport", "households", "electrification, industry, coal",
		"rooftop solar, all", "overlap and the rest", "CO2 avoided (10^4 t)"},
	"zh": {"各情景的二氧化碳排放", "万吨CO2", "账簿实绩", "预测", "基准情景", "政策情景", "工业", "交通运输", "居民生活",
		"电能替代，工业，一般烟煤", "屋顶光伏，全部", "重叠及其他", "减排量（万吨）"},
}

// gallery is one chart of each kind.
func gallery(lang string) map[string]chart.Drawing {
	w := words[lang]
	f := chart.Frame{Title: w[0], Unit: w[1], Note: "2021-2030", Per: quantity.Int(10)}
	y := chart.Years{List: []int{2020, 2021, 2022, 2023, 2024, 2025, 2026}, Measured: 2022,
		History: w[2], Projection: w[3]}
	a := numbers(2001, 2056, 2150, 2190, 2210, 2200, 2150)
	b := numbers(2001, 2056, 2150, 2195, 2220, 2260, 2300)
	return map[string]chart.Drawing{
		"lines": chart.Lines(f, y, []chart.Path{
			{Series: chart.Series{Name: w[4], Values: b}, Peak: 2026},
			{Series: chart.Series{Name: w[5], Values: a}, Peak: 2024}}),
		"areas": chart.Areas(f, y, []chart.Series{{Name: w[6], Values: a},
			{Name: w[7], Values: numbers(100, 110, 120, 130, 140, 150, 160)},
			{Name: w[8], Values: numbers(300, 310, 320, 330, 340, 350, 360)}}),
		"bars": chart.Bars(f, []string{w[4], w[5]}, []chart.Group{
			{Name: w[6], Bars: numbers(1120, 960), Words: []string{"112 %", "96 %"}},
			{Name: w[7], Bars: numbers(2950, 1000), Words: []string{"295 %", "100 %"}}},
			quantity.Int(1000)),
		"waterfall": chart.Waterfall(f, chart.Bar{Name: w[4], Value: quantity.Int(2300)},
			[]chart.Bar{{Name: w[9], Value: quantity.Int(-90)},
				{Name: w[10], Value: quantity.Int(-80)}, {Name: w[11], Value: quantity.Int(20)}},
			chart.Bar{Name: w[5], Value: quantity.Int(2150)}),
		"cost-curve": chart.CostCurve(f, w[12], []chart.Block{
			{Name: w[10], Width: quantity.Int(80), Height: quantity.Int(-533)},
			{Name: w[9], Width: quantity.Int(90), Height: quantity.Int(1090)}}),
		"fan": chart.Fan(f, y, []chart.Spread{
			{Name: "5-95 %", Low: numbers(2001, 2056, 2150, 2100, 2050, 2000, 1900),
				High: numbers(2001, 2056, 2150, 2290, 2390, 2500, 2600)},
			{Name: "25-75 %", Low: numbers(2001, 2056, 2150, 2150, 2140, 2110, 2060),
				High: numbers(2001, 2056, 2150, 2230, 2290, 2330, 2400)}},
			chart.Series{Name: "50 %", Values: a}),
		"tornado": chart.Tornado(f, quantity.Int(2150), "5 %", "95 %", []chart.Swing{
			{Name: w[6], Low: quantity.Int(1950), High: quantity.Int(2400)},
			{Name: w[7], Low: quantity.Int(2250), High: quantity.Int(2080)}}),
	}
}

// chineseFont is a font of this machine, nil where there is none.
func chineseFont(t *testing.T) *chart.Font {
	t.Helper()
	for _, path := range []string{os.Getenv("FONT"),
		"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
		"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"} {
		data, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		font, err := chart.ParseFont(data)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		return font
	}
	return nil
}

// TestSVG wants every chart well formed, the same twice, without anything from outside, and with
// its words as words. PICTURES names a folder to look at them in.
func TestSVG(t *testing.T) {
	for lang := range words {
		for name, drawing := range gallery(lang) {
			var first, again bytes.Buffer
			if err := errors.Join(drawing.SVG(&first), drawing.SVG(&again)); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first.Bytes(), again.Bytes()) {
				t.Errorf("%s: the second SVG has other bytes", name)
			}
			wellFormed(t, name, first.Bytes())
			text := strings.ReplaceAll(first.String(), `xmlns="http://www.w3.org/2000/svg"`, "")
			if strings.Contains(text, "://") || strings.Contains(text, "href") {
				t.Errorf("%s: the SVG refers to something outside", name)
			}
			if title := words[lang][0]; strings.Count(text, title) != 2 {
				t.Errorf("%s: title %q is not there as words and as title", name, title)
			}
			keep(t, name+"-"+lang+".svg", first.Bytes())
		}
	}
}

func wellFormed(t *testing.T, name string, data []byte) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := decoder.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}

// TestPNG draws every chart; Chinese needs a font, and without one is refused.
func TestPNG(t *testing.T) {
	font := chineseFont(t)
	for lang := range words {
		for name, drawing := range gallery(lang) {
			if lang == "zh" {
				if err := drawing.PNG(io.Discard, nil); !errors.Is(err, chart.ErrNoFont) {
					t.Errorf("%s without a font: %v, want ErrNoFont", name, err)
				}
				if font == nil {
					continue
				}
			}
			var first, again bytes.Buffer
			err := errors.Join(drawing.PNG(&first, font), drawing.PNG(&again, font))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if !bytes.Equal(first.Bytes(), again.Bytes()) {
				t.Errorf("%s: the second PNG has other bytes", name)
			}
			if picture, err := png.Decode(bytes.NewReader(first.Bytes())); err != nil ||
				picture.Bounds().Dx() < 1300 {
				t.Errorf("%s: %v, want a PNG of 1,333 pixels", name, err)
			}
			keep(t, name+"-"+lang+".png", first.Bytes())
		}
	}
	if font == nil {
		t.Log("*** NOT TESTED: no font with Chinese letters on this machine")
	}
}

// TestMoneyWithoutAFont draws the unit 万元 in Latin letters, and refuses it behind a figure.
func TestMoneyWithoutAFont(t *testing.T) {
	for title, want := range map[string]error{"cost of all years (万元)": nil, "tce/万元": nil,
		"万元": nil, "30万kW PV": chart.ErrNoFont, "GDP 3亿": chart.ErrNoFont,
		"save 3万元": chart.ErrNoFont, "情景 (万元)": chart.ErrNoFont} {
		drawing := chart.Bars(chart.Frame{Title: title, Unit: title, Per: quantity.Int(1)},
			[]string{"a"}, []chart.Group{{Name: "b", Bars: numbers(3), Words: []string{"3"}}},
			quantity.Int(1))
		if err := drawing.PNG(io.Discard, nil); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", title, err, want)
		}
	}
}

// TestFont refuses what is no font.
func TestFont(t *testing.T) {
	if _, err := chart.ParseFont([]byte("no font")); err == nil {
		t.Error("text was taken for a font")
	}
}

// keep writes a picture where somebody wants to look at it.
func keep(t *testing.T, name string, data []byte) {
	t.Helper()
	if folder := os.Getenv("PICTURES"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
