package ledger

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"carbonledger/factors"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
	"carbonledger/table"
)

//go:embed policies
var policiesFolder embed.FS

// ErrPolicy is returned for a policy that does not exist.
var ErrPolicy = errors.New("no such policy")

// Boundary says whose purchases count.
type Boundary string

// Enterprise counts what each entity buys. Territory leaves out what one entity of the book bought
// from another, because the seller's fuel is in the same total.
const (
	Enterprise Boundary = "enterprise"
	Territory  Boundary = "territory"
)

// OwnAny takes every factor of a user's own, OwnApproved those that name an approver.
const (
	OwnAny      = "any"
	OwnApproved = "approved"
)

// Rule says which flows are read as what: a role and a class or list of commodities, the commodity
// they turn into, the scope and category the result belongs to, and the sets to look in.
// A rule whose To is the commodity itself counts it without a factor.
type Rule struct {
	To   string   `toml:"to"`
	Role []string `toml:"role"`
	// From limits the rule to what comes out of these roles; empty takes all.
	From      []string `toml:"from"`
	Class     []string `toml:"class"`
	Commodity []string `toml:"commodity"`
	Except    []string `toml:"except"`
	Scope     string   `toml:"scope"`
	Category  string   `toml:"category"`
	Sets      []string `toml:"sets"`
	Vintage   string   `toml:"vintage"`
	// Deduct makes the result negative: power and heat delivered to others.
	Deduct bool `toml:"deduct"`
	// Method limits the rule to one method of the policy; empty belongs to all.
	Method string `toml:"method"`
	// Like and As look for the factor of another edge: a certificate takes off what the same
	// electricity would count, and equal-value standard coal of a fuel is its calorific one.
	Like string `toml:"like"`
	As   string `toml:"as"`
	// General takes no factor that holds for one entity or site alone: the location-based method
	// counts the grid, whoever supplied the power.
	General bool `toml:"general"`
}

// Policy is a method of accounting as data.
type Policy struct {
	ID       string   `toml:"id"`
	TitleZH  string   `toml:"title_zh"`
	TitleEN  string   `toml:"title_en"`
	Source   string   `toml:"source"`
	Boundary Boundary `toml:"boundary"`
	// Electricity is the method for purchased power, GWP the sets of warming potentials.
	Electricity string   `toml:"electricity"`
	GWP         []string `toml:"gwp"`
	// Own says which factors of a user's own are taken: any, or approved ones; empty takes any.
	Own string `toml:"own"`
	// Methods are readings that stand side by side and are never added: location and market.
	Methods []string `toml:"methods"`
	Rules   []Rule   `toml:"rule"`
	// Method is the one of Methods this policy reads with, Known the last day whose publications
	// it takes, 0 for all: both are said in the name of a derived policy.
	Method string       `toml:"-"`
	Known  quantity.Day `toml:"-"`
	// Digest fixes the text of the policy.
	Digest seal.Digest `toml:"-"`
}

// ParsePolicy reads a policy file.
func ParsePolicy(file string, data []byte) (Policy, []table.Fault) {
	var policy Policy
	if faults := table.Document(file, data, &policy); len(faults) > 0 {
		return Policy{}, faults
	}
	policy.Digest = seal.Bytes(data)
	var faults []table.Fault
	complain := func(words string) {
		faults = append(faults, table.Fault{File: file, Code: "policy.rule", Args: []string{words}})
	}
	if policy.ID == "" || policy.TitleZH == "" || policy.TitleEN == "" {
		complain("id, title_zh and title_en are needed")
	}
	if strings.ContainsAny(policy.ID, "+@=:,/") {
		complain("an id holds none of + @ = : , /")
	}
	if policy.Boundary != Enterprise && policy.Boundary != Territory {
		complain("boundary is enterprise or territory")
	}
	if policy.Own != "" && policy.Own != OwnAny && policy.Own != OwnApproved {
		complain("own is any or approved")
	}
	for i, rule := range policy.Rules {
		vintage := factors.Vintage(rule.Vintage)
		known := vintage == factors.OfPeriod || vintage == factors.OfPeriodOrEarlier
		switch {
		case rule.To == "" || rule.Category == "" || len(rule.Role) == 0:
			complain(fmt.Sprintf("rule %d: to, category and role are needed", i+1))
		case len(rule.Class)+len(rule.Commodity) == 0:
			complain(fmt.Sprintf("rule %d: class or commodity is needed", i+1))
		case !rule.known():
			complain(fmt.Sprintf("rule %d: a role or class of it does not exist", i+1))
		case rule.Method != "" && !slices.Contains(policy.Methods, rule.Method):
			complain(fmt.Sprintf("rule %d: method %s is none of methods", i+1, rule.Method))
		case len(rule.Sets) > 0 && !known:
			complain(fmt.Sprintf("rule %d: vintage is of-period or of-period-or-earlier", i+1))
		}
	}
	return policy, faults
}

// known says whether all roles and classes of the rule exist; a mistyped one would read nothing.
func (r Rule) known() bool {
	for _, role := range slices.Concat(r.Role, r.From) {
		if _, ok := ParseRole(role); !ok {
			return false
		}
	}
	for _, class := range r.Class {
		if !slices.Contains(quantity.Classes, quantity.Class(class)) {
			return false
		}
	}
	return true
}

// Policies returns the policies that come with the program, in the order of their ids.
func Policies() ([]Policy, error) {
	list, err := policies()
	return slices.Clone(list), err
}

// policies reads the policies of the program, once.
var policies = sync.OnceValues(func() ([]Policy, error) {
	folders, err := fs.ReadDir(policiesFolder, "policies")
	if err != nil {
		return nil, err
	}
	var list []Policy
	for _, folder := range folders {
		file := "policies/" + folder.Name() + "/policy.toml"
		data, err := policiesFolder.ReadFile(file)
		if err != nil {
			return nil, err
		}
		policy, faults := ParsePolicy(file, data)
		if len(faults) > 0 {
			return nil, faults[0]
		}
		list = append(list, policy)
	}
	return list, nil
})

// PolicyByID returns a policy that comes with the program, derived as its name says, or ErrPolicy.
func PolicyByID(id string) (Policy, error) {
	policies, err := Policies()
	if err != nil {
		return Policy{}, err
	}
	var ids []string
	for _, policy := range policies {
		if policy.ID == BaseID(id) {
			return policy.Derive(id)
		}
		ids = append(ids, policy.ID)
	}
	return Policy{}, fmt.Errorf("%w: %q; the policies are %v", ErrPolicy, id, ids)
}

// applies says whether the rule reads this flow.
func (r Rule) applies(f Flow, commodity quantity.Commodity) bool {
	from := len(r.From) == 0 || slices.Contains(r.From, string(f.From))
	return from && slices.Contains(r.Role, string(f.To)) && r.Reads(commodity)
}

// Reads says whether the rule is about a commodity, whatever its role.
func (r Rule) Reads(c quantity.Commodity) bool {
	if slices.Contains(r.Except, c.ID) {
		return false
	}
	return slices.Contains(r.Class, string(c.Class)) || slices.Contains(r.Commodity, c.ID)
}
