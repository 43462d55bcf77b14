package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
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
	var failed error
	// The report of an epoch comes before its factors can be read, so that ours are
	// those of a training that ends there: the same seed gives the same epochs.
	var times []float64
	_, err = engine.Train(ctx, m, cfg, engine.TrainOptions{Workers: o.threads, Progress: func(r engine.EpochReport) {
		times = append(times, r.EpochTime.Seconds())
	}})
	if err != nil {
		return err
	}
	peak := peakMB()
	for n := 1; n <= o.epochs && failed == nil; n++ {
		cfg.Epochs = n
		model, err := engine.Train(ctx, m, cfg, engine.TrainOptions{Workers: o.threads})
		if err != nil {
			return err
		}
		path := filepath.Join(o.out, strconv.Itoa(n)+".f32")
		if failed = writeFactors(path, model); failed == nil {
			failed = out.Encode(epochLine{Epoch: n, Seconds: times[n-1], Factors: path, Dim: c.dim})
		}
	}
	if failed != nil {
		return failed
	}
	return out.Encode(epochLine{PeakMB: peak})
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
