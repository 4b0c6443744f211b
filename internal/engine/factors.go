package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/factors/analysis"
	"carbonledger/factors/published"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
	"carbonledger/table"
)

// Wanted is a factor somebody looks for: of a commodity to another, at an area and time, and for an
// entity or site where one is named, under a policy. Names are taken in either language.
type Wanted struct {
	Policy, From, To, Area, Entity, Site string
	Period                               quantity.Period
}

// FindFactor looks for the factor of a commodity as the rules of a policy would.
func (e *Engine) FindFactor(w Wanted) (factors.Search, error) {
	p, err := e.Policy(w.Policy)
	if err != nil {
		return factors.Search{}, err
	}
	source, err := e.commodity(w.From)
	if err != nil {
		return factors.Search{}, err
	}
	target, err := e.commodity(w.To)
	if err != nil {
		return factors.Search{}, err
	}
	code, ok := e.library.Areas.Find(w.Area)
	if !ok {
		return factors.Search{}, fmt.Errorf("%q is not a known area; write its code or name",
			w.Area)
	}
	search := factors.Search{
		Query: factors.Query{From: source.ID, To: target.ID, Area: code, Period: w.Period,
			Sets: append([]string{inventory.OwnID}, p.GWP...), Vintage: factors.OfPeriod,
			GWP: p.GWP, Known: p.Known, Approved: p.Own == ledger.OwnApproved},
	}
	subjects := e.library.Subjects(w.Entity, w.Site)
	for _, rule := range p.Rules {
		if rule.To != target.ID || !rule.Reads(source) ||
			rule.Method != "" && p.Method != "" && rule.Method != p.Method {
			continue
		}
		q := &search.Query
		q.Sets, q.Vintage = rule.Sets, factors.Vintage(rule.Vintage)
		q.From, q.To = cmp.Or(rule.Like, q.From), cmp.Or(rule.As, q.To)
		if rule.General {
			subjects = nil
		}
		break
	}
	if w.Entity != "" {
		search.Query.Subjects = subjects
	}
	search.Factor, search.Trace, err = e.library.Find(search.Query)
	search.Found = err == nil
	if errors.Is(err, factors.ErrNoFactor) {
		err = nil
	}
	return search, err
}

// commodity finds a commodity by its name, or names those close to it.
func (e *Engine) commodity(name string) (quantity.Commodity, error) {
	c, ok := e.library.Catalogue.Find(name)
	if !ok {
		return c, fmt.Errorf("%q is not a known commodity; near ones: %s", name,
			strings.Join(e.library.Catalogue.Near(name), ", "))
	}
	return c, nil
}

// Select returns the factors of a set that are from or to a commodity and hold for an area or lie
// in it; an empty name takes all.
func (e *Engine) Select(set factors.Set, commodity, area string) (factors.Set, error) {
	if commodity != "" {
		c, err := e.commodity(commodity)
		if err != nil {
			return set, err
		}
		set.Factors = slices.DeleteFunc(slices.Clone(set.Factors), func(f factors.Factor) bool {
			return f.From.ID != c.ID && f.To.ID != c.ID
		})
	}
	if area != "" {
		code, ok := e.library.Areas.Find(area)
		if !ok {
			return set, fmt.Errorf("%q is not a known area; write its code or name", area)
		}
		chain := e.library.Areas.Chain(code)
		set.Factors = slices.DeleteFunc(slices.Clone(set.Factors), func(f factors.Factor) bool {
			return !slices.Contains(chain, f.Area) && !e.library.Areas.Within(f.Area, code)
		})
	}
	return set, nil
}

// AddFactors puts a user's own factors into the book, as a batch of its own: what was read from an
// earlier position stays as it was. The file has the columns of a factor set and status `own`; the
// signature goes into the rows that name no approver or evidence.
func (e *Engine) AddFactors(ctx context.Context, path string, sign factors.Signature) (
	ledger.Receipt, error) {
	data, err := ReadFile(path)
	if err != nil {
		return ledger.Receipt{}, err
	}
	source := ledger.Source{File: filepath.Base(path), FileDigest: seal.Bytes(data),
		Dialect: "factors"}
	data = factors.Sign(data, sign)
	before := 0
	if set, ok := e.library.Set(inventory.OwnID); ok {
		before = len(set.Factors)
	}
	set, faults := inventory.OwnSet(e.book, e.library.Catalogue, string(data))
	for i := range faults {
		faults[i].File = source.File
	}
	if len(faults) > 0 {
		return ledger.Receipt{}, &Rejection{Faults: faults}
	}
	if len(set.Factors) == before {
		return ledger.Receipt{}, &Rejection{
			Faults: []table.Fault{{File: source.File, Code: "file.empty"}},
		}
	}
	return e.keepFactors(ctx,
		ledger.AddFactors(e.book, source, string(data), len(set.Factors)-before))
}

