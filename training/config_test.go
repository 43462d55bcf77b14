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
	f("check-ins", Stats{Users: 29_858, Items: 40_981, Entries: 810_128}, 256, .018, .022)
	f("wholesale", Stats{Users: 2_013, Items: 4_805, Entries: 598_087, Days: 330}, 128, 1, 1)
	f("a handful", Stats{Users: 20, Items: 10, Entries: 60}, 8, 1, 1)
	f("nothing", Stats{}, 8, .002, .002)
	f("huge", Stats{Users: 50_000_000, Items: 2_000_000, Entries: 1_000_000_000}, 256, .002, .002)
}

func TestFillKeepsWhatIsGiven(t *testing.T) {
	s := Stats{Users: 2_013, Items: 4_805, Entries: 598_087, Days: 330}
	if cfg, err := fill(Config{}, s); err != nil || !cfg.Equal(DefaultConfig(s)) {
		t.Errorf("nothing given: %+v, %v", cfg, err)
	}
	cfg, err := fill(Config{Config: engine.Config{Dim: 16, Seed: 7}}, s)
	if err != nil || cfg.Dim != 16 || cfg.Seed != 7 || cfg.Unobserved != 1 || cfg.Nu != 1 {
		t.Errorf("some given: %+v, %v", cfg, err)
	}
	if cfg, err := fill(Config{Config: engine.Config{Lambda: .1}}, s); err != nil || cfg.Nu != 0 || cfg.Lambda != .1 {
		t.Errorf("λ given: %+v, %v", cfg, err)
	}
	if _, err := fill(Config{Config: engine.Config{Lambda: -1}}, s); err == nil {
		t.Error("a negative λ was taken")
	}
	none := Config{Neighbours: &engine.NeighbourConfig{}, Gain: &engine.GainConfig{}}
	if cfg, err := fill(none, s); err != nil || cfg.Neighbours != nil || cfg.Gain != nil {
		t.Errorf("parts left out: %+v, %v", cfg, err)
	}
	cfg, err = fill(Config{}, s)
	if n := cfg.Neighbours; err != nil || n == nil || n.Ridge != .27 || n.Filter != 0 || cfg.Gain == nil || cfg.Gain.Trend == 0 {
		t.Errorf("dense, with dates: %+v, %+v, %v", cfg, n, err)
	}
	cfg, err = fill(Config{}, Stats{Users: 4_338, Items: 3_665, Entries: 266_792, Days: 340})
	if n := cfg.Neighbours; err != nil || n == nil || n.Ridge != 1 || n.Filter != .32 || cfg.Gain.Trend == 0 {
		t.Errorf("between: %+v, %+v, %v", cfg, n, err)
	}
	cfg, err = fill(Config{}, Stats{Users: 50_000, Items: 50_000, Entries: 500_000})
	if n := cfg.Neighbours; err != nil || n == nil || *n != DefaultNeighbours() || cfg.Gain == nil || cfg.Gain.Popularity == 0 {
		t.Errorf("sparse, without dates: %+v, %+v, %v", cfg, n, err)
	}
}
