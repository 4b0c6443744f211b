package account

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/internal/report/chart"
	"carbonledger/internal/report/plan"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/table"
)

// Picture is a chart and the name of its file, without an ending.
type Picture struct {
	File string
	chart.Drawing
	// kind is the first part of the name of the file.
	kind string
}

// pictureOf is the picture of one scenario.
func pictureOf(kind, scenario string, d chart.Drawing) Picture {
	return Picture{kind + "-" + slug(scenario), d, kind}
}

// Pictures are the charts of an outlook, those of all scenarios first, with the evidence there is
// about each.
func Pictures(o planning.Outlook, known map[string]Evidence, names report.Names) []Picture {
	pictures := Overview(o, names)
	if len(o.Judged) > 0 {
		pictures = append(pictures, TargetPicture(o.Judged, names))
	}
	for i, p := range o.Pathways {
		pictures = append(pictures, PartPictures(o, i, names)...)
		e := known[p.Scenario]
		for _, picture := range slices.Concat(e.money(names), e.causes(names), e.chances(names)) {
			picture.File = fileName(picture.kind, o, i)
			pictures = append(pictures, picture)
		}
	}
	return pictures
}

// Overview draws CO2 and energy of all scenarios.
func Overview(o planning.Outlook, names report.Names) []Picture {
	return []Picture{{File: "co2", Drawing: lines(o, plan.CO2, names)},
		{File: "energy", Drawing: lines(o, plan.Energy, names)}}
}

// frame chooses between t and 万t so that the largest figure has few digits.
func frame(m plan.Measured, largest quantity.Number, title string, lang table.Lang) chart.Frame {
	f := chart.Frame{Title: title, Unit: report.Term(lang, "chart."+m.Key), Per: plan.PerTonne}
	tenThousand := quantity.Int(10_000_000)
	if largest.Cmp(tenThousand.Mul(quantity.Int(10))) >= 0 {
		f.Unit, f.Per = report.Term(lang, "chart."+m.Key+".wan"), tenThousand
	}
	return f
}

func largest(p scenarios.Pathway, m plan.Measured) (most quantity.Number) {
	for _, y := range plan.AllYears(p) {
		if total := m.Total(y); total.Cmp(most) > 0 {
			most = total
		}
	}
	return most
}

func yearsOf(p scenarios.Pathway, list []scenarios.Year, lang table.Lang) chart.Years {
	y := chart.Years{Measured: p.Years[0].Year, History: report.Term(lang, "history"),
		Projection: report.Term(lang, "projection")}
	for _, one := range list {
		y.List = append(y.List, one.Year)
	}
	return y
}

// lines draws a total of all scenarios, over the years that all of them have.
func lines(o planning.Outlook, m plan.Measured, names report.Names) chart.Drawing {
	first := o.Pathways[0]
	f := frame(m, largest(first, m), report.Term(names.Lang, "chart.lines."+m.Key), names.Lang)
	f.Note = report.Term(names.Lang, "chart.lines.note")
	shared := plan.AllYears(first)
	for _, p := range o.Pathways[1:] {
		shared = slices.DeleteFunc(shared, func(y scenarios.Year) bool {
			return !slices.ContainsFunc(plan.AllYears(p), func(other scenarios.Year) bool {
				return other.Year == y.Year
			})
		})
	}
	axis := yearsOf(first, shared, names.Lang)
	var paths []chart.Path
	for _, p := range o.Pathways {
		path := chart.Path{Series: chart.Series{Name: p.Scenario}}
		if v := plan.Verdict(p); m.Key == plan.CO2.Key && v.Status == scenarios.Peaked {
			path.Peak = v.PeakYear
		}
		for _, y := range plan.AllYears(p) {
			if slices.Contains(axis.List, y.Year) {
				path.Values = append(path.Values, m.Total(y))
			}
		}
		paths = append(paths, path)
	}
	return chart.Lines(f, axis, paths)
}

// PartPictures draws one scenario by sector and by carrier.
func PartPictures(o planning.Outlook, i int, names report.Names) []Picture {
	p := o.Pathways[i]
	return []Picture{
		{File: fileName("sectors", o, i), Drawing: areas(p, plan.BySector, names)},
		{File: fileName("carriers", o, i), Drawing: areas(p, sharedCarriers(o), names)}}
}

