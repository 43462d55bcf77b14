package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"also/engine/evaluate"
	"also/engine/tune"
	"also/shop"
	"also/training"
)

// tuneCommand searches for the configuration of a model.
type tuneCommand struct {
	dataFlags
	Protocol string        `help:"Where the data are: shop reads the data folder, gowalla a published split of --data." enum:"shop,gowalla" default:"shop"`
	Data     string        `help:"Folder of a published split, of which train.txt alone is read; of the protocol gowalla." type:"path" placeholder:"DIR"`
	Before   string        `help:"Look at nothing from this day on: what is to test the result later." placeholder:"2022-10-01"`
	NewPairs bool          `help:"Ask only for products that the customer had not bought before."`
	Cuts     int           `help:"How many periods of the history to foretell." default:"3"`
	Metric   string        `help:"What to search by, of lists of 20: ${enum}." enum:"ndcg,recall" default:"ndcg"`
	Budget   time.Duration `help:"How long to search; what is best so far can be used at any moment." default:"10m"`
	Trials   int           `help:"End after so many trials, if that is before the budget is used up: the same seed then finds the same."`
	Seed     uint64        `help:"Makes what is tried."`
	Users    int           `help:"How many customers to ask in each period, at most." default:"5000"`
	MaxDim   int           `help:"The most factors to try." default:"512"`
	Config   string        `help:"A file with the configuration to begin with; what it leaves out is chosen by the data." type:"existingfile" placeholder:"FILE"`
	Out      string        `help:"Where the result goes: NAME.json for train --config, NAME.tsv has all trials, NAME.trials.json the same, NAME.svg a plot." type:"path" default:"tuned" placeholder:"NAME"`
	JSON     bool          `name:"json" help:"Print the result as one JSON object, the last line."`
}

// Run searches, and writes what is best whenever that changes.
func (c tuneCommand) Run(ctx context.Context) (err error) {
	in := training.TuneInput{NewPairs: c.NewPairs, Cuts: c.Cuts, Options: training.TuneOptions{
		Metric: evaluate.Metric(c.Metric), Budget: c.Budget, Trials: c.Trials, Seed: c.Seed, Users: c.Users, MaxDim: c.MaxDim,
	}}
	if in.Before, err = dayOf("before", c.Before); err != nil {
		return err
	}
	if c.Config != "" {
		if in.Start, err = readSettings(c.Config); err != nil {
			return err
		}
	}
	if c.Protocol == "gowalla" {
		if in.Data = c.Data; c.Data == "" {
			return shop.Errorf(shop.BadUserInput, "data", "name the folder of the published split with --data")
		}
	} else {
		lake, err := c.reader()
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, lake.Close()) }()
		in.Lake = lake
	}
	out := tuneOutput{name: c.Out, metric: c.Metric}
	in.Options.Progress = out.trial
	found, err := training.Tune(ctx, in)
	if err == nil || len(found.Trials) > 0 {
		err = errors.Join(err, out.err)
	}
	if len(found.Trials) == 0 {
		return err
	}
	if c.JSON {
		return errors.Join(err, printJSON(map[string]any{"how": found.How, "best": found.Best, "trials": len(found.Trials), "config": found.Settings()}))
	}
	fmt.Printf("%s\nbest: trial %d of %d, %s@20 %.4f: %s.json\n", found.How, found.Best.Number, len(found.Trials), c.Metric, found.Best.Value, c.Out)
	return err
}

// tuneOutput tells of trials and keeps the files.
type tuneOutput struct {
	name, metric string
	trials       []training.Trial
	err          error // the first of writing
}

// trial prints one trial and writes the files anew.
func (o *tuneOutput) trial(t training.Trial) {
	if len(o.trials) == 0 {
		fmt.Printf("%5s  %-10s %7s %8s %7s  %6s  %s\n", "trial", "step", o.metric, "±", "", "time", "what")
	}
	o.trials = append(o.trials, t)
	mark := ""
	switch {
	case t.Error != "":
		mark = "failed"
	case t.Best:
		mark = "best"
	case !t.Whole():
		mark = fmt.Sprintf("%d of %d", t.Trained, t.Epochs)
	}
	fmt.Printf("%5d  %-10s %7.4f %+8.4f %-7s %6.0fs  %s\n", t.Number, t.Step, t.Value, t.Difference, mark, t.Elapsed, training.Describe(t.Candidate))
	write := func(ending string, f func(io.Writer) error) {
		if err := writeWhole(o.name+ending, f); err != nil && o.err == nil {
			o.err = err
		}
	}
	if t.Best {
		write(".json", func(w io.Writer) error {
			return indented(w, training.TuneResult{Found: training.Found{Best: t}}.Settings())
		})
	}
	write(".tsv", func(w io.Writer) error { return tune.WriteTable(w, o.trials) })
	write(".trials.json", func(w io.Writer) error { return indented(w, o.trials) })
	write(".svg", func(w io.Writer) error { return tune.WritePlot(w, o.metric+"@20 by time", o.trials) })
}

func indented(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// writeWhole writes a file whole or not at all: whoever reads it meanwhile finds
// the one before.
func writeWhole(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := errors.Join(write(f), f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
