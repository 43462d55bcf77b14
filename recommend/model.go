package recommend

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"also/engine"
	"also/shop"
)

// ModelInput is what a loaded artefact and its training set hold. Slices of numbers may be
// memory-mapped until Close is called; the texts of SKUs may not: answers carry them on. Nothing of it may
// change.
type ModelInput struct {
	ID             string
	TrainedThrough int64     // position in the lake
	TrainedAt      time.Time // recorded-at of the last event trained on

	Users []shop.UserID // by row, ascending
	SKUs  []string      // by column, ascending
	Parts engine.Parts
	// Features is what the features of Parts.Attributes stand for, ascending: shop.Features.
	Features []int64

	// Sums are the signed sums w and b of every pair of the training set, users × items, before
	// Weighing.Entry; pairs that are owed (w ≤ 0) are in Owed, of the same shape, if there are any.
	Sums, Owed *engine.Matrix
	// Last is when each pair of Sums last met, in milliseconds; nil if not known.
	Last []int64
	// Bought has a bit for each pair of Sums that was bought; nil: those that weigh as much as a purchase, or, as
	// decay hides that, all pairs when events age.
	Bought []uint64

	// Repeats is how often each user bought each product, users × items; nil if not known.
	Repeats *engine.Repeats

	// Alike is where the mathematics begins with shoppers of whom little is known, Traits what its features
	// stand for, ascending: shop.Trait; nil if not known.
	Alike  *engine.Alike
	Traits []int64

	Weighing shop.Weighing // of events, by which Sums were made and are read; zero: the default
	AgedAt   time.Time     // the moment from which ages are measured, to which sums are decayed; zero: TrainedAt

	// Close unmaps what the model holds; called once, after the last reader. Nil: nothing to do.
	Close func()
}

// Model is a model ready to answer. Readers hold it by Models.
type Model struct {
	ModelInput
	columns map[string]int32
	blend   *engine.Blend
	rhythm  *engine.Rhythm

	newsOnce sync.Once
	news     *engine.Newcomers
	newsErr  error

	refs atomic.Int64
}

