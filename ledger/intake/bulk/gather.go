package bulk

import (
	"runtime"
	"slices"
	"strconv"

	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/ledger/flows"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/tally"
	"carbonledger/quantity"
	"carbonledger/table"
)

// gathering puts what the workers read into the order of the file.
type gathering struct {
	run    *run
	reader *intake.Reader
	told   map[cells]bool
	// block are the rows of the block that is not full.
	block  *column.Rows
	blocks int
	// documents are the last numbers of every series.
	documents map[uint32]int64
	rising    bool
	// good are the figures of unusual rows without faults.
	good []ledger.Activity
	// line is the line of the last document.
	line int64
}

func newGathering(r *run) *gathering {
	g := &gathering{run: r, reader: r.base.Apart(), told: map[cells]bool{},
		documents: map[uint32]int64{}, rising: true}
	g.block = rowsFrom(r.sealed, r.job.BlockRows)
	return g
}

// all takes the chunks in their order.
func (g *gathering) all() {
	for t := range g.run.order {
		select {
		case c := <-t.done:
			if c.err != nil {
				g.run.cancel(c.err)
				return
			}
			g.chunk(c)
			g.run.buffers.put(c.data)
			g.run.spare.put(c.rows)
			if g.run.job.Read != nil {
				g.run.job.Read(c.bytes)
			}
		case <-g.run.ctx.Done():
			return
		}
	}
	g.seal(g.block.Len())
}

// chunk takes the rows of a chunk, unusual ones where they stand.
func (g *gathering) chunk(c *chunk) {
	if len(c.unusual) == 0 {
		for _, d := range c.documents {
			last, known := g.documents[d.series]
			g.rising = g.rising && d.rising && (!known || d.first > last)
			g.documents[d.series] = d.last
		}
	}
	from := 0
	for _, u := range append(c.unusual, unusual{at: c.rows.Len()}) {
		if len(c.unusual) > 0 {
			for i := from; i < u.at; i++ {
				g.follow(c.rows, i)
			}
		}
		g.take(c.rows, from, u.at)
		from = u.at
		if u.row.Cells == nil || g.run.ctx.Err() != nil {
			return
		}
		g.read(u)
	}
}

// follow follows the number of the document of a row, once for all its figures.
func (g *gathering) follow(rows *column.Rows, i int) {
	series, serial, line := rows.Serie[i], rows.Serials[i], rows.Lines[i]
	if line == g.line {
		return
	}
	last, known := g.documents[series]
	g.rising = g.rising && (!known || serial > last)
	g.documents[series], g.line = serial, line
}

// take appends rows to the block and hands it on where it is full.
func (g *gathering) take(rows *column.Rows, from, to int) {
	for from < to {
		some := min(to-from, g.run.job.BlockRows-g.block.Len())
		g.block.Append(rows, from, from+some)
		from += some
		if g.block.Len() == g.run.job.BlockRows {
			g.seal(g.run.job.BlockRows)
		}
	}
}

// seal hands the rows of the block to the workers.
func (g *gathering) seal(rows int) {
	if rows == 0 {
		return
	}
	lists := g.run.lists.asTheyAre()
	whole := g.block
	whole.Whos, whole.Whats, whole.Whens, whole.Series =
		lists.Whos, lists.Whats, lists.Whens, lists.Series
	if g.run.job.Keep != nil {
		if err := g.run.job.Keep(whole); err != nil {
			g.run.cancel(err)
		}
		g.block.Cut(0)
		g.block.Words = nil
		return
	}
	select {
	case g.run.blocks <- &full{g.blocks, whole}:
	case <-g.run.ctx.Done():
	}
	g.blocks++
	g.block = rowsFrom(g.run.sealed, g.run.job.BlockRows)
}

// read has the plain reader read a row.
func (g *gathering) read(u unusual) {
	upload := g.reader.Upload()
	if g.isDecisive(u.row) {
		g.run.cancel(ErrPlain)
		return
	}
	figures, faults := len(upload.Activities), len(upload.Faults)+len(upload.Lost)
	if len(u.told) == 0 {
		g.reader.Row(u.row)
		g.stopAt(u.row)
		if len(upload.Faults)+len(upload.Lost) == faults {
			g.add(upload.Activities[figures:])
		}
		return
	}
	if !slices.ContainsFunc(u.told, func(c cells) bool { return !g.told[c] }) {
		return
	}
	for _, c := range u.told {
		g.told[c] = true
	}
	g.reader.Row(u.row)
	if len(upload.Faults)+len(upload.Lost) > faults {
		// The row says of its entity otherwise than another: all such rows are to be told.
		g.run.cancel(ErrPlain)
	}
	upload.Activities = upload.Activities[:figures]
}

