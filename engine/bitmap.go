package engine

import "math/bits"

// Bitmap is a dense set of small non-negative numbers, in 64-bit words: number
// i is bit i%64 of word i/64. Numbers past its words are not in it. Methods
// that write need a Bitmap of their own; reading is safe to share.
type Bitmap struct {
	Words []uint64
}

// NewBitmap returns an empty bitmap with room for 0 to n−1.
func NewBitmap(n int) *Bitmap { return &Bitmap{Words: make([]uint64, (n+63)/64)} }

// Has reports whether i is in the set; a negative i never is.
func (b *Bitmap) Has(i int32) bool {
	word := int(i) >> 6
	return uint(word) < uint(len(b.Words)) && b.Words[word]>>(uint(i)&63)&1 != 0
}

// Set puts i ≥ 0 into the set, which grows as needed.
func (b *Bitmap) Set(i int32) {
	b.grow(int(i)>>6 + 1)
	b.Words[i>>6] |= 1 << (uint(i) & 63)
}

// Clear takes i out of the set.
func (b *Bitmap) Clear(i int32) {
	if b.Has(i) {
		b.Words[i>>6] &^= 1 << (uint(i) & 63)
	}
}

// SetRange puts lo ≤ i < hi into the set, which grows as needed.
func (b *Bitmap) SetRange(lo, hi int32) {
	for i := lo; i < hi; i++ {
		if i&63 == 0 && hi-i >= 64 {
			b.grow(int(i)>>6 + 1)
			b.Words[i>>6] = ^uint64(0)
			i += 63
			continue
		}
		b.Set(i)
	}
}

// And keeps what is also in o.
func (b *Bitmap) And(o *Bitmap) {
	for k := range b.Words {
		if k < len(o.Words) {
			b.Words[k] &= o.Words[k]
		} else {
			b.Words[k] = 0
		}
	}
}

// AndNot takes out what is in o.
func (b *Bitmap) AndNot(o *Bitmap) {
	for k := range min(len(b.Words), len(o.Words)) {
		b.Words[k] &^= o.Words[k]
	}
}

// Or puts in what is in o.
func (b *Bitmap) Or(o *Bitmap) {
	b.grow(len(o.Words))
	for k, w := range o.Words {
		b.Words[k] |= w
	}
}

// Count returns how many numbers are in the set.
func (b *Bitmap) Count() int {
	n := 0
	for _, w := range b.Words {
		n += bits.OnesCount64(w)
	}
	return n
}

// Clone returns a copy.
func (b *Bitmap) Clone() *Bitmap { return &Bitmap{Words: append([]uint64(nil), b.Words...)} }

// Each calls f with every number in the set, ascending, until f returns false.
func (b *Bitmap) Each(f func(i int32) bool) {
	for k, w := range b.Words {
		for ; w != 0; w &= w - 1 {
			if !f(int32(k<<6 + bits.TrailingZeros64(w))) {
				return
			}
		}
	}
}

func (b *Bitmap) grow(words int) {
	for len(b.Words) < words {
		b.Words = append(b.Words, 0)
	}
}
