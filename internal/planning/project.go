package planning

import (
	"cmp"

	"carbonledger/ledger/inventory"
	"carbonledger/scenarios"
	"carbonledger/scenarios/abatement"
	"carbonledger/scenarios/levers"
	"carbonledger/scenarios/rebase"
	"carbonledger/scenarios/targets"
	"carbonledger/scenarios/trend"
	"carbonledger/table"
)

// Bare is a scenario without assumptions, for what is asked of the book alone.
const Bare = "scenario,lever,sector,year,value,unit,source\nbook,,,,,,\n"

// SetOf reads a scenario file; one without scenarios has a fault.
func SetOf(file string, data []byte) (scenarios.Set, []table.Fault) {
	set, faults := scenarios.Parse(file, data, levers.All())
	if len(faults) == 0 && len(set.Names()) == 0 {
		faults = []table.Fault{{File: file, Code: "file.empty"}}
	}
	return set, faults
}

// Question says which scenarios of a set to project, from where and how far.
type Question struct {
	// Area is the boundary; empty takes the one area of the book that reports GDP.
	Area string
	// Base is the year to start from. 0 takes the one before the rates of the set begin, or where
	// the book does not have it the last whole year.
	Base, Horizon int
	// Only names one scenario of the set, Among several; both empty takes all.
	Only  string
	Among []string
}

// Names lists the scenarios that are named; none stands for all.
func (q Question) Names() []string {
	if q.Only != "" {
		return []string{q.Only}
	}
	return q.Among
}

// Project projects scenarios from the inventory of the base year. A row the base cannot follow is a
// table.Fault.
func Project(s inventory.State, set scenarios.Set, how Question) ([]scenarios.Pathway, error) {
	base, err := BaseOf(s, how.Area, how.Base, set)
	if err != nil {
		return nil, err
	}
	names := how.Names()
	if len(names) == 0 {
		names = set.Names()
	}
	var pathways []scenarios.Pathway
	for _, name := range names {
		scenario, err := Named(set, name)
		if err != nil {
			return nil, err
		}
		pathway, err := scenarios.Project(base, scenario, levers.All(), how.Horizon)
		if err != nil {
			return nil, err
		}
		pathways = append(pathways, pathway)
	}
	return pathways, nil
}

// Stale says in what a state has moved on since a result was made; nothing means that the result
// stands as it is.
func Stale(pins scenarios.Pins, s inventory.State) []scenarios.Move {
	return pins.Moved(PinsOf(s, pins.Boundary))
}

// Rebase projects the same scenario from the state it was made on and from another one, and tells
// what changed: the base cell by cell, the pathway year by year, the verdict.
func Rebase(before, after inventory.State, set scenarios.Set, how Question) (
	[]rebase.Result, error) {
	if how.Base == 0 {
		how.Base = YearFor(before, how.Area, set)
	}
	old, err := Project(before, set, how)
	if err != nil {
		return nil, &Earlier{before.Book.Position(), err}
	}
	fresh, err := Project(after, set, how)
	if err != nil {
		return nil, err
	}
	var rebased []rebase.Result
	mixed, err := mixed(before, after, set, how)
	if err != nil {
		return nil, err
	}
	for i := range old {
		scenario, _ := set.Scenario(old[i].Scenario)
		between, err := scenarios.Project(mixed, scenario, levers.All(), how.Horizon)
		if err != nil { // the two states do not go together, so nothing lies between them
			rebased = append(rebased, rebase.Of(old[i], nil, fresh[i]))
			continue
		}
		rebased = append(rebased, rebase.Of(old[i], &between, fresh[i]))
	}
	return rebased, nil
}

// mixed is a base with the energy use of one state and the drivers of an earlier one, so that the
// difference of both can be taken apart.
func mixed(before, after inventory.State, set scenarios.Set, how Question) (
	scenarios.Base, error) {
	old, err := BaseOf(before, how.Area, how.Base, set)
	if err != nil {
		return scenarios.Base{}, err
	}
	base, err := BaseOf(after, how.Area, how.Base, set)
	base.Drivers = old.Drivers
	return base, err
}

// Judged is one scenario held against targets.
type Judged struct {
	Pathway scenarios.Pathway
	Results []targets.Result
}

// Judge projects scenarios and holds each against the targets.
func Judge(s inventory.State, set scenarios.Set, list []targets.Target, how Question) (
	[]Judged, error) {
	pathways, err := Project(s, set, how)
	if err != nil {
		return nil, err
	}
	judged := make([]Judged, len(pathways))
	for i, pathway := range pathways {
		judged[i] = Judged{pathway, targets.Assess(pathway, list)}
	}
	return judged, nil
}

// Abatement tells, for one scenario, what each measure with a cost brings and costs.
func Abatement(s inventory.State, set scenarios.Set, how Question) ([]abatement.Measure, error) {
	base, err := BaseOf(s, how.Area, how.Base, set)
	if err != nil {
		return nil, err
	}
	scenario, err := Named(set, how.Only)
	if err != nil {
		return nil, err
	}
	var measures []abatement.Measure
	for _, key := range abatement.Costed(scenario) {
		measure, err := abatement.Of(base, scenario, levers.All(), how.Horizon, key)
		if err != nil {
			return nil, err
		}
		measures = append(measures, measure)
	}
	return measures, nil
}

// Trends tells what would come if the years of the book went on, from its last whole year unless
// the question names another. Deflators of the set bring GDP to one price.
func Trends(s inventory.State, set scenarios.Set, how Question, rule trend.Rule) (
	trend.Trends, error) {
	how.Only = cmp.Or(how.Only, set.Names()[0])
	if how.Base == 0 {
		how.Base = Latest(s, how.Area)
	}
	pathways, err := Project(s, set, how)
	if err != nil {
		return trend.Trends{}, err
	}
	return trend.Of(pathways[0], "trend", rule, how.Horizon), nil
}

// Outlook is everything a comparison of scenarios tells: the assumptions, what follows from them,
// how that stands to targets, and what measures with a cost bring.
type Outlook struct {
	Set       scenarios.Set
	Pathways  []scenarios.Pathway
	Reference string
	// Judged is empty without targets.
	Judged []Judged
	// Measures hold, by scenario, the measures with a cost.
	Measures map[string][]abatement.Measure
}

// Foresee projects scenarios, holds them against targets, and takes their measures one by one.
func Foresee(s inventory.State, set scenarios.Set, list []targets.Target, how Question) (
	Outlook, error) {
	judged, err := Judge(s, set, list, how)
	if err != nil {
		return Outlook{}, err
	}
	outlook := Outlook{Set: set, Reference: judged[0].Pathway.Scenario,
		Measures: map[string][]abatement.Measure{}}
	if len(list) > 0 {
		outlook.Judged = judged
	}
	for _, j := range judged {
		how.Only = j.Pathway.Scenario
		outlook.Pathways = append(outlook.Pathways, j.Pathway)
		if outlook.Measures[how.Only], err = Abatement(s, set, how); err != nil {
			return Outlook{}, err
		}
	}
	return outlook, nil
}
