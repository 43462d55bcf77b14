package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// batch is how many calls are timed together.
const batch = 10

// benchmark runs f at every level, naming the best one fast.
func benchmark(b *testing.B, name string, bytes int64, flops float64, f func(l level)) {
	for label, l := range levels() {
		if l == best {
			label = "fast"
		}
		b.Run(fmt.Sprintf("%s/%s", label, name), func(b *testing.B) {
			b.SetBytes(bytes)
			least := time.Duration(math.MaxInt64)
			for b.Loop() {
				// The best of many short batches: other work on the machine does
				// not count.
				start := time.Now()
				for range batch {
					f(l)
				}
				least = min(least, time.Since(start))
			}
			b.ReportMetric(flops*batch/least.Seconds()/1e9, "GFLOP/s")
			b.ReportMetric(float64(least.Nanoseconds())/batch, "best-ns")
		})
	}
}

func random(n int) []float32 {
	rng := rand.New(rand.NewPCG(uint64(n), 1))
	v := make([]float32, n)
	for k := range v {
		v[k] = float32(rng.NormFloat64())
	}
	return v
}

func BenchmarkDot(b *testing.B) {
	for _, n := range []int{64, 128, 1024} {
		x, y := random(n), random(n)
		benchmark(b, fmt.Sprintf("n=%d", n), int64(8*n), 2*float64(n), func(l level) { dot(l, x, y) })
	}
}

// BenchmarkGemm is the rotation of 256 rows.
func BenchmarkGemm(b *testing.B) {
	for _, d := range []int{64, 128, 256, 512, 1024} {
		x, v, out := random(256*d), random(d*d), random(256*d)
		benchmark(b, fmt.Sprintf("d=%d", d), int64(4*256*d), 2*256*float64(d*d), func(l level) {
			clear(out)
			gemm(l, false, 256, d, d, x, d, 1, v, d, out, d)
		})
	}
}

// BenchmarkPass is one walk over 73 rows in cache.
func BenchmarkPass(b *testing.B) {
	const n = 73
	for _, d := range []int{64, 128, 256} {
		t := Table{Full: random(400 * d), Stride: d}
		h := Table{Half: make([]uint16, 400*d), Stride: d}
		ToHalf(h.Half, t.Full)
		idx, w, p, acc := make([]int32, n), random(n), random(d), make([]float32, d)
		for j := range idx {
			idx[j] = int32(j * 5)
		}
		for name, table := range map[string]Table{"full": t, "half": h} {
			benchmark(b, fmt.Sprintf("%s/d=%d", name, d), int64(4*n*d), 4*n*float64(d), func(l level) {
				product(l, table, acc, idx, w, p, nil)
			})
		}
	}
}

func BenchmarkCholesky(b *testing.B) {
	for _, n := range []int{64, 128, 256} {
		a, s := make([]float32, n*n), random(n*n)
		from := make([]float32, n*n)
		RankK(n, n, s, n, from, n)
		for k := range n {
			from[k*n+k] += 1
		}
		benchmark(b, fmt.Sprintf("n=%d", n), int64(2*n*n), float64(n*n*n)/3, func(l level) {
			copy(a, from)
			cholesky(l, a, n, n)
		})
	}
}

// BenchmarkRankK is a row's matrix from 100 gathered rows.
func BenchmarkRankK(b *testing.B) {
	for _, d := range []int{64, 128, 256} {
		s, a := random(100*d), make([]float32, d*d)
		benchmark(b, fmt.Sprintf("d=%d", d), int64(400*d), 100*float64(d*d), func(l level) {
			clear(a)
			lessRankK(l, d, 100, s, d, a, d)
		})
	}
}
