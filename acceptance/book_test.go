package acceptance

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/internal/engine"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// book is an engine over a book in memory, with what a test asks of it.
type book struct {
	*engine.Engine
	t *testing.T
}

func newBook(t *testing.T) book {
	t.Helper()
	e, err := engine.Open(t.Context(), engine.Memory, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := e.Check(context.Background()); err != nil {
			t.Errorf("check of the book: %v", err)
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return book{e, t}
}

// Headers of the two forms the cases are posted in.
const (
	longHeader    = "entity,area,industry,period,role,commodity,unit,quantity,document,absence\n"
	economyHeader = "area,indicator,period,unit,value\n"
)

// activity writes a row of the canonical long form; document and absence may follow.
func activity(entity, area, period, role, commodity, unit, number string, more ...string) string {
	document, absence, industry := "", "", ""
	for i, field := range []*string{&document, &absence, &industry} {
		if i < len(more) {
			*field = more[i]
		}
	}
	return strings.Join([]string{entity, area, industry, period, role, commodity, unit, number,
		document, absence}, ",") + "\n"
}

// post posts rows of the canonical long form, without a fault.
func (b book) post(rows ...string) ledger.Receipt {
	b.t.Helper()
	return b.file("long", longHeader+strings.Join(rows, ""))
}

// economy posts rows `area,indicator,period,unit,value`, without a fault.
func (b book) economy(rows ...string) ledger.Receipt {
	b.t.Helper()
	return b.file("economy", economyHeader+strings.Join(rows, "\n")+"\n")
}

func (b book) file(dialect, text string) ledger.Receipt {
	b.t.Helper()
	results, err := b.Post(b.t.Context(), dialect+".csv", []byte(text),
		engine.Import{Dialect: dialect})
	if err != nil {
		b.complain(err)
		b.t.Fatal(err)
	}
	return results[0].Receipt
}

// complain prints the faults of an upload that should have none.
func (b book) complain(err error) {
	b.t.Helper()
	var rejection *engine.Rejection
	if errors.As(err, &rejection) {
		for _, f := range rejection.Faults {
			b.t.Errorf("%s:%d: %s %q %v", f.File, f.Line, f.Code, f.Cell, f.Args)
		}
	}
}

// faults posts rows that must be refused and returns the codes, each once.
func (b book) faults(rows ...string) []string {
	b.t.Helper()
	results, err := b.Post(b.t.Context(), "long.csv", []byte(longHeader+strings.Join(rows, "")),
		engine.Import{Dialect: "long"})
	if err == nil {
		b.t.Fatalf("%d rows were posted, want a rejection", results[0].Receipt.Posted)
	}
	var codes []string
	for _, fault := range results[0].Faults {
		codes = append(codes, fault.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// edge is a factor of the user's own: value or parts, one of the two.
type edge struct {
	from, to, value, perUnit, toUnit, area string
	parts, first, end                      string
}

// own adds factors of the user's own to the book.
func (b book) own(edges ...edge) ledger.Receipt {
	b.t.Helper()
	text := factors.Header()
	for i, e := range edges {
		area := e.area
		id := strings.Join([]string{fmt.Sprint(i), e.from, e.to, e.area, e.first}, " ")
		if area == "" {
			area = factors.World
		}
		text += strings.Join([]string{id, e.from, e.to, e.value, e.perUnit, e.toUnit, area, e.first,
			e.end, "", "", "", "", "", e.parts, "the case", "", string(factors.Own), ""},
			",") + "\n"
	}
	path := filepath.Join(b.t.TempDir(), "own.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	receipt, err := b.AddFactors(b.t.Context(), path, factors.Signature{})
	if err != nil {
		b.t.Fatal(err)
	}
	return receipt
}

// rule is a rule of a policy of the user's own; it looks in own unless sets says otherwise.
type rule struct {
	to, role, scope, category string
	commodities               []string
	class, sets               string
	deduct                    bool
}

// policy writes a policy file and returns its path, which the engine takes for the policy's name.
func (b book) policy(gwp string, rules ...rule) string {
	b.t.Helper()
	text := "id = \"case\"\ntitle_zh = \"算例口径\"\ntitle_en = \"policy of the case\"\n" +
		"boundary = \"enterprise\"\ngwp = [\"" + gwp + "\"]\n"
	for _, r := range rules {
		text += "\n[[rule]]\nto = \"" + r.to + "\"\nrole = [\"" + orElse(r.role, "use") + "\"]\n"
		if len(r.commodities) > 0 {
			text += "commodity = [\"" + strings.Join(r.commodities, `", "`) + "\"]\n"
		}
		if r.class != "" {
			text += "class = [\"" + r.class + "\"]\n"
		}
		if r.to != strings.Join(r.commodities, "") {
			text += "sets = [\"" + orElse(r.sets, "own") + "\"]\nvintage = \"of-period\"\n"
		}
		if r.deduct {
			text += "deduct = true\n"
		}
		text += "scope = \"" + r.scope + "\"\ncategory = \"" + orElse(r.category, "case") + "\"\n"
	}
	path := filepath.Join(b.t.TempDir(), "policy.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// ask builds an inventory of one measure that must have no gaps.
func (b book) ask(policy string, m inventory.Measure, period string, by inventory.Dimension,
	where ...string) inventory.Inventory {
	b.t.Helper()
	v := b.query(policy, 0, m, period, by, where...)
	for _, gap := range v.Gaps {
		b.t.Errorf("%s has a gap: %s of %s -> %s, %s", m, gap.Flow.Commodity, gap.Flow.Entity,
			gap.To, gap.Reason)
	}
	return v
}

// query builds an inventory of one measure at a position, 0 being the present.
func (b book) query(policy string, position int, m inventory.Measure, period string,
	by inventory.Dimension, where ...string) inventory.Inventory {
	b.t.Helper()
	q := inventory.Query{Period: span(b.t, period), Measures: []inventory.Measure{m}}
	if by != "" {
		q.By = []inventory.Dimension{by}
	}
	conditions, err := inventory.ParseWhere(strings.Join(where, ","))
	if err != nil {
		b.t.Fatal(err)
	}
	q.Where = conditions
	v, err := b.Inventory(b.t.Context(), policy, position, q)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

// total is the figure of one measure in book units, without gaps.
func (b book) total(policy string, m inventory.Measure, period string,
	where ...string) quantity.Number {
	b.t.Helper()
	return b.ask(policy, m, period, "", where...).Totals[0].Number
}

// by is the figure of one measure for each value of a dimension.
func (b book) by(policy string, m inventory.Measure, period string, d inventory.Dimension,
	where ...string) map[string]quantity.Number {
	b.t.Helper()
	numbers := map[string]quantity.Number{}
	v := b.ask(policy, m, period, d, where...)
	for _, r := range v.Rows.All() {
		numbers[r.Key[0]] = r.Figures[0].Number
	}
	return numbers
}

// per is one measure per unit of a denominator, in book units and undivided.
func (b book) per(policy string, m inventory.Measure,
	period, denominator, area string) quantity.Ratio {
	b.t.Helper()
	q := inventory.Query{Period: span(b.t, period), Measures: []inventory.Measure{m}}
	list, err := b.Intensity(b.t.Context(), policy, 0, q, denominator, area)
	if err != nil {
		b.t.Fatal(err)
	}
	if list[0].Numerator.Gaps+list[0].Denominator.Gaps > 0 {
		b.t.Errorf("%s per %s has gaps", m, denominator)
	}
	return list[0].Ratio()
}

func span(t *testing.T, text string) quantity.Period {
	t.Helper()
	period, err := quantity.ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return period
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
