package main

import (
	"math"
	"sync"

	"also/engine"
)

// loss is the common objective in float64, by its definition and on purpose
// without the engine's kernels: the judge does not take part.
func loss(m *engine.Matrix, users, items engine.Factors, c contest) float64 {
	counts := make([]float64, m.Cols)
	for _, i := range m.Idx {
		counts[i]++
	}
	const blocks = 64
	part := make([]float64, blocks)
	var wg sync.WaitGroup
	for b := range blocks {
		wg.Go(func() {
			for u := m.Rows * b / blocks; u < m.Rows*(b+1)/blocks; u++ {
				x := users.Row(u)
				for _, i := range m.Idx[m.Ptr[u]:m.Ptr[u+1]] {
					d := 1 - dot(x, items.Row(int(i)))
					part[b] += d * d
				}
				n := float64(m.Ptr[u+1] - m.Ptr[u])
				part[b] += c.reg * math.Pow(n+c.alpha0*float64(m.Cols), c.nu) * dot(x, x)
			}
		})
	}
	wg.Wait()
	var sum float64
	for _, p := range part {
		sum += p
	}
	for i := range m.Cols {
		y := items.Row(i)
		sum += c.reg * math.Pow(counts[i]+c.alpha0*float64(m.Rows), c.nu) * dot(y, y)
	}
	gu, gi := gram(users), gram(items)
	for k := range gu {
		sum += c.alpha0 * gu[k] * gi[k]
	}
	return sum
}

func dot(x, y []float32) float64 {
	var a, b, c, d float64
	y = y[:len(x)]
	k := 0
	for ; k+4 <= len(x); k += 4 {
		a += float64(x[k]) * float64(y[k])
		b += float64(x[k+1]) * float64(y[k+1])
		c += float64(x[k+2]) * float64(y[k+2])
		d += float64(x[k+3]) * float64(y[k+3])
	}
	for ; k < len(x); k++ {
		a += float64(x[k]) * float64(y[k])
	}
	return a + b + c + d
}

// gram returns XᵀX, whose elementwise product with YᵀY sums to Σ (x·y)².
func gram(f engine.Factors) []float64 {
	const blocks = 8
	parts := make([][]float64, blocks)
	var wg sync.WaitGroup
	for b := range blocks {
		wg.Go(func() { parts[b] = gramOf(f, f.Rows*b/blocks, f.Rows*(b+1)/blocks) })
	}
	wg.Wait()
	g := parts[0]
	for _, p := range parts[1:] {
		for k, v := range p {
			g[k] += v
		}
	}
	return g
}

func gramOf(f engine.Factors, from, to int) []float64 {
	g := make([]float64, f.Dim*f.Dim)
	x := make([]float64, f.Dim)
	for r := from; r < to; r++ {
		for k, v := range f.Row(r) {
			x[k] = float64(v)
		}
		for i, a := range x {
			row := g[i*f.Dim : (i+1)*f.Dim]
			for j, b := range x {
				row[j] += a * b
			}
		}
	}
	return g
}
