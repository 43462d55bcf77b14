package training

import (
	"testing"

	"also/engine"
)

func TestDefaultConfig(t *testing.T) {
	f := func(name string, s Stats, dim int, low, high float64) {
		t.Helper()
		cfg := DefaultConfig(s)
		if cfg.Dim != dim || cfg.Unobserved < low || cfg.Unobserved > high || cfg.Nu != 1 || cfg.Lambda != .003 {
			t.Errorf("%s: %+v, want dim %d and α0 within %g and %g", name, cfg, dim, low, high)
		}
		if err := cfg.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	f("check-ins", Stats{29_858, 40_981, 810_128}, 256, .018, .022)
	f("wholesale", Stats{2_013, 4_805, 598_087}, 64, 1, 1)
	f("a handful", Stats{20, 10, 60}, 8, 1, 1)
	f("nothing", Stats{}, 8, .002, .002)
	f("huge", Stats{50_000_000, 2_000_000, 1_000_000_000}, 256, .002, .002)
}

func TestFillKeepsWhatIsGiven(t *testing.T) {
	s := Stats{2_013, 4_805, 598_087}
	if cfg, err := fill(engine.Config{}, s); err != nil || cfg != DefaultConfig(s) {
		t.Errorf("nothing given: %+v, %v", cfg, err)
	}
	cfg, err := fill(engine.Config{Dim: 16, Seed: 7}, s)
	if err != nil || cfg.Dim != 16 || cfg.Seed != 7 || cfg.Unobserved != 1 || cfg.Nu != 1 {
		t.Errorf("some given: %+v, %v", cfg, err)
	}
	if cfg, err := fill(engine.Config{Lambda: .1}, s); err != nil || cfg.Nu != 0 || cfg.Lambda != .1 {
		t.Errorf("λ given: %+v, %v", cfg, err)
	}
	if _, err := fill(engine.Config{Lambda: -1}, s); err == nil {
		t.Error("a negative λ was taken")
	}
}
