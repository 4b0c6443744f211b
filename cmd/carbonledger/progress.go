package main

import (
	"context"
	"io"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"carbonledger/internal/large"
	"carbonledger/internal/report"
	"carbonledger/scenarios/crew"
)

// progressEvery is how often progress is drawn anew.
const progressEvery = 200 * time.Millisecond

// newBar draws progress on standard error, on a terminal only, and only where it is worth it. What
// is drawn goes away when all is done.
func (s *session) newBar(worth bool, whole int64,
	options ...progressbar.Option) *progressbar.ProgressBar {
	out := io.Discard
	if f, ok := s.err.(*os.File); ok && !s.quiet && worth && term.IsTerminal(int(f.Fd())) {
		out = s.err
	}
	return progressbar.NewOptions64(max(whole, 1), append(options,
		progressbar.OptionSetWriter(out), progressbar.OptionSetPredictTime(true),
		progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(progressEvery))...)
}

// bar shows how far an import is.
type bar struct {
	*progressbar.ProgressBar
	// ends are where each file ends among the bytes of all.
	ends map[string]int64
}

// done is how many bytes are read when a file is.
func (b bar) done(file string) int64 { return b.ends[file] }

// progress shows bytes, rate and time left where there is something to wait for.
func (s *session) progress(files []string) bar {
	b, total := bar{ends: map[string]int64{}}, int64(0)
	for _, file := range files {
		total += sizeOf(file)
		b.ends[file] = total
	}
	b.ProgressBar = s.newBar(len(files) > 1 || total >= large.Least, total,
		progressbar.OptionShowBytes(true))
	return b
}

// steps shows how far long work on scenarios is: steps done of those known so far.
type steps struct {
	lock        sync.Mutex
	bar         *progressbar.ProgressBar
	whole, done int
}

// projectingPercent is how much memory may be garbage while scenarios are projected, of what is in
// use: that is little then, and fractions that live for a moment are most of the work. It takes a
// quarter to two fifths off the time and doubles the memory, to some 170 MB.
const projectingPercent = 400

// watched is a context whose work is shown, and what takes the progress away again.
func (s *session) watched(ctx context.Context) (watched context.Context, end func()) {
	usual := debug.SetGCPercent(projectingPercent)
	shown := &steps{bar: s.newBar(true, 1, progressbar.OptionShowCount(),
		progressbar.OptionSetDescription(report.Term(s.lang, "scenario.projecting")))}
	return crew.Watched(ctx, shown), func() {
		_ = shown.bar.Clear()
		debug.SetGCPercent(usual)
	}
}

// More adds steps to the whole.
func (p *steps) More(count int) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.whole += count
	p.bar.ChangeMax(max(p.whole, 1))
}

// Done counts steps. The last one known is held back: more may follow, and a bar that is full goes
// away.
func (p *steps) Done(count int) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.done += count
	_ = p.bar.Set(min(p.done, p.whole-1))
}
