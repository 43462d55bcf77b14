// Command train races the engine against the CPU libraries that shops would
// otherwise use, on one matrix, one machine, in turn and repeatedly:
//
//	make bench-train
//
// It makes Python environments of its own in bench (package index only; irspack
// also compiled for the machine, where Eigen's headers are),
// makes the matrix, and trains every peer and ourselves as processes of their own.
// Every trained model is judged by the same loss, computed here in float64 from
// the factors, so that a wrong mapping of hyper-parameters shows.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"also/bench/films"
	"also/bench/harness"
)

// options are the sizes of a race.
type options struct {
	out     string
	scale   float64
	repeats int
	threads int
	epochs  int
	dims    dimensions
	only    string // those who race beside us, with commas; "" for all
}

func main() {
	o := options{dims: dimensions{64, 128, 256}}
	self := flag.String("self", "", "train ourselves on the matrix in this folder, reporting like a peer (used by the race)")
	var one contest
	flag.IntVar(&one.dim, "dim", 128, "factors, with -self")
	flag.Float64Var(&one.nu, "nu", 0, "ν, with -self")
	flag.Float64Var(&one.reg, "reg", 0, "λ, with -self")
	flag.StringVar(&one.solver, "solver", "", "solver, with -self")
	flag.StringVar(&o.out, "out", "bench/out/train", "folder for factors on the way")
	flag.Float64Var(&o.scale, "scale", 1, "size of the matrix against the full one")
	flag.IntVar(&o.repeats, "repeats", 3, "times that everyone trains")
	flag.IntVar(&o.threads, "threads", runtime.GOMAXPROCS(0), "threads of everyone")
	flag.IntVar(&o.epochs, "epochs", 8, "epochs of everyone")
	flag.StringVar(&o.only, "only", "", "those who race beside us, with commas (default all)")
	flag.Var(&o.dims, "dims", "dimensions to race at, with commas")
	flag.Parse()
	ctx := context.Background()
	if *self != "" {
		if err := trainSelf(ctx, *self, one, o); err != nil {
			harness.Fail(err)
		}
		return
	}
	if err := race(ctx, o); err != nil {
		harness.Fail(err)
	}
}

// dimensions is a flag of whole numbers with commas.
type dimensions []int

func (d *dimensions) String() string { return strings.Trim(fmt.Sprint(*d), "[]") }

func (d *dimensions) Set(s string) error {
	*d = nil
	for part := range strings.SplitSeq(s, ",") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 {
			return fmt.Errorf("%q is not a dimension", part)
		}
		*d = append(*d, n)
	}
	return nil
}

func race(ctx context.Context, o options) error {
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return err
	}
	env, err := prepare(ctx, o)
	if err != nil {
		return err
	}
	m, err := films.Read(env.matrix)
	if err != nil {
		return err
	}
	fmt.Printf("%d × %d, %d entries, %d threads, %d repeats\n", m.Rows, m.Cols, m.Entries(), o.threads, o.repeats)
	r := newReport(m)
	for _, c := range contests(o) {
		for range o.repeats {
			for _, who := range env.entrants(c) {
				if o.only != "" && who.name != "also" && !slices.Contains(strings.Split(o.only, ","), who.name) {
					continue
				}
				run, err := who.train(ctx, o, c)
				if err != nil {
					return fmt.Errorf("%s, d = %d: %w", who.name, c.dim, err)
				}
				if err := run.judge(m, c); err != nil {
					return err
				}
				r.add(c, who.name, run)
				fmt.Printf("  d = %-4d ν = %g %-15s %s\n", c.dim, c.nu, who.name, run)
			}
		}
	}
	return r.print()
}
