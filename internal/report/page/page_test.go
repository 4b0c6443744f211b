package page_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"regexp"
	"strings"
	"testing"

	"carbonledger/internal/report"
	"carbonledger/internal/report/page"
	"carbonledger/table"
)

var example = page.Page{Lang: table.ZH, Title: "青云谱区 <2030>", Lead: []string{"一句话 & 更多"},
	Facts: [][2]string{{"基准年", "2022"}}, Contents: "目录：",
	Sections: []page.Section{{Title: "目标", Words: []string{"a < b"},
		Pictures: []page.Picture{{SVG: []byte(`<svg xmlns="http://www.w3.org/2000/svg"></svg>`),
			Caption: "图"}},
		Tables: []report.Table{{Key: "t", Title: "表", Columns: []report.Column{
			{Key: "name", Title: "名称"}, {Key: "co2", Title: "CO2", Unit: "t", Figures: true}},
			Rows:  [][]string{{"<script>", "1234567"}, {"b", "-1000.5"}},
			Total: []string{"合计", "1233566.5"}, Notes: []string{"注"}}}}}}

// TestPage wants a page that is well formed, needs nothing from outside, escapes what it is given
// and groups its figures.
func TestPage(t *testing.T) {
	var out, again bytes.Buffer
	for _, w := range []*bytes.Buffer{&out, &again} {
		if err := example.Write(w); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Error("the same page has other bytes the second time")
	}
	decoder := xml.NewDecoder(bytes.NewReader(out.Bytes()))
	for {
		if _, err := decoder.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("the page is not well formed: %v", err)
		}
	}
	text := out.String()
	for _, want := range []string{"1,234,567", "-1,000.5", "1,233,566.5", "&lt;script&gt;",
		"<title>青云谱区 &lt;2030&gt;</title>", `lang="zh"`, `href="#s1"`, "@page"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if found := Outside(text); found != "" {
		t.Errorf("the page refers to %s", found)
	}
}

var outside = regexp.MustCompile(`(?:src|href|url\(|@import|action)[="'( ]+[^#"'\s]+`)

// Outside returns the first thing a page would load, and "" where it stands by itself. The names of
// XML languages are no addresses to be loaded.
func Outside(text string) string {
	for _, name := range []string{"http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"} {
		text = strings.ReplaceAll(text, `xmlns="`+name+`"`, "")
	}
	if at := strings.Index(text, "://"); at >= 0 {
		return text[max(0, at-20):min(len(text), at+40)]
	}
	if strings.Contains(text, "<script") {
		return "a script"
	}
	return outside.FindString(text)
}
