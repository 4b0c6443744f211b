package ledger

import (
	"fmt"

	"carbonledger/ledger/column"
	"carbonledger/quantity"
)

// EncodeActivities writes activities as a column block. The bytes depend on the activities alone.
func EncodeActivities(list []Activity) []byte {
	b := column.NewBuilder()
	for _, a := range list {
		AddRow(&b.Rows, b, a)
	}
	return new(column.Encoder).Encode(&b.Rows)
}

// AddRow appends an activity to rows whose lists are those of the builder.
func AddRow(rows *column.Rows, b *column.Builder, a Activity) {
	row := column.Row{
		Who: b.PlaceOfWho(column.Who{Entity: a.Entity, Site: a.Site,
			Counterparty: a.Counterparty}),
		When: b.PlaceOfWhen(column.When{First: int32(a.Period.First), End: int32(a.Period.End)}),
		Line: int64(a.Line),
	}
	series, serial := column.ReadSerial(a.Document)
	row.Serie, row.Serial = b.PlaceOfSeries(series), serial
	what, figure, scale := WhatOf(a)
	if scale == column.Explicit {
		rows.Words = append(rows.Words, column.Word{Number: a.Number.String(), Written: a.Written})
	}
	row.What, row.Figure, row.Scale = b.PlaceOfWhat(what), figure, scale
	rows.Add(row)
}

// WhatOf returns what a row says of an activity besides whose it is and when, and its figure as
// written. Where the number is the written figure times PerUnit, the row keeps the figure. The
// scale is column.Absent where there is none, and column.Explicit where number and text are
// anything else.
func WhatOf(a Activity) (what column.What, figure int64, scale uint8) {
	what = column.What{From: string(a.From), To: string(a.To), Commodity: a.Commodity,
		Absence: string(a.Absence), Vintage: int32(a.Vintage)}
	if !a.Absence.HasFigure() && a.Number.IsZero() && a.PerUnit.IsZero() {
		what.Unit = a.Written
		return what, 0, column.Absent
	}
	written, unit := column.CutFigure(a.Written)
	figure, scale, ok := column.ReadFigure(written)
	if !ok || a.PerUnit.IsZero() ||
		!quantity.Scaled(figure, scale&^column.Grouped).Mul(a.PerUnit).Equal(a.Number) {
		return what, 0, column.Explicit
	}
	what.Unit, what.PerUnit = unit, a.PerUnit.String()
	return what, figure, scale
}

// FlowOf returns the flow that a row of columns names.
func FlowOf(who column.Who, what column.What, when column.When) Flow {
	return Flow{Entity: who.Entity, Site: who.Site, Counterparty: who.Counterparty,
		From: Role(what.From), To: Role(what.To), Commodity: what.Commodity,
		Absence: Absence(what.Absence), Vintage: quantity.Day(what.Vintage),
		Period: when.Period()}
}

// ActivitiesOf returns rows as activities, or ErrBlock where a number in them is none.
func ActivitiesOf(r *column.Rows) ([]Activity, error) {
	numbers, err := NumbersOf(r)
	if err != nil {
		return nil, err
	}
	perUnit, err := perUnitOf(r)
	if err != nil {
		return nil, err
	}
	list, words := make([]Activity, r.Len()), r.Words
	for i := range list {
		what := r.What[i]
		a := Activity{Flow: FlowOf(r.Whos[r.Who[i]], r.Whats[what], r.Whens[r.When[i]]),
			Number: numbers[i], Line: int(r.Lines[i]),
			Document: column.PrintSerial(r.Series[r.Serie[i]], r.Serials[i])}
		switch scale := r.Scales[i]; scale {
		case column.Explicit:
			a.Written, words = words[0].Written, words[1:]
		case column.Absent:
			a.Written = r.Whats[what].Unit
		default:
			a.PerUnit = perUnit[what]
			a.Written = column.PrintFigure(r.Figures[i], scale) + r.Whats[what].Unit
		}
		list[i] = a
	}
	return list, nil
}

// NumbersOf returns the number of every row in book units, or ErrBlock where one is none.
func NumbersOf(r *column.Rows) ([]quantity.Number, error) {
	perUnit, err := perUnitOf(r)
	if err != nil {
		return nil, err
	}
	list, words := make([]quantity.Number, r.Len()), r.Words
	for i, scale := range r.Scales {
		switch digits := scale &^ column.Grouped; {
		case scale == column.Explicit:
			if err := list[i].UnmarshalText([]byte(words[0].Number)); err != nil {
				return nil, fmt.Errorf("%w: number", ErrBlock)
			}
			words = words[1:]
		case scale == column.Absent && r.Figures[i] == 0:
		case digits > column.ScaleMax:
			return nil, fmt.Errorf("%w: scale", ErrBlock)
		default:
			list[i] = quantity.Scaled(r.Figures[i], digits).Mul(perUnit[r.What[i]])
		}
	}
	return list, nil
}

// perUnitOf returns how many book units are in one of each unit.
func perUnitOf(r *column.Rows) ([]quantity.Number, error) {
	list := make([]quantity.Number, len(r.Whats))
	for i, w := range r.Whats {
		if w.PerUnit == "" {
			continue
		}
		if err := list[i].UnmarshalText([]byte(w.PerUnit)); err != nil {
			return nil, fmt.Errorf("%w: number", ErrBlock)
		}
	}
	return list, nil
}
