package workbook

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"carbonledger/table"
)

// workbookPart is where a workbook lists its sheets, unless its relations name another place.
const workbookPart = "xl/workbook.xml"

// SheetsMax is how many worksheets a workbook may have.
const SheetsMax = 256

// book is a workbook that is being read.
type book struct {
	name    string
	parts   *parts
	sheets  []listed
	from04  bool
	formats []format
	// strings are the shared strings, folded once for all cells that show them.
	strings []table.Cell
}

// listed is a sheet as the workbook lists it.
type listed struct{ name, state, relation, part string }

// relation leads from one part to another.
type relation struct{ id, kind, target string }

// readWorkbook returns the visible worksheets that hold anything.
func readWorkbook(name string, parts *parts) (sheets []table.Sheet, faults []table.Fault) {
	b := &book{name: name, parts: parts}
	if fault := b.read(); fault != nil {
		fault.File = name
		return nil, []table.Fault{*fault}
	}
	for _, sheet := range b.sheets {
		if sheet.state != "" {
			if sheet.state == "hidden" {
				faults = append(faults,
					table.Fault{File: name, Code: "sheet.hidden", Cell: sheet.name})
			}
			continue
		}
		read, found := b.sheet(sheet)
		for i := range found {
			found[i].Sheet = sheet.name
		}
		faults = append(faults, found...)
		if len(read.Rows) > 0 {
			sheets = append(sheets, read)
		}
		if parts.budget.spend(0) != nil {
			break
		}
	}
	if len(sheets) == 0 && !hasFault(faults) {
		faults = append(faults, table.Fault{File: name, Code: "file.empty"})
	}
	return sheets, faults
}

func hasFault(faults []table.Fault) bool {
	for _, fault := range faults {
		if !fault.IsWarning() {
			return true
		}
	}
	return false
}

// read settles everything the sheets need: where they are, the formats and the shared strings.
func (b *book) read() *table.Fault {
	relations, fault := b.relations("")
	if fault != nil {
		return fault
	}
	part := workbookPart
	for _, r := range relations {
		if r.kind == "officeDocument" {
			part = r.target
		}
	}
	if b.parts.find(part) == nil || path.Ext(part) == ".bin" {
		return &table.Fault{Code: "file.spreadsheet"}
	}
	if relations, fault = b.relations(part); fault != nil {
		return fault
	}
	if fault = b.list(part, relations); fault != nil {
		return fault
	}
	for _, r := range relations {
		switch {
		case b.parts.find(r.target) == nil:
		case r.kind == "sharedStrings":
			fault = b.sharedStrings(r.target)
		case r.kind == "styles":
			fault = b.styles(r.target)
		}
		if fault != nil {
			return fault
		}
	}
	if len(b.sheets) > SheetsMax {
		return &table.Fault{Code: "file.too-many-sheets", Args: []string{
			strconv.Itoa(len(b.sheets)), strconv.Itoa(SheetsMax)}}
	}
	return nil
}

// list reads the list of sheets. Sheets that are charts or macros have other relations and hold
// no cells.
func (b *book) list(part string, relations []relation) *table.Fault {
	return b.walk(part, handler{start: func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.from04 = isTrue(attribute(e, "date1904"))
		case "sheet":
			sheet := listed{name: attribute(e, "name"), relation: attribute(e, "id"),
				state: strings.TrimPrefix(attribute(e, "state"), "visible")}
			for _, r := range relations {
				if r.id == sheet.relation && r.kind == "worksheet" {
					sheet.part = r.target
					b.sheets = append(b.sheets, sheet)
				}
			}
		}
		return nil
	}})
}

// relations reads where a part leads; "" is the package itself. Where nothing is said there are
// none.
func (b *book) relations(part string) (list []relation, fault *table.Fault) {
	folder := path.Dir(part)
	name := path.Join(folder, "_rels", path.Base("/"+part)+".rels")
	if part == "" {
		folder, name = "", "_rels/.rels"
	}
	if b.parts.find(name) == nil {
		return nil, nil
	}
	fault = b.walk(name, handler{start: func(e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			target := strings.ReplaceAll(attribute(e, "Target"), `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("/", folder, target)
			}
			list = append(list, relation{attribute(e, "Id"), path.Base(attribute(e, "Type")),
				strings.TrimPrefix(path.Clean(target), "/")})
		}
		return nil
	}})
	return list, fault
}

// sharedStrings reads the texts that cells share. Text in several fonts is joined; how it is
// pronounced (rPh) is no part of it.
func (b *book) sharedStrings(part string) *table.Fault {
	var text strings.Builder
	spoken, inText := 0, false
	return b.walk(part, handler{
		start: func(e xml.StartElement) error {
			switch e.Name.Local {
			case "si":
				text.Reset()
			case "rPh":
				spoken++
			case "t":
				inText = spoken == 0
			}
			return nil
		},
		text: func(data []byte) {
			if inText {
				text.Write(data)
			}
		},
		end: func(name string) error {
			switch name {
			case "si":
				b.strings = append(b.strings, newCell(unescape(text.String())))
			case "rPh":
				spoken--
			case "t":
				inText = false
			}
			return nil
		},
	})
}

func newCell(text string) table.Cell { return table.Cell{Raw: text, Text: table.Fold(text)} }

// styles reads which number format each style of a cell has.
func (b *book) styles(part string) *table.Fault {
	codes, inCells := map[string]string{}, false
	return b.walk(part, handler{
		start: func(e xml.StartElement) error {
			switch {
			case e.Name.Local == "numFmt":
				codes[attribute(e, "numFmtId")] = attribute(e, "formatCode")
			case e.Name.Local == "cellXfs":
				inCells = true
			case inCells && e.Name.Local == "xf":
				b.formats = append(b.formats, formatOf(attribute(e, "numFmtId"), codes))
			}
			return nil
		},
		end: func(name string) error {
			inCells = inCells && name != "cellXfs"
			return nil
		},
	})
}

// handler takes a part as it is read.
type handler struct {
	start func(xml.StartElement) error
	text  func([]byte)
	end   func(string) error
}

// walk reads a part of the workbook to its very end: one cut short is damage.
func (b *book) walk(name string, h handler) *table.Fault {
	file := b.parts.find(name)
	if file == nil {
		return damage(errors.New(name + " is missing"))
	}
	err := b.walkFile(file, h)
	if errors.Is(err, errBomb) {
		fault := bomb()
		return &fault
	}
	var stop *stopped
	if errors.As(err, &stop) {
		return &stop.fault
	}
	if err != nil {
		return damage(errors.New(name + ": " + err.Error()))
	}
	return nil
}

func damage(err error) *table.Fault {
	return &table.Fault{Code: "file.workbook", Args: []string{err.Error()}}
}

// stopped is an error that says itself what fault it is.
type stopped struct{ fault table.Fault }

// Error returns the text of the fault.
func (s *stopped) Error() string { return s.fault.Error() }

func (b *book) walkFile(file *zip.File, h handler) error {
	content, err := b.parts.open(file)
	if err != nil {
		return err
	}
	defer content.Close()
	decoder := xml.NewDecoder(content)
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			err = h.start(t)
		case xml.CharData:
			if h.text != nil {
				h.text(t)
			}
		case xml.EndElement:
			if h.end != nil {
				err = h.end(t.Name.Local)
			}
		}
		if err != nil {
			return err
		}
	}
}

// attribute returns an attribute by its local name: prefixes differ between programs.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isTrue(value string) bool { return value == "1" || value == "true" }
