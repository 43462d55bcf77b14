package engine

import (
	"math"
	"slices"
)

// Scored is an item and its score.
type Scored struct {
	Item  int32
	Score float32
}

// before orders lists: higher scores first, ties by lower item.
func (a Scored) before(b Scored) bool {
	return a.Score > b.Score || a.Score == b.Score && a.Item < b.Item
}

// IndexOptions are choices of an Index.
type IndexOptions struct {
	// NoSimilar leaves out what Similar needs, a byte per value of the items;
	// Similar then looks at every item.
	NoSimilar bool
}

// Index answers exact top-K questions over item factors. It is immutable and
// safe for concurrent use; the factors it was made of must not change. It takes
// two bytes per value of them beside.
type Index struct {
	items Factors
	extra Factors
	norms []float32 // |y_i|, extra rows last
	// scores and cosines bound what they are named after; nil where there are
	// too few items for it to pay.
	scores, cosines *byteTable
}

// ScanStats says how much of an index a question looked at.
type ScanStats struct {
	// Items is how many items there are, Bounded for how many a bound was
	// computed, Scored how many were scored in full.
	Items, Bounded, Scored int
}

// NewIndex prepares item factors for top-K.
func NewIndex(items Factors, opts IndexOptions) *Index {
	x := &Index{items: items, extra: Factors{Dim: items.Dim}, norms: appendNorms(nil, items)}
	if items.Rows >= fewItems {
		x.scores = newByteTable(items, x.norms, false)
		if !opts.NoSimilar {
			x.cosines = newByteTable(items, x.norms, true)
		}
	}
	return x
}

// fewItems is up to how many items every one is scored in full.
const fewItems = 256

func appendNorms(norms []float32, f Factors) []float32 {
	for i := range f.Rows {
		norms = append(norms, norm(f.Row(i)))
	}
	return norms
}

func norm(x []float32) float32 { return float32(norm64(x)) }

func norm64(x []float32) float64 { return math.Sqrt(squared(x)) }

// WithOverlay returns an index that also has extra items, numbered from the
// number of the model's items. It shares memory with x and extra, and replaces
// any overlay of x. The dimensions must agree, or it panics.
func (x *Index) WithOverlay(extra Factors) *Index {
	if extra.Rows > 0 && extra.Dim != x.items.Dim {
		panic("engine: Index.WithOverlay: dimensions differ")
	}
	o := *x
	o.extra = extra
	o.norms = appendNorms(slices.Clip(x.norms[:x.items.Rows]), extra)
	return &o
}

// Items returns the number of items, overlay included.
func (x *Index) Items() int { return x.items.Rows + x.extra.Rows }

// Dim returns the dimension.
func (x *Index) Dim() int { return x.items.Dim }

// Vector returns the factors of an item, a view, or nil where there is none.
func (x *Index) Vector(item int32) []float32 {
	switch i := int(item); {
	case i < 0 || i >= x.Items():
		return nil
	case i < x.items.Rows:
		return x.items.Row(i)
	default:
		return x.extra.Row(i - x.items.Rows)
	}
}

// TopK appends to dst[:0] the k items with the highest scores user·y, exactly:
// no item is missed, ties go to the lower number. filter, if not nil, holds the
// items allowed; exclude lists further items to leave out, ascending. Fewer
// than k come back when no more are allowed. It does not allocate once dst and
// ws have grown.
func (x *Index) TopK(dst []Scored, user []float32, k int, filter *Bitmap, exclude []int32, ws *Workspace) []Scored {
	if len(user) != x.Dim() {
		panic("engine: Index.TopK: wrong length")
	}
	return x.search(dst, question{user: user, k: k, filter: filter, exclude: exclude}, x.scores, ws)
}

// Similar appends to dst[:0] the k items nearest to item by the cosine of
// their factors, without item itself. An item with zero factors has none, and
// is near none; an unknown item has none. Otherwise as TopK.
func (x *Index) Similar(dst []Scored, item int32, k int, filter *Bitmap, exclude []int32, ws *Workspace) []Scored {
	v := x.Vector(item)
	if v == nil || x.norms[item] == 0 {
		return dst[:0]
	}
	target := grow(&ws.vec[0], len(v))
	scale(target, 1/x.norms[item], v)
	return x.search(dst, question{user: target, k: k, filter: filter, exclude: exclude, cosine: true, self: item + 1}, x.cosines, ws)
}
