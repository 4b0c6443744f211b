package ledger

import (
	"cmp"
	"encoding/json"
	"slices"

	"carbonledger/ledger/flows"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
)

// receiptIDLength is how many hexadecimal digits of the head name a receipt: 64 bits, so that two
// receipts of one book do not meet.
const receiptIDLength = 16

// Receipt is what an uploader gets for a batch, and what the store keeps beside its blocks.
type Receipt struct {
	ID       string `json:"receipt"`
	Position int    `json:"position"`
	// Head is the head of the book after the batch, Batch the digest of the batch itself.
	Head  seal.Digest `json:"head"`
	Batch seal.Digest `json:"batch"`
	// Upload fixes the bytes of the file and the dialect it was read by.
	Upload        seal.Digest `json:"upload"`
	File          string      `json:"file"`
	FileDigest    seal.Digest `json:"file_sha256"`
	Dialect       string      `json:"dialect"`
	DialectDigest seal.Digest `json:"dialect_sha256"`
	Encoding      string      `json:"encoding"`
	// Sheet is the worksheet, Delimiter what separates the cells of a text file, HeaderLine the
	// line of the (last) header row.
	Sheet      string `json:"sheet,omitempty"`
	Delimiter  string `json:"delimiter,omitempty"`
	HeaderLine int    `json:"header_line,omitempty"`
	// Cumulative: the figures and totals run from 1 January.
	Cumulative bool `json:"cumulative,omitempty"`
	// Mapping says how every column was read.
	Mapping []Mapped `json:"mapping,omitempty"`
	Posted  int      `json:"rows_posted"`
	Absent  int      `json:"rows_without_figure"`
	// Unchanged counts the rows the book has already, figure for figure.
	Unchanged int `json:"rows_unchanged"`
	Rejected  int `json:"rows_rejected"`
	// Reasons counts the rows rejected under each fault code.
	Reasons []Reason `json:"reasons,omitempty"`
	// Stated counts coefficients and other properties that are kept and never added up.
	Stated     int     `json:"statements,omitempty"`
	Registered int     `json:"entities_registered"`
	Warnings   int     `json:"warnings"`
	Totals     []Total `json:"totals"`
	// Reverses is the position of the batch this one takes back, Reason why; 0 for an upload.
	Reverses int    `json:"reverses,omitempty"`
	Reason   string `json:"reason,omitempty"`
}

// Mapped says how a column was read: as a field of the row, as a figure, or not at all.
type Mapped struct {
	// Column counts from 1.
	Column int    `json:"column"`
	Header string `json:"header"`
	// Field is the field the column gives: quantity for figures, stated for coefficients, checked
	// for what is compared and not read; Commodity, Unit, Role and State say what a figure is, as
	// far as the column decides it. A column with nothing but its header is not read.
	Field     string `json:"field,omitempty"`
	Commodity string `json:"commodity,omitempty"`
	Unit      string `json:"unit,omitempty"`
	Role      string `json:"role,omitempty"`
	State     string `json:"state,omitempty"`
}

// Reason is how many rows one fault code kept out.
type Reason struct {
	Code string `json:"code"`
	Rows int    `json:"rows"`
}

// Total is how much of a commodity a batch posted into a role, in its book unit. What was bought
// into stock and used out of it stands in two totals.
type Total struct {
	Commodity string          `json:"commodity"`
	Role      Role            `json:"role"`
	Number    quantity.Number `json:"number"`
	Unit      string          `json:"unit"`
}

// Equal says whether two totals say the same.
func (t Total) Equal(u Total) bool {
	return t.Commodity == u.Commodity && t.Role == u.Role && t.Unit == u.Unit &&
		t.Number.Equal(u.Number)
}

// TotalsOf adds the sums of a batch up by commodity and role, in that order. The role is where the
// amount went, and where it went into stock, where it came from. Of cumulative reports of one
// account and year only the last counts, which holds the others.
func TotalsOf(batch Batch, unitOf func(commodity string) string) []Total {
	if batch.Cumulative {
		batch.Sums = lastReports(batch.List())
	}
	type key struct {
		commodity string
		role      Role
	}
	sums := map[key]quantity.Number{}
	batch.made().byWhat(func(what flows.What, total quantity.Number) {
		at := key{what.Commodity, Role(what.To)}
		if at.role == Stock {
			at.role = Role(what.From)
		}
		sums[at] = sums[at].Add(total)
	})
	totals := make([]Total, 0, len(sums))
	for at, sum := range sums {
		totals = append(totals, Total{at.commodity, at.role, sum, unitOf(at.commodity)})
	}
	slices.SortFunc(totals, func(a, b Total) int {
		return cmp.Or(cmp.Compare(a.Commodity, b.Commodity), cmp.Compare(a.Role, b.Role))
	})
	return totals
}

// lastReports leaves out the cumulative figures that a later one of the same account and year
// holds.
func lastReports(list []Sum) []Sum {
	last := map[yearKey]quantity.Day{}
	for _, s := range list {
		if key := (yearKey{s.Flow.Account(), s.Period.First}); s.Absence.HasFigure() {
			last[key] = max(last[key], s.Period.End)
		}
	}
	return slices.DeleteFunc(slices.Clone(list), func(s Sum) bool {
		return s.Period.End < last[yearKey{s.Flow.Account(), s.Period.First}]
	})
}

// Line is a row of an upload as it stands in the book: the activity and the batch it came with.
type Line struct {
	Receipt  Receipt
	Activity Activity
}

// Encode prints the receipt as JSON, the form in which it is stored and given out.
func (r Receipt) Encode() []byte {
	text, err := json.Marshal(r)
	if err != nil {
		panic("ledger: receipt: " + err.Error())
	}
	return text
}

// DecodeReceipt reads what Encode printed.
func DecodeReceipt(text []byte) (r Receipt, err error) {
	err = json.Unmarshal(text, &r)
	return r, err
}
