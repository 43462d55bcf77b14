package evaluate_test

import (
	"testing"

	"also/engine"
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

// A user of two items says more of how they go together than one of many does.
func TestItemKNNWeighsUsersByTheirLength(t *testing.T) {
	b := engine.NewBuilder(3, 12)
	for _, pair := range [][2]int32{{0, 0}, {0, 1}, {1, 0}, {1, 2}, {2, 0}} {
		b.Add(pair[0], pair[1], 1, 1)
	}
	for i := int32(3); i < 12; i++ { // user 1 has many more, which cosines of counts do not see
		b.Add(1, i, 1, 1)
	}
	train, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	var best []engine.Scored
	err = evaluate.ItemKNN(train, 12).NewRanker().Rank([]evaluate.User{{Row: 2, History: train.AppendRow(nil, 2), Exclude: []int32{0}}}, 12, nil,
		func(_ int, list []engine.Scored) { best = append(best, list...) })
	if err != nil || len(best) != 11 || best[0].Item != 1 || !(best[0].Score > 1.5*best[1].Score) {
		t.Fatalf("near item 0 are %v, %v; want 1 first, by far", best, err)
	}
}
