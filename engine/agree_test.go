package engine_test

import (
	"slices"
	"testing"

	"also/engine"
)

func TestAgree(t *testing.T) {
	m, model := trained(t, smallConfig())
	users := []int32{3, 40, 41, 499}
	same, err := engine.Agree(t.Context(), model, model, m, users, engine.AgreeOptions{K: 10})
	if err != nil || !(same.Overlap > 1-1e-12) || !(same.RankBiased > 1-1e-12) || same.Users != 4 {
		t.Errorf("a model and itself: %+v, %v", same, err)
	}
	cfg := smallConfig()
	cfg.Seed = 99
	_, other := trained(t, cfg)
	near, err := engine.Agree(t.Context(), model, other, m, users, engine.AgreeOptions{K: 10})
	if err != nil || !(near.Overlap > .2 && near.Overlap < 1) {
		t.Errorf("another seed: %+v, %v", near, err)
	}
	// The same items turned round: the worst first.
	far := *model
	far.Users.Data = slices.Clone(model.Users.Data)
	for k := range far.Users.Data {
		far.Users.Data[k] = -far.Users.Data[k]
	}
	if g, err := engine.Agree(t.Context(), model, &far, m, users, engine.AgreeOptions{K: 10}); err != nil || !(g.Overlap < .1 && g.RankBiased < near.RankBiased) {
		t.Errorf("turned round: %+v, %v", g, err)
	}
	// A model with fewer users is compared on those it has.
	small := *model
	small.Users.Rows, small.Users.Data = 40, model.Users.Data[:40*24]
	if g, err := engine.Agree(t.Context(), &small, model, nil, users, engine.AgreeOptions{}); err != nil || g.Users != 1 {
		t.Errorf("fewer users: %+v, %v", g, err)
	}
	if _, err := engine.Agree(t.Context(), model, model, nil, []int32{-1}, engine.AgreeOptions{}); err == nil {
		t.Error("an unknown user was taken")
	}
}
