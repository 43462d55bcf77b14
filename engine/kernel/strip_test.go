package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestStrip holds every level to the definition, to the bit: sums are of whole
// numbers, and all round alike.
func TestStrip(t *testing.T) {
	for name, l := range levels() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(10, 1))
			for _, c := range []struct{ head, tail, groups int }{{1, 0, 1}, {1, 1, 2}, {2, 0, 3}, {4, 7, 5}, {8, 24, 9}, {64, 192, 3}} {
				checkStrip(t, l, rng, c.head, c.tail, c.groups)
			}
		})
	}
}

func FuzzStrip(f *testing.F) {
	f.Add(uint64(1), 1, 0, 1)
	f.Add(uint64(2), 3, 5, 4)
	f.Fuzz(func(t *testing.T, seed uint64, head, tail, groups int) {
		if head < 1 || head > 40 || tail < 0 || tail > 80 || groups < 1 || groups > 12 {
			t.Skip()
		}
		for _, l := range levels() {
			checkStrip(t, l, rand.New(rand.NewPCG(seed, 3)), head, tail, groups)
		}
	})
}

func checkStrip(t *testing.T, l level, rng *rand.Rand, head, tail, groups int) {
	t.Helper()
	s := &Strip{
		Head: make([]uint8, 64*head*groups), Tail: make([]uint8, 64*tail*groups), Scale: make([]float32, 16*groups),
		Users: make([]int32, StripWidth*(head+tail)), HeadQuads: head, TailQuads: tail,
	}
	for _, bytes := range [][]uint8{s.Head, s.Tail} {
		for k := range bytes {
			bytes[k] = uint8(255 * rng.IntN(2)) // extremes show what saturates
			if rng.IntN(2) == 0 {
				bytes[k] = uint8(rng.IntN(256))
			}
		}
	}
	for k := range s.Users {
		s.Users[k] = int32(rng.Uint32()&0x7f7f7f7f | rng.Uint32()&0x80808080)
	}
	for k := range s.Scale {
		s.Scale[k] = rng.Float32()
	}
	s.Scale[len(s.Scale)-1] = float32(math.NaN())
	for u := range s.Offset {
		s.Offset[u] = float32(1e5 * rng.NormFloat64())
	}
	stride := 16*groups + 3
	for from := range groups {
		n := groups - from
		want, _ := guarded(t, rng, (StripWidth-1)*stride+16*n)
		got, check := guarded(t, rng, len(want))
		copy(got, want)
		stripGo(s, want, stride, from, n)
		strip(l, s, got, stride, from, n)
		check()
		if !slices.EqualFunc(got, want, func(a, b float32) bool { return a == b || a != a && b != b }) {
			t.Fatalf("%d + %d quads, groups %d to %d: other values", head, tail, from, groups)
		}
	}
}

func TestCollect(t *testing.T) {
	for name, l := range levels() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(11, 1))
			for groups := 1; groups < 20; groups += 3 {
				from, _ := guarded(t, rng, 16*groups)
				from[3], from[5] = float32(math.NaN()), .5
				allowed := make([]uint16, groups)
				for g := range allowed {
					allowed[g] = uint16(rng.Uint32()) | uint16(rng.Uint32())
				}
				for _, least := range []float32{-100, -.3, .5, 2, 100, float32(math.Inf(-1))} {
					const at, room = 3, 16
					wantPlaces, gotPlaces := make([]int32, at+16*groups+room), make([]int32, at+16*groups+room)
					wantValues, _ := guarded(t, rng, len(wantPlaces))
					gotValues, check := guarded(t, rng, len(wantPlaces))
					want := collectGo(wantPlaces, wantValues, at, from, allowed, 7, least)
					got := collect(l, gotPlaces, gotValues, at, from, allowed, 7, least)
					check()
					if got != want || !slices.Equal(gotPlaces[at:got], wantPlaces[at:want]) || !slices.Equal(gotValues[at:got], wantValues[at:want]) {
						t.Fatalf("%d groups, least %g: %d collected, want %d, or others", groups, least, got, want)
					}
				}
			}
		})
	}
}

func TestSelection(t *testing.T) {
	for name, l := range levels() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(12, 1))
			for _, n := range sizes {
				scale, _ := guarded(t, rng, 50)
				upper, _ := guarded(t, rng, n)
				places := make([]int32, n)
				for k := range places {
					places[k] = rng.Int32N(50)
				}
				got, check := guarded(t, rng, n)
				lower(l, got, upper, places, scale, 1.5)
				check()
				for k, v := range got {
					size := math.Abs(float64(upper[k])) + 1.5*math.Abs(float64(scale[places[k]]))
					closeTo(t, "lower", v, float64(upper[k])-1.5*float64(scale[places[k]]), size, 2)
				}
				for _, least := range []float32{-100, -.3, got[n/2], 2, 100} {
					if a, b := count(l, got, least), countGo(got, least); a != b {
						t.Fatalf("%d of %d values reach %g, want %d", a, n, least, b)
					}
					keptPlaces := append(slices.Clone(places), make([]int32, 16)...)
					keptValues := append(slices.Clone(got), make([]float32, 16)...)
					wantPlaces, wantValues := slices.Clone(keptPlaces), slices.Clone(keptValues)
					a, b := keep(l, keptPlaces, keptValues, n, least), keepGo(wantPlaces, wantValues, n, least)
					if a != b || !slices.Equal(keptPlaces[:a], wantPlaces[:b]) || !slices.Equal(keptValues[:a], wantValues[:b]) {
						t.Fatalf("kept %d of %d values that reach %g, want %d, or others", a, n, least, b)
					}
				}
			}
		})
	}
}

// BenchmarkStrip scores 12 users against 512 items.
func BenchmarkStrip(b *testing.B) {
	const quads, groups = 32, 32
	s := &Strip{
		Head: make([]uint8, 64*quads/4*groups), Tail: make([]uint8, 64*quads*3/4*groups), Scale: random(16 * groups),
		Users: make([]int32, StripWidth*quads), HeadQuads: quads / 4, TailQuads: quads * 3 / 4,
	}
	dst := make([]float32, StripWidth*16*groups)
	benchmark(b, "d=128/items=512", int64(64*quads*groups), 2*StripWidth*16*groups*4*quads, func(l level) {
		strip(l, s, dst, 16*groups, 0, groups)
	})
}
