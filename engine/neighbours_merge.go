package engine

import (
	"context"
	"slices"
)

// itemLists has a list of other items and weights for each item, of up to width.
type itemLists struct {
	width int
	n     []int32
	itemList
}

// itemList is other items and their weights.
type itemList struct {
	items   []int32
	weights []float32
}

func newItemLists(items, width int) itemLists {
	return itemLists{width, make([]int32, items), itemList{hugeSlice[int32](items * width), hugeSlice[float32](items * width)}}
}

// of returns the list of an item, a view.
func (l *itemLists) of(i int32) itemList {
	if len(l.n) == 0 {
		return itemList{}
	}
	at := int(i) * l.width
	end := at + int(l.n[i])
	return itemList{l.items[at:end:end], l.weights[at:end:end]}
}

// all returns the room for the list of an item.
func (l *itemLists) all(i int32) itemList {
	at := int(i) * l.width
	return itemList{l.items[at : at+l.width], l.weights[at : at+l.width]}
}

// transposed returns the lists by the items that they had, ascending, without
// weights that are 0. l is used up.
func (l *itemLists) transposed() *Matrix {
	m := &Matrix{Rows: len(l.n), Cols: len(l.n), Ptr: make([]int64, len(l.n)+1)}
	at := 0
	for j := range l.n {
		list := l.of(int32(j))
		for k, w := range list.weights {
			if w != 0 {
				l.items[at], l.weights[at] = list.items[k], w
				at++
			}
		}
		m.Ptr[j+1] = int64(at)
	}
	m.Idx, m.W = l.items[:at], l.weights[:at]
	return m.Transpose()
}

// mostTargets is how many targets a source has at most, those of the largest weights. What
// everybody has is a source of nearly every target that few have, next to nothing of
// each, and an answer would have to add all of these up. Of so few items that it costs next
// to nothing, all may be targets.
const mostTargets, allTargets = 512, 8192

// targetsOf returns how many targets a source may have among so many items.
func targetsOf(items int) int {
	if items <= allTargets {
		return items
	}
	return mostTargets
}

// mergeNeighbours adds weights up that are given by source, targets ascending.
func mergeNeighbours(ctx context.Context, ridge *Matrix, filter itemLists, workers int) (*Neighbours, error) {
	items := max(ridge.Rows, len(filter.n))
	n := &Neighbours{Ptr: make([]int64, items+1)}
	most := targetsOf(items)
	const block = 256
	blocks := func(f func(i int, a, b itemList)) error {
		return parallel(ctx, defaultWorkers(workers), (items+block-1)/block, func(_, task int) error {
			for i := task * block; i < min((task+1)*block, items); i++ {
				var a itemList
				if ridge.Rows > 0 {
					a.items, a.weights, _ = ridge.Row(i)
				}
				f(i, a, filter.of(int32(i)))
			}
			return nil
		})
	}
	if err := blocks(func(i int, a, b itemList) { n.Ptr[i+1] = int64(min(most, distinct(a.items, b.items))) }); err != nil {
		return nil, err
	}
	for i := range items {
		n.Ptr[i+1] += n.Ptr[i]
	}
	n.Target, n.Weight = make([]int32, n.Ptr[items]), make([]float32, n.Ptr[items])
	err := blocks(func(i int, a, b itemList) {
		into := itemList{n.Target[n.Ptr[i]:n.Ptr[i+1]], n.Weight[n.Ptr[i]:n.Ptr[i+1]]}
		if whole := distinct(a.items, b.items); whole > most {
			sum := itemList{make([]int32, whole), make([]float32, whole)}
			merge(sum, a, b)
			sum.widest(into)
			return
		}
		merge(into, a, b)
	})
	if err != nil {
		return nil, err
	}
	return n, nil
}

// distinct returns how many items two ascending lists have together.
func distinct(a, b []int32) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		x, y := a[0], b[0]
		if x <= y {
			a = a[1:]
		}
		if y <= x {
			b = b[1:]
		}
		n++
	}
	return n + len(a) + len(b)
}

// merge sets sum, which is as long as it gets, to a and b together.
func merge(sum, a, b itemList) {
	i, j := 0, 0
	for k := range sum.items {
		switch {
		case j == len(b.items) || i < len(a.items) && a.items[i] < b.items[j]:
			sum.items[k], sum.weights[k] = a.items[i], a.weights[i]
			i++
		case i == len(a.items) || b.items[j] < a.items[i]:
			sum.items[k], sum.weights[k] = b.items[j], b.weights[j]
			j++
		default:
			sum.items[k], sum.weights[k] = a.items[i], a.weights[i]+b.weights[j]
			i, j = i+1, j+1
		}
	}
}

// widest sets into, which is shorter, to the items of the largest weights, in the order
// they are in; of equal ones the first.
func (l itemList) widest(into itemList) {
	sizes := make([]float32, len(l.weights))
	for k, w := range l.weights {
		sizes[k] = max(w, -w)
	}
	slices.Sort(sizes)
	least := sizes[len(sizes)-len(into.items)]
	equal := len(into.items) // how many of the least size there is room for
	for _, size := range sizes[len(sizes)-len(into.items):] {
		if size > least {
			equal--
		}
	}
	at := 0
	for k, w := range l.weights {
		size := max(w, -w)
		if size < least || size == least && equal == 0 {
			continue
		}
		if size == least {
			equal--
		}
		into.items[at], into.weights[at] = l.items[k], w
		at++
	}
}
