package mem_test

import (
	"testing"

	"carbonledger/internal/store"
	"carbonledger/internal/store/mem"
	"carbonledger/internal/store/storetest"
)

func TestStore(t *testing.T) {
	books := map[string]*mem.Store{}
	storetest.Run(t, storetest.Kind{Open: func(_ testing.TB, place string) store.Store {
		if books[place] == nil {
			books[place] = mem.New()
		}
		return books[place]
	}})
}
