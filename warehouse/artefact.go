package warehouse

import (
	"encoding/json"
	"time"
)

// Manifest describes a model artefact, the only thing that passes from
// training to serving, whoever trained it.
type Manifest struct {
	ID        string          `json:"id"`     // of its content: the first 16 hex digits of the SHA-256 over the parts' checksums and the fields below but Metrics
	Format    int             `json:"format"` // 1
	Shop      string          `json:"shop"`
	CreatedAt time.Time       `json:"createdAt"`
	Trainer   string          `json:"trainer"` // "also", "spark"
	Parts     []string        `json:"parts"`   // "factors"; later "neighbours", "gain"
	Objective string          `json:"objective"`
	Config    json.RawMessage `json:"config"` // engine.Config
	Dataset   DatasetInfo     `json:"dataset"`
	Metrics   json.RawMessage `json:"metrics,omitempty"` // training's evaluation
	Files     map[string]File `json:"files"`
}

// DatasetInfo says what a model learnt from.
type DatasetInfo struct {
	Name    string      `json:"name"`
	Spec    DatasetSpec `json:"spec"`
	Through Position    `json:"through"` // trained through
	At      time.Time   `json:"at"`      // recorded-at of that event
	Events  int64       `json:"events"`
	Users   int         `json:"users"`
	Items   int         `json:"items"`
	Entries int64       `json:"entries"`
	From    time.Time   `json:"from,omitzero"` // when the first event that counts occurred
	To      time.Time   `json:"to,omitzero"`   // and the last
}

// File is one file of an artefact or of the lake.
type File struct {
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}
