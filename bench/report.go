package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// report prints the table in Markdown, with what is needed to judge it.
func (b *bench) report(lines []line, now time.Time) string {
	var out strings.Builder
	fmt.Fprintf(&out, "Measured %s on %d cores, %s/%s.\n\n",
		now.UTC().Format("2006-01-02 15:04 UTC"), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
	out.WriteString("| job: ours / peer | rows | ours s | peer s | ratio | must | aim |" +
		" verdict |\n|---|---:|---:|---:|---:|---:|---:|---|\n")
	for _, l := range lines {
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s | %s | %s | %s |\n", l.job, count(l.rows),
			l.ours, l.peer, l.shown(), l.limit(l.goal.must), l.limit(l.goal.aim), l.verdict())
	}
	out.WriteString("\nA ratio is the median over pairs of runs, A B A B: how many times our" +
		" speed is the peer's, or, where the\ngoal begins with <=, how many times our time or" +
		" memory is the peer's.\n")
	list(&out, "Digits", func(add func(string)) {
		for _, l := range lines {
			if l.err == nil && l.digits != "" {
				add(fmt.Sprintf("%s, %s rows: %s", l.job, count(l.rows), l.digits))
			}
		}
	})
	list(&out, "Failed", func(add func(string)) {
		for _, l := range lines {
			if l.err != nil {
				add(fmt.Sprintf("%s, %s rows: %s", l.job, count(l.rows), b.placeless(l.err)))
			}
		}
	})
	list(&out, "Not measured", each(b.skipped))
	list(&out, "Versions", each(append([]string{runtime.Version()}, b.versions...)))
	return out.String()
}

// placeless is what went wrong, without the folders of this run.
func (b *bench) placeless(err error) string {
	return strings.NewReplacer(b.work+"/", "", filepath.Dir(b.ours)+"/", "", "\n", "\n  ").
		Replace(err.Error())
}

// list prints items that differ below a word, and nothing where there are none.
func list(out *strings.Builder, title string, items func(add func(string))) {
	seen := map[string]bool{}
	items(func(text string) {
		if len(seen) == 0 {
			out.WriteString("\n" + title + ":\n\n")
		}
		if !seen[text] {
			out.WriteString("- " + text + "\n")
		}
		seen[text] = true
	})
}

func each(texts []string) func(add func(string)) {
	return func(add func(string)) {
		for _, text := range texts {
			add(text)
		}
	}
}

func (l line) shown() string {
	if l.err != nil {
		return "-"
	}
	return fmt.Sprintf("%.2f", l.ratio)
}

func (l line) limit(limit float64) string {
	switch {
	case l.goal.must == 0:
		return ""
	case l.goal.most:
		return fmt.Sprintf("<= %g", limit)
	}
	return fmt.Sprintf(">= %g", limit)
}

// count writes rows short: 10 M, 100 k.
func count(n int64) string {
	switch {
	case n == 0:
		return ""
	case n%1_000_000 == 0:
		return fmt.Sprintf("%d M", n/1_000_000)
	case n%1000 == 0:
		return fmt.Sprintf("%d k", n/1000)
	}
	return fmt.Sprint(n)
}
