VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT  := $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
DATE    := $(shell git log -1 --format=%cI 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT) -X main.date=$(DATE)
# The command line does not write its own manual, and needs no reader of Markdown.
TAGS    := urfave_cli_no_docs

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0
FUZZTIME    ?= 60s
ROWS        ?= 10000000

.PHONY: build test check fuzz bench golden run

build:
	CGO_ENABLED=0 go build -trimpath -buildvcs=false -tags $(TAGS) -ldflags '$(LDFLAGS)' -o bin/carbonledger ./cmd/carbonledger

# Packages where several goroutines meet. The others, and commands as a whole, are tested
# without the race detector, which makes them five times slower.
RACED := ./internal/engine/... ./internal/archive ./internal/large ./internal/store \
	./internal/store/mem ./internal/store/spool ./internal/report/format ./ledger \
	./ledger/flows ./ledger/tally ./ledger/inventory ./ledger/intake/bulk ./scenarios/crew ./scenarios/sampling \
	./scenarios/certificate

# The race detector needs a C compiler with its headers; testing a small package of the
# standard library with it tells whether one is there.
test:
	go vet ./...
	@if CGO_ENABLED=1 go test -race -vet=off -run '^$$' unicode/utf8 >/dev/null 2>&1; \
	then echo 'go test -race $(RACED)'; CGO_ENABLED=1 go test -race -timeout 20m $(RACED) || exit 1; \
	else echo '*** NO C COMPILER: TESTING WITHOUT THE RACE DETECTOR ***'; \
	go test -timeout 20m $(RACED) || exit 1; fi; \
	raced=$$(go list $(RACED)); rest=$$(go list ./... | grep -vxF "$$raced"); \
	echo 'go test (the other packages)'; go test -timeout 20m $$rest

check:
	@unformatted=$$(gofmt -l .) && test -z "$$unformatted" || { echo "gofmt -w $$unformatted"; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...
	@echo 'go run $(GOVULNCHECK) ./...'; out=$$(go run $(GOVULNCHECK) ./... 2>&1) && echo "$$out" || \
	{ echo "$$out"; echo "$$out" | grep -q '^govulncheck: fetching vulnerabilities:' && \
	echo '*** VULNERABILITY DATABASE OUT OF REACH: NOT CHECKED ***'; }

fuzz:
	@set -e; packages=$$(go list ./...); for package in $$packages; do \
	targets=$$(go test -list '^Fuzz' $$package) || { echo "$$targets"; exit 1; }; \
	for target in $$(echo "$$targets" | grep '^Fuzz'); do echo "$$package $$target"; \
	go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$package; done; done

# BENCHFLAGS='-only duckdb -pairs 1' measures a part; docs/performance.md lists the others.
bench: build
	cd bench && go run . -rows $(ROWS) $(BENCHFLAGS)

# Tests that own golden files rewrite them when UPDATE is set; read the difference afterwards.
golden:
	UPDATE=1 go test -count=1 ./...

run: build
	bin/carbonledger demo