// keepFactors stores a batch of factors and opens the library with them.
func (e *Engine) keepFactors(ctx context.Context, batch ledger.Batch) (ledger.Receipt, error) {
	if err := e.append(ctx, batch); err != nil {
		return ledger.Receipt{}, err
	}
	var err error
	e.library, err = inventory.LibraryOf(e.book)
	return batch.Receipt, err
}

// ImportSet makes a set of a published file and puts it into the book; a dry run only makes it.
func (e *Engine) ImportSet(ctx context.Context, path string, o published.Options, dryRun bool) (
	published.Set, ledger.Receipt, error) {
	data, err := ReadFile(path)
	if err != nil {
		return published.Set{}, ledger.Receipt{}, err
	}
	o.Catalogue, o.Areas = e.library.Catalogue, e.library.Areas
	set, faults := published.Read(filepath.Base(path), data, o)
	if _, there := e.library.Set(o.ID); there && !dryRun {
		faults = append(faults, table.Fault{Code: "published.own-id", Cell: o.ID})
	}
	if len(faults) > 0 {
		return set, ledger.Receipt{}, &Rejection{Faults: faults}
	}
	if dryRun {
		return set, ledger.Receipt{}, nil
	}
	source := ledger.Source{File: set.File, FileDigest: seal.Bytes(data), Dialect: "factors"}
	receipt, err := e.keepFactors(ctx, ledger.AddSet(e.book, source, ledger.FactorSet{ID: set.ID,
		Source: string(set.Source)}, string(set.Rows), set.Taken))
	return set, receipt, err
}

// Analyses are the factors that analyses of fuel make, month by month.
type Analyses struct {
	Months   []analysis.Month
	Factors  []factors.Factor
	Warnings []table.Fault
	Receipt  ledger.Receipt
}

// AddAnalyses puts the monthly factors of a file of analyses into the book as own factors; a dry
// run only works them out.
func (e *Engine) AddAnalyses(ctx context.Context, path, approver string, dryRun bool) (
	Analyses, error) {
	data, err := ReadFile(path)
	if err != nil {
		return Analyses{}, err
	}
	file := filepath.Base(path)
	sheet, faults := sampleOf(file, data)
	if len(faults) > 0 {
		return Analyses{}, &Rejection{Faults: faults}
	}
	samples, faults := analysis.Read(sheet, e.library.Catalogue)
	if len(faults) > 0 {
		return Analyses{}, &Rejection{Faults: faults}
	}
	a := Analyses{Months: analysis.Months(samples)}
	var rows []factors.Row
	for _, month := range a.Months {
		rows = append(rows, month.Rows(file, approver)...)
		a.Warnings = append(a.Warnings, month.Warnings(file)...)
		if _, known := e.book.Entity(month.Entity); !known {
			a.Warnings = append(a.Warnings, table.Fault{File: file, Code: "analysis.no-such-entity",
				Args: []string{month.Entity}})
		}
	}
	text := string(factors.Format(rows))
	set, faults := inventory.OwnSet(e.book, e.library.Catalogue, text)
	if len(faults) > 0 {
		for i := range faults {
			faults[i].File, faults[i].Line = file, 0
		}
		return a, &Rejection{Faults: faults}
	}
	a.Factors = set.Factors[len(set.Factors)-len(rows):]
	if dryRun || len(rows) == 0 {
		return a, nil
	}
	source := ledger.Source{File: file, FileDigest: seal.Bytes(data), Dialect: "factors"}
	a.Receipt, err = e.keepFactors(ctx, ledger.AddFactors(e.book, source, text, len(rows)))
	return a, err
}
