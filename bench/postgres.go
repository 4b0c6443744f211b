package main

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"carbonledger/bench/paired"
)

//go:embed scripts/postgres.sql
var postgresJob string

// postgres is a cluster of its own, which listens on a socket in its folder and nowhere else.
type postgres struct{ bin, folder string }

// tuning is what one would set for a load of this size on a machine of some GB. Everything stays
// durable; a table that is filled in the transaction that makes it needs no log.
var tuning = []string{"listen_addresses=", "shared_buffers=1GB", "work_mem=512MB",
	"maintenance_work_mem=512MB", "max_wal_size=8GB", "wal_level=minimal", "max_wal_senders=0",
	"max_parallel_workers_per_gather=2", "effective_cache_size=4GB", "jit=off"}

// newPostgres makes and starts a cluster. It stops when the bench does, whatever happens.
func (b *bench) newPostgres(ctx context.Context) (*postgres, error) {
	bin, err := b.postgresPrograms(ctx)
	if err != nil {
		return nil, err
	}
	p := &postgres{bin, b.file("postgres")}
	as, err := unprivileged()
	if err != nil {
		return nil, err
	}
	if err := os.RemoveAll(p.folder); err != nil {
		return nil, err
	}
	if err := os.Mkdir(p.folder, 0o700); err != nil {
		return nil, err
	}
	if as != nil {
		if err := os.Chown(p.folder, int(as.Uid), int(as.Gid)); err != nil {
			return nil, err
		}
	}
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", p.folder, "-A", "trust",
		"-U", "bench", "--locale=C", "--encoding=UTF8")
	initdb.Dir, initdb.SysProcAttr = p.folder, &syscall.SysProcAttr{Credential: as}
	if err := tell(initdb); err != nil {
		return nil, err
	}
	if err := p.start(ctx, b, as); err != nil {
		return nil, err
	}
	b.note(ctx, "postgresql", filepath.Join(bin, "postgres"), "--version")
	return p, nil
}

// postgresPrograms is the folder of the programs, which Debian keeps off the path.
func (b *bench) postgresPrograms(ctx context.Context) (string, error) {
	if err := b.debian(ctx, "psql", "postgresql"); err != nil {
		return "", err
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err == nil && len(found) > 0 {
		slices.Sort(found)
		return filepath.Dir(found[len(found)-1]), nil
	}
	initdb, err := exec.LookPath("initdb")
	if err != nil {
		return "", fmt.Errorf("there is a client and no server; install the package postgresql")
	}
	return filepath.Dir(initdb), nil
}

// unprivileged is who the server runs as: never root.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(who.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(who.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, err
}

// start runs the server until the bench ends. The kernel ends it, too, where the bench is killed.
func (p *postgres) start(ctx context.Context, b *bench, as *syscall.Credential) error {
	args := []string{"-D", p.folder, "-k", p.folder}
	for _, setting := range tuning {
		args = append(args, "-c", setting)
	}
	server := exec.Command(filepath.Join(p.bin, "postgres"), args...)
	server.Dir = p.folder
	server.SysProcAttr = &syscall.SysProcAttr{Credential: as, Pdeathsig: syscall.SIGQUIT}
	if err := server.Start(); err != nil {
		return err
	}
	b.stops = append(b.stops, func() {
		server.Process.Signal(os.Interrupt)
		server.Wait()
	})
	for range 100 {
		ready := exec.CommandContext(ctx, filepath.Join(p.bin, "pg_isready"), "-q", "-h", p.folder)
		if ready.Run() == nil {
			return nil
		}
		time.Sleep(200 * time.Millisecond)
	}
	return fmt.Errorf("the server does not answer")
}

// durable fills a table from a file and asks it. What the server needs in memory is not counted.
func (p *postgres) durable(b *bench, rows, output string) paired.Side {
	job := b.file("postgres.sql")
	psql := []string{"psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", p.folder, "-U", "bench",
		"-d", "postgres"}
	text := strings.NewReplacer("{rows}", literal(rows), "{factors}", literal(b.factors)).
		Replace(postgresJob)
	return paired.Side{
		Name: "PostgreSQL",
		Prepare: func() error {
			if err := os.WriteFile(job, []byte(text), 0o644); err != nil {
				return err
			}
			return tell(exec.Command(psql[0], append(psql[1:], "-c",
				"SET client_min_messages = warning; DROP TABLE IF EXISTS rows, factors")...))
		},
		Steps: []paired.Step{{Args: append(slices.Clone(psql), "-f", job), Output: output}},
	}
}

func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
