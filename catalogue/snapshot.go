package catalogue

import (
	"sync"
	"sync/atomic"

	"also/shop"
)

// numbers gives skus dense numbers, for as long as the process lives.
type numbers struct {
	bySKU sync.Map // string → int32
	next  atomic.Int32

	versions atomic.Uint64 // of snapshots
	lexicon  lexicon
}

func newNumbers() *numbers { return &numbers{} }

func (n *numbers) of(sku string) (int32, bool) {
	v, ok := n.bySKU.Load(sku)
	if !ok {
		return -1, false
	}
	return v.(int32), true
}

// take returns a sku's number, a new one if it has none. Only one goroutine
// calls it at a time.
func (n *numbers) take(sku string) int32 {
	if i, ok := n.of(sku); ok {
		return i
	}
	i := n.next.Load()
	n.bySKU.Store(sku, i)
	n.next.Add(1) // after the sku can be found, so that Assigned never counts one that cannot
	return i
}

// Snapshot is the catalogue at one moment. It is immutable.
type Snapshot struct {
	version    uint64
	numbers    *numbers
	pages      []*page
	size       int
	vendors    *vendors
	categories *tree
	ranks      map[int32]int32 // of the best-sellers, from 0
	counts     *lazyCounts
}

// Version rises with every change of the catalogue.
func (s *Snapshot) Version() uint64 { return s.version }

// Len returns how many products there are, of any status.
func (s *Snapshot) Len() int { return s.size }

// Number returns the dense number of a sku, and false if there is no such product.
func (s *Snapshot) Number(sku string) (int32, bool) {
	i, ok := s.numbers.of(sku)
	if !ok || s.At(i) == nil {
		return -1, false
	}
	return i, true
}

// Assigned returns how many numbers were ever given out; it never falls while the process lives. A
// product keeps its number for good, so what was computed from numbers holds until Assigned rises.
func (s *Snapshot) Assigned() int { return int(s.numbers.next.Load()) }

// NumberEver is Number also for products that are gone or that a later snapshot
// brings.
func (s *Snapshot) NumberEver(sku string) (int32, bool) { return s.numbers.of(sku) }

// At returns the product with a number, nil if there is none. It is shared and
// must not be changed.
func (s *Snapshot) At(number int32) *shop.Product {
	at := int(number) / pageSize
	if number < 0 || at >= len(s.pages) || s.pages[at] == nil {
		return nil
	}
	return s.pages[at].rows[number%pageSize]
}

// Product returns a product, nil for an unknown sku. It is shared and must not
// be changed.
func (s *Snapshot) Product(sku string) *shop.Product {
	i, ok := s.numbers.of(sku)
	if !ok {
		return nil
	}
	return s.At(i)
}

// Products returns one product per sku, nil for an unknown one.
func (s *Snapshot) Products(skus []string) []*shop.Product {
	out := make([]*shop.Product, len(skus))
	for i, sku := range skus {
		out[i] = s.Product(sku)
	}
	return out
}

// Bits is a set of numbers, as engine.Bitmap's words: number i is bit i%64 of word
// i/64.
type Bits []uint64

// Has reports whether i is in the set.
func (b Bits) Has(i int32) bool {
	w := int(i) >> 6
	return uint(w) < uint(len(b)) && b[w]>>(uint(i)&63)&1 != 0
}

// Clear takes i out of the set.
func (b Bits) Clear(i int32) {
	if b.Has(i) {
		b[i>>6] &^= 1 << (uint(i) & 63)
	}
}
