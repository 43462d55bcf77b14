package training

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"also/shop"
	"also/store"
)

// Options says what a Service works with. Store and Lake are needed; the rest
// has defaults.
type Options struct {
	Store store.Store
	Lake  Lake

	Now     func() time.Time // default time.Now
	Logger  *slog.Logger     // default: silent
	Workers int              // threads of one run; default all cores

	// LeaseFor is how long a worker that says nothing is believed to be alive. Default 20 s.
	LeaseFor time.Duration
	// Attempts is how many workers may take a run before it fails. Default 3.
	Attempts int

	Retention Retention
	Publish   Publish
}

// Retention says what is kept. The live model, the previous one and what
// they need are always kept.
type Retention struct {
	Models   int // the latest models, whatever became of them; default 5
	Datasets int // training sets of the latest positions trained on; default 2
	Runs     int // the latest runs; default 200
}

// Publish says which lists are made ahead of time when a run ends.
type Publish struct {
	Users   int           // the latest active customers get a list; default 20,000
	PerUser int           // its length; default 50
	Similar int           // length of an item's list of similar items; default 30
	Counted int           // length of a best-seller or trending list; default 100
	Trend   time.Duration // half-life of trending; default 14 days
}

func (o Options) withDefaults() (Options, error) {
	if o.Store == nil || o.Lake == nil {
		return o, errors.New("training: Options need a Store and a Lake")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	setDefault(&o.Workers, runtime.GOMAXPROCS(0))
	setDefault(&o.LeaseFor, 20*time.Second)
	setDefault(&o.Attempts, 3)
	setDefault(&o.Retention.Models, 5)
	setDefault(&o.Retention.Datasets, 2)
	setDefault(&o.Retention.Runs, 200)
	setDefault(&o.Publish.Users, 20_000)
	setDefault(&o.Publish.PerUser, 50)
	setDefault(&o.Publish.Similar, 30)
	setDefault(&o.Publish.Counted, 100)
	setDefault(&o.Publish.Trend, 14*24*time.Hour)
	return o, nil
}

// setDefault gives *v a value where it has none.
func setDefault[T int | time.Duration](v *T, value T) {
	if *v <= 0 {
		*v = value
	}
}

// Service starts, drives and judges training runs and keeps the live pointer.
// It is safe for concurrent use; any number of processes may have one over
// the same store and lake.
type Service struct {
	opts Options
	now  func() time.Time
	log  *slog.Logger

	counting sync.Mutex // held while lists are counted: it is not worth doing twice

	deriving    sync.Mutex // guards what is remembered because it costs reading the history or a model
	derived     Defaults
	differences map[[2]string]Difference
}

// New returns a Service. It starts nothing: see Work and Schedule.
func New(opts Options) (*Service, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Service{opts: opts, now: opts.Now, log: opts.Logger, differences: map[[2]string]Difference{}}, nil
}

// sleep waits for d or until ctx ends, whose error it then returns.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// notFound says that a run or model is not there.
func notFound(what, id string) error {
	return shop.Errorf(shop.NotFound, "id", "there is no %s %q", what, id)
}
