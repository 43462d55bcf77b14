//go:build !purego

package kernel

// tile computes rows × vectors values of C; see the assembly.
type tile func(k uint64, a *float32, rs, cs uint64, b *float32, ldb uint64, c *float32, ldc, tail uint64)

// Tiles of 4 rows and of 1, by the number of vectors less one.
var (
	tiles512 = [2][4]tile{
		{gemm4x1AVX512, gemm4x2AVX512, gemm4x3AVX512, gemm4x4AVX512},
		{gemm1x1AVX512, gemm1x2AVX512, gemm1x3AVX512, gemm1x4AVX512},
	}
	tiles2 = [2][4]tile{{gemm4x1AVX2, gemm4x2AVX2}, {gemm1x1AVX2, gemm1x2AVX2}}
)

func gemm(l level, m, n, k int, a []float32, rs, cs int, b []float32, ldb int, c []float32, ldc int) {
	switch l {
	case levelAVX512:
		gemmTiles(&tiles512, 16, 4, m, n, k, a, rs, cs, b, ldb, c, ldc)
	case levelAVX2:
		gemmTiles(&tiles2, 8, 2, m, n, k, a, rs, cs, b, ldb, c, ldc)
	default:
		gemmGo(m, n, k, a, rs, cs, b, ldb, c, ldc)
	}
}

// gemmTiles goes over C in columns of up to most vectors, so that a panel of B
// stays in cache, and in rows of 4.
func gemmTiles(tiles *[2][4]tile, lanes, most, m, n, k int, a []float32, rs, cs int, b []float32, ldb int, c []float32, ldc int) {
	for j := 0; j < n; {
		width := min(n-j, lanes*most)
		vectors := (width + lanes - 1) / lanes
		tail := uint64(width - (vectors-1)*lanes)
		i := 0
		for ; i+4 <= m; i += 4 {
			tiles[0][vectors-1](uint64(k), &a[i*rs], uint64(rs)*4, uint64(cs)*4, &b[j], uint64(ldb)*4, &c[i*ldc+j], uint64(ldc)*4, tail)
		}
		for ; i < m; i++ {
			tiles[1][vectors-1](uint64(k), &a[i*rs], uint64(rs)*4, uint64(cs)*4, &b[j], uint64(ldb)*4, &c[i*ldc+j], uint64(ldc)*4, tail)
		}
		j += width
	}
}
