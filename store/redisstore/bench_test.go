package redisstore

import (
	"context"
	"fmt"
	"testing"
	"time"

	"also/shop"
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
