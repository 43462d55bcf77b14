package redisstore

import (
	"math"
	"sync"
	"time"

	"also/store"
)

// buckets are what draw.lua keeps, for the one process of an embedded store: a
// script would cost it a hundred times as much, at every operation.
type buckets struct {
	mu    sync.Mutex
	byOne map[string]level
	sweep int // how many there may be before the full ones are dropped
}

// level is how much a bucket held at a moment.
type level struct {
	left float64
	at   int64 // ms
	of   store.Bucket
}

// now returns what it holds at another moment.
func (l level) now(ms int64) float64 {
	return min(float64(l.of.Capacity), l.left+float64(max(0, ms-l.at)*int64(l.of.Restore))/1000)
}

const fewBuckets = 1000

func newBuckets() *buckets { return &buckets{byOne: map[string]level{}, sweep: fewBuckets} }

func (b *buckets) draw(name string, cost int, of store.Bucket, ms int64) store.Drawn {
	b.mu.Lock()
	defer b.mu.Unlock()
	l, known := b.byOne[name]
	if !known {
		l.left = float64(of.Capacity)
		l.at = ms
	}
	l.of = of
	left := l.now(ms)
	if wait := float64(cost) - left; wait > 0 {
		return store.Drawn{Available: int(left), RetryAfter: time.Duration(math.Ceil(wait*1000/float64(of.Restore))) * time.Millisecond}
	}
	left -= float64(cost)
	if cost > 0 {
		b.byOne[name] = level{left: left, at: ms, of: of}
		b.drop(ms)
	}
	return store.Drawn{Available: int(left)}
}

// drop forgets full buckets once there are many.
func (b *buckets) drop(ms int64) {
	if len(b.byOne) <= b.sweep {
		return
	}
	for name, l := range b.byOne {
		if l.now(ms) >= float64(l.of.Capacity) {
			delete(b.byOne, name)
		}
	}
	b.sweep = max(fewBuckets, 2*len(b.byOne))
}
