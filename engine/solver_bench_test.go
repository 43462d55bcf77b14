package engine

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"also/engine/kernel"
)

// BenchmarkSolver measures one row by each solver, in cache: what the cost
// model's constants come from.
func BenchmarkSolver(b *testing.B) {
	for _, d := range []int{64, 128, 256, 512} {
		const rows = 600
		rng := rand.New(rand.NewPCG(1, 1))
		s := &system{cfg: Config{Dim: d, Lambda: 10}, rows: rows, dim: d, stride: d, diag: make([]float32, d), y: make([]float32, rows*d)}
		for k := range s.y {
			s.y[k] = float32(rng.NormFloat64())
		}
		for k := range s.diag {
			s.diag[k] = 100 / float32(k+1)
		}
		s.table = kernel.Table{Stride: d, Half: make([]uint16, rows*d)}
		kernel.ToHalf(s.table.Half, s.y)
		var ws Workspace
		x := make([]float32, d)
		for _, n := range []int{1, 4, 8, 16, 32, 64, 128, 256} {
			idx, w := make([]int32, n), make([]float32, n)
			for k := range idx {
				idx[k], w[k] = int32((k*7)%rows), 1
			}
			for name, solve := range map[string]func(){
				"cg2":    func() { s.cg(x, idx, n, w, w, nil, 2, &ws) },
				"dual":   func() { s.dual(x, idx, w, w, nil, 10, &ws) },
				"primal": func() { s.primal(x, idx, w, w, nil, 10, &ws) },
			} {
				b.Run(fmt.Sprintf("%s/d=%d/n=%d", name, d, n), func(b *testing.B) {
					least := time.Duration(math.MaxInt64)
					for b.Loop() {
						start := time.Now()
						for range 5 {
							solve()
						}
						least = min(least, time.Since(start))
					}
					b.ReportMetric(float64(least.Nanoseconds())/5, "best-ns")
				})
			}
		}
	}
}
