package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"carbonledger/bench/paired"
)

// large is the rows of the large jobs, unless fewer are asked for. More are a job of their own.
const large = 10_000_000

// measure runs the jobs one after another. A job that cannot be run says so and stands in no
// other's way.
func (b *bench) measure(ctx context.Context) []line {
	jobs := []struct {
		name string
		run  func(context.Context) []line
	}{
		{"duckdb-small", b.duckdbSmall},
		{"duckdb", b.duckdbLarge},
		{"wc", b.wc},
		{"postgresql", b.postgresql},
		{"ledgers", b.textLedgers},
		{"python", b.scripts},
		{"harsh", b.harsh},
		{"growth", b.growth},
		{"demo", b.demos},
	}
	var lines []line
	for _, job := range jobs {
		if ctx.Err() == nil && b.only.MatchString(job.name) {
			fmt.Fprintln(os.Stderr, "measuring "+job.name)
			lines = append(lines, job.run(ctx)...)
		}
	}
	return lines
}

func (b *bench) largeRows() int64 { return min(b.rows, large) }

// ready is DuckDB and a file, or a word about why not.
func (b *bench) ready(ctx context.Context, rows int64) (*duckdb, string, bool) {
	d, err := b.newDuckDB(ctx)
	if err != nil {
		b.skip("DuckDB", lastLine(err))
		return nil, "", false
	}
	file, err := b.made(ctx, "plain", rows)
	if err != nil {
		b.skip("DuckDB", err)
		return nil, "", false
	}
	return d, file, true
}

func (b *bench) duckdbSmall(ctx context.Context) []line {
	d, rows, ok := b.ready(ctx, b.small)
	if !ok {
		return nil
	}
	theirs := b.file("duckdb.csv")
	r, how := b.against(ctx, b.dry(rows, b.answerOurs()), d.memory(rows, theirs),
		b.pairsOf(b.small), theirs, "rows")
	l := speed("preview and inventory / DuckDB in memory", b.small, r, goal{must: 2.5, aim: 4})
	l.digits = how
	return []line{l}
}

func (b *bench) duckdbLarge(ctx context.Context) []line {
	n := b.largeRows()
	d, rows, ok := b.ready(ctx, n)
	if !ok {
		return nil
	}
	theirs, pairs := b.file("duckdb.csv"), b.pairsOf(n)
	r, how := b.against(ctx, b.dry(rows, b.answerOurs()), d.memory(rows, theirs), pairs, theirs,
		"rows")
	dry := speed("preview and inventory / DuckDB in memory", n, r, goal{must: 3, aim: 4.5})
	dry.digits = how
	lines := []line{dry,
		memory("the same, peak memory", n, r, goal{must: 0.5, aim: 0.3, most: true})}

	book, table := b.file("large.db"), b.file("large.duckdb")
	defer removeBook(book)
	defer removeBook(table)
	r, how = b.against(ctx, b.durable(rows, book, b.answerOurs()), d.durable(rows, table, theirs),
		pairs, theirs, "rows")
	both := speed("import and inventory / the same", n, r, goal{})
	both.digits = how
	lines = append(lines,
		speed("import / DuckDB table with CHECKPOINT", n, r.Step(0), goal{must: 5, aim: 8}), both,
		b.bytes(book, table, n, r))
	if r.Err() != nil {
		b.skip("the stored book", errors.New("there is none: the import failed"))
		return lines
	}
	r, how = b.against(ctx, b.stored(book, b.answerOurs()), d.stored(table, theirs),
		b.pairsOf(b.small), theirs, "rows")
	stored := speed("inventory of the stored book / stored table", n, r, goal{must: 3, aim: 10})
	stored.digits = how
	return append(lines, stored)
}

// bytes tells what a row takes in the book; the ratio is bytes.
func (b *bench) bytes(book, table string, rows int64, r paired.Result) line {
	each := func(file string) float64 { return float64(bookSize(file)) / float64(rows) }
	l := line{job: "bytes stored per row", rows: rows, ours: "-", peer: "-",
		goal: goal{must: 16, aim: 10, most: true}, err: r.Err()}
	if l.err == nil {
		l.ratio = each(book)
		l.ours, l.peer = fmt.Sprintf("%.1f B", each(book)), fmt.Sprintf("%.1f B", each(table))
	}
	return l
}

func (b *bench) wc(ctx context.Context) []line {
	n := b.largeRows()
	rows, err := b.made(ctx, "plain", n)
	if err != nil {
		b.skip("wc", err)
		return nil
	}
	count := paired.Side{Name: "wc", Steps: []paired.Step{
		{Args: []string{"wc", "-l", rows}, Output: os.DevNull}}}
	r := paired.Times(ctx, b.dry(rows, b.answerOurs()), count, b.pairsOf(n))
	return []line{speed("preview and inventory / wc -l", n, r, goal{must: 12, aim: 7, most: true})}
}

