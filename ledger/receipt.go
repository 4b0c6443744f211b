package ledger

import (
	"encoding/json"

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
	// Field is the field the column gives, empty for figures; Commodity, Unit, Role and State say
	// what a figure is, as far as the column decides it. A column with nothing but its header is
	// not read.
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

// Total is how much of a commodity a batch posted, in its book unit.
type Total struct {
	Commodity string          `json:"commodity"`
	Number    quantity.Number `json:"number"`
	Unit      string          `json:"unit"`
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
