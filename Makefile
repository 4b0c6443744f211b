VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT  := $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
DATE    := $(shell git log -1 --format=%cI 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT) -X main.date=$(DATE)
RACE    := $(shell command -v $${CC:-cc} >/dev/null 2>&1 && echo -race)
FUZZTIME ?= 60s

.PHONY: build test check fuzz bench golden run

build:
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o bin/carbonledger ./cmd/carbonledger

test:
	@if [ -z "$(RACE)" ]; then echo '*** NO C COMPILER: THE TESTS RUN WITHOUT -race ***'; fi
	go vet ./...
	go test $(RACE) -timeout 20m ./...

check:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo 'run gofmt -w on these'; exit 1; }
	go vet ./...
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...
	@sh internal/tidy/govulncheck.sh

fuzz:
	@for p in $$(go list ./...); do for f in $$(go test -list '^Fuzz' $$p | grep '^Fuzz' || true); do \
	  echo "$$p $$f"; go test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) $$p || exit 1; done; done

bench:
	@if [ -d bench ]; then cd bench && go run .; else go test -run '^$$' -bench . ./...; fi

golden:
	UPDATE=1 go test ./...

run: build
	bin/carbonledger demo
