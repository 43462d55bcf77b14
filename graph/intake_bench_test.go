package graph

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"also/shop"
)

// BenchmarkEventsRecord takes in batches of a thousand through the schema, on
// the embedded store, without the journal.
func BenchmarkEventsRecord(b *testing.B) {
	w := newWorld(b)
	const batch = 1000
	n := 0
	for b.Loop() {
		events := make([]any, batch)
		for i := range events {
			n++
			events[i] = map[string]any{"type": "PRODUCT_VIEW", "sku": fmt.Sprint("S", n%997), "customer": fmt.Sprint("c", n%5000)}
		}
		body, err := json.Marshal(map[string]any{
			"query":     `mutation($e: [EventInput!]!) { eventsRecord(input: {events: $e}) { accepted duplicates rejected { index } } }`,
			"variables": map[string]any{"e": events},
		})
		if err != nil {
			b.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		c := NewCaller(shop.Session{})
		c.Role = shop.RoleShop
		rec := httptest.NewRecorder()
		w.handler.ServeHTTP(rec, r.WithContext(WithCaller(r.Context(), c)))
		if want := fmt.Sprintf(`"accepted":%d`, batch); !bytes.Contains(rec.Body.Bytes(), []byte(want)) {
			b.Fatal(rec.Body)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "events/s")
}
