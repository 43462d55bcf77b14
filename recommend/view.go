package recommend

import (
	"sync/atomic"

	"also/catalogue"
	"also/engine"
)

// view is a model together with the products folded into it since, and where
// both lie in the catalogue. It is immutable but for what it remembers.
type view struct {
	model   *Model
	overlay *overlay // products after the model's columns; never nil
	blend   *engine.Blend
	places  atomic.Pointer[places]
	allowed atomic.Pointer[allowed]
}

// overlay is products that a model does not know, folded in from their first
// buyers.
type overlay struct {
	model   *Model
	skus    []string // the model's number of columns counts on from these
	columns map[string]int32
	factors []engine.Factors // by set of factors
	priors  []prior          // by product: what its vectors have of its attributes
}

// prior is the part of a new product's vectors that its attributes foretold.
type prior struct {
	vectors [][]float32 // by set of factors; nil: nothing
	words   string      // "category and vendor"
	whole   bool        // they are all that the vectors have
}

// prior returns what of the vectors of a column its attributes foretold.
func (v *view) prior(column int32) prior {
	if k := int(column) - len(v.model.SKUs); k >= 0 {
		return v.overlay.priors[k]
	}
	return prior{}
}

// newOverlay returns an overlay without products.
func newOverlay(m *Model) *overlay {
	o := &overlay{model: m, columns: map[string]int32{}}
	for _, f := range m.Parts.Factors {
		o.factors = append(o.factors, engine.Factors{Dim: f.Model.Config.Dim})
	}
	return o
}

func newView(m *Model, o *overlay) (*view, error) {
	if o == nil || o.model != m {
		o = newOverlay(m)
	}
	blend, err := m.blend.WithOverlay(o.factors)
	if err != nil {
		return nil, err
	}
	return &view{model: m, overlay: o, blend: blend}, nil
}

// column returns the column of a sku, -1 if neither the model nor the overlay
// knows it.
func (v *view) column(sku string) int32 {
	if c, ok := v.model.columns[sku]; ok {
		return c
	}
	if c, ok := v.overlay.columns[sku]; ok {
		return c
	}
	return -1
}

func (v *view) sku(column int32) string {
	if n := len(v.model.SKUs); int(column) >= n {
		return v.overlay.skus[int(column)-n]
	}
	return v.model.SKUs[column]
}

// current returns the live view, nil without a model; release must be called
// when done.
func (s *Service) current() (v *view, release func()) {
	for {
		m, release := s.Models.Live()
		if m == nil {
			return nil, release
		}
		fresh := s.fresh.Load()
		v := s.view.Load()
		if v != nil && v.model == m && (fresh == nil || fresh.model != m || v.overlay == fresh) {
			return v, release
		}
		v, err := s.makeView(m)
		if err != nil {
			// The overlay was checked when it was made.
			s.Log.Error("lay new products over the model", "model", m.ID, "error", err)
			release()
			return nil, func() {}
		}
		return v, release
	}
}

func (s *Service) makeView(m *Model) (*view, error) {
	s.viewMu.Lock()
	defer s.viewMu.Unlock()
	fresh := s.fresh.Load()
	if v := s.view.Load(); v != nil && v.model == m && (fresh == nil || fresh.model != m || v.overlay == fresh) {
		return v, nil
	}
	v, err := newView(m, fresh)
	if err == nil {
		s.view.Store(v)
	}
	return v, err
}

// places says which catalogue number each column has, and the other way round.
// Numbers never change their product, so it holds until the catalogue has new ones.
type places struct {
	assigned int     // how many numbers the catalogue had given out
	number   []int32 // by column; -1: not in the catalogue
	column   []int32 // by number; -1: not in the model
}

func (v *view) placesIn(snap *catalogue.Snapshot) *places {
	assigned := snap.Assigned()
	if p := v.places.Load(); p != nil && p.assigned == assigned {
		return p
	}
	p := &places{assigned: assigned, number: make([]int32, v.blend.Items()), column: make([]int32, assigned)}
	for i := range p.column {
		p.column[i] = -1
	}
	for c := range p.number {
		p.number[c] = -1
		if n, ok := snap.NumberEver(v.sku(int32(c))); ok && int(n) < assigned {
			p.number[c], p.column[n] = n, int32(c)
		}
	}
	v.places.Store(p)
	return p
}

// allowed is the columns that may be recommended to anybody: those of the
// products on sale, of one version of the catalogue.
type allowed struct {
	version uint64
	columns *engine.Bitmap
}

// allow returns the columns of the eligible products; onSale says that these are
// just all that are on sale, so that the answer can be kept.
func (v *view) allow(snap *catalogue.Snapshot, eligible catalogue.Bits, onSale bool) *engine.Bitmap {
	if a := v.allowed.Load(); onSale && a != nil && a.version == snap.Version() {
		return a.columns
	}
	p := v.placesIn(snap)
	columns := engine.NewBitmap(len(p.number))
	for c, n := range p.number {
		if n >= 0 && eligible.Has(n) {
			columns.Set(int32(c))
		}
	}
	if onSale {
		v.allowed.Store(&allowed{snap.Version(), columns})
	}
	return columns
}
