package engine_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"carbonledger/internal/engine"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/learn"
	"carbonledger/table"
)

// saying answers prompts in turn; where the list ends, nobody answers.
func saying(answers ...string) learn.Answer {
	return func(learn.Prompt) (string, bool) {
		if len(answers) == 0 {
			return "", false
		}
		text := answers[0]
		answers = answers[1:]
		return text, true
	}
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func openBook(t *testing.T, path string) *engine.Engine {
	t.Helper()
	e, err := engine.Open(t.Context(), path, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

const meters = "抄表月,行度差(kWh)\n2022-01,5\n"

// TestLearnedDialects: the last dialect of a sender and header counts, its reversal brings back the
// one before it, and a book opened again knows them.
func TestLearnedDialects(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.db")
	e := openBook(t, path)
	sample := write(t, "sample.csv", meters)
	entity := func(e *engine.Engine) string {
		t.Helper()
		var all []string
		for _, l := range e.Book().Dialects() {
			d, faults := dialects.Parse(l.ID, []byte(l.Text))
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			all = append(all, l.Sender+":"+d.Constant["entity"])
		}
		return strings.Join(all, " ")
	}
	lesson := func(sender, entity string) engine.Learned {
		t.Helper()
		learned, err := e.Learn(t.Context(), sample, engine.Lesson{Sender: sender,
			Answer: saying("", "quantity electricity kWh", entity, "", "no")})
		if err != nil {
			t.Fatal(err)
		}
		return learned
	}
	lesson("south", "plant")
	lesson("north", "works")
	second := lesson("south", "mill")
	if again := lesson("south", "mill"); !again.Again || again.Receipt.ID != "" {
		t.Errorf("the same lesson twice gives %+v, want nothing new", again.Receipt)
	}
	if got, want := entity(e), "north:works south:mill"; got != want {
		t.Errorf("dialects %q, want %q", got, want)
	}
	if _, err := e.Reverse(t.Context(), second.Receipt.ID, "wrong plant"); err != nil {
		t.Fatal(err)
	}
	if got, want := entity(e), "south:plant north:works"; got != want {
		t.Errorf("after the reversal %q, want %q", got, want)
	}
	if got, want := entity(openBook(t, path)), "south:plant north:works"; got != want {
		t.Errorf("opened again %q, want %q", got, want)
	}
	checked, err := e.Check(t.Context())
	if err != nil || checked.Batches != 4 {
		t.Errorf("Check = %+v, %v, want 4 batches", checked, err)
	}
}

// TestLearnedForImport: which learned dialect reads a file, with and without the sender.
func TestLearnedForImport(t *testing.T) {
	sample := write(t, "sample.csv", meters)
	file := write(t, "file.csv", "抄表月,行度差(MWh)\n2022-02,5\n")
	register := write(t, "register.csv", "entity,name,industry,area\nplant,厂,C3741,360104\n"+
		"works,坊,C3741,360104\n")
	cases := []struct {
		name    string
		learned [][2]string
		how     engine.Import
		want    string
	}{
		{"nothing learned", nil, engine.Import{}, "dialect.none"},
		{"learned for another sender", [][2]string{{"south", "plant"}},
			engine.Import{Sender: "north"}, "dialect.none"},
		{"learned for the sender", [][2]string{{"south", "plant"}, {"north", "works"}},
			engine.Import{Sender: "north"}, "works electricity 5000"},
		{"no sender, the whole file is taken as that of one entity",
			[][2]string{{"south", "plant"}}, engine.Import{}, "dialect.sender"},
		{"no sender, and somebody says that it is", [][2]string{{"south", "plant"}},
			engine.Import{Ask: func(dialects.Question) (int, bool) { return 0, true }},
			"plant electricity 5000"},
		{"no sender, and somebody says that it is not", [][2]string{{"south", "plant"}},
			engine.Import{Ask: func(dialects.Question) (int, bool) { return 1, true }},
			"dialect.none"},
		{"no sender, learned for everybody", [][2]string{{"", "plant"}}, engine.Import{},
			"plant electricity 5000"},
		{"no sender and two learned dialects", [][2]string{{"south", "plant"}, {"north", "works"}},
			engine.Import{}, "dialect.several"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			e := openBook(t, engine.Memory)
			for _, l := range c.learned {
				if _, err := e.Learn(t.Context(), sample, engine.Lesson{Sender: l[0],
					Answer: saying("", "quantity electricity kWh", l[1], "", "no")}); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := e.Import(t.Context(), register, engine.Import{}); err != nil {
				t.Fatal(err)
			}
			if got := outcome(t, e, file, c.how); got != c.want {
				t.Errorf("read as %q, want %q", got, c.want)
			}
		})
	}
}

// outcome is what a file posted, or the code of its first fault.
func outcome(t *testing.T, e *engine.Engine, file string, how engine.Import) string {
	t.Helper()
	_, err := e.Import(t.Context(), file, how)
	var rejection *engine.Rejection
	if errors.As(err, &rejection) {
		return rejection.Faults[0].Code
	}
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for sum := range e.Book().Sums().All() {
		all = append(
			all,
			strings.Join([]string{sum.Entity, sum.Commodity, sum.Total.String()}, " "),
		)
	}
	return strings.Join(all, "; ")
}

// TestLearnFaults lists why a dialect is not learned; wanted.txt in testdata/faults has the words.
func TestLearnFaults(t *testing.T) {
	const folder = "testdata/faults/"
	var got []string
	for _, c := range []struct {
		file   string
		lesson engine.Lesson
	}{
		{"learn-figures.csv", engine.Lesson{}},
		{"learn-meters.csv", engine.Lesson{}},
		{"learn-meters.csv", engine.Lesson{ID: "long"}},
		{"learn-totals.csv", engine.Lesson{Answer: saying("period", "quantity electricity kWh",
			"plant", "", "no")}},
	} {
		e := openBook(t, engine.Memory)
		_, err := e.Learn(t.Context(), folder+c.file, c.lesson)
		var rejection *engine.Rejection
		if !errors.As(err, &rejection) {
			t.Fatalf("%s: %v, want a rejection", c.file, err)
		}
		if len(e.Book().Dialects()) > 0 {
			t.Errorf("%s: a dialect is kept", c.file)
		}
		got = append(got, "== "+c.file)
		got = append(got, lines(rejection.Faults)...)
	}
	e := openBook(t, engine.Memory)
	if _, err := e.Learn(t.Context(), folder+"learn-meters.csv", engine.Lesson{Sender: "south",
		Answer: saying("", "quantity electricity kWh", "plant", "", "no")}); err != nil {
		t.Fatal(err)
	}
	_, err := e.Import(t.Context(), folder+"learn-meters.csv", engine.Import{})
	var rejection *engine.Rejection
	if errors.As(err, &rejection) {
		got = append(got, "== learn-meters.csv imported without its sender")
		got = append(got, lines(rejection.Faults)...)
	}
	text := strings.Join(got, "\n") + "\n"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(folder+"wanted.txt", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(folder + "wanted.txt")
	if err != nil || text != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", text, want)
	}
}

func lines(faults []table.Fault) (list []string) {
	for _, fault := range faults {
		list = append(list, fault.Code, "  "+fault.Text(table.EN), "  "+fault.Text(table.ZH))
	}
	return list
}
