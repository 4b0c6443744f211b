package archive

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"sync"

	"carbonledger/internal/store"
	"carbonledger/ledger"
	"carbonledger/ledger/replay"
)

// Prove reads every block of a stored batch on all cores, proves its digest and that the stored
// sums and indexes are those of its rows, and returns it without its rows, and how many there are.
// What it finds is damage to the store. It holds a few blocks at a time.
func (a Archive) Prove(ctx context.Context, position int) (ledger.Batch, int, error) {
	batch, err := read(ctx, a.Store, position)
	if err != nil {
		return batch, 0, err
	}
	p := &prover{position: position}
	sums, err := p.walk(ctx, a.Store)
	if err != nil {
		return batch, 0, err
	}
	batch.Parts = p.parts
	return batch, sums.Rows, batch.VerifyBy(sums.Agree)
}

// prover collects what the cores find of the blocks.
type prover struct {
	position int
	mu       sync.Mutex
	parts    [][]byte
	err      error
}

type numbered struct {
	seq   int
	block store.Packed
}

// walk gives the blocks out and joins the sums.
func (p *prover) walk(ctx context.Context, s store.Store) (*replay.Sums, error) {
	work := make(chan numbered)
	each := make([]*replay.Sums, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for i := range each {
		each[i] = replay.New()
		group.Go(func() {
			for n := range work {
				if err := p.prove(n, each[i]); err != nil {
					p.fail(fmt.Errorf("batch %d: block %d: %w", p.position, n.seq, err))
				}
			}
		})
	}
	seq := 0
	for block, err := range s.Blocks(ctx, p.position, nil) {
		if err != nil {
			p.fail(err)
		}
		if p.failed() {
			break
		}
		work <- numbered{seq, block}
		seq++
	}
	close(work)
	group.Wait()
	for _, sums := range each[1:] {
		each[0].Join(sums)
	}
	return each[0], p.err
}

// prove adds a block to sums and keeps its part.
func (p *prover) prove(n numbered, sums *replay.Sums) error {
	plain, err := n.block.Plain()
	if err != nil {
		return err
	}
	index, err := sums.Add(plain)
	if err != nil {
		return err
	}
	if len(n.block.Index) > 0 && !bytes.Equal(n.block.Index, index) {
		return fmt.Errorf("%w: the index is not that of its rows", ledger.ErrBlock)
	}
	part := ledger.Part(plain)
	p.mu.Lock()
	defer p.mu.Unlock()
	for n.seq >= len(p.parts) {
		p.parts = append(p.parts, nil)
	}
	p.parts[n.seq] = part
	return nil
}

func (p *prover) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.err = err
	}
}

func (p *prover) failed() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err != nil
}
