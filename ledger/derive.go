package ledger

import (
	"fmt"
	"slices"
	"strings"

	"carbonledger/ledger/seal"
	"carbonledger/quantity"
)

// Derive returns the policy that a name such as ghgp+market+gwp-ar5@2024-12-31 asks for, made of
// the policy before the first mark:
//
//	+market         the method market of the policy
//	+gwp-ar5        the warming potentials of this set, in place of those of the policy
//	+OLD=NEW        the factor set NEW wherever the policy names OLD
//	@2024-12-31     factors as they were known on that day: nothing published later
//
// The derived policy has the whole name for its id, and a digest of its own. Without a method it
// takes the first of the policy. What a policy does not have is ErrPolicy.
func (p Policy) Derive(name string) (Policy, error) {
	marks, known, dated := strings.Cut(strings.TrimPrefix(name, p.ID), "@")
	derived := p
	if dated {
		day, err := quantity.ParseDay(known)
		if err != nil {
			return Policy{}, fmt.Errorf("%w: %q: %w", ErrPolicy, name, err)
		}
		derived.Known = day
	}
	for _, mark := range strings.Split(marks, "+")[1:] {
		if err := derived.mark(mark); err != nil {
			return Policy{}, fmt.Errorf("%w: %q: %w", ErrPolicy, name, err)
		}
	}
	if derived.Method == "" && len(p.Methods) > 0 {
		derived.Method = p.Methods[0]
	}
	derived.Rules = slices.DeleteFunc(slices.Clone(derived.Rules), func(r Rule) bool {
		return r.Method != "" && r.Method != derived.Method
	})
	if name != p.ID {
		derived.ID = name
		derived.Digest = seal.Bytes([]byte(p.Digest.String() + name))
	}
	return derived, nil
}

// BaseID is the id of the policy a name is derived from.
func BaseID(name string) string {
	if at := strings.IndexAny(name, "+@"); at >= 0 {
		return name[:at]
	}
	return name
}

// mark carries out one mark of a derived policy.
func (p *Policy) mark(mark string) error {
	from, to, replaces := strings.Cut(mark, "=")
	switch {
	case slices.Contains(p.Methods, mark):
		if p.Method != "" && p.Method != mark {
			return fmt.Errorf("it has one method, not %s and %s", p.Method, mark)
		}
		p.Method = mark
	case replaces && to != "":
		return p.replace(from, to)
	case strings.HasPrefix(mark, gwpPrefix):
		p.GWP = []string{mark}
	default:
		return fmt.Errorf("%q is no method of %s (%s), no set of warming potentials (gwp-...) and "+
			"no OLD=NEW", mark, p.ID, strings.Join(p.Methods, ", "))
	}
	return nil
}

// gwpPrefix begins the ids of sets of warming potentials.
const gwpPrefix = "gwp-"

// replace puts a set in the place of another, wherever the policy names it.
func (p *Policy) replace(from, to string) error {
	found := false
	exchange := func(sets []string) []string {
		at := slices.Index(sets, from)
		if at < 0 {
			return sets
		}
		found = true
		sets = slices.Clone(sets)
		sets[at] = to
		return sets
	}
	p.GWP = exchange(p.GWP)
	p.Rules = slices.Clone(p.Rules)
	for i := range p.Rules {
		p.Rules[i].Sets = exchange(p.Rules[i].Sets)
	}
	if !found {
		return fmt.Errorf("it names no factor set %q", from)
	}
	return nil
}

// Variants are the names of the readings that belong side by side when somebody asks for a policy:
// one for each of its methods where the name chooses none.
func (p Policy) Variants(name string) []string {
	if len(p.Methods) < 2 || slices.ContainsFunc(p.Methods, func(method string) bool {
		return slices.Contains(strings.FieldsFunc(name, isMark), method)
	}) {
		return []string{name}
	}
	marks := name[len(BaseID(name)):]
	variants := make([]string, len(p.Methods))
	for i, method := range p.Methods {
		variants[i] = BaseID(name) + "+" + method + marks
	}
	return variants
}

func isMark(r rune) bool { return r == '+' || r == '@' }

// Sets returns the ids of all factor sets the policy names, each once, in order.
func (p Policy) Sets() []string {
	ids := slices.Clone(p.GWP)
	for _, rule := range p.Rules {
		ids = append(ids, rule.Sets...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
