// Package digits holds answers about the same facts side by side, digit for digit.
//
// A peer answers in kg with all digits; the engine shows tonnes, with fewer digits and so that the
// parts add up to the total. Where digits are cut the same is done to the peer's answer before the
// two are compared: by the words of the engine's documents, with none of its code.
package digits

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"
)

// Key is what a figure belongs to.
type Key struct{ Entity, Period, Scope string }

// Answer is figures in the order they stand, and the total where the file states one.
type Answer struct {
	Keys    []Key
	Figures []string
	Total   string
	// Tonnes says that figures are tonnes; otherwise they are kg.
	Tonnes bool
}

// ReadPeer reads entity,period,scope,kg.
func ReadPeer(r io.Reader) (Answer, error) {
	var a Answer
	return a, eachRow(r, func(row, _ []string) error {
		a.Keys = append(a.Keys, Key{row[0], row[1], row[2]})
		a.Figures = append(a.Figures, row[3])
		return nil
	})
}

// ReadBalances reads account,balance as plain-text ledgers print it: the account ends in entity,
// month and scope, the balance may have its commodity behind it or be written Decimal('12.5'). Other
// lines are headers.
func ReadBalances(r io.Reader) (Answer, error) {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = -1
	var a Answer
	for {
		row, err := rows.Read()
		if err == io.EOF {
			return a, nil
		}
		if err != nil {
			return Answer{}, err
		}
		parts := strings.Split(strings.TrimSpace(row[0]), ":")
		if len(row) < 2 || len(parts) != 4 {
			continue
		}
		figure, _, _ := strings.Cut(strings.TrimSpace(row[1]), " ")
		figure = strings.TrimSuffix(strings.TrimPrefix(figure, "Decimal('"), "')")
		a.Keys = append(a.Keys, Key{parts[1], parts[2], parts[3]})
		a.Figures = append(a.Figures, figure)
	}
}

// ReadOurs reads an inventory by entity, month and scope. A cell for an entity begins with its id.
func ReadOurs(r io.Reader) (Answer, error) {
	var a Answer
	return a, eachRow(r, func(row, header []string) error {
		a.Tonnes = strings.Contains(header[3], "_t")
		if row[1] == "" && row[2] == "" {
			a.Total = row[3]
			return nil
		}
		entity, _, _ := strings.Cut(row[0], " ")
		a.Keys = append(a.Keys, Key{entity, row[1], row[2]})
		a.Figures = append(a.Figures, row[3])
		return nil
	})
}

// eachRow hands out the rows below the header. Texts are copied, so that a row does not keep
// those of cells that nobody asks for.
func eachRow(r io.Reader, take func(row, header []string) error) error {
	rows := csv.NewReader(r)
	header, err := rows.Read()
	if err != nil {
		return fmt.Errorf("no header: %w", err)
	}
	if len(header) < 4 {
		return fmt.Errorf("the header has %d columns, want entity, period, scope and a figure",
			len(header))
	}
	for {
		row, err := rows.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		for n := range row[:4] {
			row[n] = strings.Clone(row[n])
		}
		if err := take(row, header); err != nil {
			return err
		}
	}
}

// decimals is how many digits stand behind the point of the figure that has most.
func (a Answer) decimals() int {
	most := 0
	for _, figure := range append([]string{a.Total}, a.Figures...) {
		_, part, _ := strings.Cut(figure, ".")
		most = max(most, len(part))
	}
	return most
}

// Compare says in words how the two were compared, or where they differ first.
func Compare(ours, peer Answer) (how string, err error) {
	if ours.Tonnes && peer.Tonnes {
		// Both are shown in the same way.
		ours.Tonnes, peer.Tonnes = false, false
	}
	if len(ours.Keys) != len(peer.Keys) {
		return "", fmt.Errorf("we have %d figures and the peer %d", len(ours.Keys), len(peer.Keys))
	}
	if len(ours.Keys) == 0 {
		return "", fmt.Errorf("there is no figure to compare")
	}
	places := peer.decimals()
	exact, err := ordered(ours.Keys, peer, places)
	if err != nil {
		return "", err
	}
	shown := ours.decimals()
	if ours.Tonnes {
		places += 3
	}
	how = "all digits"
	if isCut(exact, shown, places) {
		how = fmt.Sprintf("%d decimals as shown", shown)
		exact, places = split(exact, places-shown), shown
	}
	sum := new(big.Int)
	for n, want := range exact {
		sum.Add(sum, want)
		if got, err := scaled(ours.Figures[n], places); err != nil || got.Cmp(want) != 0 {
			return "", fmt.Errorf("%v: we say %s, the peer %s", ours.Keys[n], ours.Figures[n],
				decimal(want, places))
		}
	}
	if ours.Total == "" {
		return how, nil
	}
	if total, err := scaled(ours.Total, places); err != nil || total.Cmp(sum) != 0 {
		return "", fmt.Errorf("total: we say %s, the peer %s", ours.Total, decimal(sum, places))
	}
	return how, nil
}

