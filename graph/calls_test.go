package graph

import (
	"context"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"also/imports"
	"also/pulse"
	"also/shop"
	"also/training"
	"also/warehouse"
)

// calls counts what an operation asks of Redis and of the lake, by name. Only
// what is asked with the operation's context counts: not what goes on beside it.
type calls struct {
	mu sync.Mutex
	n  map[string]int
}

type callsKey struct{}

// noteCall counts a call in the counter of the context, if there is one.
func noteCall(ctx context.Context, name string) {
	if c, ok := ctx.Value(callsKey{}).(*calls); ok {
		c.mu.Lock()
		c.n[name]++
		c.mu.Unlock()
	}
}

func (c *calls) total() int {
	n := 0
	for _, k := range c.n {
		n += k
	}
	return n
}

func (c *calls) String() string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(c.n)) {
		out = append(out, fmt.Sprint(c.n[name], " ", name))
	}
	return strings.Join(out, ", ")
}

// roundTrips tells calls of every round trip to Redis: a pipeline is one.
type roundTrips struct{}

func (roundTrips) DialHook(next redis.DialHook) redis.DialHook { return next }

func (roundTrips) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if cmd.Name() != "hello" { // how a connection begins
			noteCall(ctx, cmd.Name())
		}
		return next(ctx, cmd)
	}
}

func (roundTrips) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		noteCall(ctx, "pipeline of "+cmds[len(cmds)/2].Name())
		return next(ctx, cmds)
	}
}

// lakeReads is a lake that tells calls of whatever is asked of it. It embeds
// nothing: what the services come to need does not pass by uncounted.
type lakeReads struct{ lake *warehouse.Lake }

var _ interface {
	Lake
	training.Lake
	pulse.Lake
	imports.Lake
} = lakeReads{}

func (l lakeReads) UserHistory(ctx context.Context, user shop.UserID, since warehouse.Position, n int) ([]shop.Event, error) {
	noteCall(ctx, "lake.UserHistory")
	return l.lake.UserHistory(ctx, user, since, n)
}

func (l lakeReads) Head(ctx context.Context) (warehouse.Position, error) {
	noteCall(ctx, "lake.Head")
	return l.lake.Head(ctx)
}

func (l lakeReads) BestSellers(ctx context.Context, since, before time.Time, n int) (*warehouse.BestSellers, error) {
	noteCall(ctx, "lake.BestSellers")
	return l.lake.BestSellers(ctx, since, before, n)
}

func (l lakeReads) Trending(ctx context.Context, at time.Time, halfLife time.Duration, n int) ([]warehouse.Ranked, error) {
	noteCall(ctx, "lake.Trending")
	return l.lake.Trending(ctx, at, halfLife, n)
}

func (l lakeReads) BoughtTogether(ctx context.Context, since time.Time, n int) ([]warehouse.Bought, error) {
	noteCall(ctx, "lake.BoughtTogether")
	return l.lake.BoughtTogether(ctx, since, n)
}

func (l lakeReads) WriteArtefact(ctx context.Context, in warehouse.ArtefactInput) (warehouse.Manifest, error) {
	noteCall(ctx, "lake.WriteArtefact")
	return l.lake.WriteArtefact(ctx, in)
}

func (l lakeReads) OpenArtefact(ctx context.Context, id string) (*warehouse.Artefact, error) {
	noteCall(ctx, "lake.OpenArtefact")
	return l.lake.OpenArtefact(ctx, id)
}

func (l lakeReads) Models(ctx context.Context) ([]warehouse.Manifest, error) {
	noteCall(ctx, "lake.Models")
	return l.lake.Models(ctx)
}

func (l lakeReads) Model(ctx context.Context, id string) (warehouse.Manifest, error) {
	noteCall(ctx, "lake.Model")
	return l.lake.Model(ctx, id)
}

func (l lakeReads) DropModel(ctx context.Context, id string) error {
	noteCall(ctx, "lake.DropModel")
	return l.lake.DropModel(ctx, id)
}

func (l lakeReads) DropDatasets(ctx context.Context, n int, keep ...warehouse.Position) error {
	noteCall(ctx, "lake.DropDatasets")
	return l.lake.DropDatasets(ctx, n, keep...)
}

func (l lakeReads) Control(ctx context.Context) iter.Seq2[shop.ControlRecord, error] {
	noteCall(ctx, "lake.Control")
	return l.lake.Control(ctx)
}

func (l lakeReads) State(ctx context.Context, spec warehouse.StateSpec, f func(*warehouse.State) error) error {
	noteCall(ctx, "lake.State")
	return l.lake.State(ctx, spec, f)
}

func (l lakeReads) Dataset(ctx context.Context, spec warehouse.DatasetSpec) (*warehouse.Dataset, error) {
	noteCall(ctx, "lake.Dataset")
	return l.lake.Dataset(ctx, spec)
}

func (l lakeReads) Events(ctx context.Context, q warehouse.EventQuery) (warehouse.EventPage, error) {
	noteCall(ctx, "lake.Events")
	return l.lake.Events(ctx, q)
}

func (l lakeReads) Event(ctx context.Context, id shop.UUID) (warehouse.FoundEvent, error) {
	noteCall(ctx, "lake.Event")
	return l.lake.Event(ctx, id)
}

func (l lakeReads) Figures(ctx context.Context, q warehouse.FigureQuery) (warehouse.Figures, error) {
	noteCall(ctx, "lake.Figures")
	return l.lake.Figures(ctx, q)
}

func (l lakeReads) Size(ctx context.Context) (warehouse.Size, error) {
	noteCall(ctx, "lake.Size")
	return l.lake.Size(ctx)
}

func (l lakeReads) Space(ctx context.Context) (free, total int64, err error) {
	noteCall(ctx, "lake.Space")
	return l.lake.Space(ctx)
}

func (l lakeReads) NamedSKUs(ctx context.Context, since time.Time) (map[string]int64, error) {
	noteCall(ctx, "lake.NamedSKUs")
	return l.lake.NamedSKUs(ctx, since)
}

func (l lakeReads) Returning(ctx context.Context, since time.Time) (users, returned int64, err error) {
	noteCall(ctx, "lake.Returning")
	return l.lake.Returning(ctx, since)
}

func (l lakeReads) Receive(ctx context.Context, name string, r io.Reader) (warehouse.Upload, error) {
	return l.lake.Receive(ctx, name, r)
}

func (l lakeReads) Upload(id string) (warehouse.Upload, error) { return l.lake.Upload(id) }

func (l lakeReads) Preview(ctx context.Context, u warehouse.Upload, rows int) (warehouse.Preview, error) {
	noteCall(ctx, "lake.Preview")
	return l.lake.Preview(ctx, u, rows)
}

func (l lakeReads) CheckImport(ctx context.Context, u warehouse.Upload, spec warehouse.ImportSpec) error {
	noteCall(ctx, "lake.CheckImport")
	return l.lake.CheckImport(ctx, u, spec)
}

func (l lakeReads) Rejects(ctx context.Context, id string, f func(warehouse.Reject) error) error {
	noteCall(ctx, "lake.Rejects")
	return l.lake.Rejects(ctx, id, f)
}

func (l lakeReads) RemoveImport(id string) error { return l.lake.RemoveImport(id) }
