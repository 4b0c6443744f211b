package flows

import (
	"slices"

	"carbonledger/quantity"
)

// Held is a sum of the book with the batch that posted to its flow last.
type Held struct {
	Code  Code
	Total quantity.Number
	Rows  int
	// Latest is the position of the batch, 0 where only reversals have posted.
	Latest int
}

// Index finds sums by flow, by account and by who, batch after batch. A flow that no row reports
// any more is not in it.
type Index struct {
	held     map[Code]*Held
	accounts map[account][]*Held
	// whats are the accounts of every who.
	whats map[uint32][]uint32
	// plain are the whats of a table without their absence.
	plain []uint32
}

// account is a flow without its time and absence.
type account struct{ who, what uint32 }

// NewIndex returns an empty index.
func NewIndex() *Index {
	return &Index{held: map[Code]*Held{}, accounts: map[account][]*Held{},
		whats: map[uint32][]uint32{}}
}

// Add takes the sums of a batch in; position is 0 for a reversal.
func (x *Index) Add(t *Tables, s *Sums, position int) {
	for i, code := range s.Codes {
		held, known := x.held[code]
		if !known {
			held = &Held{Code: code}
		}
		held.Total, held.Rows = held.Total.Add(s.Total(i)), held.Rows+s.Rows[i]
		if position != 0 {
			held.Latest = position
		}
		switch {
		case held.Rows == 0 && known:
			x.drop(t, held)
		case !known:
			x.put(t, held)
		}
	}
}

func (x *Index) put(t *Tables, held *Held) {
	x.held[held.Code] = held
	key := x.account(t, held.Code)
	if x.accounts[key] == nil {
		x.whats[key.who] = append(x.whats[key.who], key.what)
	}
	x.accounts[key] = append(x.accounts[key], held)
}

func (x *Index) drop(t *Tables, held *Held) {
	delete(x.held, held.Code)
	key := x.account(t, held.Code)
	at := slices.Index(x.accounts[key], held)
	x.accounts[key] = slices.Delete(x.accounts[key], at, at+1)
}

// account is the account of a flow.
func (x *Index) account(t *Tables, code Code) account {
	for len(x.plain) < len(t.What.list) {
		what := t.What.list[len(x.plain)]
		what.Absence = ""
		x.plain = append(x.plain, t.What.Place(what))
	}
	return account{code.Who, x.plain[code.What]}
}

// Find returns the sum of a flow, or false where there is none.
func (x *Index) Find(code Code) (Held, bool) {
	held, ok := x.held[code]
	if !ok {
		return Held{}, false
	}
	return *held, true
}

// Account calls yield for the sums of an account, whatever their time and absence, in the order in
// which their flows were first posted.
func (x *Index) Account(t *Tables, who Who, what What, yield func(Held)) {
	what.Absence = ""
	atWho, okWho := t.Who.Find(who)
	atWhat, okWhat := t.What.Find(what)
	if !okWho || !okWhat {
		return
	}
	for _, held := range x.accounts[account{atWho, atWhat}] {
		yield(*held)
	}
}

// Of calls yield for every sum of a who, in no order.
func (x *Index) Of(who uint32, yield func(Held)) {
	for _, what := range x.whats[who] {
		for _, held := range x.accounts[account{who, what}] {
			yield(*held)
		}
	}
}
