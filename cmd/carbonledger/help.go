package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"carbonledger/internal/report"
	"carbonledger/table"
)

// translateHelp puts the words of the help pages into the language of the terms list.
func translateHelp(app *cli.App, lang table.Lang) {
	say := func(key string) string { return report.Term(lang, key) }
	words := []string{}
	for _, heading := range []string{"NAME", "USAGE", "COMMANDS", "GLOBAL OPTIONS", "OPTIONS"} {
		words = append(words, heading+":", say("help."+heading)+":")
	}
	headings := strings.NewReplacer(words...)
	cli.AppHelpTemplate = headings.Replace(appHelp)
	cli.CommandHelpTemplate = headings.Replace(commandHelp)
	cli.SubcommandHelpTemplate = cli.CommandHelpTemplate
	cli.HelpFlag = &cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: say("help.flag")}
	app.HideHelpCommand = true
	app.Commands = append(app.Commands, &cli.Command{Name: "help", Usage: say("help.usage"),
		ArgsUsage: "[COMMAND]", HideHelpCommand: true, Action: func(c *cli.Context) error {
			if c.Args().Present() {
				again := append([]string{app.Name}, c.Args().Slice()...)
				fresh := newApp(lang, app.Writer, app.ErrWriter)
				return fresh.RunContext(c.Context, append(again, "--help"))
			}
			return cli.ShowAppHelp(c)
		}})
	for _, command := range app.Commands {
		command.HideHelpCommand = true
		if len(command.Subcommands) > 0 {
			command.Action = needSubcommand
		}
	}
}

// needSubcommand shows help where no subcommand is given and refuses one that does not exist.
func needSubcommand(c *cli.Context) error {
	if c.Args().Present() {
		return usage("usage.command", c.Command.Name+" "+c.Args().First())
	}
	return cli.ShowSubcommandHelp(c)
}

// The help pages: what a command does, how it is called, and its options.
const (
	appHelp = `NAME:
   {{.Name}} - {{.Usage}}

USAGE:
   {{.Name}} [--book PATH] [--output FORMAT] [--lang LANG] COMMAND [OPTIONS] ...

COMMANDS:
{{range .VisibleCommands}}   {{printf "%-12s" .Name}} {{.Usage}}
{{end}}
GLOBAL OPTIONS:
{{range .VisibleFlags}}   {{.}}
{{end}}`
	commandHelp = `NAME:
   {{.HelpName}} - {{.Usage}}

USAGE:
   {{.HelpName}}{{if .VisibleCommands}} COMMAND{{end}}{{if .VisibleFlags}} [OPTIONS]{{end}} {{.ArgsUsage}}
{{if .VisibleCommands}}
COMMANDS:
{{range .VisibleCommands}}   {{printf "%-12s" .Name}} {{.Usage}}
{{end}}{{end}}{{if .VisibleFlags}}
OPTIONS:
{{range .VisibleFlags}}   {{.}}
{{end}}{{end}}`
)
