package training

import (
	"context"

	"also/store"
)

// job is one worker's attempt at a run.
type job struct {
	*Service
	run   Run
	lease *store.Lease
}

// execute does the run: data set, training, evaluation, artefact, lists,
// promotion.
func (j *job) execute(ctx context.Context) error {
	return ctx.Err()
}
