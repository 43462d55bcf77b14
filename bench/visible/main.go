// Command visible measures how long a purchase takes to change the next answer:
// a shopper of the demo shop buys, and the recommendations asked for right
// after must know it. Every answer is checked, not only timed.
//
//	make bench-visible
package main

import (
	"context"
	"fmt"
	"os/exec"
	"time"

	"also/bench/harness"
	"also/internal/process"
)

const shoppers = 300

type result struct {
	Purchases  int     `json:"purchases"`
	Changed    int     `json:"changed"`        // answers whose list differs from the one before
	Knew       int     `json:"knew"`           // answers whose profile includes the purchase, none pending
	VisibleP50 float64 `json:"visible_p50_ms"` // from sending the purchase to holding the answer that knows it
	VisibleP99 float64 `json:"visible_p99_ms"`
	AnswerP50  float64 `json:"answer_p50_ms"` // the question alone
	AnswerP99  float64 `json:"answer_p99_ms"`
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
	data := b.Data("data")
	if _, err := process.Run(ctx, b.Bin, "demo", "--data-dir", data); err != nil {
		return result{}, err
	}
	// What the demo wrote goes to the disk first: purchases are synced, and would wait for it.
	if err := exec.CommandContext(ctx, "sync").Run(); err != nil {
		return result{}, fmt.Errorf("sync: %w", err)
	}
	s, err := process.Serve(ctx, b.Bin, data, time.Minute)
	if err != nil {
		return result{}, err
	}
	defer s.Kill()
	skus, err := products(ctx, s.WithKey(process.AdminKey), 30*time.Second)
	if err != nil {
		return result{}, err
	}
	r := result{Purchases: shoppers}
	var visible, alone []time.Duration
	c := s.WithKey(process.AdminKey)
	for i := range shoppers {
		customer := fmt.Sprintf("bench-visible-%d", i)
		// Two purchases give the shopper a taste; the third is measured.
		for k := range 2 {
			if err := buy(ctx, c, customer, skus[(i+k)%len(skus)]); err != nil {
				return r, err
			}
		}
		start := time.Now()
		before, err := ask(ctx, c, customer)
		if err != nil {
			return r, err
		}
		alone = append(alone, time.Since(start))
		start = time.Now()
		if err := buy(ctx, c, customer, skus[(i+len(skus)/2)%len(skus)]); err != nil {
			return r, err
		}
		after, err := ask(ctx, c, customer)
		if err != nil {
			return r, err
		}
		visible = append(visible, time.Since(start))
		if fmt.Sprint(before.skus()) != fmt.Sprint(after.skus()) {
			r.Changed++
		}
		if after.Freshness.PendingEvents == 0 && after.Freshness.ProfileThrough != nil && !after.Freshness.ProfileThrough.Before(start.Truncate(time.Millisecond)) {
			r.Knew++
		}
	}
	r.VisibleP50, r.VisibleP99 = harness.Millis(harness.Percentile(visible, 50)), harness.Millis(harness.Percentile(visible, 99))
	r.AnswerP50, r.AnswerP99 = harness.Millis(harness.Percentile(alone, 50)), harness.Millis(harness.Percentile(alone, 99))
	return r, s.Stop(30 * time.Second)
}

// products returns the skus of the shop's best-sellers: products that the model
// knows. (What it does not know may show as pending.) Lists are made
// again after a start, so it may take a moment.
func products(ctx context.Context, c *process.Client, wait time.Duration) ([]string, error) {
	deadline := time.Now().Add(wait)
	for {
		skus, err := bestSellers(ctx, c)
		if err != nil || len(skus) >= 10 {
			return skus, err
		}
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("the demo shop has only %d best-sellers after %s", len(skus), wait)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func bestSellers(ctx context.Context, c *process.Client) ([]string, error) {
	var out struct {
		Recommendations struct {
			Edges []struct {
				Source string
				Node   struct{ SKU string }
			}
		}
	}
	if err := c.Do(ctx, `{ recommendations(placement: "home", first: 100, filter: {sources: [BEST_SELLERS]}) { edges { source node { sku } } } }`, nil, &out); err != nil {
		return nil, err
	}
	var skus []string
	for _, e := range out.Recommendations.Edges {
		if e.Source == "BEST_SELLERS" {
			skus = append(skus, e.Node.SKU)
		}
	}
	return skus, nil
}

func buy(ctx context.Context, c *process.Client, customer, sku string) error {
	events := []map[string]any{{"type": "PURCHASE", "sku": sku, "customer": customer}}
	var out struct{ EventsRecord struct{ Accepted int } }
	if err := c.Do(ctx, `mutation($events: [EventInput!]!) { eventsRecord(input: {events: $events}) { accepted } }`, map[string]any{"events": events}, &out); err != nil {
		return err
	}
	if out.EventsRecord.Accepted != 1 {
		return fmt.Errorf("the purchase of %s was not accepted", sku)
	}
	return nil
}

type answer struct {
	Edges []struct {
		Node struct{ SKU string }
	}
	Freshness struct {
		PendingEvents  int
		ProfileThrough *time.Time
	}
}

func (a answer) skus() []string {
	var s []string
	for _, e := range a.Edges {
		s = append(s, e.Node.SKU)
	}
	return s
}

func ask(ctx context.Context, c *process.Client, customer string) (answer, error) {
	var out struct{ Recommendations answer }
	err := c.Do(ctx, `query($c: String) { recommendations(placement: "home", customer: $c, first: 20) { edges { node { sku } } freshness { pendingEvents profileThrough } } }`,
		map[string]any{"c": customer}, &out)
	return out.Recommendations, err
}
