package engine

import (
	"slices"
	"testing"
)

func TestEveryUser(t *testing.T) {
	b := NewBuilder(7, 9)
	for u := range int32(7) {
		b.Add(u, u, 1, 2)
		b.Add(u, u+1, 3, 3)
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	s := everyUser(m, 3, 1)
	if err := s.Validate(); err != nil || s.Rows != 2 || s.Cols != 9 {
		t.Fatalf("%d×%d, %v, want users 1 and 4 of 9 items", s.Rows, s.Cols, err)
	}
	for k, u := range []int{1, 4} {
		idx, w, target := s.Row(k)
		wantIdx, wantW, wantTarget := m.Row(u)
		if !slices.Equal(idx, wantIdx) || !slices.Equal(w, wantW) || !slices.Equal(target, wantTarget) {
			t.Errorf("row %d: %v %v %v, want user %d's", k, idx, w, target, u)
		}
	}
}
