package engine_test

import (
	"context"
	"fmt"

	"also/engine"
)

// Two tastes: items 0 to 2 and items 3 to 5. A new user bought item 0.
func Example() {
	b := engine.NewBuilder(6, 6)
	for u := range int32(6) {
		for i := range int32(3) {
			if i != u%3 { // everyone lacks one of their own
				w := float32(3 - i) // some are liked more
				b.Add(u, u/3*3+i, w, w)
			}
		}
	}
	matrix, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	model, err := engine.Train(context.Background(), matrix, engine.Config{Dim: 2, Epochs: 10, Lambda: .1, Nu: 1}, engine.TrainOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	side, err := engine.NewSide(model.Config, model.Items)
	if err != nil {
		fmt.Println(err)
		return
	}
	index := engine.NewIndex(model.Items, engine.IndexOptions{})

	var ws engine.Workspace
	user := make([]float32, side.Dim())
	history := []engine.Entry{{Col: 0, W: 1, B: 1}}
	if err := side.FoldIn(user, history, &ws); err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range index.TopK(nil, user, 2, nil, []int32{0}, &ws) {
		share := make([]float64, len(history))
		score, err := side.Shares(share, history, side.Vector(s.Item), &ws)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("item %d, score %.1f, of which %.1f for item 0\n", s.Item, score, share[0])
	}
	// Output:
	// item 1, score 0.7, of which 0.7 for item 0
	// item 2, score 0.6, of which 0.6 for item 0
}
