package dialects

import (
	"embed"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// ErrUnknown is returned for a dialect that does not exist.
var ErrUnknown = errors.New("no such dialect")

//go:embed */dialect.toml
var files embed.FS

// All returns the dialects that come with the program, in the order of their ids.
func All() ([]Dialect, error) {
	list, err := all()
	return slices.Clone(list), err
}

// all parses the dialects of the program, once.
var all = sync.OnceValues(func() ([]Dialect, error) {
	folders, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var list []Dialect
	for _, folder := range folders {
		file := folder.Name() + "/dialect.toml"
		data, err := files.ReadFile(file)
		if err != nil {
			return nil, err
		}
		dialect, faults := Parse(file, data)
		if len(faults) > 0 {
			return nil, faults[0]
		}
		list = append(list, dialect)
	}
	return list, nil
})

// ByID returns a dialect that comes with the program, or ErrUnknown.
func ByID(id string) (Dialect, error) {
	list, err := All()
	if err != nil {
		return Dialect{}, err
	}
	var ids []string
	for _, dialect := range list {
		if dialect.ID == id {
			return dialect, nil
		}
		ids = append(ids, dialect.ID)
	}
	return Dialect{}, fmt.Errorf("%w: %q; the dialects are %v", ErrUnknown, id, ids)
}

// Text returns the file of a dialect that comes with the program, or ErrUnknown.
func Text(id string) ([]byte, error) {
	if _, err := ByID(id); err != nil {
		return nil, err
	}
	return files.ReadFile(id + "/dialect.toml")
}
