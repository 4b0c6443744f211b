package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"carbonledger/internal/engine"
	"carbonledger/internal/proof"
	"carbonledger/internal/report"
	"carbonledger/ledger"
)

func checkCommand(say func(string) string) *cli.Command {
	return &cli.Command{Name: "check", Usage: say("check.usage"), Action: check, Flags: []cli.Flag{
		&cli.StringFlag{Name: "receipt", Usage: say("flag.check-receipt")},
		&cli.StringFlag{Name: "file", Usage: say("flag.check-file")},
		&cli.StringFlag{Name: "dialect", Usage: say("flag.check-dialect")},
	}}
}

// check proves the whole book, or with --receipt only what the receipts say of it.
func check(c *cli.Context) error {
	if c.String("receipt") != "" {
		return with(c, true, func(ctx context.Context, s *session) error {
			return s.checkReceipts(ctx, c.String("receipt"), c.String("file"), c.String("dialect"))
		})
	}
	if c.String("file") != "" || c.String("dialect") != "" {
		return usage("usage.check")
	}
	return with(c, true, func(ctx context.Context, s *session) error {
		checked, err := s.Check(ctx)
		if err != nil {
			return err
		}
		return s.print(report.Checked(checked.Batches, checked.Rows, checked.Flows,
			checked.Head.String(), s.lang))
	})
}

// checkReceipts proves the receipts of a file, all of them, against the book and the upload.
func (s *session) checkReceipts(ctx context.Context, path, upload, dialect string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	texts, err := proof.ReadReceipts(data)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	var file *engine.Evidence
	if upload != "" {
		if file, err = engine.OpenEvidence(upload, dialect); err != nil {
			return err
		}
	}
	list, failed, err := s.verifyAll(ctx, texts, file)
	if err != nil {
		return err
	}
	if err := s.print(report.Verifications(list, s.lang)); err != nil {
		return err
	}
	if failed > 0 {
		return &report.Error{Key: "verify.failed", Err: proof.ErrNotHeld,
			Args: []string{fmt.Sprint(failed), fmt.Sprint(len(list))}}
	}
	return nil
}

func (s *session) verifyAll(ctx context.Context, texts []json.RawMessage,
	file *engine.Evidence) (list []report.Verified, failed int, err error) {
	for _, text := range texts {
		verified, err := s.Verify(ctx, text, file)
		if err != nil {
			return nil, 0, err
		}
		if !verified.Holds() {
			failed++
		}
		list = append(list, verified)
	}
	return list, failed, nil
}

// receipts lists the batches of the book, or shows the receipts named.
func receipts(c *cli.Context) error {
	return with(c, true, func(_ context.Context, s *session) error {
		all := s.Book().Receipts()
		if c.NArg() == 0 {
			return s.print(report.Receipts(all, s.lang))
		}
		for _, id := range c.Args().Slice() {
			receipt, err := receiptNamed(all, id)
			if err != nil {
				return err
			}
			if err := s.print(report.Receipt(receipt, s.names())); err != nil {
				return err
			}
		}
		return nil
	})
}

// receiptNamed finds a receipt, reversed or not.
func receiptNamed(all []ledger.Receipt, id string) (ledger.Receipt, error) {
	for _, receipt := range all {
		if receipt.ID == id {
			return receipt, nil
		}
	}
	return ledger.Receipt{}, &report.Error{Key: "usage.receipt-none", Args: []string{id},
		Err: ledger.ErrReceipt}
}
