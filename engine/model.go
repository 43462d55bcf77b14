package engine

import "math"

// Factors is a dense Rows×Dim matrix, row-major.
type Factors struct {
	Rows, Dim int
	Data      []float32
}

// NewFactors returns rows×dim zeros.
func NewFactors(rows, dim int) Factors {
	return Factors{Rows: rows, Dim: dim, Data: make([]float32, rows*dim)}
}

// Row returns row i, a view.
func (f Factors) Row(i int) []float32 { return f.Data[i*f.Dim : (i+1)*f.Dim : (i+1)*f.Dim] }

// Validate reports as an *InvalidError a length that does not fit the shape or
// a value that is not finite.
func (f Factors) Validate() error {
	if f.Rows < 0 || f.Dim < 1 || f.Rows > math.MaxInt32 || len(f.Data) != f.Rows*f.Dim {
		return invalid("factors", "have %d values for %d×%d", len(f.Data), f.Rows, f.Dim)
	}
	for k, v := range f.Data {
		if !(math.Abs(float64(v)) <= math.MaxFloat32) {
			return invalid("factors", "have %g in row %d", v, k/f.Dim)
		}
	}
	return nil
}

// Model is what training returns: x_u·y_i is the score of item i for user u.
// The axes are the principal axes of the items: YᵀY is diagonal, largest first.
type Model struct {
	Config Config
	Users  Factors
	Items  Factors
	// Loss is the objective's value at these factors.
	Loss float64
}
