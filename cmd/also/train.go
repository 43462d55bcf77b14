package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"also/shop"
	"also/training"
	"also/warehouse"
)

// modelFlags are the parameters of a model; what is not given is chosen by the
// data.
type modelFlags struct {
	Dim        int     `help:"Number of factors. Default: by the size of the data."`
	Epochs     int     `help:"Sweeps over users then items. Default: 8."`
	Unobserved float64 `help:"The weight of every cell nobody touched. Default: by how dense the data are."`
	Lambda     float64 `help:"Regularisation. Default: 0.003."`
	Nu         float64 `help:"The power of a row's frequency by which regularisation grows." default:"1"`
	Seed       uint64  `help:"Makes the random start: the same seed, the same model."`
	Config     string  `help:"A file with the configuration of all parts as JSON, as tune writes it and evaluate --json prints it; flags count before it." type:"existingfile" placeholder:"FILE"`
	NoChoose   bool    `help:"Take weights of neighbours and gain that are not given from the size of the data, instead of choosing them by what best foretells the last periods."`
	HalfLife   float64 `help:"Days after which an event counts half. Default: events do not age." placeholder:"DAYS"`
}

// settings reads the file, if one is named, and lays the flags over it.
func (f modelFlags) settings() (*training.Settings, error) {
	c := &training.Settings{}
	if f.Config != "" {
		var err error
		if c, err = readSettings(f.Config); err != nil {
			return nil, err
		}
	}
	set(&c.Dim, f.Dim)
	set(&c.Epochs, f.Epochs)
	set(&c.Unobserved, f.Unobserved)
	set(&c.Lambda, f.Lambda)
	set(&c.Seed, f.Seed)
	set(&c.Weighing.HalfLifeDays, f.HalfLife)
	if f.Config == "" || f.Nu != 1 {
		c.Nu = f.Nu
	}
	return c, nil
}

// readSettings reads a file as tune writes it.
func readSettings(path string) (*training.Settings, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	c := &training.Settings{}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(c); err != nil {
		return nil, &shop.Error{Code: shop.BadUserInput, Field: "config", Message: fmt.Sprintf("%s is no configuration: %v", path, err), Err: err}
	}
	return c, nil
}

// set sets to to v unless that is zero.
func set[T comparable](to *T, v T) {
	var zero T
	if v != zero {
		*to = v
	}
}

// trainCommand trains a model in a data folder that no server holds.
type trainCommand struct {
	dataFlags
	logFlags
	modelFlags
	Incremental bool `help:"Solve again only what events since the live model touched."`
	NoPromote   bool `help:"Leave the candidate for the console to promote."`
	JSON        bool `name:"json" help:"Print the run as JSON."`
}

// Run trains, and makes the model live unless it is worse than the live one.
func (c trainCommand) Run(ctx context.Context) (err error) {
	log := quiet(c.logFlags)
	d, err := openFolder(ctx, c.dataFlags, "", log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	s, err := newServices(ctx, c.Shop, d.store, d.lake, log)
	if err != nil {
		return err
	}
	settings, err := c.settings()
	if err != nil {
		return err
	}
	in := training.StartInput{Config: &settings.Recipe, Dataset: &warehouse.DatasetSpec{Weighing: settings.Weighing}, NoChoice: c.NoChoose, Promote: !c.NoPromote}
	if c.Incremental {
		in = training.StartInput{Kind: training.Incremental, Promote: in.Promote}
	}
	run, err := s.trainNow(ctx, in)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(run)
	}
	model, err := s.training.Model(ctx, run.Model)
	if err != nil {
		return err
	}
	printModel(os.Stdout, model)
	if run.Chosen != "" {
		fmt.Printf("  %s\n", run.Chosen)
	}
	return nil
}

// trainNow does one run in this process and returns it when it is done.
func (s *services) trainNow(ctx context.Context, in training.StartInput) (training.Run, error) {
	run, err := s.training.Start(ctx, in)
	if err != nil {
		return run, err
	}
	working, stop := context.WithCancel(ctx)
	defer s.running.Wait()
	defer stop()
	s.loop(working, "train", func(ctx context.Context) error { return s.training.Work(ctx, workerName()) })
	states, err := s.training.Progress(ctx, run.ID)
	if err != nil {
		return run, err
	}
	p := newProgress()
	defer p.done()
	for run = range states {
		p.say("%s", describe(run))
	}
	p.done()
	switch {
	case run.State == training.Done:
		return run, nil
	case ctx.Err() != nil:
		return run, ctx.Err()
	case run.Error != "":
		return run, &shop.Error{Code: shop.Code(run.ErrorCode), Message: run.Error}
	}
	return run, fmt.Errorf("the run ended as %s", strings.ToLower(string(run.State)))
}

// describe says where a run is.
func describe(r training.Run) string {
	switch {
	case r.State != training.Running:
		return strings.ToLower(string(r.State))
	case r.Phase == training.PhaseTrain && len(r.Losses) > 0:
		return fmt.Sprintf("train: epoch %d of %d, loss %.6g, %.1f million entries a second", r.Epoch, r.Epochs, r.Losses[len(r.Losses)-1], r.Rate/1e6)
	}
	return strings.ToLower(string(r.Phase))
}

// printModel tells people what a model is and how good.
func printModel(w io.Writer, m training.Model) {
	info := m.Manifest.Dataset
	fmt.Fprintf(w, "model %s is %s\n  learnt from %d events: %d users, %d products, %d pairs\n", m.Manifest.ID, strings.ToLower(string(m.State)),
		info.Events, info.Users, info.Items, info.Entries)
	if m.Metrics.Protocol != "" {
		printMetrics(w, m.Metrics)
	}
}

// printMetrics tells people how good a model is, beside baselines but chance.
func printMetrics(w io.Writer, m training.Metrics) {
	fmt.Fprintf(w, "  judged by: %s, %d users\n", m.Protocol, m.Users)
	for _, name := range sortedKeys(m.Model) {
		v := m.Model[name]
		fmt.Fprintf(w, "  %-16s %.4f  (%.4f to %.4f)", name, v.Mean, v.Low, v.High)
		for _, baseline := range sortedKeys(m.Baselines) {
			if other, ok := m.Baselines[baseline][name]; ok && baseline != "random" {
				fmt.Fprintf(w, "   %s %.4f", baseline, other.Mean)
			}
		}
		fmt.Fprintln(w)
	}
}
