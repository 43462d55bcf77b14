package engine

import (
	"math"
	"slices"

	"also/engine/kernel"
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
type IndexOptions struct{}

// Index answers exact top-K questions over item factors. It is immutable and
// safe for concurrent use; the factors it was made of must not change.
type Index struct {
	items Factors
	extra Factors
	norms []float32 // |y_i|, extra rows last
}

// NewIndex prepares item factors for top-K.
func NewIndex(items Factors, opts IndexOptions) *Index {
	return &Index{items: items, extra: Factors{Dim: items.Dim}, norms: appendNorms(nil, items)}
}

func appendNorms(norms []float32, f Factors) []float32 {
	for i := range f.Rows {
		norms = append(norms, norm(f.Row(i)))
	}
	return norms
}

func norm(x []float32) float32 { return float32(math.Sqrt(squared(x))) }

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
	return x.scan(dst, user, k, filter, exclude, ws, false)
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
	// One more, since the item itself is among them.
	list := x.scan(dst, target, k+1, filter, exclude, ws, true)
	for at, s := range list {
		if s.Item == item {
			return slices.Delete(list, at, at+1)
		}
	}
	return list[:min(k, len(list))]
}

func (x *Index) scan(dst []Scored, user []float32, k int, filter *Bitmap, exclude []int32, ws *Workspace, cosine bool) []Scored {
	if k <= 0 {
		return dst[:0]
	}
	h := topHeap{list: ws.heap[:0], k: k}
	for i := range x.Items() {
		item := int32(i)
		for len(exclude) > 0 && exclude[0] < item {
			exclude = exclude[1:]
		}
		if len(exclude) > 0 && exclude[0] == item || filter != nil && !filter.Has(item) {
			continue
		}
		score := kernel.Dot(user, x.Vector(item))
		if cosine {
			if x.norms[i] == 0 {
				continue
			}
			score /= x.norms[i]
		}
		h.offer(Scored{Item: item, Score: score})
	}
	ws.heap = h.list
	return h.sorted(dst[:0])
}
