package factors

import (
	"fmt"
	"slices"
	"strings"

	"carbonledger/table"
)

// Row is a row of a factors.csv as it is written; docs/format/factors.md describes the columns.
type Row struct {
	ID           string `csv:"id"`
	From         string `csv:"from"`
	To           string `csv:"to"`
	Value        string `csv:"value"`
	PerUnit      string `csv:"per_unit"`
	ToUnit       string `csv:"to_unit"`
	Area         string `csv:"area"`
	ValidFrom    string `csv:"valid_from"`
	ValidTo      string `csv:"valid_to"`
	Published    string `csv:"published"`
	Basis        string `csv:"basis"`
	Lower        string `csv:"lower"`
	Upper        string `csv:"upper"`
	Distribution string `csv:"distribution"`
	Parts        string `csv:"parts"`
	Source       string `csv:"source"`
	Page         string `csv:"page"`
	Status       string `csv:"status"`
	Note         string `csv:"note"`
	GWP          string `csv:"gwp,omitempty"`
	Evidence     string `csv:"evidence,omitempty"`
	Approver     string `csv:"approver,omitempty"`
}

// Header returns the header row of a factors.csv, for a user's own file.
func Header() string { return strings.Join(table.Columns[Row](), ",") + "\n" }

// cells returns the cells of the row in the order of the header.
func (r Row) cells() []string {
	return []string{r.ID, r.From, r.To, r.Value, r.PerUnit, r.ToUnit, r.Area, r.ValidFrom,
		r.ValidTo, r.Published, r.Basis, r.Lower, r.Upper, r.Distribution, r.Parts, r.Source,
		r.Page, r.Status, r.Note, r.GWP, r.Evidence, r.Approver}
}

// Format writes rows as a factors.csv.
func Format(rows []Row) []byte {
	lines := [][]string{table.Columns[Row]()}
	for _, row := range rows {
		lines = append(lines, row.cells())
	}
	text, err := table.Write(lines, table.UTF8)
	if err != nil {
		panic("factors: format: " + err.Error()) // UTF-8 has every letter, and a buffer room.
	}
	return text
}

// Signature is who answers for factors of one's own, and the report behind them.
type Signature struct{ Approver, Evidence string }

// Sign fills approver and evidence into the rows of a factors.csv that lack them. It returns the
// text as it is where nothing is to be filled in, or where the text has faults.
func Sign(text []byte, s Signature) []byte {
	records, faults := table.DecodeRaw[Row]("", text)
	if len(faults) > 0 || !slices.ContainsFunc(records, func(r table.Record[Row]) bool {
		return r.Value.signed(s) != r.Value
	}) {
		return text
	}
	var rows []Row
	for _, record := range records {
		rows = append(rows, record.Value.signed(s))
	}
	return Format(rows)
}

func (r Row) signed(s Signature) Row {
	if strings.TrimSpace(r.Approver) == "" {
		r.Approver = s.Approver
	}
	if strings.TrimSpace(r.Evidence) == "" {
		r.Evidence = s.Evidence
	}
	return r
}

// Source is what the source.md of a set says, for a set made by the program.
type Source struct {
	TitleZH, TitleEN, Edition, Published, Licence, Rounding string
	// Text is for people.
	Text string
}

// Format writes the source.md. Line breaks in a value would end it, so they become blanks.
func (s Source) Format() []byte {
	var text strings.Builder
	for _, line := range [][2]string{{"title_zh", s.TitleZH}, {"title_en", s.TitleEN},
		{"edition", s.Edition}, {"published", s.Published}, {"licence", s.Licence},
		{"rounding", s.Rounding}} {
		fmt.Fprintf(&text, "%s: %s\n", line[0], strings.Join(strings.Fields(line[1]), " "))
	}
	return []byte(text.String() + "\n" + s.Text)
}
