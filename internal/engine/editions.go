package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/bridge"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// ErrNoSet is returned for a factor set that does not exist.
var ErrNoSet = errors.New("no factor set")

// Editions are two sets, or two editions of one, with the rows that differ.
type Editions struct {
	A, B        factors.Set
	Differences []factors.Difference
}

// Editions compares two sets; SET@2024-12-31 is the set as it was known on that day.
func (e *Engine) Editions(a, b string) (Editions, error) {
	first, err := edition(e.library, a)
	if err != nil {
		return Editions{}, err
	}
	second, err := edition(e.library, b)
	if err != nil {
		return Editions{}, err
	}
	return Editions{first, second, first.Differences(second)}, nil
}

// edition finds a set by its id, as of a day where the name says one.
func edition(library *factors.Library, name string) (factors.Set, error) {
	id, known, dated := strings.Cut(name, "@")
	set, ok := library.Set(id)
	if !ok {
		return factors.Set{}, fmt.Errorf("%w %q; see carbonledger factors list", ErrNoSet, id)
	}
	if !dated {
		return set, nil
	}
	day, err := quantity.ParseDay(known)
	if err != nil {
		return factors.Set{}, fmt.Errorf("%s: %w; write SET@2024-12-31", name, err)
	}
	return set.KnownOn(day), nil
}

// Adopted shows what would move in the book under a policy that took set B in the place of set A.
// Both are names as Editions takes them. Without measures it asks for those the sets lead to.
func (e *Engine) Adopted(ctx context.Context, policy string, position int, q inventory.Query,
	a, b string) (bridge.Move, Editions, error) {
	state, err := e.read(ctx, policy, position)
	if err != nil {
		return bridge.Move{}, Editions{}, err
	}
	if state.Library, err = inventory.LibraryOf(state.Book); err != nil {
		return bridge.Move{}, Editions{}, err
	}
	editions, err := e.Editions(a, b)
	if err != nil {
		return bridge.Move{}, Editions{}, err
	}
	id, _, _ := strings.Cut(a, "@")
	if !slices.Contains(state.Policy.Sets(), id) {
		return bridge.Move{}, Editions{}, fmt.Errorf("%w: %s takes nothing from %s; it names %s",
			ledger.ErrPolicy, policy, id, strings.Join(state.Policy.Sets(), ", "))
	}
	if len(q.Measures) == 0 {
		q.Measures = bridge.Measures(editions.A, editions.B)
	}
	var sides [2]inventory.Inventory
	for i, set := range []factors.Set{editions.A, editions.B} {
		if sides[i], err = taking(state, id, set, e.resolve(q)); err != nil {
			return bridge.Move{}, Editions{}, err
		}
	}
	return bridge.Compare(sides[0], sides[1]), editions, nil
}

// taking answers the query under the policy with a set in the place of the one it names.
func taking(state inventory.State, id string, set factors.Set, q inventory.Query) (
	inventory.Inventory, error) {
	if set.ID != id {
		if _, there := state.Library.Set(set.ID); !there {
			if err := state.Library.Add(set); err != nil {
				return inventory.Inventory{}, err
			}
		}
		derived, err := state.Policy.Derive(state.Policy.ID + "+" + id + "=" + set.ID)
		if err != nil {
			return inventory.Inventory{}, err
		}
		state.Policy = derived
	}
	return inventory.Build(state, q)
}
