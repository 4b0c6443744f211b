package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"carbonledger/bench/paired"
)

// bench is a folder with everything the jobs need. Files are made when a job asks for them.
type bench struct {
	options
	self, generate string
	factors, book  string
	versions       []string
	skipped        []string // peers that are not here, and why
	stops          []func() // what to end with
}

// newBench builds the programs and writes what all jobs share.
func newBench(ctx context.Context, o options) (*bench, error) {
	work, err := filepath.Abs(o.work)
	if err != nil {
		return nil, err
	}
	o.work = work
	// The server of PostgreSQL runs as somebody else and reads files here.
	if err := os.MkdirAll(work, 0o755); err != nil {
		return nil, err
	}
	if err := os.Chmod(work, 0o755); err != nil {
		return nil, err
	}
	if o.ours, err = filepath.Abs(o.ours); err != nil {
		return nil, err
	}
	if o.before != "" {
		if o.before, err = filepath.Abs(o.before); err != nil {
			return nil, err
		}
	}
	b := &bench{options: o}
	if b.self, err = os.Executable(); err != nil {
		return nil, err
	}
	b.generate = b.file("generate")
	if err := b.build(ctx, b.generate, "./cmd/generate"); err != nil {
		return nil, err
	}
	if b.factors, err = b.made(ctx, "factors", 0); err != nil {
		return nil, err
	}
	return b, b.registered(ctx)
}

func (b *bench) close() {
	for _, stop := range b.stops {
		stop()
	}
}

func (b *bench) file(name string) string { return filepath.Join(b.work, name) }

func (b *bench) build(ctx context.Context, program, folder string) error {
	return tell(exec.CommandContext(ctx, "go", "build", "-o", program, folder))
}

// tell runs a command that is not measured; what it says is told where it fails.
func tell(command *exec.Cmd) error {
	said, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", command, err, strings.TrimSpace(string(said)))
	}
	return nil
}

// made is a file of the workload in a form; it is generated once. Reading it once puts it into
// the memory of the system, so that no run pays for the disk.
func (b *bench) made(ctx context.Context, form string, rows int64) (string, error) {
	name := b.file(fmt.Sprintf("%s-%d.txt", form, rows))
	if _, err := os.Stat(name); err == nil {
		return name, nil
	}
	args := []string{"-form", form, "-rows", strconv.FormatInt(rows, 10)}
	if base, faulty := strings.CutSuffix(form, "-faults"); faulty {
		args = append(args, "-form", base, "-faults")
	}
	side := paired.Side{Name: "generate", Steps: []paired.Step{
		{Args: append([]string{b.generate}, args...), Output: name}}}
	if _, err := side.Time(ctx); err != nil {
		os.Remove(name)
		return "", err
	}
	return name, nil
}

// registered makes a book that knows the enterprises and nothing else.
func (b *bench) registered(ctx context.Context) error {
	entities, err := b.made(ctx, "entities", 0)
	if err != nil {
		return err
	}
	b.book = b.file("entities.db")
	removeBook(b.book)
	if err := tell(exec.CommandContext(ctx, b.ours, "--book", b.book, "import", "--no-input",
		entities)); err != nil {
		return err
	}
	b.note(ctx, "carbonledger", b.ours, "version")
	return nil
}

// note keeps the first line of what a program says of its version.
func (b *bench) note(ctx context.Context, name string, args ...string) {
	said, err := exec.CommandContext(ctx, args[0], args[1:]...).Output()
	first, _, _ := strings.Cut(strings.TrimSpace(string(said)), "\n")
	if err == nil && first != "" {
		b.versions = append(b.versions, name+": "+strings.TrimSpace(first))
	}
}

// skip says loudly that a peer is not measured.
func (b *bench) skip(peer string, why error) {
	text := fmt.Sprintf("%s is not measured: %v", peer, why)
	fmt.Fprintf(os.Stderr, "*** %s ***\n", strings.ToUpper(peer)+" IS NOT MEASURED: "+why.Error())
	b.skipped = append(b.skipped, text)
}

// equal holds our answer beside a peer's and says how they were compared.
func (b *bench) equal(ctx context.Context, ours, peer, form string) (string, error) {
	said, err := exec.CommandContext(ctx, b.self, "compare", ours, peer, form).CombinedOutput()
	text := strings.TrimSpace(string(said))
	if err != nil {
		return "", fmt.Errorf("*** DIGITS DIFFER *** %s", text)
	}
	return text, nil
}