// isDecisive says whether a row decides how others are read: a total of rows, or a comma before
// decimals.
func (g *gathering) isDecisive(row table.Row) bool {
	return g.reader.IsTotal(row) || slices.ContainsFunc(g.run.plan.lanes, func(l *lane) bool {
		return table.CommaDecimal(row.Cell(l.measure.Column).Text)
	})
}

// add takes the figures of an unusual row into the block.
func (g *gathering) add(list []ledger.Activity) {
	g.good = append(g.good, list...)
	for _, a := range list {
		g.run.lists.add(g.block, a)
		g.follow(g.block, g.block.Len()-1)
		if g.block.Len() == g.run.job.BlockRows {
			g.seal(g.run.job.BlockRows)
		}
	}
}

// upload is what the plain reader has read.
func (g *gathering) upload() ledger.Upload {
	base, upload := g.run.base.Upload(), *g.reader.Upload()
	upload.Source = base.Source
	upload.Faults = slices.Concat(base.Faults, upload.Faults)
	upload.Warnings = slices.Concat(base.Warnings, upload.Warnings)
	return upload
}

// stopAt ends the reading where enough faults are told.
func (g *gathering) stopAt(row table.Row) {
	upload, most := g.reader.Upload(), g.run.job.FaultsMost
	if len(upload.Faults) < most {
		return
	}
	upload.Faults = append(upload.Faults, table.Fault{File: upload.Source.File, Line: row.Line,
		Code: "file.faults", Args: []string{strconv.Itoa(most)}})
	g.run.cancel(errFaults)
}

// manyFlows is from how many flows on what the reading leaves behind, and then its sums, make room
// for what comes: the peak is here, and to touch memory anew takes more time than to collect it.
const manyFlows = 100_000

// result adds up.
func (g *gathering) result() (Result, error) {
	r := g.run
	flows.EachPart(len(r.workers), func(first, end int) {
		for _, w := range r.workers[first:end] {
			w.sums.flush()
			w.sums, w.lot, w.caches, w.laneCaches = adder{}, nil, nil, nil
		}
	})
	r.buffers, r.spare, r.sealed, g.block = nil, nil, nil, nil
	many := r.sums.flows() >= manyFlows
	if many {
		runtime.GC()
	}
	upload := g.upload()
	lists := r.lists.asTheyAre()
	if g.mixesDays(lists.Whens) {
		return Result{}, ErrPlain
	}
	result := Result{Upload: upload, Blocks: g.blocks, Rising: g.rising,
		Tallies: tallies(r.sums, lists)}
	r.sums = nil
	if many {
		runtime.GC()
	}
	result.Tallies.Arrange()
	result.Tallies.Add(g.good)
	g.tellFigures(&result.Upload)
	return result, nil
}

// mixesDays says whether some rows are of days and others of months, of which the plain reader
// asks whether the days are meant.
func (g *gathering) mixesDays(whens []column.When) bool {
	days, months := false, false
	for _, w := range whens {
		period := w.Period()
		year, month, _ := period.First.Date()
		days = days || period.Days() == 1
		months = months || period == quantity.Month(year, month)
	}
	return days && months
}

// tellFigures tells columns of nothing but figures that are not read.
func (g *gathering) tellFigures(upload *ledger.Upload) {
	for i, column := range g.run.plan.strange {
		figures, words := 0, false
		for _, w := range g.run.workers {
			figures, words = figures+w.figures[i], words || w.words[i]
		}
		if figures > 0 && !words {
			g.reader.TellFigures(column, figures)
		}
	}
	upload.Warnings = slices.Concat(g.run.base.Upload().Warnings, g.reader.Upload().Warnings)
}

// tallies are the sums of the workers in book units, in no order.
func tallies(s *sums, lists column.Rows) tally.Tallies {
	t := tally.Tallies{Whos: lists.Whos, Whats: lists.Whats, Whens: lists.Whens}
	perUnit := make([]quantity.Number, len(lists.Whats))
	for i, w := range lists.Whats {
		if w.PerUnit == "" {
			continue // of rows whose number stands as a word
		}
		number, err := quantity.ParseNumber(w.PerUnit)
		if err != nil {
			panic("bulk: book units in a unit: " + err.Error())
		}
		perUnit[i] = number
	}
	counts := make([]int, sumParts)
	for part := range counts {
		counts[part] = s.parts[part].flows
	}
	t.Gather(counts, func(part int, t *tally.Tallies) {
		s.each(part, func(key uint64, slot *sumSlot) {
			one := tally.Tally{Rows: slot.rows, Line: slot.line}
			one.Who, one.What, one.When = placesOf(key)
			times := perUnit[one.What]
			if times.IsZero() {
				t.PutGap(one)
				return
			}
			t.Put(one, s.total(key, slot).Mul(times), slot.written(), slot.largestScale, times)
		})
	})
	return t
}
