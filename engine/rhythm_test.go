package engine

import (
	"errors"
	"math"
	"testing"
)

const testNow = 1_000 * dayMs

// took is a pair taken times times, evenly, the last time some days ago.
func took(times int32, every, ago float64) Taken {
	last := testNow - int64(ago*dayMs)
	return Taken{Times: times, First: last - int64(every*float64(times-1)*dayMs), Last: last}
}

// rhythmOf learns from one pair an item.
func rhythmOf(pairs ...Taken) *Rhythm {
	r := &Repeats{Items: len(pairs), Ptr: []int64{0, int64(len(pairs))}}
	for j, t := range pairs {
		r.Append(int32(j), t)
	}
	return NewRhythm(r, testNow)
}

func TestRhythm(t *testing.T) {
	h := rhythmOf(took(40, 7, 3), took(1, 0, 300))
	again := func(taken Taken) float64 { return h.Again(-1, taken, testNow, 14) }
	more := func(name string, a, b float64) {
		t.Helper()
		if !(a > b && a <= 1 && b >= 0) {
			t.Errorf("%s: %.4f is not more than %.4f", name, a, b)
		}
	}
	more("due rather than just taken", again(took(8, 28, 28)), again(took(8, 28, 1)))
	more("due rather than long given up", again(took(8, 28, 28)), again(took(8, 28, 280)))
	more("often rather than seldom", again(took(20, 7, 7)), again(took(5, 28, 7)))
	more("several times rather than once", again(took(4, 20, 20)), again(took(1, 0, 20)))
	more("an item that is taken often", h.Again(0, took(1, 0, 10), testNow, 14), h.Again(1, took(1, 0, 10), testNow, 14))
	more("within a month rather than a week", h.Again(0, took(3, 20, 10), testNow, 30), h.Again(0, took(3, 20, 10), testNow, 7))
	if got, want := (*Rhythm)(nil).Again(3, took(4, 20, 20), testNow, 14), .25; math.Abs(got-want) > .15 {
		t.Errorf("without a rhythm: %.3f", got)
	}
	if got := took(5, 21, 4).Every(); got != 21 {
		t.Errorf("every %g days, want 21", got)
	}
}

// Whatever the counts, the answer is a probability.
func FuzzRhythm(f *testing.F) {
	f.Add(int32(1), int64(0), int64(0), int64(0))
	f.Add(int32(math.MaxInt32), int64(math.MinInt64/2), int64(math.MaxInt64/2), int64(3))
	f.Add(int32(3), int64(5*dayMs), int64(5*dayMs), int64(dayMs))
	f.Fuzz(func(t *testing.T, times int32, first, last, now int64) {
		const far = math.MaxInt64 / 4
		if times < 1 || first > last || first < -far || last > far || now < -far || now > far {
			t.Skip()
		}
		h := rhythmOf(Taken{times, first, last})
		if got := h.Again(0, Taken{times, first, last}, now, 14); !(got >= 0 && got <= 1) {
			t.Errorf("%g is no probability", got)
		}
	})
}

func TestRepeatsValidate(t *testing.T) {
	good := Repeats{Items: 2, Ptr: []int64{0, 1}, Idx: []int32{1}, Times: []int32{1}, First: []int32{5}, Last: []int32{5}}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Repeats){
		"column": func(r *Repeats) { r.Idx = []int32{2} }, "times": func(r *Repeats) { r.Times = []int32{0} },
		"order": func(r *Repeats) { r.Last = []int32{4} }, "length": func(r *Repeats) { r.Last = nil }, "end": func(r *Repeats) { r.Ptr = []int64{0, 2} },
	} {
		bad := good
		spoil(&bad)
		var invalid *InvalidError
		if err := bad.Validate(); !errors.As(err, &invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
