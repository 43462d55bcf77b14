package engine

import (
	"cmp"
	"context"
	"slices"

	"also/engine/kernel"
)

// pad is what rows of working factors are padded to, in values: the kernels
// step in whole registers and cache lines.
const pad = 32

func padded(dim int) int { return (dim + pad - 1) / pad * pad }

// gramBlock is how many rows are summed in single precision before they join a
// double precision sum.
const gramBlock = 1024

// gram returns YᵀY, d×d, both triangles, for y of rows×stride. It sums fixed
// blocks in a fixed order, whatever the number of workers.
func gram(ctx context.Context, y []float32, rows, stride, d, workers int) ([]float64, error) {
	// A fixed number of segments, each summed from first to last row: few
	// enough that their sums take no more than 64 MiB.
	segments := max(1, min(16, (8<<20)/(d*d)))
	blocks := (rows + gramBlock - 1) / gramBlock
	segments = max(1, min(segments, blocks))
	sums := make([][]float64, segments)
	scratch := make([][]float32, max(1, min(workers, segments)))
	packed := make([][]float32, len(scratch))
	err := parallel(ctx, workers, segments, func(worker, segment int) error {
		sum := make([]float64, d*d)
		for block := segment * blocks / segments; block < (segment+1)*blocks/segments; block++ {
			lo, hi := block*gramBlock, min(rows, (block+1)*gramBlock)
			if d > widePanels {
				wideRankK(sum, d, hi-lo, y[lo*stride:], stride, &scratch[worker], &packed[worker])
				continue
			}
			part := zeroed(&scratch[worker], d*d)
			kernel.RankK(d, hi-lo, y[lo*stride:], stride, part, d)
			for i := range d {
				addTo(sum[i*d+i:(i+1)*d], part[i*d+i:])
			}
		}
		sums[segment] = sum
		return nil
	})
	if err != nil {
		return nil, err
	}
	g := sums[0]
	for _, sum := range sums[1:] {
		for k, v := range sum {
			g[k] += v
		}
	}
	for i := range d {
		for k := range i {
			g[i*d+k] = g[k*d+i]
		}
	}
	return g, nil
}

const (
	// panel is how many columns the widest tile of a product has.
	panel = 64
	// widePanels is the dimension past which columns are packed into panels
	// before a product: strides of pages would fall into few sets of the caches.
	widePanels = 192
	// runRows is how many rows of a panel stay in the first-level cache.
	runRows = 128
)

// wideRankK adds the products of rows to sum for large d: in runs of rows that fit
// the second-level cache, packed by panels of columns, a tile of the sum for each two
// of them.
func wideRankK(sum []float64, d, rows int, y []float32, stride int, scratch, space *[]float32) {
	panels := (d + panel - 1) / panel
	tiles, packed := zeroed(scratch, panels*panels*panel*panel), grow(space, panels*runRows*panel)
	width := func(p int) int { return min(panel, d-p*panel) }
	for lo := 0; lo < rows; lo += runRows {
		n := min(runRows, rows-lo)
		for p := range panels {
			for k := range n {
				copy(packed[(p*runRows+k)*panel:][:width(p)], y[(lo+k)*stride+p*panel:])
			}
		}
		for p := range panels {
			for q := p; q < panels; q++ {
				kernel.Gemm(width(p), width(q), n, packed[p*runRows*panel:], 1, panel, packed[q*runRows*panel:], panel, tiles[(p*panels+q)*panel*panel:], panel)
			}
		}
	}
	for p := range panels {
		for q := p; q < panels; q++ {
			tile := tiles[(p*panels+q)*panel*panel:]
			for i := range width(p) {
				addTo(sum[(p*panel+i)*d+q*panel:][:width(q)], tile[i*panel:])
			}
		}
	}
}

// addTo adds the first values of src to dst.
func addTo(dst []float64, src []float32) {
	for k, v := range src[:len(dst)] {
		dst[k] += float64(v)
	}
}

// principalAxes returns the eigenvalues of the symmetric d×d matrix g, largest
// first and none below zero, and the matrix V, stride×stride row-major, whose
// column k is the k-th axis; V is the identity past d. It reports false when
// the decomposition does not converge (values that are not finite).
func principalAxes(ctx context.Context, g []float64, d, stride, workers int) (values []float64, v []float32, ok bool, err error) {
	// Scaled, so that nothing leaves single precision.
	var largest float64
	for k := range d {
		largest = max(largest, g[k*d+k])
	}
	unit := 1.0
	if largest > 0 {
		unit = 1 / largest
	}
	a := make([]float32, d*d)
	for k, x := range g {
		a[k] = float32(x * unit)
	}
	raw, vectors, width, ok, err := eigen(ctx, a, d, workers)
	if !ok || err != nil {
		return nil, nil, ok, err
	}
	order := make([]int, d)
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(raw[j], raw[i]) })
	values, v = make([]float64, d), make([]float32, stride*stride)
	for k, from := range order {
		values[k] = max(0, raw[from]/unit)
		for i, x := range vectors[from*width : from*width+d] {
			v[i*stride+k] = x
		}
	}
	for k := d; k < stride; k++ {
		v[k*stride+k] = 1
	}
	return values, v, true, nil
}

// rotate sets y = yV in place; y is rows×stride, V stride×stride.
func rotate(ctx context.Context, y []float32, rows, stride int, v []float32, workers int) error {
	// V by panels of columns, each in one piece.
	packed := make([]float32, len(v))
	for at := 0; at < stride; at += panel {
		width := min(panel, stride-at)
		for k := range stride {
			copy(packed[at*stride+k*width:][:width], v[k*stride+at:])
		}
	}
	// As many rows at a time as leave room for a panel in the second-level cache.
	block := max(32, min(256, (128<<10)/stride))
	tasks := (rows + block - 1) / block
	scratch := make([][]float32, max(1, min(workers, tasks)))
	return parallel(ctx, workers, tasks, func(worker, task int) error {
		lo, hi := task*block, min(rows, (task+1)*block)
		n := hi - lo
		// The rows in pieces of runRows values, a column of pieces in one piece of
		// memory: strides of pages would fall into few sets of the caches.
		pieces := grow(&scratch[worker], n*stride)
		for k := 0; k < stride; k += runRows {
			for r := range n {
				width := min(runRows, stride-k)
				copy(pieces[k*n+r*width:][:width], y[(lo+r)*stride+k:])
			}
		}
		clear(y[lo*stride : hi*stride])
		for at := 0; at < stride; at += panel {
			width := min(panel, stride-at)
			for k := 0; k < stride; k += runRows {
				depth := min(runRows, stride-k)
				kernel.Gemm(n, width, depth, pieces[k*n:], depth, 1, packed[at*stride+k*width:], width, y[lo*stride+at:], stride)
			}
		}
		return nil
	})
}
