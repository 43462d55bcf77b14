package main

import (
	"fmt"
	"slices"

	"also/bench/harness"
	"also/engine"
)

// report gathers all runs of all contests.
type report struct {
	matrix *engine.Matrix
	rows   []row
}

type row struct {
	contest contest
	who     string
	run     *run
}

func newReport(m *engine.Matrix) *report { return &report{matrix: m} }

func (r *report) add(c contest, who string, x *run) { r.rows = append(r.rows, row{c, who, x}) }

// of returns the runs of one entrant in one contest.
func (r *report) of(c contest, who string) []*run {
	var all []*run
	for _, x := range r.rows {
		if x.contest == c && x.who == who {
			all = append(all, x.run)
		}
	}
	return all
}

// target is the loss that the time of contest c is measured to.
func (r *report) target(c contest) float64 {
	if c.target > 0 {
		return c.target
	}
	runs := r.of(c, "irspack")
	if len(runs) == 0 || len(runs[0].losses) < targetEpoch {
		return 0
	}
	return runs[0].losses[targetEpoch-1]
}

// line is the JSON line of a race.
type line struct {
	TimeToLoss map[string]float64            `json:"time_to_loss_ratio"`
	Seconds    map[string]map[string]float64 `json:"seconds_per_epoch"` // by entrant, then "d=128"
	PeakMB     float64                       `json:"peak_mb"`
	FMAShare   float64                       `json:"fma_share"` // of the exact solver at d = 128
	Nu1        map[string]map[string]float64 `json:"nu1"`
}

func (r *report) print() error {
	out := line{TimeToLoss: map[string]float64{}, Seconds: map[string]map[string]float64{}, Nu1: map[string]map[string]float64{"time_to_loss_ratio": {}}}
	peak := fmaPeak()
	fmt.Printf("\nthe machine's limit, measured: %.0f GFLOP/s in single precision\n\n", peak/1e9)
	fmt.Println("| d | ν | who | s/epoch, least | median | s to the loss, median | peak MB |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- |")
	done := map[string]bool{}
	for _, x := range r.rows {
		name := x.who
		if x.contest.solver != "" {
			name += " " + x.contest.solver
		}
		key := fmt.Sprint(x.contest, name)
		if done[key] {
			continue
		}
		done[key] = true
		s := r.summary(x.contest, x.who)
		toLoss := "–"
		if s.reached {
			toLoss = fmt.Sprintf("%.2f", s.toLoss)
		}
		fmt.Printf("| %d | %g | %s | %.3f | %.3f | %s | %.0f |\n", x.contest.dim, x.contest.nu, name, s.least, s.median, toLoss, s.peakMB)
		r.fill(&out, x, name, s, peak)
	}
	return harness.PrintJSON(out)
}

// fill puts one summary where the JSON line has it.
func (r *report) fill(out *line, x row, name string, s summary, peak float64) {
	c := x.contest
	if c.solver == "CHOLESKY" && peak > 0 {
		out.FMAShare = choleskyFlops(r.matrix, c.dim) / s.least / peak
	}
	label := fmt.Sprintf("d=%d", c.dim)
	if c.nu != 0 {
		label += ",nu=1"
	}
	if out.Seconds[name] == nil {
		out.Seconds[name] = map[string]float64{}
	}
	out.Seconds[name][label] = s.least
	if c.dim != 128 || c.solver != "" {
		return
	}
	ours := r.summary(c, "also")
	switch {
	case x.who == "also" && c.nu == 0:
		out.PeakMB = s.peakMB
	case x.who != "also" && ours.reached && s.reached && c.nu == 0:
		out.TimeToLoss[x.who] = s.toLoss / ours.toLoss
	case x.who != "also" && ours.reached && s.reached:
		out.Nu1["time_to_loss_ratio"][x.who] = s.toLoss / ours.toLoss
	}
}

// summary is what the runs of one entrant in one contest come to.
type summary struct {
	least, median, toLoss, peakMB float64
	reached                       bool // every run got to the loss
}

func (r *report) summary(c contest, who string) summary {
	var seconds, toLoss []float64
	s := summary{reached: true}
	target := r.target(c)
	for _, x := range r.of(c, who) {
		seconds = append(seconds, x.seconds())
		t, ok := x.timeTo(target)
		s.reached = s.reached && ok
		toLoss = append(toLoss, t)
		s.peakMB = max(s.peakMB, x.peakMB)
	}
	slices.Sort(seconds)
	slices.Sort(toLoss)
	s.least, s.median, s.toLoss = seconds[0], seconds[len(seconds)/2], toLoss[len(toLoss)/2]
	return s
}

// choleskyFlops counts the multiplications and additions of one epoch of exact
// solves: a rank-1 update of one triangle per entry and side, a factorisation
// and two triangular solves per row, and the two Gram matrices.
func choleskyFlops(x *engine.Matrix, dim int) float64 {
	n, m, k := float64(x.Entries()), float64(x.Rows+x.Cols), float64(dim)
	return 2*n*k*(k+1) + m*(k*k*k/3+2*k*k) + m*k*(k+1)
}
