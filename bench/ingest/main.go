// Command ingest measures the intake of events on the embedded default, durable:
// events a second in batches of 1,000, and the latency of single events at
// 200 a second beside the disk's own fsync, in the same run.
//
//	make bench-ingest
package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"also/bench/harness"
	"also/internal/process"
)

const record = `mutation($events: [EventInput!]!) { eventsRecord(input: {events: $events}) { accepted duplicates rejected { index code message } } }`

// The sizes of a run.
const (
	batches    = 200 // of 1,000
	batchSize  = 1000
	senders    = 4
	singleRate = 200 // a second
	singleFor  = 15 * time.Second
)

type result struct {
	EventsPerSecond float64 `json:"events_per_second"`
	SingleP50       float64 `json:"single_p50_ms"`
	SingleP99       float64 `json:"single_p99_ms"`
	FsyncP50        float64 `json:"fsync_p50_ms"`
	FsyncP99        float64 `json:"fsync_p99_ms"`
	Allowed         float64 `json:"allowed_p99_ms"` // 2 × fsync p99 + 5
	Late            int     `json:"late"`           // singles that were not sent on time
}

func main() {
	ctx := context.Background()
	b, err := harness.Open(ctx)
	if err != nil {
		harness.Fail(err)
	}
	defer b.Close()
	r, err := run(ctx, b)
	if err != nil {
		b.Close()
		harness.Fail(err)
	}
	fmt.Printf("batches of %d: %.0f events/s\n", batchSize, r.EventsPerSecond)
	fmt.Printf("single events at %d/s: p50 %.2f ms, p99 %.2f ms; fsync p50 %.2f ms, p99 %.2f ms; allowed %.2f ms\n",
		singleRate, r.SingleP50, r.SingleP99, r.FsyncP50, r.FsyncP99, r.Allowed)
	if err := harness.PrintJSON(r); err != nil {
		harness.Fail(err)
	}
}

func run(ctx context.Context, b *harness.Bench) (result, error) {
	s, err := process.Serve(ctx, b.Bin, b.Data("data"), time.Minute)
	if err != nil {
		return result{}, err
	}
	defer s.Kill()
	c := s.WithKey(process.AdminKey)
	var r result
	if r.EventsPerSecond, err = measureBatches(ctx, c); err != nil {
		return r, err
	}
	syncCtx, stop := context.WithCancel(ctx)
	defer stop()
	syncs := make(chan []time.Duration, 1)
	failed := make(chan error, 1)
	go func() {
		took, err := harness.SyncFile(syncCtx, b.Data("fsync"), time.Second/50)
		failed <- err
		syncs <- took
	}()
	singles, late, err := measureSingles(ctx, c)
	stop()
	if err != nil {
		return r, err
	}
	if err := <-failed; err != nil {
		return r, err
	}
	disk := <-syncs
	r.Late = late
	r.SingleP50, r.SingleP99 = harness.Millis(harness.Percentile(singles, 50)), harness.Millis(harness.Percentile(singles, 99))
	r.FsyncP50, r.FsyncP99 = harness.Millis(harness.Percentile(disk, 50)), harness.Millis(harness.Percentile(disk, 99))
	r.Allowed = 2*r.FsyncP99 + 5
	return r, s.Stop(30 * time.Second)
}

// measureBatches sends all batches from a few senders and returns events a second.
func measureBatches(ctx context.Context, c *process.Client) (float64, error) {
	work := make(chan int, batches)
	for i := range batches {
		work <- i
	}
	close(work)
	errs := make(chan error, senders)
	start := time.Now()
	for range senders {
		go func() {
			for i := range work {
				if err := send(ctx, c, batch(i)); err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	for range senders {
		if err := <-errs; err != nil {
			return 0, err
		}
	}
	return batches * batchSize / time.Since(start).Seconds(), nil
}

func batch(seed int) []map[string]any {
	rng := rand.New(rand.NewPCG(uint64(seed), 1))
	events := make([]map[string]any, batchSize)
	for i := range events {
		events[i] = event(rng)
	}
	return events
}

func event(rng *rand.Rand) map[string]any {
	return map[string]any{
		"type":       "PRODUCT_VIEW",
		"sku":        fmt.Sprintf("B%05d", rng.IntN(20_000)),
		"customer":   fmt.Sprintf("C%06d", rng.IntN(50_000)),
		"occurredAt": time.Now().UTC().Format(time.RFC3339Nano),
	}
}

func send(ctx context.Context, c *process.Client, events []map[string]any) error {
	var out struct {
		EventsRecord struct {
			Accepted int
			Rejected []struct{ Message string }
		}
	}
	if err := c.Do(ctx, record, map[string]any{"events": events}, &out); err != nil {
		return err
	}
	if got := out.EventsRecord; got.Accepted != len(events) {
		return fmt.Errorf("%d of %d events accepted; first rejection: %v", got.Accepted, len(events), got.Rejected[:min(1, len(got.Rejected))])
	}
	return nil
}

// measureSingles sends one event at a time at a fixed rate, whether or not the
// one before has been answered, and times each from the moment it was due: a
// server that stalls cannot hide it by slowing the sender down.
func measureSingles(ctx context.Context, c *process.Client) (took []time.Duration, late int, err error) {
	n := int(singleFor.Seconds() * singleRate)
	took = make([]time.Duration, n)
	errs := make([]error, n)
	var wg sync.WaitGroup
	start := time.Now()
	for i := range n {
		due := start.Add(time.Duration(i) * time.Second / singleRate)
		time.Sleep(time.Until(due))
		if time.Since(due) > 5*time.Millisecond {
			late++
		}
		wg.Go(func() {
			errs[i] = send(ctx, c, []map[string]any{event(rand.New(rand.NewPCG(uint64(i), 2)))})
			took[i] = time.Since(due)
		})
	}
	wg.Wait()
	for _, e := range errs {
		if e != nil {
			return nil, late, e
		}
	}
	return took, late, nil
}