func (b *bench) postgresql(ctx context.Context) []line {
	p, err := b.newPostgres(ctx)
	if err != nil {
		b.skip("PostgreSQL", err)
		return nil
	}
	rows, err := b.made(ctx, "plain", b.small)
	if err != nil {
		b.skip("PostgreSQL", err)
		return nil
	}
	theirs, book := b.file("postgresql.csv"), b.file("small.db")
	defer removeBook(book)
	r, how := b.against(ctx, b.durable(rows, book, b.answerOurs()), p.durable(b, rows, theirs),
		b.pairsOf(b.small), theirs, "rows")
	l := speed("import and inventory / PostgreSQL COPY, numeric", b.small, r,
		goal{must: 20, aim: 40})
	l.digits = how
	return []line{l}
}

func (b *bench) textLedgers(ctx context.Context) []line {
	rows, err := b.made(ctx, "plain", b.postings/2)
	if err != nil {
		b.skip("plain-text ledgers", err)
		return nil
	}
	var lines []line
	for _, t := range textLedgers {
		theirs := b.file(t.program + ".csv")
		peer, err := b.textLedger(ctx, t, theirs)
		if err != nil {
			b.skip(t.pkg, err)
			continue
		}
		r, how := b.against(ctx, b.dry(rows, b.answerOurs()), peer, b.pairsOf(b.small), theirs,
			"balances")
		job := fmt.Sprintf("preview and inventory / %s, balances of %s postings", t.pkg,
			count(b.postings))
		l := speed(job, b.postings/2, r, goal{must: 50, aim: 100})
		l.digits = how
		lines = append(lines, l)
	}
	return lines
}

func (b *bench) scripts(ctx context.Context) []line {
	rows, err := b.made(ctx, "plain", b.small)
	if err != nil {
		b.skip("Python", err)
		return nil
	}
	var lines []line
	for _, s := range scriptList {
		theirs, form := b.file("python.csv"), "rows"
		peer, err := b.script(ctx, s, rows, theirs)
		if err != nil {
			b.skip(s.name, err)
			continue
		}
		if !s.exact {
			form = ""
		}
		r, how := b.against(ctx, b.dry(rows, b.answerOurs()), peer, b.pairsOf(b.small), theirs,
			form)
		l := speed("preview and inventory / "+s.name, b.small, r, goal{})
		l.digits = how
		lines = append(lines, l)
	}
	return lines
}

// harsh compares ourselves with ourselves: the same facts written badly, which must be read at no
// less than half the speed, and give the same answer.
func (b *bench) harsh(ctx context.Context) []line {
	rows, err := b.made(ctx, "plain", b.small)
	if err != nil {
		b.skip("the harsh form", err)
		return nil
	}
	plain := b.file("ours-plain.csv")
	var lines []line
	for _, form := range []string{"harsh", "tab", "wide"} {
		file, err := b.made(ctx, form, b.small)
		if err != nil {
			b.skip("the form "+form, err)
			continue
		}
		r, how := b.against(ctx, b.dry(file, b.answerOurs()), b.dry(rows, plain),
			b.pairsOf(b.small), plain, "ours")
		l := speed("the form "+form+" / the plain form", b.small, r, goal{must: 0.5, aim: 0.5})
		l.digits = how
		lines = append(lines, l)
	}
	return append(lines, b.faulty(ctx, rows)...)
}

// faulty imports what is good of a file with faults and writes out the rest.
func (b *bench) faulty(ctx context.Context, rows string) []line {
	file, err := b.made(ctx, "harsh-faults", b.small)
	if err != nil {
		b.skip("the form with faults", err)
		return nil
	}
	book, plain := b.file("faulty.db"), b.file("plain.db")
	defer removeBook(book)
	defer removeBook(plain)
	r := paired.Times(ctx,
		b.durable(file, book, b.answerOurs(), "--partial", "--faults", b.faults()),
		b.durable(rows, plain, b.file("ours-plain.csv")), b.pairsOf(b.small))
	return []line{speed("import of the harsh form with faults / plain", b.small, r.Step(0),
		goal{must: 0.5, aim: 0.5})}
}

// growth compares many rows with ten million: time must grow no faster than the rows, and memory
// must not grow.
func (b *bench) growth(ctx context.Context) []line {
	if b.rows <= large {
		return nil
	}
	few, err := b.made(ctx, "plain", large)
	if err != nil {
		b.skip("growth", err)
		return nil
	}
	many, err := b.made(ctx, "plain", b.rows)
	if err != nil {
		b.skip("growth", err)
		return nil
	}
	times := float64(b.rows) / large
	r := paired.Times(ctx, b.dry(many, b.answerOurs()), b.dry(few, b.file("ours-few.csv")),
		b.pairsOf(b.rows))
	slower := goal{must: 1.2, aim: 1.05, most: true}
	job := fmt.Sprintf("time of a row / in %d million rows", large/1_000_000)
	wall := speed(job, b.rows, r, slower)
	wall.ratio /= times
	return []line{wall, memory("the same, peak memory", b.rows, r, slower)}
}

func (b *bench) demos(ctx context.Context) []line {
	if b.before == "" {
		return nil
	}
	r := paired.Times(ctx, b.demo(b.ours), b.demo(b.before), b.pairsOf(0))
	l := speed("the demo, seconds more than before", 0, r, goal{must: 0.2, aim: 0, most: true})
	if l.err == nil {
		l.ratio = paired.Seconds(r.A) - paired.Seconds(r.B)
	}
	return []line{l}
}
