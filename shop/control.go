package shop

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

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

// Control records of customers, as the store reads them and an import writes
// them: "customer/<user>" holds the Customer, "extid/<hash>" ties the shop's
// own customer id to a user.

// CustomerControl returns the control record of a customer; User must be set.
func CustomerControl(c Customer) (ControlRecord, error) {
	value, err := json.Marshal(c)
	return ControlRecord{Name: "customer/" + c.User.String(), Value: value}, err
}

// ExternalControl returns the control record that ties the shop's own customer
// id to a user. The id is hashed in the name, since it may be of any length.
func ExternalControl(id string, user UserID) (ControlRecord, error) {
	sum := sha256.Sum256([]byte(id))
	value, err := json.Marshal(struct {
		ID   string `json:"id"`
		User UserID `json:"user"`
	}{id, user})
	return ControlRecord{Name: "extid/" + hex.EncodeToString(sum[:]), Value: value}, err
}
