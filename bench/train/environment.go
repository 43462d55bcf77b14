package main

import (
	"context"
	"fmt"
	"path/filepath"

	"also/bench/films"
)

// environment is where the entrants live.
type environment struct {
	self   string // our own command
	python string // with the peers as shipped
	native string // with irspack compiled for this machine; "" where that was not possible
	matrix string // its folder
}

// prepare makes what is missing: our command, the Python environment, the matrix.
func prepare(ctx context.Context, o options) (*environment, error) {
	e := &environment{self: filepath.Join(o.out, "self")}
	if err := films.Run(ctx, "go", "build", "-o", e.self, "./bench/train"); err != nil {
		return nil, err
	}
	var err error
	if e.matrix, e.python, err = films.Folder(ctx, o.scale); err != nil {
		return nil, err
	}
	if e.native, err = films.Native(ctx); err != nil {
		fmt.Printf("without irspack-native, which could not be compiled: %v\n", err)
	}
	return e, nil
}
