// Package films is what benchmarks share that stand beside other libraries: the
// matrix of a film service's size, and a Python environment with the libraries.
package films

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"also/engine"
)

// Folder returns the folder of the matrix of 136,677 × 20,108 with 9,990,682
// ones, or of one smaller by scale, and the interpreter of bench/.venv, where the
// libraries are. It makes what is missing, the libraries from the package index.
func Folder(ctx context.Context, scale float64) (matrix, python string, err error) {
	if python, err = venv(ctx, filepath.Join("bench", ".venv"), "bench/peers/requirements.txt"); err != nil {
		return "", "", err
	}
	size := strconv.FormatFloat(scale, 'g', -1, 64)
	matrix = filepath.Join("bench", "out", "films-"+size)
	if _, err := os.Stat(filepath.Join(matrix, "idx.i32")); err == nil {
		return matrix, python, nil
	}
	if err := os.MkdirAll(matrix, 0o755); err != nil {
		return "", "", err
	}
	return matrix, python, Run(ctx, python, "bench/peers/matrix.py", matrix, size)
}

// Native returns the interpreter of bench/.venv-native, where irspack is compiled
// for this machine from the latest source that the package index has of it. That
// source wants Eigen's headers: in EIGEN3_INCLUDE_DIR, or where Debian puts them
// (libeigen3-dev).
func Native(ctx context.Context) (python string, err error) {
	if os.Getenv("EIGEN3_INCLUDE_DIR") == "" {
		const debian = "/usr/include/eigen3"
		if _, err := os.Stat(filepath.Join(debian, "Eigen")); err != nil {
			return "", fmt.Errorf("no headers of Eigen: install libeigen3-dev or set EIGEN3_INCLUDE_DIR")
		}
		if err := os.Setenv("EIGEN3_INCLUDE_DIR", debian); err != nil {
			return "", err
		}
	}
	for _, flags := range []string{"CFLAGS", "CXXFLAGS"} {
		if err := os.Setenv(flags, "-O3 -march=native -DNDEBUG"); err != nil {
			return "", err
		}
	}
	return venv(ctx, filepath.Join("bench", ".venv-native"), "bench/peers/requirements-native.txt", "--no-binary", "irspack", "--no-cache-dir")
}

// venv returns the interpreter of a virtual environment with what a file of
// requirements asks for, made by pip with these options where it is missing.
func venv(ctx context.Context, dir, requirements string, options ...string) (string, error) {
	python := filepath.Join(dir, "bin", "python")
	ready := filepath.Join(dir, "ready")
	if _, err := os.Stat(ready); err == nil {
		return python, nil
	}
	if err := Run(ctx, "python3", "-m", "venv", "--clear", dir); err != nil {
		return "", err
	}
	install := append([]string{"-m", "pip", "install", "--quiet", "-r", requirements}, options...)
	if err := Run(ctx, python, install...); err != nil {
		return "", err
	}
	return python, os.WriteFile(ready, nil, 0o644)
}

// Run runs a command; its error has the end of what it said.
func Run(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %v: %w\n%s", name, args, err, out[max(0, len(out)-2000):])
	}
	return nil
}

// Read reads the CSR files that peers/matrix.py wrote; every entry is 1.
func Read(dir string) (*engine.Matrix, error) {
	ptr, err := readAll(filepath.Join(dir, "ptr.i64"), 8, func(b []byte) int64 { return int64(binary.LittleEndian.Uint64(b)) })
	if err != nil {
		return nil, err
	}
	idx, err := readAll(filepath.Join(dir, "idx.i32"), 4, func(b []byte) int32 { return int32(binary.LittleEndian.Uint32(b)) })
	if err != nil {
		return nil, err
	}
	m := &engine.Matrix{Rows: len(ptr) - 1, Ptr: ptr, Idx: idx, W: make([]float32, len(idx))}
	for k, i := range idx {
		m.Cols = max(m.Cols, int(i)+1)
		m.W[k] = 1
	}
	return m, m.Validate()
}

// ReadFactors reads users then items, float32, row-major.
func ReadFactors(path string, dim int, m *engine.Matrix) (users, items engine.Factors, err error) {
	x, err := readAll(path, 4, func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) })
	if err != nil {
		return users, items, err
	}
	if len(x) != (m.Rows+m.Cols)*dim {
		return users, items, fmt.Errorf("%s: %d values, want (%d+%d)×%d", path, len(x), m.Rows, m.Cols, dim)
	}
	cut := m.Rows * dim
	return engine.Factors{Rows: m.Rows, Dim: dim, Data: x[:cut]}, engine.Factors{Rows: m.Cols, Dim: dim, Data: x[cut:]}, nil
}

// WriteFactors writes what ReadFactors reads.
func WriteFactors(path string, model *engine.Model) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	for _, side := range []engine.Factors{model.Users, model.Items} {
		if err := binary.Write(f, binary.LittleEndian, side.Data); err != nil {
			return err
		}
	}
	return f.Close()
}

func readAll[T any](path string, size int, decode func([]byte) T) ([]T, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(b)%size != 0 {
		return nil, fmt.Errorf("%s: %d bytes are no whole number of values", path, len(b))
	}
	out := make([]T, len(b)/size)
	for i := range out {
		out[i] = decode(b[i*size:])
	}
	return out, nil
}
