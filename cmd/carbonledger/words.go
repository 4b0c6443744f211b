package main

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"carbonledger/internal/engine"
	"carbonledger/internal/planning"
	"carbonledger/internal/proof"
	"carbonledger/internal/report"
	"carbonledger/internal/store"
	"carbonledger/internal/store/sqlite"
	"carbonledger/ledger"
	"carbonledger/ledger/barometer"
	"carbonledger/ledger/bridge"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/inventory"
	"carbonledger/ledger/uncertainty"
	"carbonledger/scenarios/attribution"
	"carbonledger/scenarios/search"
	"carbonledger/table"
)

// errUsage is a mistake in the way the program was called.
var errUsage = errors.New("usage")

// usage is such a mistake in the words of a term.
func usage(key string, args ...string) error {
	return &report.Error{Key: key, Args: args, Err: errUsage}
}

// sentinels are errors with words of their own in both languages; the detail follows them.
var sentinels = []struct {
	err error
	key string
}{
	{uncertainty.ErrAssumption, "error.assumption"},
	{errUsage, "error.usage"}, {store.ErrMoved, "error.moved"},
	{store.ErrDamaged, "error.damaged"}, {ledger.ErrPolicy, "error.policy"},
	{barometer.ErrScale, "error.scale"},
	{ledger.ErrReceipt, "error.receipt"}, {proof.ErrNotHeld, "error.not-held"},
	{proof.ErrNoReceipt, "error.no-receipts"}, {ledger.ErrBlock, "error.damaged"},
	{dialects.ErrUnknown, "error.dialect"},
	{inventory.ErrMeasure, "error.measure"}, {inventory.ErrDimension, "error.dimension"},
	{inventory.ErrRef, "error.ref"}, {inventory.ErrQuotient, "error.quotient"},
	{bridge.ErrApart, "error.apart"}, {attribution.ErrSame, "error.same"},
	{engine.ErrNoSet, "error.set"}, {fs.ErrNotExist, "error.no-file"},
	{fs.ErrPermission, "error.permission"},
}

// inWords says an error in the reader's language: in the words of a term where it has them, and
// otherwise behind those of its kind.
func inWords(lang table.Lang, err error) string {
	var earlier *planning.Earlier
	if errors.As(err, &earlier) {
		return report.Say(lang, "error.at-position", strconv.Itoa(earlier.Position),
			inWords(lang, earlier.Err))
	}
	detail := strings.TrimPrefix(err.Error(), "usage: ")
	told := toldOf(lang, err)
	if told != nil {
		detail = told.In(lang)
	}
	for _, s := range sentinels {
		if told != nil && s.err != errUsage || !errors.Is(err, s.err) {
			continue
		}
		words := report.Term(lang, s.key)
		if strings.HasPrefix(detail, words) {
			return detail
		}
		return report.Say(lang, "error.kind", words, detail)
	}
	return detail
}

// toldOf returns what of an error has words of its own; what the operating system says of a path
// and what the core refuses to answer get them here.
func toldOf(lang table.Lang, err error) *report.Error {
	var told *report.Error
	var undivided *inventory.NoDenominator
	var problem *search.Refusal
	switch {
	case errors.As(err, &told):
		return told
	case errors.As(err, &undivided):
		return undividedIn(lang, undivided)
	case errors.As(err, &problem):
		return problemIn(lang, problem)
	}
	var path *fs.PathError
	if !errors.As(err, &path) {
		return nil
	}
	for kind, key := range map[error]string{
		fs.ErrNotExist: "file.none", fs.ErrPermission: "file.closed",
	} {
		if errors.Is(path.Err, kind) {
			return &report.Error{Key: key, Args: []string{path.Path}, Err: err}
		}
	}
	return nil
}

// undividedIn says why there is nothing to divide by.
func undividedIn(lang table.Lang, n *inventory.NoDenominator) *report.Error {
	per, area := n.Asked, n.Area
	if n.Commodity.ID != "" {
		per = report.Names{Lang: lang}.Commodity(n.Commodity)
	}
	if area == "" {
		area = report.Term(lang, "denominator.any-area")
	}
	return &report.Error{Key: "denominator." + string(n.Why), Err: n,
		Args: []string{per, area, n.Period.String(), listed(n.Areas)}}
}

// problemIn says why a search has no answer.
func problemIn(lang table.Lang, p *search.Refusal) *report.Error {
	lever, unknown := "", ""
	if p.Lever != "" {
		lever = report.Term(lang, "lever."+p.Lever)
	}
	if p.Unknown != "" {
		unknown = report.Term(lang, "unknown."+string(p.Unknown))
	}
	return &report.Error{Key: "problem." + string(p.Why), Err: p,
		Args: []string{p.Name, lever, strconv.Itoa(p.Max), unknown, listed(search.Goals())}}
}

// isConfig says whether an error is about how the program was set up and not about its work.
func isConfig(err error) bool {
	for _, target := range []error{ledger.ErrPolicy, dialects.ErrUnknown, sqlite.ErrNoBook,
		sqlite.ErrUnopened, sqlite.ErrSchema, barometer.ErrScale, fs.ErrNotExist,
		fs.ErrPermission} {
		if errors.Is(err, target) {
			return true
		}
	}
	return false
}

// of returns an error in the words of a term where it is of a kind, and as it is otherwise.
func of(err, kind error, key string, args ...string) error {
	if !errors.Is(err, kind) {
		return err
	}
	return &report.Error{Key: key, Args: args, Err: err}
}

// listed joins names of any kind of text.
func listed[T ~string](list []T) string {
	var names []string
	for _, name := range list {
		names = append(names, string(name))
	}
	return strings.Join(names, ", ")
}
