package training

import (
	"time"

	"also/engine"
)

// Protocol names a way to judge a configuration.
type Protocol string

// The protocols.
const (
	// Gowalla reads train.txt[.gz] and test.txt[.gz] of a folder, a line a user
	// ("user item item …"), as published splits come.
	Gowalla Protocol = "gowalla"
	// TimeSplit trains on events before a day and asks for the pairs bought from it on.
	TimeSplit Protocol = "time-split"
	// LeaveOneOut hides one bought product of each user, the last one.
	LeaveOneOut Protocol = "leave-one-out"
	// StrongGeneralisation hides a tenth of the users from training, folds them in from
	// four fifths of what they bought, and asks for the rest.
	StrongGeneralisation Protocol = "strong-generalisation"
)

// EvaluateInput says what to judge and how.
type EvaluateInput struct {
	Protocol Protocol
	Data     string         // folder of the published files; Gowalla only
	Lake     Lake           // all others
	Cut      time.Time      // first day of the test; TimeSplit only; zero: the last tenth of the days
	NewPairs bool           // TimeSplit: ask only for pairs not bought before the cut
	Config   *engine.Config // fields left zero come from the data; nil: all of them
	Workers  int            // default all cores
}