// sharedCarriers puts the carriers of all scenarios in one order, the largest first, so that a
// carrier has the same ink in each picture.
func sharedCarriers(o planning.Outlook) plan.Cut {
	sizes := map[string]quantity.Number{}
	for _, p := range o.Pathways {
		_, parts := plan.Parts(p, plan.CO2, plan.ByCarrier)
		for _, part := range parts {
			for _, value := range part.Values {
				sizes[part.Part] = sizes[part.Part].Add(value)
			}
		}
	}
	cut := plan.ByCarrier
	cut.Order = slices.SortedFunc(maps.Keys(sizes), func(a, b string) int {
		return cmp.Or(sizes[b].Cmp(sizes[a]), cmp.Compare(a, b))
	})
	return cut
}

// partsShown is how many areas a chart has; smaller ones are added up as the rest.
const partsShown = 9

func areas(p scenarios.Pathway, cut plan.Cut, names report.Names) chart.Drawing {
	years, parts := plan.Parts(p, plan.CO2, cut)
	if len(parts) > partsShown {
		rest := parts[partsShown-1]
		rest.Part, rest.Values = scenarios.Other, slices.Clone(rest.Values)
		for _, part := range parts[partsShown:] {
			for y, value := range part.Values {
				rest.Values[y] = rest.Values[y].Add(value)
			}
		}
		parts = append(parts[:partsShown-1:partsShown-1], rest)
	}
	var series []chart.Series
	for _, part := range parts {
		name := cut.Name(part.Part, names)
		if part.Part == scenarios.Other {
			name = report.Sector(scenarios.Other, names.Lang)
		}
		series = append(series, chart.Series{Name: name, Values: part.Values})
	}
	title := report.Say(names.Lang, "chart.areas", p.Scenario, report.Term(names.Lang, cut.Key))
	f := frame(plan.CO2, largest(p, plan.CO2), title, names.Lang)
	f.Note = report.Term(names.Lang, "chart.areas.note")
	return chart.Areas(f, yearsOf(p, years, names.Lang), series)
}

// TargetPicture draws every target that can be judged: what is as a part of what may be.
func TargetPicture(judged []planning.Judged, names report.Names) Picture {
	lang := names.Lang
	f := chart.Frame{Title: report.Term(lang, "chart.targets"),
		Unit: report.Term(lang, "chart.targets.unit"),
		Note: report.Term(lang, "chart.targets.note")}
	var scenarioNames []string
	for _, j := range judged {
		scenarioNames = append(scenarioNames, j.Pathway.Scenario)
	}
	var groups []chart.Group
	for i, r := range judged[0].Results {
		g := chart.Group{Name: r.Target.Name}
		for _, j := range judged {
			of := j.Results[i]
			if of.Unknown != "" || of.Level.Numerator.IsZero() ||
				of.Target.Measure == plan.PeakYear {
				break
			}
			part := of.Value.Mul(quantity.RatioOf(of.Level.Denominator, of.Level.Numerator))
			percent, _ := part.Mul(quantity.Whole(quantity.Int(100))).Round(
				quantity.Rounding{Places: 1, Mode: quantity.HalfUp})
			g.Bars = append(g.Bars, percent)
			g.Words = append(g.Words, percent.Fixed(1)+" % "+plan.MetWord(of, lang))
		}
		if len(g.Bars) == len(judged) {
			groups = append(groups, g)
		}
	}
	return Picture{File: "targets",
		Drawing: chart.Bars(f, scenarioNames, groups, quantity.Int(100))}
}

// fileName names the picture of a scenario: letters and digits of its name, and its number where
// another scenario would have the same.
func fileName(kind string, o planning.Outlook, i int) string {
	name := kind + "-" + slug(o.Pathways[i].Scenario)
	for other, p := range o.Pathways {
		if other != i && slug(p.Scenario) == slug(o.Pathways[i].Scenario) {
			return name + "-" + strconv.Itoa(i+1)
		}
	}
	return name
}

func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return cmp.Or(strings.Join(words, "-"), "scenario")
}
