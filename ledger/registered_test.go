package ledger

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// TestRegistered reads registers as any JSON is read, and agrees wherever the fast way takes them.
func TestRegistered(t *testing.T) {
	entities := []Entity{{ID: "E1", Name: "示例企业(虚构)", Industry: "C3741", Area: "360104",
		From: 18262, Line: 2}, {ID: "E2", Line: 3}, {ID: "E3", Name: "a},{b", Line: 123456789}}
	plain := Batch{Registers: true, Entities: entities}.Meta()
	for _, c := range []struct {
		name, meta string
		fast       bool
	}{
		{"as written", string(plain), true},
		{"with stock counts behind", string(Batch{Registers: true, Entities: entities,
			Assertions: []Assertion{{}}}.Meta()), false},
		{"no register", string(Batch{Entities: entities}.Meta()), false},
		{"no entities", string(Batch{Registers: true}.Meta()), false},
		{"an escape", strings.Replace(string(plain), "E1", `E\n1`, 1), false},
		{"a line break in a text", strings.Replace(string(plain), "E1", "E\n1", 1), false},
		{"bytes that are no text", strings.Replace(string(plain), "E1", "E\xff", 1), false},
		{"a day before 1970", strings.Replace(string(plain), "18262", "-18262", 1), false},
		{"a nought before a number", strings.Replace(string(plain), "18262", "018262", 1), false},
		{"a fraction", strings.Replace(string(plain), "18262", "18262.5", 1), false},
		{"a number too long", strings.Replace(string(plain), "18262", "1826200000", 1), false},
		{"no number", strings.Replace(string(plain), "18262", "", 1), false},
		{"a blank", strings.Replace(string(plain), ":", ": ", 5), false},
		{"another order", strings.Replace(string(plain), `"ID":"E1"`, `"Line":1`, 1), false},
		{"a comma at the end", strings.Replace(string(plain), "}]", "},]", 1), false},
		{"cut off", string(plain[:len(plain)/2]), false},
	} {
		got, ok := registered([]byte(c.meta))
		if ok != c.fast {
			t.Errorf("%s: registered is %v, want %v", c.name, ok, c.fast)
		}
		if ok {
			agree(t, c.meta, got)
		}
	}
}

// agree compares the entities of a register with what JSON says.
func agree(t *testing.T, meta string, got []Entity) {
	t.Helper()
	var want batchMeta
	if err := json.Unmarshal([]byte(meta), &want); err != nil {
		t.Fatalf("%q is read, and no JSON: %v", meta, err)
	}
	if !want.Registers || !slices.Equal(got, want.Entities) {
		t.Errorf("%q: entities %v, want %v", meta, got, want.Entities)
	}
}

// FuzzRegistered takes nothing that is not JSON, and nothing that JSON means otherwise.
func FuzzRegistered(f *testing.F) {
	f.Add(string(Batch{Registers: true, Entities: []Entity{{ID: "E", Line: 2}, {}}}.Meta()))
	f.Fuzz(func(t *testing.T, meta string) {
		if entities, ok := registered([]byte(meta)); ok {
			agree(t, meta, entities)
		}
	})
}
