package commerce_test

import (
	"context"
	"encoding/json"

	"also/shop"
	"also/store"
)

// outboxEvents reads every event that commands wrote, oldest first per outbox.
func outboxEvents(ctx context.Context, st store.Store) ([]shop.Event, error) {
	after := map[string]string{}
	var out []shop.Event
	for {
		entries, err := st.Entries(ctx, after, 1000, 0)
		if err != nil || len(entries) == 0 {
			return out, err
		}
		for _, e := range entries {
			after[e.Outbox] = e.ID
			var body struct {
				Events []shop.Event `json:"events"`
			}
			if err := json.Unmarshal(e.Body, &body); err != nil {
				return nil, err
			}
			out = append(out, body.Events...)
		}
	}
}
