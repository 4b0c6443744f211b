package engine

import (
	"errors"
	"fmt"

	"carbonledger/table"
)

// ErrRejected is returned where an upload has faults; the result beside it lists them.
var ErrRejected = errors.New("the upload is rejected")

// Rejection is ErrRejected with the faults.
type Rejection struct {
	Faults []table.Fault
	// Posted and Refused count the tables that were and were not posted; others had nothing to
	// post.
	Posted, Refused int
	// Strict is true where the faults are warnings that --strict does not let pass.
	Strict bool
	// Told is true where the faults have been shown to the user already.
	Told bool
	// Read is true where the file was to be read only, and nothing of it posted.
	Read bool
}

// Error counts the faults.
func (r *Rejection) Error() string {
	return fmt.Sprintf("%v: %d faults", ErrRejected, len(r.Faults))
}

// Unwrap makes errors.Is(err, ErrRejected) true.
func (r *Rejection) Unwrap() error { return ErrRejected }

// RejectionOf returns the Rejection of what became of tables, or nil where none has faults that
// kept it out.
func RejectionOf(list []Imported) error {
	r := &Rejection{Strict: true}
	for _, t := range list {
		switch t.Outcome {
		case Posted:
			r.Posted++
		case Held:
			r.Refused++
		case Rejected:
			r.Refused++
			r.Faults = append(r.Faults, t.Faults...)
			r.Strict = r.Strict && t.Strict
		}
	}
	if len(r.Faults) == 0 {
		return nil
	}
	return r
}
