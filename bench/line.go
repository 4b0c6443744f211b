package main

import (
	"context"
	"fmt"

	"carbonledger/bench/paired"
)

// line is one row of the table.
type line struct {
	job        string
	rows       int64
	ours, peer string
	ratio      float64
	goal       goal
	err        error
	digits     string // how the answers were compared
}

// goal is what a ratio must reach and should reach; 0 where nobody asks. Most says that the
// ratio must stay below.
type goal struct {
	must, aim float64
	most      bool
}

// verdict says in a word what became of the goal.
func (l line) verdict() string {
	reached := func(limit float64) bool {
		if l.goal.most {
			return l.ratio <= limit
		}
		return l.ratio >= limit
	}
	switch {
	case l.err != nil:
		return "failed"
	case l.goal.must == 0:
		return ""
	case reached(l.goal.aim):
		return "aim"
	case reached(l.goal.must):
		return "must"
	}
	return "missed"
}

// speed makes the line of a job whose point is time.
func speed(job string, rows int64, r paired.Result, g goal) line {
	l := line{job: job, rows: rows, ours: seconds(r.A), peer: seconds(r.B), goal: g, err: r.Err()}
	if l.err == nil {
		l.ratio = r.Speed()
		if g.most {
			l.ratio = 1 / l.ratio
		}
	}
	return l
}

// memory makes the line of a job whose point is peak memory.
func memory(job string, rows int64, r paired.Result, g goal) line {
	l := line{job: job, rows: rows, ours: megabytes(r.A), peer: megabytes(r.B), goal: g,
		err: r.Err()}
	if l.err == nil {
		l.ratio = r.Memory()
	}
	return l
}

func seconds(runs []paired.Run) string {
	if len(runs) == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", paired.Seconds(runs))
}

func megabytes(runs []paired.Run) string {
	if len(runs) == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f MB", paired.Megabytes(runs))
}

// against runs a job on both sides and holds the answers side by side; form is that of the
// peer's answer, empty where it is not exact.
func (b *bench) against(ctx context.Context, ours, peer paired.Side, pairs int, theirs,
	form string) (paired.Result, string) {
	r := paired.Times(ctx, ours, peer, pairs)
	switch {
	case r.Err() != nil:
		return r, ""
	case form == "":
		return r, "not exact, not compared"
	}
	how, err := b.equal(ctx, b.answerOurs(), theirs, form)
	r.ErrB = err
	return r, how
}

// pairsOf is how many pairs a job takes.
func (b *bench) pairsOf(rows int64) int {
	switch {
	case b.pairs > 0:
		return b.pairs
	case rows >= large:
		return 3
	}
	return 5
}
