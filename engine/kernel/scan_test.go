package kernel

import (
	"math/rand/v2"
	"testing"
)

// TestScan holds every level to the definition; thresholds lie between bounds,
// which rounding may order otherwise only where they all but meet.
func TestScan(t *testing.T) {
	for name, l := range levels() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(9, 1))
			for _, c := range []struct{ head, tail, groups int }{{1, 0, 1}, {1, 1, 3}, {4, 7, 5}, {8, 24, 9}} {
				checkScan(t, l, rng, c.head, c.tail, c.groups)
			}
		})
	}
}

func checkScan(t *testing.T, l level, rng *rand.Rand, head, tail, groups int) {
	t.Helper()
	s := &Scan{
		Head: make([]uint8, 64*head*groups), Tail: make([]uint8, 64*tail*groups),
		Scale: make([]float32, 16*groups), Rest: make([]float32, 16*groups),
		High: make([]int32, head+tail), Low: make([]int32, head+tail),
		HeadQuads: head, TailQuads: tail,
		A: 64, B: 1, R: .5,
	}
	for _, bytes := range [][]uint8{s.Head, s.Tail} {
		for k := range bytes {
			bytes[k] = uint8(rng.IntN(256))
		}
	}
	for k := range s.Scale {
		s.Scale[k], s.Rest[k] = rng.Float32(), 1000*rng.Float32()
	}
	var sum1, sum2 int32
	for k := range s.High {
		for v := range 4 {
			h, low := rng.Int32N(127)-63, rng.Int32N(64)-32
			s.High[k] |= int32(uint32(uint8(h)) << (8 * v))
			s.Low[k] |= int32(uint32(uint8(low)) << (8 * v))
			if k < head {
				sum1 += 64*h + low
			}
			sum2 += 64*h + low
		}
	}
	s.C1, s.C2 = float32(-128*sum1), float32(-128*sum2)
	found, all := 0, 0
	for _, threshold := range []float32{-1e9, -1234.5, 0.25, 3456.7, 98765.4, 1e9} {
		s.Threshold = threshold
		for from := range groups {
			want, got := make([]uint16, groups-from), make([]uint16, groups-from)
			scanGo(s, want, from)
			scan(l, s, got, from)
			for g := range want {
				all++
				if want[g] != 0 {
					found++
				}
				if got[g] != want[g] {
					t.Errorf("threshold %g, group %d: mask %016b, want %016b", threshold, from+g, got[g], want[g])
				}
			}
		}
	}
	if found == 0 || found == all {
		t.Errorf("%d of %d groups found: the test distinguishes nothing", found, all)
	}
}
