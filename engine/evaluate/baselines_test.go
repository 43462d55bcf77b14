package evaluate_test

import (
	"testing"

	"also/engine/enginetest"
	"also/engine/evaluate"
)

func TestBaselinesBeatChance(t *testing.T) {
	train, held := enginetest.Planted{Users: 600, Items: 300, Entries: 15_000, Clusters: 12, Noise: .1, Seed: 4}.Split(.2)
	ease, err := evaluate.EASE(t.Context(), train, 20)
	if err != nil {
		t.Fatal(err)
	}
	var last float64
	for _, c := range []struct {
		name   string
		scorer evaluate.Scorer
	}{{"random", evaluate.Random(train.Cols, 1)}, {"popularity", evaluate.Popularity(train)}, {"item-kNN", evaluate.ItemKNN(train, 50)}, {"EASE", ease}} {
		r, err := evaluate.Evaluate(t.Context(), c.scorer, train, held, evaluate.Options{K: 10})
		if err != nil {
			t.Fatal(err)
		}
		got := r.Mean(evaluate.NDCG)
		t.Logf("%s: nDCG@10 %.4f", c.name, got)
		if c.name != "EASE" && got <= last || c.name == "EASE" && got < .8*last {
			t.Errorf("%s: nDCG@10 %.4f, the one before %.4f", c.name, got, last)
		}
		last = got
	}
}
