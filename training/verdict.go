package training

import "fmt"

// Verdict is what a paired difference says of the second of two models.
type Verdict string

// The verdicts.
const (
	Better    Verdict = "BETTER"    // the whole interval lies above zero
	Worse     Verdict = "WORSE"     // the whole interval lies below zero
	Undecided Verdict = "UNDECIDED" // the interval holds zero
	Same      Verdict = "SAME"      // no user's value differs
)

// Verdict reads the measure as a paired difference.
func (m Measure) Verdict() Verdict {
	switch {
	case m.Low > 0:
		return Better
	case m.High < 0:
		return Worse
	case m == Measure{}:
		return Same
	}
	return Undecided
}

// Describe says in words what the measure, as a paired difference in what is
// called name, says of the second model.
func (m Measure) Describe(name string) string {
	switch m.Verdict() {
	case Better:
		return fmt.Sprintf("better on %s by %.4f to %.4f, 95 %%", name, m.Low, m.High)
	case Worse:
		return fmt.Sprintf("worse on %s by %.4f to %.4f, 95 %%", name, -m.High, -m.Low)
	case Same:
		return fmt.Sprintf("the same on %s for every customer", name)
	}
	return fmt.Sprintf("no clear difference on %s (between %.4f worse and %.4f better, 95 %%)", name, -m.Low, m.High)
}
