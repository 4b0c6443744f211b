package store

import (
	"errors"
	"fmt"
	"hash/crc32"
	"iter"
	"runtime"
	"slices"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// blockMax bounds what one block unpacks to: a block of rows has a few MiB, and a damaged one must
// not ask for more. Pack refuses a larger one.
const blockMax = 256 << 20

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Checksum is the CRC-32C of some bytes.
func Checksum(data []byte) uint32 { return crc32.Checksum(data, castagnoli) }

// Packed is a column block in its stored form: compressed, with size and CRC-32C of the plain
// bytes.
type Packed struct {
	Size int
	CRC  uint32
	// Index says what the block can hold, so that nobody opens one he does not need: the bytes of a
	// ledger/index. Empty where nobody made one; such a block is always opened.
	Index []byte
	Body  []byte
}

// window is how far back the compressor looks for the same bytes: columns repeat at short distance
// or not at all, and a small table stays in the cache of a core.
const window = 64 << 10

// codec is made when the first block comes.
var codec = sync.OnceValue(func() *zstdCodec {
	encoder, errEncoder := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithEncoderConcurrency(runtime.GOMAXPROCS(0)), zstd.WithWindowSize(window),
		zstd.WithAllLitEntropyCompression(true), zstd.WithEncoderCRC(false),
		zstd.WithZeroFrames(true), zstd.WithSingleSegment(true))
	decoder, errDecoder := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0),
		zstd.WithDecoderMaxMemory(blockMax), zstd.WithDecodeAllCapLimit(true))
	if err := errors.Join(errEncoder, errDecoder); err != nil {
		panic("store: zstd: " + err.Error())
	}
	return &zstdCodec{encoder, decoder}
})

type zstdCodec struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

// Pack compresses a block. It is safe for concurrent use; the index is kept and not copied.
func Pack(plain, index []byte) (Packed, error) {
	if len(plain) > blockMax {
		return Packed{}, fmt.Errorf("a block of %d bytes is more than the %d a book takes; "+
			"split the file", len(plain), blockMax)
	}
	return Packed{Size: len(plain), CRC: Checksum(plain), Index: index,
		Body: codec().encoder.EncodeAll(plain, nil)}, nil
}

// Plain returns the plain bytes, or ErrDamaged. It takes no memory that the compressed bytes do not
// vouch for, and never more than blockMax. It is safe for concurrent use.
func (p Packed) Plain() ([]byte, error) {
	var header zstd.Header
	if err := header.Decode(p.Body); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if p.Size < 0 || p.Size > blockMax || header.Skippable || !header.HasFCS ||
		header.FrameContentSize != uint64(p.Size) {
		return nil, fmt.Errorf("%w: size %d", ErrDamaged, p.Size)
	}
	plain, err := codec().decoder.DecodeAll(p.Body, make([]byte, 0, p.Size))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if len(plain) != p.Size || Checksum(plain) != p.CRC {
		return nil, fmt.Errorf("%w: checksum", ErrDamaged)
	}
	return plain, nil
}

// Source is the blocks of a batch in their order. It can be walked more than once, and need not lie
// in memory: see spool.
type Source interface {
	// Len is how many blocks there are.
	Len() int
	// All yields every block, or an error, which ends the walk.
	All() iter.Seq2[Packed, error]
}

// List is blocks that lie in memory.
type List []Packed

// Len is how many blocks there are.
func (l List) Len() int { return len(l) }

// All yields every block.
func (l List) All() iter.Seq2[Packed, error] {
	return func(yield func(Packed, error) bool) {
		for _, block := range l {
			if !yield(block, nil) {
				return
			}
		}
	}
}

// PackAll packs blocks without an index, on all processors.
func PackAll(plain [][]byte) (List, error) {
	return packEach(len(plain), func(i int) (Packed, error) { return Pack(plain[i], nil) })
}

// packEach makes a list of n blocks on all processors.
func packEach(n int, pack func(int) (Packed, error)) (List, error) {
	list, errs := make(List, n), make([]error, n)
	var group sync.WaitGroup
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		turns <- struct{}{}
		group.Go(func() {
			list[i], errs[i] = pack(i)
			<-turns
		})
	}
	group.Wait()
	at := slices.IndexFunc(errs, func(err error) bool { return err != nil })
	if at >= 0 {
		return nil, errs[at]
	}
	return list, nil
}
