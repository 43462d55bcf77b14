package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// environment is where the entrants live. irspack compiled for the machine is
// not among them: version 0.5.2 has no source distribution in the index.
type environment struct {
	self   string // our own command
	python string // with the peers as shipped
}

// prepare makes what is missing: our command, the Python environments, the matrix.
func prepare(ctx context.Context, o options) (*environment, error) {
	e := &environment{self: filepath.Join(o.out, "self")}
	if err := sh(ctx, "go", "build", "-o", e.self, "./bench/train"); err != nil {
		return nil, err
	}
	var err error
	if e.python, err = venv(ctx, "bench/.venv"); err != nil {
		return nil, err
	}
	matrix := filepath.Join(o.out, "matrix")
	if _, err := os.Stat(filepath.Join(matrix, "idx.i32")); err == nil {
		return e, nil
	}
	if err := os.MkdirAll(matrix, 0o755); err != nil {
		return nil, err
	}
	return e, sh(ctx, e.python, "bench/train/peers/matrix.py", matrix, num(o.scale))
}

// venv returns the interpreter of a virtual environment with the peers in it.
func venv(ctx context.Context, dir string) (string, error) {
	python := filepath.Join(dir, "bin", "python")
	ready := filepath.Join(dir, "ready")
	if _, err := os.Stat(ready); err == nil {
		return python, nil
	}
	if err := sh(ctx, "python3", "-m", "venv", "--clear", dir); err != nil {
		return "", err
	}
	args := []string{"-m", "pip", "install", "--quiet", "-r", "bench/train/peers/requirements.txt"}
	if err := sh(ctx, python, args...); err != nil {
		return "", err
	}
	return python, os.WriteFile(ready, nil, 0o644)
}

func sh(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %v: %w\n%s", name, args, err, out[max(0, len(out)-2000):])
	}
	return nil
}
