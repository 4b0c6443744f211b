package inventory

import "carbonledger/ledger"

// Plain is the inventory one sum after the other.
func Plain(s State, q Query) ([]Row, []ledger.Gap) { return s.plain(q) }
