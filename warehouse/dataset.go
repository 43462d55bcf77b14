package warehouse

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"also/shop"
)

// DatasetSpec says what a training set is made of. Equal specs over the same
// lake give the same bytes.
type DatasetSpec struct {
	Through Position  `json:"through"`         // events up to and including; 0: all there are
	Before  time.Time `json:"before,omitzero"` // events that occurred before; zero: no limit
	// Weighing says what they add. Ages are measured back from Before or else from the last event.
	shop.Weighing
}

// UnmarshalJSON reads a spec, also one from when half-lives were durations.
func (s *DatasetSpec) UnmarshalJSON(text []byte) error {
	type plain DatasetSpec
	read := struct {
		*plain
		HalfLife time.Duration `json:"halfLife"`
	}{plain: (*plain)(s)}
	if err := json.Unmarshal(text, &read); err != nil {
		return err
	}
	if read.HalfLife > 0 {
		s.HalfLifeDays, s.Ages = read.HalfLife.Hours()/24, shop.AgesEvent
	}
	return nil
}

// Weights is how much an event of each type says; shop.Weights states the rule.
type Weights = shop.Weights

// Dataset is a training set: a users × items matrix of signed sums, decayed where events age one by one, in
// CSR, with the ids of its rows and columns. Slices must not be written.
type Dataset struct {
	Name    string        // "through-120400-5f3a9c…": the same name, the same sums
	Spec    DatasetSpec   // as it was carried out: Through and Weights set
	Through Position      // the last event it could have seen
	At      time.Time     // when the last event it counts occurred; zero if it counts none
	Events  int64         // how many events count in it
	Users   []shop.UserID // by row, ascending
	SKUs    []string      // by column, ascending
	Ptr     []int64       // len(Users)+1
	Idx     []int32       // columns, ascending within a row
	// W and B are the sums of shop.Weights' rule; Spec's Entry says what they mean to a model. W is not
	// above 0 where more was returned than bought: no entry, but later events of the pair add to it.
	W, B  []float32
	First []int64 // when the pair first met, milliseconds
	Last  []int64 // and last

	usersFile  string // the id tables, for Pairs
	skusFile   string
	recordedAt time.Time
}

// Info describes the set for a model's manifest.
func (d *Dataset) Info() DatasetInfo {
	info := DatasetInfo{Name: d.Name, Spec: d.Spec, Through: d.Through, At: d.recordedAt, Events: d.Events,
		Users: len(d.Users), Items: len(d.SKUs), Entries: int64(len(d.Idx)), To: d.At}
	if len(d.First) > 0 {
		info.From = time.UnixMilli(slices.Min(d.First)).UTC()
	}
	return info
}

// withDefaults checks a spec and sets what it leaves open, but for Through.
func (s DatasetSpec) withDefaults() (DatasetSpec, error) {
	var err error
	if s.Weighing, err = s.Weighing.WithDefaults(); err != nil {
		return s, err
	}
	if s.Through < 0 {
		return s, shop.Errorf(shop.BadUserInput, "through", "%d is not a position", s.Through)
	}
	s.Before = s.Before.UTC().Truncate(time.Millisecond)
	return s, nil
}

// sums is the spec without what only says how sums are read: training sets that
// differ in nothing else are one folder.
func (s DatasetSpec) sums() DatasetSpec {
	s.Repeats = ""
	if s.EventHalfLife() == 0 {
		s.HalfLifeDays, s.Ages = 0, ""
	}
	return s
}

// name is the name of the set of a spec whose Through is set.
func (s DatasetSpec) name() string {
	text, err := json.Marshal(s) // maps by key
	if err != nil {
		panic("warehouse: DatasetSpec: " + err.Error()) // weights are finite
	}
	sum := sha256.Sum256(text)
	return fmt.Sprintf("through-%d-%s", s.Through, hex.EncodeToString(sum[:8]))
}
