package storetest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"carbonledger/internal/store"
)

// writerEnv names the book that a process started by Crash writes to.
const writerEnv = "CARBONLEDGER_STORETEST_WRITER"

// Opener opens the book of a place outside of a test.
type Opener func(ctx context.Context, place string) (store.Store, error)

// WriteUntilKilled appends batches without end and prints the position of each that is stored, in
// the processes that Crash starts; in every other it returns at once. TestMain calls it first.
func WriteUntilKilled(open Opener) {
	at := os.Getenv(writerEnv)
	if at == "" {
		return
	}
	err := write(context.Background(), open, at)
	fmt.Fprintln(os.Stderr, "storetest: writer:", err)
	os.Exit(1)
}

func write(ctx context.Context, open Opener, at string) error {
	s, err := open(ctx, at)
	if err != nil {
		return err
	}
	history, err := Resume(ctx, s, seed)
	if err != nil {
		return err
	}
	for before := history.Head(); ; {
		// Made beforehand, so that most kills strike while a batch is stored.
		var records []store.Record
		for i := range 20 {
			if i%5 == 3 {
				records = append(records, history.Large(20, 2000))
			}
			records = append(records, history.Next(20+i*30))
		}
		for _, r := range records {
			if err := (spooling{s}).Append(ctx, before, r); err != nil {
				return err
			}
			fmt.Println(r.Position)
			before = store.Head{Position: r.Position, Digest: r.Head}
		}
	}
}

// The size of Crash: a new book after so many kills, so that the making of a book is hit as well.
const (
	kills        = 36
	killsPerBook = 9
)

// Crash kills a process that appends, at moments spread over its life, and checks after each kill
// that the book opens, that every batch in it is whole and in the chain, and that none is lost that
// the process was told is stored. Check looks at what only this kind of store knows; it may be nil.
func Crash(t *testing.T, open Opener, check func(t testing.TB, place string)) {
	random := rand.New(rand.NewPCG(seed, 0))
	at, verified, batches := "", 0, 0
	for kill := range kills {
		if kill%killsPerBook == 0 {
			at, verified = filepath.Join(t.TempDir(), "book"), 0
		}
		// Every third process dies while it starts, the others while they write.
		stored := kill%3 != 0
		delay := time.Duration(random.IntN(60_000)) * time.Microsecond
		told := writeAndKill(t, at, stored, delay)
		s, err := open(t.Context(), at)
		if err != nil {
			t.Fatalf("kill %d of seed %d: the book does not open: %v", kill, seed, err)
		}
		head := verify(t, s, verified+1)
		if told = max(told, verified); head.Position < told || head.Position > told+1 {
			t.Fatalf("kill %d of seed %d: the book stands at %d, want %d or one more",
				kill, seed, head.Position, told)
		}
		if check != nil {
			check(t, at)
		}
		closed(t, s)
		batches += head.Position - verified
		verified = head.Position
	}
	t.Logf("%d kills, %d batches", kills, batches)
}

// writeAndKill starts a writer, kills it after a delay, counted from its start or from the first
// batch it stored, and returns the last position it told.
func writeAndKill(t *testing.T, at string, stored bool, delay time.Duration) int {
	t.Helper()
	writer := exec.Command(os.Args[0])
	writer.Env = append(os.Environ(), writerEnv+"="+at)
	writer.Stderr = os.Stderr
	out, err := writer.StdoutPipe()
	if err != nil {
		t.Fatalf("pipe: %v", err)
	}
	if err := writer.Start(); err != nil {
		t.Fatalf("start: %v", err)
	}
	lines := bufio.NewReader(out)
	told := 0
	if stored {
		if told, err = position(lines); err != nil {
			t.Errorf("the writer ended before it stored a batch: %v", err)
		}
	}
	time.Sleep(delay)
	if err := writer.Process.Kill(); err != nil {
		t.Errorf("kill: %v", err)
	}
	// What was told before the kill is still in the pipe, up to its end.
	for err == nil {
		var next int
		if next, err = position(lines); err == nil {
			told = next
		}
	}
	if err := writer.Wait(); err == nil || writer.ProcessState.Exited() {
		t.Errorf("the writer was not killed but ended: %v", err)
	}
	return told
}

func position(lines *bufio.Reader) (int, error) {
	text, err := lines.ReadString('\n')
	if err != nil {
		return 0, io.ErrUnexpectedEOF
	}
	return strconv.Atoi(text[:len(text)-1])
}
