package engine

import (
	"fmt"
	"math"
)

// Objective names what training minimises: how the weight w and the target
// term b of an entry are to be read. It is part of a model, so that fold-in
// cannot serve it with another's mathematics.
type Objective string

const (
	// IALS is Rendle et al.: w = b = c, the confidence of an observed entry,
	// which adds to the unobserved weight α0. Negative feedback is b = −c.
	IALS Objective = "IALS"
	// HKV is Hu, Koren and Volinsky, and Spark's MLlib: w = α·r, b = 1 + α·r,
	// and α0 = 1.
	HKV Objective = "HKV"
	// ALSWR is explicit feedback, Zhou et al. 2008: w = 1, b = the rating
	// (best centred by the caller), α0 = 0; with ν = 1, λ_u = λ·|S_u|.
	ALSWR Objective = "ALS_WR"
)

// Solver names how training solves a row. Fold-in is always exact.
type Solver string

const (
	// Auto picks per row, by a compiled-in cost model, between exact solution
	// of short rows in the dual and conjugate gradients.
	Auto Solver = "AUTO"
	// Cholesky solves every row exactly, in the primal or the dual, whichever
	// is cheaper.
	Cholesky Solver = "CHOLESKY"
	// CG takes CGSteps preconditioned conjugate-gradient steps from the row's
	// last value.
	CG Solver = "CG"
)

// MaxDim is the largest dimension a Config may ask for.
const MaxDim = 4096

// Config is the hyper-parameters of a model. It is stored with the model and
// read again by fold-in.
type Config struct {
	// Dim is the number of factors d, 1 to MaxDim. Default 64.
	Dim int `json:"dim"`
	// Epochs is the number of sweeps over users then items, from 1. Default 8.
	Epochs int `json:"epochs"`
	// Objective says how entries are read. Default IALS.
	Objective Objective `json:"objective"`
	// Unobserved is α0, the weight of every cell of the matrix: positive for
	// IALS (default 0.1), 1 for HKV (default 1), 0 for ALS_WR.
	Unobserved float64 `json:"unobserved"`
	// Lambda is the regularisation λ > 0. Default 0.003.
	Lambda float64 `json:"lambda"`
	// Nu is ν ≥ 0, the power of a row's frequency by which λ grows: 0 is one λ
	// for all, 1 is usually best. The zero value means 0; DefaultConfig says 1.
	Nu float64 `json:"nu"`
	// Seed makes the random start.
	Seed uint64 `json:"seed"`
	// Solver says how training solves rows. Default AUTO.
	Solver Solver `json:"solver"`
	// CGSteps is the number of conjugate-gradient steps per row and sweep.
	// Default 2.
	CGSteps int `json:"cgSteps"`
	// InitScale is the standard deviation of the start times √d: entries of
	// the item factors start normal with deviation InitScale/√d. Default 0.1.
	InitScale float64 `json:"initScale"`
}

// DefaultConfig returns the configuration to start from where nothing is
// known of the data: d = 64, 8 epochs, IALS with α0 = 0.1, λ = 0.003, ν = 1.
func DefaultConfig() Config {
	c, err := Config{Nu: 1}.withDefaults()
	if err != nil {
		panic("engine: DefaultConfig: " + err.Error())
	}
	return c
}

// WithDefaults fills the fields left zero and validates the rest. Its error is
// an *InvalidError.
func (c Config) WithDefaults() (Config, error) { return c.withDefaults() }

func (c Config) withDefaults() (Config, error) {
	if c.Dim == 0 {
		c.Dim = 64
	}
	if c.Epochs == 0 {
		c.Epochs = 8
	}
	if c.Objective == "" {
		c.Objective = IALS
	}
	if c.Unobserved == 0 {
		switch c.Objective {
		case IALS:
			c.Unobserved = 0.1
		case HKV:
			c.Unobserved = 1
		}
	}
	if c.Lambda == 0 {
		c.Lambda = 0.003
	}
	if c.Solver == "" {
		c.Solver = Auto
	}
	if c.CGSteps == 0 {
		c.CGSteps = 2
	}
	if c.InitScale == 0 {
		c.InitScale = 0.1
	}
	return c, c.Validate()
}

// Validate reports the first field out of its range as an *InvalidError. It
// does not fill defaults.
func (c Config) Validate() error {
	positive := func(v float64) bool { return v > 0 && v <= math.MaxFloat32 }
	switch {
	case c.Dim < 1 || c.Dim > MaxDim:
		return invalid("dim", "must be 1 to %d, is %d", MaxDim, c.Dim)
	case c.Epochs < 1:
		return invalid("epochs", "must be 1 or more, is %d", c.Epochs)
	case c.Objective != IALS && c.Objective != HKV && c.Objective != ALSWR:
		return invalid("objective", "must be %s, %s or %s, is %q", IALS, HKV, ALSWR, c.Objective)
	case c.Objective == IALS && !positive(c.Unobserved):
		return invalid("unobserved", "must be positive for %s, is %g", IALS, c.Unobserved)
	case c.Objective == HKV && c.Unobserved != 1:
		return invalid("unobserved", "must be 1 for %s, is %g", HKV, c.Unobserved)
	case c.Objective == ALSWR && c.Unobserved != 0:
		return invalid("unobserved", "must be 0 for %s, is %g", ALSWR, c.Unobserved)
	case !positive(c.Lambda):
		return invalid("lambda", "must be positive, is %g", c.Lambda)
	case !(c.Nu >= 0 && c.Nu <= 2):
		return invalid("nu", "must be 0 to 2, is %g", c.Nu)
	case c.Solver != Auto && c.Solver != Cholesky && c.Solver != CG:
		return invalid("solver", "must be %s, %s or %s, is %q", Auto, Cholesky, CG, c.Solver)
	case c.CGSteps < 1 || c.CGSteps > 1000:
		return invalid("cgSteps", "must be 1 to 1000, is %d", c.CGSteps)
	case !positive(c.InitScale):
		return invalid("initScale", "must be positive, is %g", c.InitScale)
	}
	return nil
}

// rowLambda returns λ_u of a row with n entries against a side of opposite
// rows.
func (c Config) rowLambda(n, opposite int) float64 {
	if c.Nu == 0 {
		return c.Lambda
	}
	frequency := float64(n) + c.Unobserved*float64(opposite)
	if c.Nu == 1 {
		return c.Lambda * frequency
	}
	return c.Lambda * math.Pow(frequency, c.Nu)
}

// InvalidError reports an argument or datum that the engine cannot take.
type InvalidError struct {
	// Field names what is wrong, in the JSON spelling where there is one.
	Field string
	// Message says what it must be.
	Message string
}

func (e *InvalidError) Error() string { return "engine: " + e.Field + " " + e.Message }

func invalid(field, format string, args ...any) error {
	return &InvalidError{Field: field, Message: fmt.Sprintf(format, args...)}
}

// NumericError reports a row that has no finite solution in single precision:
// weights too large, or not numbers. The model it would have spoilt is dropped.
type NumericError struct {
	// Side is "users" or "items", the side that was being solved.
	Side string
	// Row is the number of the row.
	Row int
}

func (e *NumericError) Error() string {
	return fmt.Sprintf("engine: %s row %d has no finite solution in single precision", e.Side, e.Row)
}
