package engine_test

import (
	"testing"
	"time"

	"also/engine"
)

// BenchmarkBuild adds the entries of the film matrix, user after user but
// items and users in another order than they are numbered, and makes both the
// matrix and its transpose.
func BenchmarkBuild(b *testing.B) {
	m := films()
	least := time.Hour
	b.ResetTimer()
	for b.Loop() {
		start := time.Now()
		builder := engine.NewBuilder(m.Rows, m.Cols)
		for k := range m.Rows {
			u := int(uint32(k) * 40_503 % uint32(m.Rows))
			idx, w, target := m.Row(u)
			for j := range idx {
				at := (j * 7) % len(idx)
				if len(idx)%7 == 0 {
					at = j
				}
				builder.Add(int32(u), idx[at], w[at], target[at])
			}
		}
		built, err := builder.Build()
		if err != nil {
			b.Fatal(err)
		}
		if built.Transpose().Entries() == 0 {
			b.Fatal("nothing was built")
		}
		least = min(least, time.Since(start))
	}
	b.ReportMetric(float64(m.Entries())/least.Seconds()/1e6, "best-M/s")
}
