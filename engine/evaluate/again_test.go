package evaluate_test

import (
	"context"
	"testing"

	"also/engine"
	"also/engine/evaluate"
)

func TestAgain(t *testing.T) {
	r := &engine.Repeats{Items: 4, Ptr: []int64{0, 3, 3}}
	r.Append(0, engine.Taken{Times: 5, First: 0, Last: 60_000})
	r.Append(2, engine.Taken{Times: 5, First: 0, Last: 120_000})
	r.Append(3, engine.Taken{Times: 1, First: 0, Last: 180_000})
	ones := []float32{1, 1, 1}
	history := &engine.Matrix{Rows: 2, Cols: 4, Ptr: []int64{0, 3, 3}, Idx: []int32{0, 2, 3}, W: ones, B: ones}
	held := &engine.Matrix{Rows: 2, Cols: 4, Ptr: []int64{0, 1, 1}, Idx: []int32{2}, W: ones[:1], B: ones[:1]}
	first := func(s evaluate.Scorer, want float64) {
		t.Helper()
		report, err := evaluate.Evaluate(context.Background(), s, history, held, evaluate.Options{K: 1, IncludeSeen: true})
		if err != nil || len(report.Users) != 1 || report.Mean(evaluate.Recall) != want {
			t.Errorf("%+v, %v, want recall %g", report, err, want)
		}
	}
	first(evaluate.MostFrequent(r), 1) // as often as item 0, and later
	first(evaluate.MostRecent(r), 0)
	first(evaluate.Again(r, func(item int32, _ engine.Taken) float64 { return float64(item % 3) }), 1)
}
