package warehouse

import (
	"time"

	"also/shop"
)

// DatasetSpec says what a training set is made of. Equal specs over the same
// lake give the same bytes.
type DatasetSpec struct {
	Through Position  `json:"through"`         // events up to and including; 0: all there are
	Before  time.Time `json:"before,omitzero"` // events that occurred before; zero: no limit
	Weights Weights   `json:"weights"`
	// HalfLife is the age at which an event counts half, measured back from Before or else from the
	// last event; 0: no decay.
	HalfLife time.Duration `json:"halfLife,omitempty"`
}

// Weights is how much one event of a type adds to the weight (w) and to the
// target term (b) of its user–item entry. A return subtracts from both what its purchase added
// (never below zero); a rejection adds w with b = 0 or below.
type Weights map[shop.EventType]float64

// Dataset is a training set: a users × items matrix of signed, decayed weights,
// in CSR, with the ids of its rows and columns. Slices may be memory-mapped and must not be written.
type Dataset struct {
	Name    string        // "through-120400-5f3a9c…": the same name, the same bytes
	Through Position      // the last event it could have seen
	Events  int64         // how many events count in it
	Users   []shop.UserID // by row, ascending
	SKUs    []string      // by column, ascending
	Ptr     []int64       // len(Users)+1
	Idx     []int32       // columns, ascending within a row
	W, B    []float32     // W ≥ 0
	First   []int64       // when the pair first met, milliseconds
	Last    []int64       // and last
}
