// Command quality judges methods on data sets and prints one table:
//
//	make bench-quality
//
// Data sets lie in the folder -data (see data.go); one that is missing is said to
// be. -tune 10m searches for a configuration on what comes before the test;
// -tuned DIR takes NAME.json of an earlier search. It ends with one JSON line.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"also/bench/harness"
)

func main() {
	root := os.Getenv("ALSO_DATA")
	if root == "" {
		root = "../shared/data"
	}
	data := flag.String("data", root, "folder of the data sets")
	only := flag.String("only", "", "names of data sets, apart by commas; default all")
	budget := flag.Duration("tune", 0, "how long to search for a configuration on each data set")
	tuned := flag.String("tuned", "", "folder with NAME.json of earlier searches, which is where -tune writes too")
	parts := flag.Bool("parts", true, "judge without each part too")
	flag.Parse()
	if err := run(context.Background(), *data, *only, *budget, *tuned, *parts); err != nil {
		harness.Fail(err)
	}
}

func run(ctx context.Context, root, only string, budget time.Duration, tuned string, parts bool) error {
	var all []row
	fmt.Println(head)
	for _, set := range sets {
		if only != "" && !slices.Contains(strings.Split(only, ","), set.name) {
			continue
		}
		splits, err := set.read(root)
		if os.IsNotExist(err) {
			fmt.Printf("LEFT OUT: %s is not in %s (name its folder with -data or ALSO_DATA)\n", set.name, root)
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", set.name, err)
		}
		c := contest{set: set, splits: splits}
		if err := c.run(ctx, budget, tuned, parts); err != nil {
			return fmt.Errorf("%s: %w", set.name, err)
		}
		all = append(all, c.rows...)
	}
	return harness.PrintJSON(map[string]any{"bench": "quality", "rows": all})
}
