package main

import (
	"context"
	"path/filepath"

	"also/bench/films"
)

// environment is where the entrants live.
type environment struct {
	self   string // our own command
	python string // with the peers as shipped
	matrix string // its folder
}

// prepare makes what is missing: our command, the Python environment, the matrix.
func prepare(ctx context.Context, o options) (*environment, error) {
	e := &environment{self: filepath.Join(o.out, "self")}
	if err := films.Run(ctx, "go", "build", "-o", e.self, "./bench/train"); err != nil {
		return nil, err
	}
	var err error
	e.matrix, e.python, err = films.Folder(ctx, o.scale)
	return e, err
}