// isCut says whether the figures we show have lost digits of those there are.
func isCut(exact []*big.Int, shown, places int) bool {
	if shown >= places {
		return false
	}
	unit := power(places - shown)
	rest := new(big.Int)
	loses := func(n *big.Int) bool { return rest.Rem(n, unit).Sign() != 0 }
	return slices.ContainsFunc(exact, loses)
}

// ordered returns the peer's figures in the order of the keys, counted in 10^-places.
func ordered(keys []Key, peer Answer, places int) ([]*big.Int, error) {
	at := make(map[Key]int, len(peer.Keys))
	for n, key := range peer.Keys {
		if _, twice := at[key]; twice {
			return nil, fmt.Errorf("%v: the peer has it twice", key)
		}
		at[key] = n
	}
	numbers := make([]*big.Int, len(keys))
	for n, key := range keys {
		from, ok := at[key]
		if !ok {
			return nil, fmt.Errorf("%v: the peer has no figure", key)
		}
		delete(at, key)
		number, err := scaled(peer.Figures[from], places)
		if err != nil {
			return nil, fmt.Errorf("%v: the peer: %w", key, err)
		}
		numbers[n] = number
	}
	return numbers, nil
}

// split rounds the total, half up, and divides it by the parts, largest remainder first, ties to
// the earlier part (docs/method/rounding.md). Figures are not negative.
//
//	share = total shown x part / sum of the parts
func split(parts []*big.Int, cut int) []*big.Int {
	sum := new(big.Int)
	for _, part := range parts {
		sum.Add(sum, part)
	}
	left := half(sum, power(cut))
	total := new(big.Int).Set(left)
	shown, lost := make([]*big.Int, len(parts)), make([]*big.Int, len(parts))
	order := make([]int, len(parts))
	for n, part := range parts {
		share := new(big.Int).Mul(total, part)
		shown[n] = half(share, sum)
		lost[n] = share.Sub(share, new(big.Int).Mul(shown[n], sum))
		left.Sub(left, shown[n])
		order[n] = n
	}
	sign := left.Sign()
	slices.SortStableFunc(order, func(a, b int) int { return sign * lost[b].Cmp(lost[a]) })
	step := big.NewInt(int64(sign))
	for n := 0; left.Sign() != 0; n++ {
		part := shown[order[n%len(order)]]
		part.Add(part, step)
		left.Sub(left, step)
	}
	return shown
}

// half is n / by, rounded half up.
func half(n, by *big.Int) *big.Int {
	twice := new(big.Int).Lsh(n, 1)
	return twice.Quo(twice.Add(twice, by), new(big.Int).Lsh(by, 1))
}

// scaled reads a decimal as a count of 10^-places.
func scaled(text string, places int) (*big.Int, error) {
	whole, part, _ := strings.Cut(text, ".")
	part = strings.TrimRight(part, "0")
	if len(part) > places {
		return nil, fmt.Errorf("%q has more than %d decimals", text, places)
	}
	n, ok := new(big.Int).SetString(whole+part+strings.Repeat("0", places-len(part)), 10)
	if !ok {
		return nil, fmt.Errorf("%q is no decimal", text)
	}
	return n, nil
}

func decimal(n *big.Int, places int) string {
	text := n.String()
	if short := places + 1 - len(text); short > 0 {
		text = strings.Repeat("0", short) + text
	}
	return text[:len(text)-places] + "." + text[len(text)-places:]
}

func power(places int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
}
