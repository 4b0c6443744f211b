package main

import (
	"fmt"
	"io"
	"os"

	"carbonledger/bench/digits"
)

// compare holds two answers side by side: bench compare OURS PEER rows|balances|ours. It runs as a
// program of its own, so that the one that starts those measured stays small.
func compare(args []string, out io.Writer) error {
	if len(args) != 3 {
		return fmt.Errorf("compare needs our file, the peer's, and rows, balances or ours")
	}
	read := map[string]func(io.Reader) (digits.Answer, error){
		"rows": digits.ReadPeer, "balances": digits.ReadBalances, "ours": digits.ReadOurs}[args[2]]
	if read == nil {
		return fmt.Errorf("no form %q; there are rows, balances and ours", args[2])
	}
	ours, err := answer(args[0], digits.ReadOurs)
	if err != nil {
		return err
	}
	peer, err := answer(args[1], read)
	if err != nil {
		return err
	}
	how, err := digits.Compare(ours, peer)
	if err == nil {
		fmt.Fprintf(out, "%d figures, %s\n", len(ours.Keys), how)
	}
	return err
}

func answer(name string, read func(io.Reader) (digits.Answer, error)) (digits.Answer, error) {
	file, err := os.Open(name)
	if err != nil {
		return digits.Answer{}, err
	}
	defer file.Close()
	a, err := read(file)
	if err != nil {
		return a, fmt.Errorf("%s: %w", name, err)
	}
	return a, nil
}
