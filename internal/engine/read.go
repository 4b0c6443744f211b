package engine

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"carbonledger/internal/archive"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/table"
)

// Policy returns a policy by its id, or from a file where the name has a dot or a slash. Marks
// behind either derive another reading of it: see ledger.Policy.Derive.
func (e *Engine) Policy(name string) (ledger.Policy, error) {
	policy, err := e.policy(name)
	if err != nil {
		return ledger.Policy{}, err
	}
	for _, id := range policy.Sets() {
		if !e.library.Has(id) {
			return ledger.Policy{}, fmt.Errorf("%w: %s: there is no factor set %s",
				ledger.ErrPolicy, name, id)
		}
	}
	return policy, nil
}

func (e *Engine) policy(name string) (ledger.Policy, error) {
	if !strings.ContainsAny(name, "./\\") {
		return ledger.PolicyByID(name)
	}
	folder, file := filepath.Split(name)
	path := folder + ledger.BaseID(file)
	data, err := os.ReadFile(path)
	if err != nil {
		return ledger.Policy{}, err
	}
	policy, faults := ledger.ParsePolicy(path, data)
	if len(faults) > 0 {
		return ledger.Policy{}, &Rejection{Faults: faults}
	}
	if _, err := ledger.PolicyByID(policy.ID); err == nil {
		return ledger.Policy{}, &Rejection{Faults: []table.Fault{{File: path, Code: "policy.rule",
			Args: []string{policy.ID + " is the id of a policy of the program; take another"}}}}
	}
	for _, id := range policy.Sets() {
		if !e.library.Has(id) {
			return ledger.Policy{}, &Rejection{
				Faults: []table.Fault{{File: path, Code: "policy.rule",
					Args: []string{"there is no factor set " + id}}},
			}
		}
	}
	return policy.Derive(policy.ID + file[len(ledger.BaseID(file)):])
}

// Inventories answers a query under several policies, side by side. Of a policy that reads with
// several methods, such as location and market, all are shown, unless its name chooses one.
func (e *Engine) Inventories(ctx context.Context, policies []string, position int,
	q inventory.Query) ([]inventory.Inventory, error) {
	var list []inventory.Inventory
	for _, name := range policies {
		variants, err := e.variants(name, q.Measures)
		if err != nil {
			return nil, err
		}
		for _, variant := range variants {
			answer, err := e.Inventory(ctx, variant, position, q)
			if err != nil {
				return nil, err
			}
			list = append(list, answer)
		}
	}
	return list, nil
}

// variants names the readings of a policy that differ in the measures.
func (e *Engine) variants(name string, measures []inventory.Measure) ([]string, error) {
	if strings.ContainsAny(name, "./\\") {
		return []string{name}, nil
	}
	policy, err := ledger.PolicyByID(name)
	if err != nil {
		return nil, err
	}
	return inventory.Variants(policy, name, measures, e.library.Catalogue), nil
}

// Inventory adds up what the query asks for, under a policy, at a position of the book (0: now).
func (e *Engine) Inventory(ctx context.Context, policy string, position int, q inventory.Query) (
	inventory.Inventory, error) {
	state, err := e.read(ctx, policy, position)
	if err != nil {
		return inventory.Inventory{}, err
	}
	return inventory.Build(state, e.resolve(q))
}

// Intensity divides the measures of the query by a denominator.
func (e *Engine) Intensity(ctx context.Context, policy string, position int, q inventory.Query,
	per, area string) ([]inventory.Intensity, error) {
	state, err := e.read(ctx, policy, position)
	if err != nil {
		return nil, err
	}
	if area != "" {
		code, ok := e.library.Areas.Find(area)
		if !ok {
			return nil, fmt.Errorf("%q is not a known area; write its code or name", area)
		}
		area = code
	}
	return inventory.Intensities(state, e.resolve(q), per, area)
}

// resolve turns names in the conditions of a query into ids.
func (e *Engine) resolve(q inventory.Query) inventory.Query {
	where := map[inventory.Dimension]string{}
	for dimension, value := range q.Where {
		where[dimension] = value
		if code, ok := e.library.Areas.Find(value); ok && dimension == inventory.Area {
			where[dimension] = code
		}
		commodity, ok := e.library.Catalogue.Find(value)
		if ok && (dimension == inventory.Commodity || dimension == inventory.Gas) {
			where[dimension] = commodity.ID
		}
	}
	q.Where = where
	return q
}

func (e *Engine) read(ctx context.Context, policy string, position int) (inventory.State, error) {
	p, err := e.Policy(policy)
	if err != nil {
		return inventory.State{}, err
	}
	return e.state(ctx, p, position)
}

// At returns the book as a policy reads it at a position; 0 is where it stands.
func (e *Engine) At(ctx context.Context, policy string, position int) (inventory.State, error) {
	return e.read(ctx, policy, position)
}

// Explanation is a figure taken apart, down to the lines of files.
type Explanation struct {
	inventory.Explanation
	// Lines are the rows behind each part, in the order of the book.
	Lines [][]ledger.Line
}

// Explain takes a figure apart. It opens only the blocks that can hold rows of it. A figure read
// under a policy file needs that file again; policy is empty for the policies of the program.
func (e *Engine) Explain(ctx context.Context, text, policy string) (Explanation, error) {
	ref, err := inventory.ParseRef(text)
	if err != nil {
		return Explanation{}, err
	}
	if policy == "" {
		policy = ref.Policy
	}
	state, err := e.read(ctx, policy, ref.Position)
	if err == nil && state.Policy.ID != ref.Policy {
		err = fmt.Errorf("%w: the figure was read under %s and not under %s",
			ledger.ErrPolicy, ref.Policy, state.Policy.ID)
	}
	if err != nil {
		return Explanation{}, err
	}
	plain, err := inventory.Explain(state, ref)
	if err != nil {
		return Explanation{}, err
	}
	full := Explanation{Explanation: plain, Lines: make([][]ledger.Line, len(plain.Parts))}
	partOf, asked := map[ledger.Flow][]int{}, archive.Asked{}
	for i, part := range plain.Parts {
		for _, sum := range part.Sums {
			asked.Add(sum.Flow)
			partOf[sum.Flow] = append(partOf[sum.Flow], i)
		}
	}
	shares := state.Book.Shares()
	err = e.archive().Each(ctx, state.Book, asked, func(r ledger.Receipt, a ledger.Activity) {
		stored := a.Number
		for _, share := range shares(r.Position, a.Flow) {
			a.Flow, a.Number = share.Flow, stored
			if share.Less {
				a.Number = stored.Neg()
			}
			for _, part := range partOf[a.Flow] {
				full.Lines[part] = append(full.Lines[part],
					ledger.Line{Receipt: r, Activity: a})
			}
		}
	})
	return full, err
}

// Check proves every batch and block of the store: see archive.Check.
func (e *Engine) Check(ctx context.Context) (archive.Checked, error) {
	return archive.Check(ctx, e.store)
}

// Export calls yield for every activity that stands: see archive.Export.
func (e *Engine) Export(ctx context.Context, yield func(ledger.Receipt, ledger.Activity)) error {
	return e.archive().Export(ctx, e.book, yield)
}