// NewModel prepares a model for serving: one pass over the factors. Errors are the
// engine's *InvalidError, or shop.BadUserInput where the parts do not fit together; in.Close is then
// not called.
func NewModel(in ModelInput) (*Model, error) {
	var err error
	if in.Weighing, err = in.Weighing.WithDefaults(); err != nil {
		return nil, err
	}
	if in.AgedAt.IsZero() {
		in.AgedAt = in.TrainedAt
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	m := &Model{ModelInput: in, columns: make(map[string]int32, len(in.SKUs))}
	for i, sku := range in.SKUs {
		m.columns[sku] = int32(i)
	}
	if m.blend, err = engine.NewBlend(in.Parts, engine.IndexOptions{}); err != nil {
		return nil, err
	}
	if in.Repeats != nil {
		m.rhythm = engine.NewRhythm(in.Repeats, in.AgedAt.UnixMilli())
	}
	m.refs.Store(1)
	return m, nil
}

func (in *ModelInput) check() error {
	bad := func(format string, args ...any) error {
		return shop.Errorf(shop.BadUserInput, "model", format, args...)
	}
	switch {
	case in.Sums == nil || in.Sums.Rows != len(in.Users) || in.Sums.Cols != len(in.SKUs):
		return bad("the model's training set has another shape than its id tables")
	case in.Owed != nil && (in.Owed.Rows != len(in.Users) || in.Owed.Cols != len(in.SKUs)):
		return bad("what the model's customers are owed has another shape than its id tables")
	case len(in.Parts.Factors) == 0 || in.Parts.Factors[0].Model.Items.Rows != len(in.SKUs) || in.Parts.Factors[0].Model.Users.Rows != len(in.Users):
		return bad("the model has no factors for %d customers and %d products", len(in.Users), len(in.SKUs))
	case in.Last != nil && len(in.Last) != in.Sums.Entries():
		return bad("the model has %d times for %d pairs", len(in.Last), in.Sums.Entries())
	case in.Repeats != nil && (in.Repeats.Items != len(in.SKUs) || len(in.Repeats.Ptr) != len(in.Users)+1):
		return bad("how often the model's customers bought what has another shape than its id tables")
	case in.Alike != nil && (in.Alike.Validate(in.Parts.Factors) != nil || len(in.Traits) != len(in.Alike.Size)):
		return bad("the means of the model's customers have another shape than its factors")
	case !slices.IsSorted(in.Users) || !slices.IsSorted(in.SKUs):
		return bad("the model's id tables are not sorted")
	}
	return nil
}

// Knows reports whether the model was trained on a sku.
func (m *Model) Knows(sku string) bool {
	_, ok := m.columns[sku]
	return ok
}

// row returns a user's row of the training set, -1 if there is none.
func (m *Model) row(u shop.UserID) int {
	if i, ok := slices.BinarySearch(m.Users, u); ok {
		return i
	}
	return -1
}

// bought reports whether pair k of Sums says that the product was bought.
func (m *Model) bought(k int64, w float32) bool {
	if m.Bought != nil {
		return m.Bought[k>>6]>>(k&63)&1 != 0
	}
	const rounding = 1e-3
	return m.Weighing.EventHalfLife() > 0 || float64(w) >= m.Weighing.Weights[shop.Purchase]-rounding
}

// newcomers returns what new products are folded in with, prepared when first asked.
func (m *Model) newcomers() (*engine.Newcomers, error) {
	m.newsOnce.Do(func() {
		typical := float64(m.Sums.Entries()) / float64(max(1, len(m.SKUs)))
		m.news, m.newsErr = engine.NewNewcomers(m.Parts.Factors, typical)
	})
	return m.news, m.newsErr
}

// acquire adds a reader; false if the model was closed.
func (m *Model) acquire() bool {
	for {
		n := m.refs.Load()
		if n <= 0 {
			return false
		}
		if m.refs.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// release takes a reader away; the last one closes the model.
func (m *Model) release() {
	if m.refs.Add(-1) == 0 && m.Close != nil {
		m.Close()
	}
}

// Models holds the live model of a process. The zero value has none. It is safe for
// concurrent use.
type Models struct {
	live    atomic.Pointer[Model]
	mu      sync.Mutex
	waiters map[chan struct{}]struct{}
}

// Swap makes m, nil for none, the live model. The one it replaces is closed after its
// last reader. A model can be live once.
func (h *Models) Swap(m *Model) {
	old := h.live.Swap(m)
	h.mu.Lock()
	for w := range h.waiters {
		wake(w)
	}
	h.mu.Unlock()
	if old != nil {
		old.release()
	}
}

// LiveID returns the id of the live model, "" without one.
func (h *Models) LiveID() string {
	m, release := h.Live()
	defer release()
	if m == nil {
		return ""
	}
	return m.ID
}

// Live returns the live model, nil without one, which stays open until release
// is called.
func (h *Models) Live() (m *Model, release func()) {
	for {
		m := h.live.Load()
		if m == nil {
			return nil, func() {}
		}
		if m.acquire() {
			return m, m.release
		}
	}
}

// Fresh reports that there is a live model and that it does not know a sku.
func (h *Models) Fresh(sku string) bool {
	m, release := h.Live()
	defer release()
	return m != nil && !m.Knows(sku)
}

// watch returns a channel that gets a value after every Swap.
func (h *Models) watch() (c chan struct{}, stop func()) {
	c = make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.waiters == nil {
		h.waiters = map[chan struct{}]struct{}{}
	}
	h.waiters[c] = struct{}{}
	return c, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.waiters, c)
	}
}

// wake puts a value into a channel with room for one, if it is empty.
func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
