//go:build !purego

package kernel

// tile computes rows × vectors values of C, in each of tiles one below the other; see
// the assembly. k and tiles are from 1.
type tile func(k uint64, a *float32, rs, cs uint64, b *float32, ldb uint64, c *float32, ldc, tail, tiles uint64)

// tiles are those of 8 rows, where there are any, of 4 and of 1, by the number of
// vectors less one.
type tiles struct{ eight, four, one [4]tile }

// Those that add, then those that subtract.
var (
	tiles512 = [2]tiles{
		{
			[4]tile{gemm8x1AVX512, gemm8x2AVX512, gemm8x3AVX512},
			[4]tile{gemm4x1AVX512, gemm4x2AVX512, gemm4x3AVX512, gemm4x4AVX512},
			[4]tile{gemm1x1AVX512, gemm1x2AVX512, gemm1x3AVX512, gemm1x4AVX512},
		},
		{
			[4]tile{less8x1AVX512, less8x2AVX512, less8x3AVX512},
			[4]tile{less4x1AVX512, less4x2AVX512, less4x3AVX512, less4x4AVX512},
			[4]tile{less1x1AVX512, less1x2AVX512, less1x3AVX512, less1x4AVX512},
		},
	}
	tiles2 = [2]tiles{
		{four: [4]tile{gemm4x1AVX2, gemm4x2AVX2}, one: [4]tile{gemm1x1AVX2, gemm1x2AVX2}},
		{four: [4]tile{less4x1AVX2, less4x2AVX2}, one: [4]tile{less1x1AVX2, less1x2AVX2}},
	}
)

// gemm adds A·B to C, or with less subtracts it.
func gemm(l level, less bool, m, n, k int, a []float32, rs, cs int, b []float32, ldb int, c []float32, ldc int) {
	sign := 0
	if less {
		sign = 1
	}
	switch l {
	case levelAVX512:
		gemmTiles(&tiles512[sign], 16, 4, m, n, k, a, rs, cs, b, ldb, c, ldc)
	case levelAVX2:
		gemmTiles(&tiles2[sign], 8, 2, m, n, k, a, rs, cs, b, ldb, c, ldc)
	default:
		gemmGo(less, m, n, k, a, rs, cs, b, ldb, c, ldc)
	}
}

// gemmTiles goes over C in columns of up to most vectors, so that a panel of B
// stays in cache, and in the tallest tiles that fit.
func gemmTiles(t *tiles, lanes, most, m, n, k int, a []float32, rs, cs int, b []float32, ldb int, c []float32, ldc int) {
	for j := 0; j < n; {
		width := min(n-j, lanes*most)
		vectors := (width + lanes - 1) / lanes
		tail := uint64(width - (vectors-1)*lanes)
		i := 0
		for _, of := range [...]struct {
			rows int
			tile tile
		}{{8, t.eight[vectors-1]}, {4, t.four[vectors-1]}, {1, t.one[vectors-1]}} {
			if count := (m - i) / of.rows; count > 0 && of.tile != nil {
				of.tile(uint64(k), &a[i*rs], uint64(rs)*4, uint64(cs)*4, &b[j], uint64(ldb)*4, &c[i*ldc+j], uint64(ldc)*4, tail, uint64(count))
				i += count * of.rows
			}
		}
		j += width
	}
}
