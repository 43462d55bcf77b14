package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"

	"also/engine"
)

// trainSelf trains ourselves as one entrant and reports as the peers do.
func trainSelf(ctx context.Context, dir string, c contest, o options) error {
	m, err := readMatrix(dir)
	if err != nil {
		return err
	}
	cfg, err := engine.Config{Dim: c.dim, Epochs: o.epochs, Objective: engine.IALS, Unobserved: 0.1, Lambda: c.reg, Nu: c.nu, Seed: 1, Solver: engine.Solver(c.solver)}.WithDefaults()
	if err != nil {
		return err
	}
	out := json.NewEncoder(os.Stdout)
	write := func(n int, model *engine.Model) error { return writeFactors(factorsPath(o, n), model) }
	forgetPeak()     // of reading the matrix
	var peak float64 // of an epoch; writing factors is the race's and not ours
	var failed error
	report := func(r engine.EpochReport) {
		if r.Epoch == 1 {
			peak = peakMB()
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

func writeFactors(path string, model *engine.Model) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	for _, side := range []engine.Factors{model.Users, model.Items} {
		if err := binary.Write(f, binary.LittleEndian, side.Data); err != nil {
			return err
		}
	}
	return f.Close()
}

// forgetPeak gives memory back that is not in use and makes peakMB begin anew, where Linux lets it.
func forgetPeak() {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // elsewhere the peak includes what came before
}

// peakMB is the largest resident size of this process so far.
func peakMB() float64 {
	b, err := os.ReadFile("/proc/self/status")
	if err == nil {
		for line := range strings.Lines(string(b)) {
			var kb float64
			if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
				return kb / 1024
			}
		}
	}
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return float64(r.Maxrss) / 1024
}
