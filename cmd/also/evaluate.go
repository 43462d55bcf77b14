package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"also/shop"
	"also/training"
)

// evaluateCommand judges a configuration by a protocol.
type evaluateCommand struct {
	dataFlags
	modelFlags
	Protocol string `help:"How to judge: ${enum}." enum:"gowalla,time-split,leave-one-out,strong-generalisation,cold-items,cold-customers" required:""`
	Data     string `help:"Folder of a published split (train.txt, test.txt); of the protocol gowalla." type:"path" placeholder:"DIR"`
	Cut      string `help:"First day of the test, of time-split. Default: the last tenth of the days." placeholder:"2022-10-01"`
	Until    string `help:"The day on which the test ends, of time-split. Default: with the history." placeholder:"2022-11-01"`
	NewPairs bool   `help:"Ask only for products that the customer had not bought before; of time-split."`
	JSON     bool   `name:"json" help:"Print the metrics as one JSON object, the last line."`
}

// Run judges and prints the metrics.
func (c evaluateCommand) Run(ctx context.Context) (err error) {
	in := training.EvaluateInput{Protocol: training.Protocol(c.Protocol), Data: c.Data, NewPairs: c.NewPairs, NoChoice: c.NoChoose}
	settings, err := c.settings()
	if err != nil {
		return err
	}
	in.Config, in.Events = &settings.Recipe, settings.Weighing
	if in.Cut, err = dayOf("cut", c.Cut); err != nil {
		return err
	}
	if in.Until, err = dayOf("until", c.Until); err != nil {
		return err
	}
	if in.Protocol == training.Gowalla {
		if c.Data == "" {
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
	p := newProgress()
	defer p.done()
	in.Progress = func(epoch, epochs int) { p.say("epoch %d of %d", epoch, epochs) }
	e, err := training.Evaluate(ctx, in)
	p.done()
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(e)
	}
	fmt.Printf("%s: %d users and %d products, trained on %d pairs in %.1f s\n", e.Protocol, e.Users, e.Items, e.Entries, e.TrainSeconds)
	if e.Chosen != "" {
		fmt.Printf("  %s\n", e.Chosen)
	}
	printMetrics(os.Stdout, e.Metrics)
	more := []*training.Metrics{e.Metrics.Repeats, e.Metrics.NeverSold}
	for _, n := range slices.Sorted(maps.Keys(e.Metrics.After)) {
		more = append(more, e.Metrics.After[n])
	}
	for _, m := range more {
		if m != nil {
			printMetrics(os.Stdout, *m)
		}
	}
	return nil
}

// dayOf reads a flag's day; the zero time if it is not given.
func dayOf(flag, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return at, shop.Errorf(shop.BadUserInput, flag, "%q is not a day: write it like 2022-10-01", text)
	}
	return at, nil
}
