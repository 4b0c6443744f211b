package sqlite

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"sync"

	"github.com/klauspost/compress/zstd"

	"carbonledger/internal/store"
)

// blockMax bounds what one block unpacks to: BlockRows rows have a few MiB, and a damaged block
// must not ask for more. Append refuses a larger one.
const blockMax = 256 << 20

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// block is a column block as it is stored: compressed, with size and CRC-32C of the plain bytes.
type block struct {
	size int
	crc  uint32
	body []byte
}

// codec packs and unpacks blocks. It is safe for concurrent use.
type codec struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

func newCodec() codec {
	encoder, errEncoder := zstd.NewWriter(nil, zstd.WithEncoderCRC(false),
		zstd.WithZeroFrames(true), zstd.WithSingleSegment(true))
	decoder, errDecoder := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0),
		zstd.WithDecoderMaxMemory(blockMax), zstd.WithDecodeAllCapLimit(true))
	if err := errors.Join(errEncoder, errDecoder); err != nil {
		panic("sqlite: zstd: " + err.Error())
	}
	return codec{encoder, decoder}
}

func (c codec) close() error {
	c.decoder.Close()
	return c.encoder.Close()
}

func (c codec) pack(plain []byte) (block, error) {
	if len(plain) > blockMax {
		return block{}, fmt.Errorf("a block of %d bytes is more than the %d a book takes; "+
			"split the file", len(plain), blockMax)
	}
	return block{len(plain), crc32.Checksum(plain, castagnoli),
		c.encoder.EncodeAll(plain, nil)}, nil
}

// packAll packs blocks on all processors, before any lock is taken.
func (c codec) packAll(ctx context.Context, plain [][]byte) ([]block, error) {
	blocks, errs := make([]block, len(plain)), make([]error, len(plain))
	var group sync.WaitGroup
	for i := range plain {
		group.Go(func() {
			if errs[i] = ctx.Err(); errs[i] == nil {
				blocks[i], errs[i] = c.pack(plain[i])
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return blocks, nil
}

// unpack returns the plain bytes, or ErrDamaged. It takes no memory that the compressed bytes do
// not vouch for, and never more than blockMax.
func (c codec) unpack(b block) ([]byte, error) {
	var header zstd.Header
	if err := header.Decode(b.body); err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	if b.size < 0 || b.size > blockMax || header.Skippable || !header.HasFCS ||
		header.FrameContentSize != uint64(b.size) {
		return nil, fmt.Errorf("%w: size %d", store.ErrDamaged, b.size)
	}
	plain, err := c.decoder.DecodeAll(b.body, make([]byte, 0, b.size))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	if len(plain) != b.size || crc32.Checksum(plain, castagnoli) != b.crc {
		return nil, fmt.Errorf("%w: checksum", store.ErrDamaged)
	}
	return plain, nil
}
