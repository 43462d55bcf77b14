// Package training drives the life of a model: a run takes a data set from the
// lake, trains, evaluates, and ends in a candidate; promotion makes a candidate
// the live model, and rolling back takes it back.
package training

import (
	"time"

	"also/warehouse"
)

// RunKind says how much a run solves again.
type RunKind string

// The kinds of a run.
const (
	Full        RunKind = "FULL"        // everything
	Incremental RunKind = "INCREMENTAL" // the rows that events since the live model touched
)

// RunState is where a run stands.
type RunState string

// The states of a run; the last three are final.
const (
	Queued    RunState = "QUEUED"
	Running   RunState = "RUNNING"
	Done      RunState = "DONE"
	Failed    RunState = "FAILED"
	Cancelled RunState = "CANCELLED"
)

// Phase is what a running run does now.
type Phase string

// The phases, in order.
const (
	PhaseDataset  Phase = "DATASET"
	PhaseChoose   Phase = "CHOOSE"
	PhaseTrain    Phase = "TRAIN"
	PhaseEvaluate Phase = "EVALUATE"
	PhaseSave     Phase = "SAVE"
	PhasePublish  Phase = "PUBLISH"
)

// StartInput says what to train. The zero value is a full run with defaults.
type StartInput struct {
	Kind    RunKind
	Config  *Config                // nil: the defaults
	Tuning  string                 // take the best settings of this tuning, instead of Config and Dataset
	Dataset *warehouse.DatasetSpec // nil: all, with the default weights
	// NoChoice takes weights that are not given from the data's size, instead of choosing them by what foretells best.
	NoChoice bool
	Promote  bool // make the candidate live when it is not worse than the live model on the same hold-out
}

// Run is one training run.
type Run struct {
	ID          string                `json:"id"`
	Kind        RunKind               `json:"kind"`
	State       RunState              `json:"state"`
	Phase       Phase                 `json:"phase,omitempty"`
	Epoch       int                   `json:"epoch"`            // finished
	Epochs      int                   `json:"epochs"`           // 0: not known yet
	Losses      []float64             `json:"losses,omitempty"` // by epoch
	Rate        float64               `json:"rate,omitempty"`   // matrix entries a second, both sides counted
	TimeLeft    time.Duration         `json:"timeLeft,omitempty"`
	QueuedAt    time.Time             `json:"queuedAt"`
	StartedAt   *time.Time            `json:"startedAt,omitempty"`
	EndedAt     *time.Time            `json:"endedAt,omitempty"`
	Worker      string                `json:"worker,omitempty"`
	Attempts    int                   `json:"attempts"` // how many workers took it
	Config      Config                `json:"config"`
	Dataset     warehouse.DatasetSpec `json:"dataset"`
	NoChoice    bool                  `json:"noChoice,omitempty"`
	Chosen      string                `json:"chosen,omitempty"` // how Config's weights came about, for people; empty: they are not settled, or were not chosen
	Promote     bool                  `json:"promote"`
	Model       string                `json:"model,omitempty"`    // the candidate
	Promoted    bool                  `json:"promoted,omitempty"` // the candidate went live
	Note        string                `json:"note,omitempty"`     // for people: why it was not promoted, or how far an incremental run drifted
	Error       string                `json:"error,omitempty"`    // what to do, for people
	ErrorCode   string                `json:"errorCode,omitempty"`
	CancelAsked bool                  `json:"cancelAsked,omitempty"`
	Log         []Line                `json:"log,omitempty"` // the latest logLines of it
	LogDropped  int                   `json:"logDropped,omitempty"`
}

// ModelState says what a model is to the shop.
type ModelState string

// The states of a model.
const (
	Candidate ModelState = "CANDIDATE"
	Live      ModelState = "LIVE"
	Previous  ModelState = "PREVIOUS" // what rolling back returns to
	Retired   ModelState = "RETIRED"  // was live before that
)

// Model is one artefact as the admin sees it.
type Model struct {
	Manifest warehouse.Manifest
	State    ModelState
	Metrics  Metrics
	Label    Label
}

// Metrics is what a run measured on its hold-out, with 95 % bootstrap intervals, beside baselines on the
// same hold-out.
type Metrics struct {
	Protocol  string                        `json:"protocol"` // how the hold-out was cut, in words
	Users     int                           `json:"users"`
	Model     map[string]Measure            `json:"model"`     // "recall@20", "ndcg@20", "coverage@20", …
	Baselines map[string]map[string]Measure `json:"baselines"` // "popularity", "random"
	// Better is how much more the model has than each baseline, user by user.
	Better map[string]map[string]Measure `json:"better,omitempty"`
	// Repeats is how well it is foretold what customers buy again, where the hold-out is cut by time.
	Repeats *Metrics `json:"repeats,omitempty"`
	// NeverSold is how well it is foretold who buys what had never been sold before, there too.
	NeverSold *Metrics `json:"neverSold,omitempty"`
	// After is the same once so many of those who bought a product that was hidden whole, or of the products that
	// a hidden customer bought, are known: the first ones.
	After map[int]*Metrics `json:"after,omitempty"`
	// Drift is how far rows that an incremental run left alone are from where a solve would put them, as
	// a share of their length; 0 for a full run.
	Drift float64 `json:"drift,omitempty"`
}

// Final reports whether the run is over.
func (r Run) Final() bool { return r.State == Done || r.State == Failed || r.State == Cancelled }

// Took returns how long the run took, until now if it goes on; 0 before it starts.
func (r Run) Took(now time.Time) time.Duration {
	switch {
	case r.StartedAt == nil:
		return 0
	case r.EndedAt != nil:
		return r.EndedAt.Sub(*r.StartedAt)
	}
	return now.Sub(*r.StartedAt)
}

// Measure is a mean with its interval.
type Measure struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}
