package scenario

import (
	"context"

	"carbonledger/cmd/carbonledger/paper"
	"carbonledger/internal/engine"
	"carbonledger/internal/engine/plans"
	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/internal/report/account"
	"carbonledger/internal/report/page"
)

// Write writes the report and the pictures of scenarios and prints nothing of them.
func (s *Session) Write(ctx context.Context, file string, how engine.Projection,
	wanted Wanted) error {
	if !s.paper(wanted).Wanted() {
		return nil
	}
	outlook, err := s.Outlook(ctx, file, wanted.Targets, how)
	if err != nil {
		return err
	}
	return s.write(ctx, file, how, outlook, wanted)
}

// write writes the report and the pictures that are wanted.
func (s *Session) write(ctx context.Context, file string, how engine.Projection,
	o planning.Outlook, wanted Wanted) error {
	if !s.paper(wanted).Wanted() {
		return nil
	}
	if err := s.paper(wanted).Check(); err != nil {
		return err
	}
	watched, end := s.Watched(ctx)
	known, err := plans.Desk{Engine: s.Engine, Path: file, How: how}.Evidence(watched, o,
		wanted.Depth)
	end()
	if err != nil {
		return err
	}
	err = s.paper(wanted).PutReport(func() (page.Page, error) {
		return account.Of(o, known, s.Names)
	})
	if err != nil {
		return err
	}
	return s.paper(wanted).Draw(s.Names, func(names report.Names) []account.Picture {
		return account.Pictures(o, known, names)
	})
}

// paper is where what is wanted goes.
func (s *Session) paper(w Wanted) paper.Paper {
	return paper.Paper{Report: w.Report, Pictures: w.Pictures, Font: w.Font, Tell: s.Tell,
		Usage: s.Usage}
}
