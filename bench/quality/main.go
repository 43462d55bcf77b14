// Command quality judges methods on data sets and prints one table:
//
//	make bench-quality
//
// Data sets lie in the folder -data (see data.go); one that is missing is said to
// be. -tune 10m searches for a configuration on what comes before the test, -trials
// 60 ends the search there; -tuned DIR is where the result goes, or without -tune
// where NAME.json of an earlier search is. It ends with one JSON line.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"also/bench/harness"
	"also/engine/evaluate"
)

// options are what was asked for.
type options struct {
	root   string // folder of the data sets
	only   string // names of data sets, apart by commas; empty: all
	budget time.Duration
	trials int
	tuned  string
	parts  bool
}

func main() {
	root := os.Getenv("ALSO_DATA")
	if root == "" {
		root = "../shared/data"
	}
	var opts options
	flag.StringVar(&opts.root, "data", root, "folder of the data sets")
	flag.StringVar(&opts.only, "only", "", "names of data sets, apart by commas; default all")
	flag.DurationVar(&opts.budget, "tune", 0, "how long to search for a configuration on each data set, at most")
	flag.IntVar(&opts.trials, "trials", 0, "how many trials a search makes, at most; default what the time allows")
	flag.StringVar(&opts.tuned, "tuned", "", "folder with NAME.json of earlier searches, which is where -tune writes too")
	flag.BoolVar(&opts.parts, "parts", true, "judge without each part too")
	flag.Parse()
	rows, err := run(context.Background(), os.Stdout, sets, opts)
	if err == nil {
		err = harness.PrintJSON(map[string]any{"bench": "quality", "rows": rows})
	}
	if err != nil {
		harness.Fail(err)
	}
}

// run judges all methods on those of the data sets that are asked for and there.
func run(ctx context.Context, out io.Writer, sets []dataSet, opts options) ([]row, error) {
	var all []row
	fmt.Fprintln(out, head)
	for _, set := range sets {
		if opts.only != "" && !slices.Contains(strings.Split(opts.only, ","), set.name) {
			continue
		}
		splits, err := set.read(opts.root)
		if os.IsNotExist(err) {
			fmt.Fprintf(out, "LEFT OUT: %s is not in %s (name its folder with -data or ALSO_DATA)\n", set.name, opts.root)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", set.name, err)
		}
		c := contest{set: set, splits: splits, out: out, reports: map[string][]*evaluate.Report{}}
		if err := c.run(ctx, opts); err != nil {
			return nil, fmt.Errorf("%s: %w", set.name, err)
		}
		if set.goal != "" {
			fmt.Fprintf(out, "%-23s set out to reach %s\n", set.name, set.goal)
		}
		all = append(all, c.rows...)
	}
	return all, nil
}
