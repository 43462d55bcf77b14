package shop

import "encoding/json"

// ControlRecord is the latest value of something that is not an event and
// must not be lost: a key, credentials, a session, a training run, the live
// pointer. The latest value per name counts; a null value deletes. Control
// records share the journal with the events but never reach the lake's tables,
// exports or logs.
type ControlRecord struct {
	Name  string          `json:"name"` // kind/id, for example "session/3f2a…"
	Value json.RawMessage `json:"value"`
}

// Deleted reports whether the record removes its name.
func (r ControlRecord) Deleted() bool { return len(r.Value) == 0 || string(r.Value) == "null" }
