// Package ledger is the book: activities as enterprises report them, the entries and postings they
// become, the batches they arrive in, and the policies under which they are read.
//
// What was consumed is a fact and is stored once, as an Activity. What it means (tonnes of CO2,
// standard coal) is a reading of the fact under a Policy, worked out whenever somebody asks and
// never stored. Nothing in the book is changed: a correction is a Reversal and a new batch.
//
// The postings of an entry sum to zero in every commodity; the same upload posted twice changes
// nothing; the head of the book after a batch never changes.
package ledger

import (
	"cmp"
	"strings"

	"carbonledger/quantity"
)

// Role says what a part of an account stands for.
type Role string

// The physical roles (where something came from, where it is, where it went) and the derived ones.
const (
	Supply    Role = "supply"
	Stock     Role = "stock"
	Use       Role = "use"
	Feedstock Role = "feedstock"
	Convert   Role = "convert"
	Product   Role = "product"
	Sale      Role = "sale"
	Loss      Role = "loss"
	Emit      Role = "emit"
	Origin    Role = "origin"
)

// physical lists the roles an activity may move something between.
var physical = []Role{Supply, Stock, Use, Feedstock, Convert, Product, Sale, Loss, Origin}

// ParseRole reads a physical role.
func ParseRole(text string) (Role, bool) {
	for _, role := range physical {
		if string(role) == text {
			return role, true
		}
	}
	return "", false
}

// Source returns the account an amount comes from where a file names only where it went: what is
// made comes from nowhere in the book, what is sold comes out of stock, all else was supplied.
func (r Role) Source() Role {
	switch r {
	case Product:
		return Origin
	case Sale, Loss:
		return Stock
	}
	return Supply
}

// Target returns the account an amount goes to: what is bought without a use goes into stock.
func (r Role) Target() Role {
	if r == Supply {
		return Stock
	}
	return r
}

// Absence says why there is no plain figure. Zero is a figure and not an absence.
type Absence string

// The kinds of absence; an estimate has a figure and says how it came about.
const (
	Present           Absence = ""
	Missing           Absence = "missing"
	NotOccurring      Absence = "not-occurring"
	IncludedElsewhere Absence = "included-elsewhere"
	Estimated         Absence = "estimated"
	Confidential      Absence = "confidential"
)

// ParseAbsence reads an absence as files write it; `zero` is a figure, so it reads as present.
func ParseAbsence(text string) (Absence, bool) {
	switch absence := Absence(text); absence {
	case Present, Missing, NotOccurring, IncludedElsewhere, Estimated, Confidential:
		return absence, true
	case "zero":
		return Present, true
	}
	return "", false
}

// HasFigure says whether an amount stands beside the absence.
func (a Absence) HasFigure() bool { return a == Present || a == Estimated }

// IsGap says whether a sum that holds this absence is incomplete.
func (a Absence) IsGap() bool { return a == Missing || a == Confidential }

// Flow is what is added up: the same thing moving between the same two accounts in the same time.
// Flows are comparable and serve as keys.
type Flow struct {
	Entity, Site string
	From, To     Role
	Commodity    string
	Period       quantity.Period
	// Counterparty is the entity at the other end, where it is named.
	Counterparty string
	// Vintage is the day of publication of a figure that is revised, such as GDP; 0 for others.
	Vintage quantity.Day
	Absence Absence
}

// Compare orders flows by entity, site, commodity, period and the rest.
func (f Flow) Compare(g Flow) int {
	return cmp.Or(
		strings.Compare(f.Entity, g.Entity),
		strings.Compare(f.Site, g.Site),
		strings.Compare(f.Commodity, g.Commodity),
		cmp.Compare(f.Period.First, g.Period.First),
		cmp.Compare(f.Period.End, g.Period.End),
		strings.Compare(
			string(f.From),
			string(g.From),
		),
		strings.Compare(string(f.To), string(g.To)),
		strings.Compare(f.Counterparty, g.Counterparty),
		cmp.Compare(f.Vintage, g.Vintage),
		strings.Compare(string(f.Absence), string(g.Absence)),
	)
}

// Account is a flow without its time: figures of one account must not overlap in time.
func (f Flow) Account() Flow {
	f.Period, f.Absence = quantity.Period{}, Present
	return f
}

// Activity is one reported figure, checked and in book units.
type Activity struct {
	Flow
	// Number counts book units of the commodity.
	Number quantity.Number
	// Document is the number of the bill or record, where the file has one.
	Document string
	// Line is the physical line of the file, Written the figure and unit as they stand there.
	Line    int
	Written string
	// PerUnit is how many book units one unit as written is, where Number is that many times the
	// written figure.
	PerUnit quantity.Number
}

// Posting is one line of an entry.
type Posting struct {
	Entity, Site string
	Role         Role
	Commodity    string
	Number       quantity.Number
}

// Postings are the two lines every activity makes: what one account gives, the other gets.
// They sum to zero. Where a counterparty is named, the amount comes out of its sales or goes into
// its supply, so that the pair is booked once with both ends.
func (f Flow) Postings(n quantity.Number) [2]Posting {
	from := Posting{f.Entity, f.Site, f.From, f.Commodity, n.Neg()}
	to := Posting{f.Entity, f.Site, f.To, f.Commodity, n}
	if f.Counterparty != "" {
		if f.To == Sale {
			to.Entity, to.Site, to.Role = f.Counterparty, "", Supply
		} else {
			from.Entity, from.Site, from.Role = f.Counterparty, "", Sale
		}
	}
	return [2]Posting{from, to}
}

// Sum is all that moved in one flow, and how many rows reported it.
type Sum struct {
	Flow
	Total quantity.Number
	Rows  int
}

// Equal says whether two sums say the same.
func (s Sum) Equal(t Sum) bool {
	return s.Flow == t.Flow && s.Rows == t.Rows && s.Total.Equal(t.Total)
}

// Edge tells a stock count at the beginning of a period from one at its end.
type Edge string

// The two counts a form asks for.
const (
	Opening Edge = "opening"
	Closing Edge = "closing"
)

// Assertion is a stock as it was counted. It is checked against the book and never posted.
type Assertion struct {
	Entity, Site, Commodity string
	// Period is the span of the form the count stands in.
	Period  quantity.Period
	Edge    Edge
	Number  quantity.Number
	Line    int
	Written string
}

// Statement is a property that a file states of a commodity or a site: a coefficient, a measured
// heating value, a ratio or an intensity. It is kept with its unit as written and never added up.
type Statement struct {
	Entity, Site string
	// Commodity is empty where the property is of the site itself.
	Commodity string `json:",omitempty"`
	Period    quantity.Period
	// Property says what is stated: coal-equivalent, net-calorific-value, carbon-content,
	// oxidation, reuse-ratio, and for other files whatever the dialect calls it.
	Property string
	// Number counts Unit, which is text: tce/t, GJ/t, %.
	Number  quantity.Number
	Unit    string
	Line    int
	Written string
}

// Entity is an enterprise, household sector or statistical area that reports.
type Entity struct {
	ID, Name string
	// Industry is a class of GB/T 4754 (section letter and two to four digits), RESIDENTIAL for
	// households, and empty for an area.
	Industry string
	Area     string
	From     quantity.Day
	Line     int
}

// IsArea says whether the entity is a statistical area, which reports denominators only.
func (e Entity) IsArea() bool { return e.ID == e.Area }

// Same says whether two registrations say the same, wherever they stand.
func (e Entity) Same(f Entity) bool {
	e.Line, f.Line = 0, 0
	return e == f
}
