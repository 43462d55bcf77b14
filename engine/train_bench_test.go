package engine_test

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"testing"

	"also/engine"
	"also/engine/enginetest"
)

// films is a matrix of the size and the distributions of the MovieLens 20M
// training split that speeds are measured on: 136,677 × 20,108, 10 M entries.
var films = sync.OnceValue(func() *engine.Matrix {
	return enginetest.Planted{Users: 136_677, Items: 20_108, Entries: 9_990_682, Clusters: 64, Noise: .4, Seed: 20240601}.Matrix()
})

// BenchmarkTrain measures epochs, the start included; ALSO_EPOCHS sets their
// number. The loss is reported beside the time, for a fast epoch alone is
// worth nothing.
func BenchmarkTrain(b *testing.B) {
	epochs, _ := strconv.Atoi(os.Getenv("ALSO_EPOCHS"))
	epochs = max(1, epochs)
	for _, solver := range []engine.Solver{engine.Auto, engine.CG, engine.Cholesky} {
		for _, dim := range []int{64, 128, 256, 512} {
			for _, nu := range []float64{0, 1} {
				b.Run(fmt.Sprintf("%s/d=%d/nu=%g", solver, dim, nu), func(b *testing.B) {
					m := films()
					cfg := engine.Config{Dim: dim, Epochs: epochs, Solver: solver, Unobserved: .1, Lambda: 10, CGSteps: 2}
					if nu == 1 {
						cfg.Nu, cfg.Lambda = 1, .003
					}
					b.ResetTimer()
					for b.Loop() {
						_, err := engine.Train(b.Context(), m, cfg, engine.TrainOptions{Progress: func(r engine.EpochReport) {
							b.Logf("epoch %d: %.3f s, %.3f s in all, loss %.6g", r.Epoch, r.EpochTime.Seconds(), r.Elapsed.Seconds(), r.Loss)
						}})
						if err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}
