package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// arrange puts options before files and global options before the command, so that they may stand
// anywhere: `import upload.csv --dry-run --output json` means what it says. After -- everything is
// a file.
func arrange(app *cli.App, args []string) []string {
	a := arrangement{global: app.Flags}
	commands := app.Commands
	rest := args[1:]
	for len(rest) > 0 {
		word := rest[0]
		rest = rest[1:]
		switch {
		case word == "--":
			a.files, rest = append(a.files, rest...), nil
		case len(word) > 1 && word[0] == '-':
			rest = a.option(word, rest)
		case len(a.files) == 0 && named(commands, word) != nil:
			command := named(commands, word)
			a.commands = append(a.commands, word)
			a.local, commands = command.Flags, command.Subcommands
		default:
			a.files = append(a.files, word)
			commands = nil
		}
	}
	return slices.Concat(args[:1], a.before, a.commands, a.after, a.end())
}

// arrangement sorts the words of a command line.
type arrangement struct {
	global, local           []cli.Flag
	before, commands, after []string
	files                   []string
}

// option takes an option and its value, and returns the words after them.
func (a *arrangement) option(word string, rest []string) []string {
	name, _, hasValue := strings.Cut(strings.TrimLeft(word, "-"), "=")
	flag, isGlobal := find(a.local, name), false
	if flag == nil {
		flag = find(a.global, name)
		isGlobal = flag != nil
	}
	words := []string{word}
	if _, isSwitch := flag.(*cli.BoolFlag); flag != nil && !isSwitch && !hasValue && len(rest) > 0 {
		words, rest = append(words, rest[0]), rest[1:]
	}
	if isGlobal || len(a.commands) == 0 {
		a.before = append(a.before, words...)
	} else {
		a.after = append(a.after, words...)
	}
	return rest
}

// end returns the files, behind -- where one could be taken for an option.
func (a *arrangement) end() []string {
	dashed := func(file string) bool { return len(file) > 1 && file[0] == '-' }
	if slices.ContainsFunc(a.files, dashed) {
		return append([]string{"--"}, a.files...)
	}
	return a.files
}

func named(commands []*cli.Command, name string) *cli.Command {
	for _, command := range commands {
		if command.HasName(name) {
			return command
		}
	}
	return nil
}

func find(flags []cli.Flag, name string) cli.Flag {
	for _, flag := range flags {
		if slices.Contains(flag.Names(), name) {
			return flag
		}
	}
	return nil
}
