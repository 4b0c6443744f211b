package scenarios

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Pins name the inventory a base was taken from, so that anyone can take it again.
type Pins struct {
	Position               int
	Head, Policy, Boundary string
	// PolicyDigest fixes the text of the policy, Sets its factor sets with their editions.
	PolicyDigest string
	Sets         []string
}

// ErrPins is returned for a text that is not one of pins.
var ErrPins = errors.New("not the pins of a scenario result")

// Text prints the pins, one a line, as a stored result carries them. ParsePins reads them back.
func (p Pins) Text() string {
	lines := []string{"position " + strconv.Itoa(p.Position), "head " + p.Head,
		"policy " + p.Policy, "policy-digest " + p.PolicyDigest, "boundary " + p.Boundary}
	for _, set := range p.Sets {
		lines = append(lines, "set "+set)
	}
	return strings.Join(lines, "\n") + "\n"
}

// ParsePins reads what Text prints, or returns ErrPins.
func ParsePins(text string) (Pins, error) {
	var p Pins
	seen := map[string]bool{}
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		word, value, ok := strings.Cut(line, " ")
		if !ok || seen[word] && word != "set" {
			return Pins{}, fmt.Errorf("%w: line %d: %q", ErrPins, i+1, line)
		}
		seen[word] = true
		switch word {
		case "position":
			position, err := strconv.Atoi(value)
			if err != nil || position < 0 {
				return Pins{}, fmt.Errorf("%w: line %d: position %q", ErrPins, i+1, value)
			}
			p.Position = position
		case "head":
			p.Head = value
		case "policy":
			p.Policy = value
		case "policy-digest":
			p.PolicyDigest = value
		case "boundary":
			p.Boundary = value
		case "set":
			p.Sets = append(p.Sets, value)
		default:
			return Pins{}, fmt.Errorf("%w: line %d: %q", ErrPins, i+1, line)
		}
	}
	if !seen["position"] || !seen["head"] || !seen["policy"] {
		return Pins{}, fmt.Errorf("%w: position, head and policy are needed", ErrPins)
	}
	return p, nil
}

// Move is one way in which what a result stands on has moved on.
type Move struct {
	// What is position, head, policy, boundary or sets.
	What, Before, Now string
}

// Moved returns in what other pins differ. A result made with the one is stale under the other.
func (p Pins) Moved(now Pins) (moves []Move) {
	for _, m := range []Move{
		{"position", strconv.Itoa(p.Position), strconv.Itoa(now.Position)},
		{"head", p.Head, now.Head},
		{"policy", strings.TrimSpace(p.Policy + " " + p.PolicyDigest),
			strings.TrimSpace(now.Policy + " " + now.PolicyDigest)},
		{"boundary", p.Boundary, now.Boundary},
		{"sets", strings.Join(p.Sets, ", "), strings.Join(now.Sets, ", ")},
	} {
		if m.Before != m.Now {
			moves = append(moves, m)
		}
	}
	return moves
}
