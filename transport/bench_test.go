package transport_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"also/shop"
	"also/store/redisstore"
	"also/transport"
	"also/warehouse"
)

// onDisk is a deployment on the real disk.
func onDisk(b *testing.B) *deployment {
	b.Helper()
	d := &deployment{t: b, ctx: context.Background(), dir: b.TempDir(), now: time.Now}
	var err error
	if d.lake, err = warehouse.Open(d.dir, "demo", warehouse.Options{}); err != nil {
		b.Fatal(err)
	}
	d.pipe = transport.NewPipe(transport.Options{})
	if d.store, err = redisstore.OpenEmbedded(redisstore.Options{Shop: "demo", Durability: d.pipe}); err != nil {
		b.Fatal(err)
	}
	d.ok(d.pipe.Start(d.ctx, d.store, aLake{d.lake}))
	ctx, cancel := context.WithCancel(d.ctx)
	ended := make(chan error, 1)
	go func() { ended <- d.pipe.Run(ctx) }()
	d.stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	b.Cleanup(func() { d.close() })
	return d
}

func quantile(d []time.Duration, q float64) float64 {
	slices.Sort(d)
	return float64(d[min(len(d)-1, int(q*float64(len(d))))].Microseconds()) / 1000
}

// BenchmarkSingleEvent records one event at a time, 200 a second, beside the
// disk's own sync in the same run.
func BenchmarkSingleEvent(b *testing.B) {
	d := onDisk(b)
	f, err := os.Create(filepath.Join(d.dir, "probe"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	line := make([]byte, 400)
	var took, disk []time.Duration
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	n := shop.UserID(0)
	for b.Loop() {
		<-tick.C
		n++
		e := d.view(n%5000+1, "A")
		start := time.Now()
		if _, err := d.store.RecordEvents(d.ctx, []shop.Event{e}); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
		start = time.Now()
		if _, err := f.Write(line); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
		disk = append(disk, time.Since(start))
	}
	b.ReportMetric(quantile(took, .5), "p50-ms")
	b.ReportMetric(quantile(took, .99), "p99-ms")
	b.ReportMetric(quantile(disk, .99), "disk-p99-ms")
}

// BenchmarkBatches records batches of 1,000 from two senders.
func BenchmarkBatches(b *testing.B) {
	d := onDisk(b)
	b.SetParallelism(1)
	b.RunParallel(func(pb *testing.PB) {
		user := shop.UserID(1)
		for pb.Next() {
			events := make([]shop.Event, 1000)
			for i := range events {
				user++
				events[i] = d.view(user%5000+1, "A")
			}
			if _, err := d.store.RecordEvents(d.ctx, events); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
