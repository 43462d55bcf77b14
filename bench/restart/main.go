// Command restart measures how soon the embedded default is ready again with
// ten million events in the lake, a few of them not yet compacted.
//
//	make bench-restart
package main

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	"also/bench/harness"
	"also/internal/process"
)

const (
	events = 10_000_000
	tail   = 50_000 // of them recorded through the API, after the import
	rounds = 5
)

type result struct {
	Events   int       `json:"events"`
	ReadyMin float64   `json:"ready_min_s"`
	ReadyMax float64   `json:"ready_max_s"`
	Ready    []float64 `json:"ready_s"`
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
	if err := harness.PrintJSON(r); err != nil {
		harness.Fail(err)
	}
}

func run(ctx context.Context, b *harness.Bench) (result, error) {
	file := b.Data("events.csv")
	if err := writeEvents(file, events-tail); err != nil {
		return result{}, err
	}
	data := b.Data("data")
	start := time.Now()
	if _, err := process.Run(ctx, b.Bin, "import", "events", file, "--data-dir", data, "--json",
		"--map", "type='PURCHASE'", "--map", "customer=customer", "--map", "sku=sku", "--map", "occurredAt=day"); err != nil {
		return result{}, err
	}
	fmt.Printf("imported %d events in %.1f s\n", events-tail, time.Since(start).Seconds())
	if err := os.Remove(file); err != nil {
		return result{}, err
	}
	s, err := process.Serve(ctx, b.Bin, data, time.Minute)
	if err != nil {
		return result{}, err
	}
	if err := recordTail(ctx, s.WithKey(process.AdminKey)); err != nil {
		return result{}, err
	}
	r := result{Events: events}
	for range rounds {
		s.Kill()
		if s, err = process.Serve(ctx, b.Bin, data, time.Minute); err != nil {
			return r, err
		}
		fmt.Printf("ready in %.2f s\n", s.Ready.Seconds())
		r.Ready = append(r.Ready, s.Ready.Seconds())
	}
	s.Kill()
	r.ReadyMin, r.ReadyMax = r.Ready[0], r.Ready[0]
	for _, x := range r.Ready {
		r.ReadyMin, r.ReadyMax = min(r.ReadyMin, x), max(r.ReadyMax, x)
	}
	return r, nil
}

// writeEvents writes a CSV file of purchases: 200,000 customers, 20,000
// products of uneven popularity, one year.
func writeEvents(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	rng := rand.New(rand.NewPCG(7, 7))
	product := rand.NewZipf(rng, 1.1, 20, 19_999)
	first := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	fmt.Fprintln(w, "customer,sku,day") // write errors are kept and returned by Flush
	for range n {
		at := time.Unix(first+rng.Int64N(365*86400), 0).UTC()
		fmt.Fprintf(w, "C%06d,B%05d,%s\n", rng.IntN(200_000), product.Uint64(), at.Format("2006-01-02 15:04:05"))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

const record = `mutation($events: [EventInput!]!) { eventsRecord(input: {events: $events}) { accepted } }`

func recordTail(ctx context.Context, c *process.Client) error {
	rng := rand.New(rand.NewPCG(8, 8))
	for range tail / 1000 {
		batch := make([]map[string]any, 1000)
		for i := range batch {
			batch[i] = map[string]any{"type": "PRODUCT_VIEW", "sku": fmt.Sprintf("B%05d", rng.IntN(20_000)), "customer": fmt.Sprintf("C%06d", rng.IntN(200_000))}
		}
		if err := c.Do(ctx, record, map[string]any{"events": batch}, nil); err != nil {
			return err
		}
	}
	return nil
}
