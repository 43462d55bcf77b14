package tune

import (
	"encoding/json"

	"also/engine"
)

// Candidate is what a search tries: a recipe, and how entries are weighed, which is
// the caller's matter. Weighings whose JSON is the same are the same.
type Candidate[W any] struct {
	engine.Recipe
	Weighing W `json:"weighing"`
}

// key tells candidates apart.
func (c Candidate[W]) key() string { return keyOf(c) }

func keyOf(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic("tune: key: " + err.Error()) // numbers that no recipe may have
	}
	return string(text)
}

// Step is a kind of change.
type Step string

// The steps.
const (
	Start      Step = "START"      // the candidate that a search begins with
	Blend      Step = "BLEND"      // other weights and gains of the same parts
	Neighbours Step = "NEIGHBOURS" // other neighbours beside the same factors
	Factors    Step = "FACTORS"    // other factors, or entries weighed otherwise
)

// Trial is one candidate, judged.
type Trial[W any] struct {
	// Number counts from 1.
	Number int `json:"number"`
	// Step is what was changed.
	Step Step `json:"step"`
	Candidate[W]
	// Trained is how many epochs the factors had: less than Epochs on a lower rung
	// of the halving, where values are not to be compared with others'.
	Trained int `json:"trained"`
	// Blends is how many blends of the same parts were tried, of which this is the
	// best.
	Blends int `json:"blends"`
	// Value is the mean of the metric that is searched by over splits, Values that of each.
	Value  float64   `json:"value"`
	Values []float64 `json:"values"`
	// Recall and NDCG are the means over splits of both metrics.
	Recall float64 `json:"recall"`
	NDCG   float64 `json:"ndcg"`
	// Difference is Value less that of the best before, Uncertainty its standard
	// error over users; both 0 for a lower rung and the first trial.
	Difference  float64 `json:"difference"`
	Uncertainty float64 `json:"uncertainty"`
	// Best says that this became the best so far.
	Best bool `json:"best"`
	// Seconds is what the trial took, Elapsed the time from the search's beginning
	// to the trial's end.
	Seconds float64 `json:"seconds"`
	Elapsed float64 `json:"elapsed"`
	// Error says why the candidate could not be judged; empty if it was.
	Error string `json:"error,omitempty"`
}

// Whole reports whether the trial was of a whole candidate, not of a lower rung.
func (t Trial[W]) Whole() bool { return t.Error == "" && t.Trained >= t.Epochs }
