package report

import (
	"strconv"
	"strings"

	"carbonledger/ledger"
	"carbonledger/table"
)

// Upload is what became of one table, for the summary of an import.
type Upload struct {
	Receipt     ledger.Receipt
	File, Sheet string
	// Outcome is the word after status. in the list of terms.
	Outcome          string
	Faults, Warnings int
	// Said are all faults, warnings and notes, for programs.
	Said []table.Fault
}

// Remark is a fault, warning or note for programs, with its words in the language asked for.
type Remark struct {
	Level  string `json:"level"`
	Code   string `json:"code"`
	File   string `json:"file"`
	Sheet  string `json:"sheet,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Field  string `json:"field,omitempty"`
	Header string `json:"header,omitempty"`
	Cell   string `json:"cell,omitempty"`
	Fact   string `json:"fact"`
	Way    string `json:"way_out"`
}

func remarkOf(f table.Fault, lang table.Lang) Remark {
	return Remark{string(f.Level()), f.Code, f.File, f.Sheet, f.Line, f.Column, f.Field, f.Header,
		f.Cell, f.Fact(lang), f.Way(lang)}
}

// place is where the table stands.
func (u Upload) place() string {
	if u.Sheet == "" {
		return u.File
	}
	return u.File + ":" + u.Sheet
}

// totalsShown is up to how many tables an import prints the totals of below its summary; the
// receipts have them all.
const totalsShown = 12

// Uploads shows the summary of an import, a line a table, with the totals posted below it. For
// programs the receipts go along whole.
func Uploads(list []Upload, names Names) Table {
	lang := names.Lang
	t := Table{Key: "import", Title: Term(lang, "import.title"), Columns: Columns(lang, "file",
		"dialect", "rows_posted#", "rows_without_figure#", "rows_unchanged#", "rows_rejected#",
		"statements#", "entities_registered#", "warnings#", "status", "receipt", "head")}
	for _, u := range list {
		r, head := u.Receipt, ""
		switch {
		case r.ID == "":
			r.Posted, r.Absent, r.Stated, r.Registered = 0, 0, 0, 0
		default:
			head = r.Head.String()[:headShown]
			t.Records = append(t.Records, r)
		}
		for _, fault := range u.Said {
			t.Remarks = append(t.Remarks, remarkOf(fault, lang))
		}
		t.add(u.place(), r.Dialect, strconv.Itoa(r.Posted), strconv.Itoa(r.Absent),
			strconv.Itoa(r.Unchanged), strconv.Itoa(r.Rejected), strconv.Itoa(r.Stated),
			strconv.Itoa(r.Registered), strconv.Itoa(u.Warnings),
			Term(lang, "status."+u.Outcome), r.ID, head)
		if len(list) <= totalsShown && r.ID != "" && len(r.Totals) > 0 {
			t.Notes = append(t.Notes, Say(lang, "import.totals", u.place(), names.totals(r)))
			if r.Cumulative {
				t.Notes = append(t.Notes, Say(lang, "import.cumulative", u.place()))
			}
		}
	}
	return t
}

// headShown is how many hexadecimal digits of a head a table shows.
const headShown = 16

// totals lists what was posted of each commodity, unrounded and in book units.
func (n Names) totals(r ledger.Receipt) string {
	var parts []string
	last := ""
	for _, total := range r.Totals {
		if total.Number.IsZero() {
			continue
		}
		text := Term(n.Lang, "mapping."+string(total.Role)) + " " +
			Figure(total.Number.String()) + " " + total.Unit
		if total.Commodity == last {
			parts[len(parts)-1] += Term(n.Lang, "list.comma") + text
		} else {
			parts = append(parts, n.named(total.Commodity)+" "+text)
		}
		last = total.Commodity
	}
	return strings.Join(parts, Term(n.Lang, "list.semicolon"))
}

// total names what a total is of: electricity, use.
func (n Names) total(t ledger.Total) string {
	return n.named(t.Commodity) + Term(n.Lang, "list.comma") +
		Term(n.Lang, "mapping."+string(t.Role))
}

// named returns the name of a commodity by its id.
func (n Names) named(id string) string {
	if c, ok := n.Library.Catalogue.ByID(id); ok {
		return n.Commodity(c)
	}
	return id
}

// Kinds shows an import of many files added up by dialect.
func Kinds(list []Upload, lang table.Lang) Table {
	t := Table{Key: "import", Title: Term(lang, "import.title"), Columns: Columns(lang, "dialect",
		"files#", "rows_posted#", "rows_without_figure#", "rows_rejected#",
		"entities_registered#", "warnings#")}
	var order []string
	sums := map[string][6]int{}
	for _, u := range list {
		dialect := u.Receipt.Dialect
		sum, known := sums[dialect]
		if !known {
			order = append(order, dialect)
		}
		for i, n := range [6]int{1, u.Receipt.Posted, u.Receipt.Absent, u.Receipt.Rejected,
			u.Receipt.Registered, u.Warnings} {
			sum[i] += n
		}
		sums[dialect] = sum
	}
	for _, dialect := range order {
		row := []string{dialect}
		for _, n := range sums[dialect] {
			row = append(row, strconv.Itoa(n))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Receipts lists batches; for programs the receipts go along whole.
func Receipts(list []ledger.Receipt, lang table.Lang) Table {
	t := Table{Key: "receipts", Title: Term(lang, "receipts.title"), Columns: Columns(lang,
		"position#", "receipt", "file", "sheet", "dialect", "rows_posted#", "rows_without_figure#",
		"rows_unchanged#", "rows_rejected#", "statements#", "entities_registered#", "reverses#",
		"reason", "head")}
	for _, r := range list {
		reverses := ""
		if r.Reverses > 0 {
			reverses = strconv.Itoa(r.Reverses)
		}
		t.add(strconv.Itoa(r.Position), r.ID, r.File, r.Sheet, r.Dialect,
			strconv.Itoa(r.Posted), strconv.Itoa(r.Absent), strconv.Itoa(r.Unchanged),
			strconv.Itoa(r.Rejected), strconv.Itoa(r.Stated), strconv.Itoa(r.Registered), reverses,
			r.Reason,
			r.Head.String()[:headShown])
		t.Records = append(t.Records, r)
	}
	return t
}

// Receipt shows one receipt whole: what was uploaded, how it was read, what was posted and where it
// stands in the book.
func Receipt(r ledger.Receipt, names Names) Table {
	lang := names.Lang
	t := Table{Key: "receipt", Title: Say(lang, "receipt.title", r.ID),
		Columns: Columns(lang, "what", "number", "unit"), Records: []any{r}}
	put := func(key, value, unit string) {
		if value != "" && value != "0" {
			t.add(Term(lang, key), value, unit)
		}
	}
	put("position", strconv.Itoa(r.Position), "")
	put("head", r.Head.String(), "")
	put("batch_sha256", r.Batch.String(), "")
	if r.Reverses > 0 {
		put("reverses", strconv.Itoa(r.Reverses), "")
		put("reason", r.Reason, "")
	}
	put("file", r.File, "")
	put("sheet", r.Sheet, "")
	if !r.FileDigest.IsZero() {
		put("file_sha256", r.FileDigest.String(), "")
	}
	put("encoding", r.Encoding, "")
	put("delimiter", delimiter(lang, r.Delimiter), "")
	put("header_line", strconv.Itoa(r.HeaderLine), "")
	put("dialect", r.Dialect, "")
	if !r.DialectDigest.IsZero() {
		put("dialect_sha256", r.DialectDigest.String(), "")
	}
	for _, m := range r.Mapping {
		t.add(Say(lang, "receipt.column", strconv.Itoa(m.Column)), m.Header+" -> "+names.meaning(m),
			m.Unit)
	}
	for _, count := range []struct {
		key  string
		rows int
	}{{"rows_posted", r.Posted}, {"rows_without_figure", r.Absent},
		{"rows_unchanged", r.Unchanged}, {"rows_rejected", r.Rejected}} {
		t.add(Term(lang, count.key), strconv.Itoa(count.rows), "")
	}
	for _, reason := range r.Reasons {
		t.add(Say(lang, "receipt.reason", Wording(reason.Code, lang)), strconv.Itoa(reason.Rows),
			"")
	}
	put("entities_registered", strconv.Itoa(r.Registered), "")
	put("statements", strconv.Itoa(r.Stated), "")
	put("warnings", strconv.Itoa(r.Warnings), "")
	for _, total := range r.Totals {
		t.add(Say(lang, "receipt.total", names.total(total)), total.Number.String(), total.Unit)
	}
	return t
}

// Wording is what a fault code says, with dots for what each fault fills in.
func Wording(code string, lang table.Lang) string {
	dots := []string{"…", "…", "…", "…"}
	return table.Fault{Code: code, Cell: "…", Args: dots}.Fact(lang)
}

// delimiter names what separates the cells of a text file.
func delimiter(lang table.Lang, text string) string {
	names := map[string]string{",": "delimiter.comma", "\t": "delimiter.tab",
		";": "delimiter.semicolon", "，": "delimiter.wide-comma"}
	if key, ok := names[text]; ok {
		return Term(lang, key)
	}
	return text
}

// Reading says in a line how a table was read: encoding and delimiter or worksheet, header, dialect
// and the columns that were not read.
func Reading(source ledger.Source, title string, lang table.Lang) string {
	var how []string
	if source.Sheet != "" {
		how = append(how, Say(lang, "reading.sheet", source.Sheet))
	} else {
		how = append(how, source.Encoding, delimiter(lang, source.Delimiter))
	}
	if source.HeaderLine > 0 {
		how = append(how, Say(lang, "reading.header", strconv.Itoa(source.HeaderLine)))
	}
	how = append(how, Say(lang, "reading.dialect", source.Dialect, title))
	var read int
	var unread []string
	for _, m := range source.Mapping {
		if m.Field != "" {
			read++
		} else {
			unread = append(unread, m.Header)
		}
	}
	if read > 0 {
		how = append(how, Say(lang, "reading.columns", strconv.Itoa(read)))
	}
	if len(unread) > 0 {
		how = append(how, Say(lang, "reading.unread", strings.Join(unread, " | ")))
	}
	return Say(lang, "reading", source.File, strings.Join(how, Term(lang, "list.comma")))
}

// Mapping shows how every column of a table was read.
func Mapping(source ledger.Source, names Names) Table {
	t := Table{Key: "mapping", Columns: Columns(names.Lang, "column#", "header", "meaning", "unit")}
	for _, m := range source.Mapping {
		t.add(strconv.Itoa(m.Column), m.Header, names.meaning(m),
			strings.ReplaceAll(m.Unit, "{unit}", table.FieldTitle("unit", names.Lang)))
	}
	return t
}

// meaning says what a column was read as.
func (n Names) meaning(m ledger.Mapped) string {
	if m.Field == "" {
		return Term(n.Lang, "mapping.unread")
	}
	words := []string{table.FieldTitle(m.Field, n.Lang)}
	if m.Commodity != "" {
		words = append(words, n.named(m.Commodity))
	}
	for _, word := range []string{m.Role, m.State} {
		if key := "mapping." + word; HasTerm(key) {
			words = append(words, Term(n.Lang, key))
		} else if word != "" {
			words = append(words, word)
		}
	}
	return strings.Join(words, Term(n.Lang, "list.comma"))
}
