package pulse

import (
	"slices"
	"sync"
	"time"
)

// latencyKept is over how many of the latest events percentiles are taken.
const latencyKept = 1000

// Latencies remembers how long the latest events took from their arrival until
// the next answer knew them. The zero value serves; it is safe for concurrent use.
type Latencies struct {
	mu   sync.Mutex
	ring []time.Duration
	next int
}

// Observe notes one.
func (l *Latencies) Observe(took time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.ring) < latencyKept {
		l.ring = append(l.ring, took)
		return
	}
	l.ring[l.next] = took
	l.next = (l.next + 1) % latencyKept
}

// Latency is the percentiles of the latest events of this process.
type Latency struct {
	Count         int
	P50, P90, P99 time.Duration // 0 if there were none
}

// Percentiles sums up.
func (l *Latencies) Percentiles() Latency {
	l.mu.Lock()
	sorted := slices.Clone(l.ring)
	l.mu.Unlock()
	if len(sorted) == 0 {
		return Latency{}
	}
	slices.Sort(sorted)
	at := func(percent int) time.Duration { return sorted[(len(sorted)*percent+99)/100-1] }
	return Latency{Count: len(sorted), P50: at(50), P90: at(90), P99: at(99)}
}
