package intake

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"carbonledger/ledger"
	"carbonledger/ledger/intake/identifier"
	"carbonledger/table"
)

// who settles entity, site and counterparty. Without an entity the area itself reports.
func (r *reading) who() {
	r.entity = ledger.Entity{ID: r.code("entity"),
		Name:     strings.Join(strings.Fields(r.text("name")), " "),
		Industry: strings.ToUpper(r.text("industry")), Line: r.current.Line}
	if area := r.text("area"); area != "" {
		code, ok := r.lexicon.Areas.Find(area)
		if !ok {
			r.fault("area", "area.unknown")
		}
		r.entity.Area = code
	}
	_, hasEntity := r.layout.Fields["entity"]
	if r.entity.ID == "" && !hasEntity && r.layout.Given["entity"] == "" {
		r.entity.ID = r.entity.Area
		known, _ := r.lexicon.Areas.ByCode(r.entity.Area)
		r.entity.Name = known.NameZH
	}
	if r.entity.ID == "" {
		r.fault("entity", "cell.missing")
	}
	r.eaten()
	r.legible()
	r.flow.Entity, r.flow.Site = r.entity.ID, r.text("site")
	r.flow.Counterparty = r.code("counterparty")
	if r.flow.Counterparty != "" && r.flow.Counterparty == r.entity.ID {
		r.fault("counterparty", "counterparty.self")
	}
}

// code reads a field that holds the code of an entity.
func (r *reading) code(field string) string {
	text, column := r.field(field)
	id := identifier.Plain(text)
	if id != text && !r.remarked["entity.written"+text] {
		r.remarked["entity.written"+text] = true
		r.upload.Warnings = append(r.upload.Warnings, table.Fault{File: r.upload.Source.File,
			Line: r.current.Line, Column: column + 1, Field: field, Code: "entity.written",
			Cell: text, Args: []string{id}})
	}
	code, args := identifier.Credit(id)
	if code == "" {
		named := column >= 0 && organisationNamed(r.heading(column))
		code, args = identifier.Organisation(id, named)
	}
	if table.Eaten(id) {
		code = "entity.eaten"
	}
	if code != "" {
		r.fault(field, code, args...)
	}
	return id
}

// organisationNamed says whether a header calls its codes 组织机构代码.
func organisationNamed(header string) bool {
	return strings.Contains(header, "组织机构代码") || strings.Contains(header, "法人单位代码")
}

// eaten finds other codes that a spreadsheet has turned into numbers.
func (r *reading) eaten() {
	for _, field := range []string{"site", "document"} {
		if table.Eaten(r.text(field)) {
			r.fault(field, "entity.eaten")
		}
	}
}

// legible refuses a key that has lost a letter: what it stands for can only be guessed.
func (r *reading) legible() {
	if strings.ContainsRune(r.entity.ID, utf8.RuneError) {
		r.fault("entity", "entity.damaged")
	}
}

// register takes the entity of the row into the upload. Several rows may each say a part of it; a
// row that says otherwise than another is a fault, whichever of them stands first.
func (r *reading) register() {
	e := r.entity
	at, known := r.registered[e.ID]
	if r.dialect.Registers && known && !r.broken {
		r.fault("entity", "entity.twice")
		return
	}
	if r.broken || e.Name == "" && e.Area == "" && e.Industry == "" {
		return
	}
	if text := r.text("valid_from"); text != "" {
		valid := r.period("valid_from", text)
		if valid.IsZero() {
			return
		}
		e.From = valid.First
	}
	if !known {
		r.registered[e.ID] = len(r.upload.Entities)
		r.upload.Entities = append(r.upload.Entities, e)
		return
	}
	r.merge(&r.upload.Entities[at].Name, e.Name, "name")
	r.merge(&r.upload.Entities[at].Industry, e.Industry, "industry")
	r.merge(&r.upload.Entities[at].Area, e.Area, "area")
}

// merge fills a blank of an entity and refuses another word for what is known of it.
func (r *reading) merge(known *string, word, field string) {
	if *known != "" && word != "" && *known != word {
		r.fault(field, "entity.conflict", *known)
		return
	}
	*known = cmp.Or(*known, word)
}
