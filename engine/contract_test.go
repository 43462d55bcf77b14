package engine_test

import (
	"testing"

	"also/engine"
	"also/engine/enginetest"
)

func TestContract(t *testing.T) {
	for _, c := range []struct {
		solver engine.Solver
		exact  bool
	}{{engine.Cholesky, true}, {engine.CG, false}, {engine.Auto, false}} {
		t.Run(string(c.solver), func(t *testing.T) {
			enginetest.Run(t, engine.Train, enginetest.Options{
				Config:  engine.Config{Solver: c.solver, Unobserved: .1, Lambda: .01, Nu: 1},
				Exact:   c.exact,
				Bitwise: true,
			})
		})
	}
}
