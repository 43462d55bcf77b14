# `make` alone lists the targets.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

DATA ?= data
LISTEN ?= localhost:8080
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo development)

go_files := $(shell find . -name node_modules -prune -o -name '*.go' -print -o -name '*.sql' -print -o -name '*.lua' -print)
page_files := $(shell find frontend -name node_modules -prune -o -name dist -prune -o -name test-results -prune -o -type f -print)

.PHONY: help run dev build generate fmt lint test test-go test-pages test-browser screenshots fuzz bench bench-train bench-topk bench-foldin bench-scale bench-quality bench-ingest bench-visible bench-restart check check-all demo clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## /{printf "  \033[36m%-14s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## Build what is missing, fill an empty data folder with the demo shop, serve it
	@if [ ! -e $(DATA)/main/manifest/CURRENT ]; then bin/also demo --data-dir $(DATA); fi
	@exec bin/also serve --data-dir $(DATA) --listen $(LISTEN)

dev: bin/also frontend/node_modules/.ok ## Serve the API beside Vite, which reloads the pages as they change
	@if [ ! -e $(DATA)/main/manifest/CURRENT ]; then bin/also demo --small --data-dir $(DATA); fi
	@bin/also serve --data-dir $(DATA) --listen localhost:8080 --origin http://localhost:5173 & server=$$!; \
	trap 'kill $$server 2>/dev/null || true' EXIT; cd frontend && npm run dev

build: bin/also ## Build bin/also with its pages

bin/also: $(go_files) go.mod go.sum frontend/dist/index.html
	go build -ldflags '-s -w -X main.version=$(VERSION)' -o $@ ./cmd/also

frontend/dist/index.html: $(page_files) frontend/node_modules/.ok
	cd frontend && npm run build

# Not `npm ci`: it refuses the lock file where a registry lacks an optional
# package for another platform. --no-save keeps to the lock file all the same.
frontend/node_modules/.ok: frontend/package-lock.json
	cd frontend && npm install --no-save --no-audit --no-fund --loglevel error
	@touch $@

generate: frontend/node_modules/.ok ## Make again what is generated: the API's Go, the pages' types
	go tool gqlgen generate
	cd frontend && npm run generate

fmt: ## Format Go and the pages
	gofmt -w $$(git ls-files '*.go')
	cd frontend && npm run fix

lint: frontend/node_modules/.ok ## Find what is suspicious: vet, types, style
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$unformatted" ]; then echo "not formatted: $$unformatted (make fmt)"; exit 1; fi
	go vet ./...
	cd frontend && npm run check

# What `make test` needs of the machine is required: a test that misses it fails
# instead of being left out.
test: export ALSO_REQUIRE = redis,chromium
test: ## Run every test: Go with the race detector, pages, browser
	tools/need.sh redis-server chromium
	$(MAKE) --no-print-directory test-go test-pages test-browser

# The mathematics and the lake are measured in minutes under the race detector
# and hold few locks: their tests that share nothing run without it.
plain := ./engine/... ./bench/... ./frontend

test-go: frontend/dist/.gitkeep ## Go's tests
	go test -timeout 12m $(plain)
	go test -race -timeout 12m $$(go list ./... | grep -vE '^also/(engine|bench|frontend)(/|$$)')
	go test -tags purego -short -timeout 12m ./engine/...
	GOOS=linux GOARCH=arm64 go build ./engine/...
	GOOS=linux GOARCH=arm64 go vet ./engine/...

test-pages: frontend/node_modules/.ok ## The pages' own tests
	cd frontend && npm test

test-browser: bin/also ## The path through a real browser
	cd frontend && npm run size
	cd frontend && npm run e2e
	cd frontend && npm run e2e:redis

screenshots: bin/also ## Take pictures of every page: all in frontend/screenshots, those that the docs show in docs/screenshots
	cd frontend && npm run screenshots

fuzz: ## Fuzz every parser for a while (FUZZ=30s each)
	@for package in $$(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -n1 dirname | sort -u); do \
	  for name in $$(grep -h '^func Fuzz' $$package/*_test.go | sed 's/func \(Fuzz[A-Za-z0-9_]*\).*/\1/'); do \
	    echo "$$package $$name"; go test $$package -run '^$$' -fuzz "^$$name$$" -fuzztime $${FUZZ:-30s}; \
	  done; done

bench: ## Run Go's benchmarks
	go test -run '^$$' -bench . -benchtime 1s $$(grep -rl --include='*_test.go' '^func Benchmark' . | xargs -n1 dirname | sort -u)

bench-train: ## Race training against CPU libraries; the last line is JSON
	@go run ./bench/train

bench-topk: ## Measure exact top-K of one, and of all beside implicit; the last line is JSON
	@go run ./bench/topk

bench-foldin: ## Measure fold-in, explanations, increments and their drift; the last line is JSON
	@go run ./bench/foldin

bench-scale: ## Build and train up to 100 million entries; the last line is JSON
	@go run ./bench/scale

bench-quality: ## Judge methods on the data sets that are there; flags in QUALITY, as "-tune 10m"; the last line is JSON
	@go run ./bench/quality $(QUALITY)

bench-ingest: ## Measure the intake of events, durable; the last line is JSON
	@go run ./bench/ingest

bench-visible: ## Measure how soon a purchase changes the next answer; the last line is JSON
	@go run ./bench/visible

bench-restart: ## Measure a restart with ten million events; the last line is JSON
	@go run ./bench/restart

check: generate ## The gate before a commit: generated files in step, lint, quick tests
	git diff --exit-code -- graph frontend/src/gql
	$(MAKE) --no-print-directory lint
	go test -short ./...
	$(MAKE) --no-print-directory test-pages

check-all: check test ## Everything

demo: bin/also ## Fill the data folder with the demo shop
	bin/also demo --data-dir $(DATA)

clean: ## Delete what was built, not the data
	rm -rf bin frontend/dist/* frontend/node_modules frontend/test-results
