package redisstore

import (
	"context"
	"fmt"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

// events makes a batch of views by users over products.
func viewBatch(n, users int, round int) []shop.Event {
	now := time.Now()
	events := make([]shop.Event, n)
	for i := range events {
		events[i] = shop.Event{
			ID: shop.NewUUID(now), Type: shop.ProductView, OccurredAt: now, RecordedAt: now, Source: "api",
			Customer: shop.UserID((round*n+i)%users + 1), SKU: fmt.Sprintf("SKU-%05d", i%6500),
		}
	}
	return events
}

func BenchmarkRecordEvents(b *testing.B) {
	for _, size := range []int{1, 1000} {
		for _, users := range []int{100, 5000} {
			b.Run(fmt.Sprintf("batch=%d/users=%d", size, users), func(b *testing.B) {
				s, err := OpenEmbedded(Options{SweepEvery: -1})
				if err != nil {
					b.Fatal(err)
				}
				defer s.Close()
				ctx := context.Background()
				round := 0
				for b.Loop() {
					if _, err := s.RecordEvents(ctx, viewBatch(size, users, round)); err != nil {
						b.Fatal(err)
					}
					round++
					if round%20 == 0 {
						b.StopTimer()
						ends, err := s.OutboxEnds(ctx)
						if err != nil {
							b.Fatal(err)
						}
						if err := s.TrimOutbox(ctx, ends); err != nil {
							b.Fatal(err)
						}
						b.StartTimer()
					}
				}
				b.ReportMetric(float64(size*b.N)/b.Elapsed().Seconds(), "events/s")
			})
		}
	}
}

// BenchmarkLoad is a start of the embedded store: a catalogue of 6,500 and the
// recent histories of 200,000 users, five events each.
func BenchmarkLoad(b *testing.B) {
	const products, users, each = 6_500, 200_000, 5
	state := store.State{
		Products: func(yield func(shop.Product, error) bool) {
			for i := range products {
				p := shop.Product{
					SKU: fmt.Sprintf("SKU-%05d", i), Name: "A product of some length", Vendor: "acorn", Categories: []string{"tea", "drinks"},
					Price: shop.MustMoney("2.50", "EUR"), Stock: 10, Status: shop.Active, Attributes: map[string]string{"origin": "hills"},
				}
				if !yield(p, nil) {
					return
				}
			}
		},
		Tails: func(yield func(shop.Event, error) bool) {
			for u := range users {
				for _, e := range viewBatch(each, 1, 0) {
					e.Customer = shop.UserID(u + 1)
					if !yield(e, nil) {
						return
					}
				}
			}
		},
	}
	ctx := context.Background()
	for b.Loop() {
		s, err := OpenEmbedded(Options{SweepEvery: -1})
		if err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		if err := s.Load(ctx, state); err != nil {
			b.Fatal(err)
		}
		loaded := time.Now()
		if err := s.TrimTails(ctx, loaded.Add(time.Hour)); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(loaded.Sub(start).Seconds(), "load-s")
		b.ReportMetric(time.Since(loaded).Seconds(), "trim-s")
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEntries is what the transporter does for each entry while some that
// it has passed are not trimmed yet.
func BenchmarkEntries(b *testing.B) {
	for _, behind := range []int{0, 1000, 10_000} {
		b.Run(fmt.Sprintf("untrimmed=%d", behind), func(b *testing.B) {
			s, err := OpenEmbedded(Options{SweepEvery: -1})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			ctx := context.Background()
			for i := range behind {
				if _, err := s.RecordEvents(ctx, viewBatch(1, behind, i)); err != nil {
					b.Fatal(err)
				}
			}
			for b.Loop() {
				ends, err := s.OutboxEnds(ctx)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := s.Entries(ctx, ends, 100, 0); err != nil {
					b.Fatal(err)
				}
			}
			b.StopTimer()
			ends, err := s.OutboxEnds(ctx)
			if err != nil {
				b.Fatal(err)
			}
			start := time.Now()
			if err := s.TrimOutbox(ctx, ends); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(time.Since(start).Milliseconds()), "trim-ms")
		})
	}
}

// BenchmarkDraw is what every operation pays for its caller's bucket.
func BenchmarkDraw(b *testing.B) {
	s, err := OpenEmbedded(Options{SweepEvery: -1})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	bucket := store.Bucket{Capacity: 1 << 40, Restore: 1 << 20}
	for b.Loop() {
		if _, err := s.Draw(b.Context(), "key/a", 7, bucket); err != nil {
			b.Fatal(err)
		}
	}
}
