// Package seal makes the digests that fix the book: of the bytes of an upload, of a batch, and of
// the whole book up to a batch. It knows bytes only.
//
// The head of the book after a batch is the digest of the head before it and of the batch, so a
// head stands for everything posted up to it, in order. Changing one old byte changes every later
// head.
package seal

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// Digest is a SHA-256. The zero value is the head of an empty book.
type Digest [sha256.Size]byte

// Domain keeps digests of different things apart, so that no batch can pass for a head.
type Domain string

// The domains of the book.
const (
	domainParts Domain = "carbonledger/parts/1"
	domainHead  Domain = "carbonledger/head/1"
)

// Bytes returns the digest of the bytes of a file: plain SHA-256, so that any other tool can check
// it.
func Bytes(data []byte) Digest { return sha256.Sum256(data) }

// Parts returns the digest of a list of byte strings: each part's length goes in before it, so that
// no two lists give the same bytes.
func Parts(parts ...[]byte) Digest { return combine(domainParts, parts...) }

// Next returns the head after a batch.
func Next(head, batch Digest) Digest { return combine(domainHead, head[:], batch[:]) }

func combine(domain Domain, parts ...[]byte) Digest {
	hash := sha256.New()
	write := func(part []byte) {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		hash.Write(length[:])
		hash.Write(part)
	}
	write([]byte(domain))
	for _, part := range parts {
		write(part)
	}
	return Digest(hash.Sum(nil))
}

// String prints the digest in hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText prints the digest in hexadecimal.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText printed.
func (d *Digest) UnmarshalText(text []byte) error {
	raw, err := hex.DecodeString(string(text))
	if err != nil || len(raw) != len(d) {
		return fmt.Errorf("%q is not a digest of %d bytes in hexadecimal", text, len(d))
	}
	copy(d[:], raw)
	return nil
}

// IsZero says whether d is the head of an empty book.
func (d Digest) IsZero() bool { return d == Digest{} }
