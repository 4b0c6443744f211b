package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"

	"carbonledger/internal/report"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/learn"
	"carbonledger/table"
)

// terminalAsk returns how questions about a file are put to the user: on standard error, answered
// by a number on standard input. It returns nil where nobody sits at both ends or noInput is set.
// The same question is put once: what is prepared anew gets the answer it got before.
func terminalAsk(in io.Reader, out io.Writer, lang table.Lang, noInput bool) dialects.Ask {
	if noInput || !isTerminal(in) || !isTerminal(out) {
		return nil
	}
	return lineAsk(in, out, lang)
}

// isTerminal says whether a stream is a terminal.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// lineAsk puts questions and reads the number of the answer from a line of its own; a line that is
// no number of a candidate is no answer.
func lineAsk(in io.Reader, out io.Writer, lang table.Lang) dialects.Ask {
	lines := bufio.NewReader(in)
	given := map[string]int{}
	return func(q dialects.Question) (int, bool) {
		key := q.Fault.Text(table.EN)
		if choice, ok := given[key]; ok {
			return choice, true
		}
		fmt.Fprintln(out, q.Fault.Place(lang)+q.Fault.Fact(lang))
		for i, candidate := range q.Candidates {
			fmt.Fprintf(out, "  %d  %s\n", i+1, candidate.In(lang))
		}
		fmt.Fprint(out, report.Say(lang, "ask.number", strconv.Itoa(len(q.Candidates)))+" ")
		line, err := lines.ReadString('\n')
		choice, wrong := strconv.Atoi(strings.TrimSpace(line))
		if err != nil && line == "" || wrong != nil || choice < 1 || choice > len(q.Candidates) {
			return 0, false
		}
		given[key] = choice - 1
		return choice - 1, true
	}
}

// lineAnswer puts the prompts of a lesson and reads one answer a line. At the end of the input
// nobody answers any more. What no terminal echoes is printed, so that the conversation reads well.
func lineAnswer(in io.Reader, out io.Writer, lang table.Lang) learn.Answer {
	lines := bufio.NewReader(in)
	return func(p learn.Prompt) (string, bool) {
		if problem := p.Problem.In(lang); problem != "" {
			fmt.Fprintln(out, problem)
		}
		fmt.Fprintln(out, p.In(lang))
		if p.Guess != "" {
			fmt.Fprintln(out, report.Say(lang, "ask.guess", p.Shown.In(lang)))
		}
		fmt.Fprint(out, "> ")
		line, err := lines.ReadString('\n')
		line = strings.TrimSpace(line)
		if !isTerminal(in) {
			fmt.Fprintln(out, line)
		}
		return line, err == nil || line != ""
	}
}
