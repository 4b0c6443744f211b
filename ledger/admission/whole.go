package admission

import (
	"slices"

	"carbonledger/ledger"
)

// whole takes back the other parts of a figure of which one part was refused: a bill over two
// months is posted whole or not at all.
func (p *preparation) whole() {
	type figure struct {
		line    int
		account ledger.Flow
	}
	refused := map[figure]bool{}
	for _, a := range p.refused {
		refused[figure{a.Line, a.Flow.Account()}] = true
	}
	p.admitted = slices.DeleteFunc(p.admitted, func(a ledger.Activity) bool {
		return refused[figure{a.Line, a.Flow.Account()}]
	})
}
