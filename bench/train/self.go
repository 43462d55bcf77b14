package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"

	"also/bench/films"
	"also/bench/harness"
	"also/engine"
)

// trainSelf trains ourselves as one entrant and reports as the peers do.
func trainSelf(ctx context.Context, dir string, c contest, o options) error {
	m, err := films.Read(dir)
	if err != nil {
		return err
	}
	cfg, err := engine.Config{Dim: c.dim, Epochs: o.epochs, Objective: engine.IALS, Unobserved: 0.1, Lambda: c.reg, Nu: c.nu, Seed: 1, Solver: engine.Solver(c.solver)}.WithDefaults()
	if err != nil {
		return err
	}
	out := json.NewEncoder(os.Stdout)
	write := func(n int, model *engine.Model) error { return films.WriteFactors(factorsPath(o, n), model) }
	harness.ForgetPeak() // of reading the matrix
	var peak float64     // of an epoch; writing factors is the race's and not ours
	var failed error
	report := func(r engine.EpochReport) {
		if r.Epoch == 1 {
			peak = harness.PeakMB()
		}
		failed = errors.Join(failed, out.Encode(epochLine{Epoch: r.Epoch, Seconds: r.EpochTime.Seconds(), Factors: factorsPath(o, r.Epoch), Dim: c.dim}))
	}
	if _, err := engine.Train(ctx, m, cfg, engine.TrainOptions{Workers: o.threads, Progress: report, Checkpoint: write}); err != nil {
		return err
	}
	return errors.Join(failed, out.Encode(epochLine{PeakMB: peak}))
}

func factorsPath(o options, epoch int) string {
	return filepath.Join(o.out, strconv.Itoa(epoch)+".f32")
}
