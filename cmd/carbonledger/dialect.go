package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/urfave/cli/v2"

	"carbonledger/internal/engine"
	"carbonledger/internal/report"
	"carbonledger/internal/store/sqlite"
	"carbonledger/ledger/intake/dialects"
)

func dialectCommand(say func(string) string) *cli.Command {
	return &cli.Command{Name: "dialect", Usage: say("dialect.usage"), Subcommands: []*cli.Command{
		{Name: "list", Usage: say("dialect.list.usage"), Action: dialectList},
		{Name: "show", Usage: say("dialect.show.usage"), ArgsUsage: "ID", Action: dialectShow},
		{Name: "learn", Usage: say("dialect.learn.usage"), ArgsUsage: "FILE",
			Action: dialectLearn, Flags: []cli.Flag{
				&cli.StringFlag{Name: "sender", Usage: say("flag.sender")},
				&cli.StringFlag{Name: "id", Usage: say("flag.dialect-id")},
				&cli.StringFlag{Name: "save", Usage: say("flag.save")},
				&cli.BoolFlag{Name: "no-input", Usage: say("flag.no-input")}}},
	}}
}

// columnsOf reads --map COLUMN=FIELD, as often as it is given.
func columnsOf(c *cli.Context) (list []dialects.Answer, err error) {
	for _, text := range c.StringSlice("map") {
		answer, err := dialects.ParseAnswer(text)
		if err != nil {
			return nil, fmt.Errorf("%w: --map: %w", errUsage, err)
		}
		list = append(list, answer)
	}
	return list, nil
}

// withDialects works on the book where there is one and on the dialects of the program where there
// is none.
func withDialects(c *cli.Context, work func(context.Context, *session) error) error {
	err := with(c, true, work)
	if errors.Is(err, sqlite.ErrNoBook) {
		return withBook(c, engine.Memory, false, work)
	}
	return err
}

func dialectList(c *cli.Context) error {
	return withDialects(c, func(_ context.Context, s *session) error {
		known, err := dialects.All()
		if err != nil {
			return err
		}
		learned := s.Book().Dialects()
		t, err := report.DialectList(known, learned, s.lang)
		if err != nil {
			return err
		}
		return s.print(t)
	})
}

func dialectShow(c *cli.Context) error {
	if c.NArg() != 1 {
		return usage("usage.dialect-show")
	}
	return withDialects(c, func(_ context.Context, s *session) error {
		text, err := s.DialectText(c.Args().First())
		if err != nil {
			return err
		}
		_, err = s.out.Write(text)
		return err
	})
}

// faultsShown is how many faults of a sample are printed before they are only counted.
const faultsShown = 10

func dialectLearn(c *cli.Context) error {
	if c.NArg() != 1 {
		return usage("usage.dialect-learn")
	}
	return with(c, false, func(ctx context.Context, s *session) error {
		how := engine.Lesson{Sender: c.String("sender"), ID: c.String("id")}
		if !c.Bool("no-input") {
			how.Answer = lineAnswer(os.Stdin, s.err, s.lang)
		}
		save, err := newFile(c.String("save"))
		if err != nil {
			return err
		}
		learned, err := s.Learn(ctx, c.Args().First(), how)
		if err != nil {
			return errors.Join(save.drop(), err)
		}
		if err := save.write(learned.Text); err != nil {
			return err
		}
		for i, fault := range learned.Proof.Faults {
			if i == faultsShown {
				s.tell("learn.more", fmt.Sprint(len(learned.Proof.Faults)-i))
				break
			}
			fmt.Fprintln(s.err, fault.Text(s.lang))
		}
		return s.print(report.Learned(learned.Dialect, how.Sender, learned.Receipt, learned.Proof,
			s.lang))
	})
}

// reserved is a file that was made before the work it is for; none is ever overwritten.
type reserved struct{ path string }

func newFile(path string) (reserved, error) {
	if path == "" {
		return reserved{}, nil
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return reserved{}, usage("usage.exists", path, "--save")
	}
	if err != nil {
		return reserved{}, err
	}
	return reserved{path}, file.Close()
}

func (r reserved) write(text string) error {
	if r.path == "" {
		return nil
	}
	return os.WriteFile(r.path, []byte(text), 0o600)
}

func (r reserved) drop() error {
	if r.path == "" {
		return nil
	}
	return os.Remove(r.path)
}
