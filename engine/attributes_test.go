package engine

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// kinds makes items of four kinds with vectors of their own, each row with its kind, a feature that all have
// and one by chance; item j has n_j users.
func kinds(items, dim int) (*Matrix, []WeightedModel, *Attributes) {
	rng := rand.New(rand.NewPCG(5, 6))
	centres := NewFactors(4, dim)
	for k := range centres.Data {
		centres.Data[k] = float32(rng.NormFloat64())
	}
	f := NewFactors(items, dim)
	a := &Attributes{Features: 8, Ptr: []int64{0}}
	b := NewBuilder(40, items)
	for j := range items {
		for c := range dim {
			f.Row(j)[c] = centres.Row(j % 4)[c] + .05*float32(rng.NormFloat64())
		}
		a.Idx = append(a.Idx, 0, int32(1+j%4))
		if rng.IntN(2) == 0 {
			a.Idx = append(a.Idx, int32(5+rng.IntN(3)))
		}
		a.Ptr = append(a.Ptr, int64(len(a.Idx)))
		for u := range 1 + rng.IntN(40) {
			b.Add(int32(u), int32(j), 1, 1)
		}
	}
	m, err := b.Build()
	if err != nil {
		panic(err)
	}
	return m, []WeightedModel{{Model: &Model{Items: f}, Weight: 1}}, a
}

func TestAttributesForetell(t *testing.T) {
	m, f, a := kinds(400, 37)
	p, err := TrainAttributes(context.Background(), m, f, a, AttributeConfig{Lambda: .1}, 2)
	if err != nil {
		t.Fatal(err)
	}
	mean := make([]float32, 37)
	for kind := range 4 {
		p.Prior(mean, 0, []int32{0, int32(1 + kind)})
		var off, size float64
		for c, v := range mean {
			off += math.Pow(float64(v-f[0].Model.Items.Row(kind)[c]), 2)
			size += float64(v * v)
		}
		if !(off < .05*size) {
			t.Errorf("kind %d: off by %.3f of %.3f", kind, off, size)
		}
	}
}

// The map solves its normal equations: the gradient of what it minimises is zero.
func TestAttributesSolve(t *testing.T) {
	m, f, a := kinds(150, 33)
	const lambda = 2
	p, err := TrainAttributes(context.Background(), m, f, a, AttributeConfig{Lambda: lambda}, 1)
	if err != nil {
		t.Fatal(err)
	}
	again, err := TrainAttributes(context.Background(), m, f, a, AttributeConfig{Lambda: lambda}, 3)
	if err != nil {
		t.Fatal(err)
	}
	users := m.transpose(1)
	gradient, right := make([]float64, a.Features*33), make([]float64, a.Features*33)
	mean := make([]float32, 33)
	for j := range m.Cols {
		n := float64(users.Ptr[j+1] - users.Ptr[j])
		p.Prior(mean, 0, a.Row(j))
		for _, feature := range a.Row(j) {
			for c, v := range mean {
				y := float64(f[0].Model.Items.Row(j)[c])
				gradient[int(feature)*33+c] += n / (n + 10) * (float64(v) - y)
				right[int(feature)*33+c] += n / (n + 10) * y
			}
		}
	}
	var left, size float64
	for k, g := range gradient {
		if p.Sets[0].Data[k] != again.Sets[0].Data[k] {
			t.Fatal("the number of workers shows")
		}
		g += lambda * float64(p.Sets[0].Data[k])
		left, size = left+g*g, size+right[k]*right[k]
	}
	if !(math.Sqrt(left/size) < 1e-3) {
		t.Errorf("the gradient is %g of the right side", math.Sqrt(left/size))
	}
}

func TestAttributesRefused(t *testing.T) {
	m, f, a := kinds(20, 4)
	var invalid *InvalidError
	if _, err := TrainAttributes(context.Background(), m, f, a, AttributeConfig{}, 1); !errors.As(err, &invalid) {
		t.Errorf("no ridge: %v", err)
	}
	short := &Attributes{Features: a.Features, Ptr: a.Ptr[:5], Idx: a.Idx}
	if _, err := TrainAttributes(context.Background(), m, f, short, DefaultAttributes(), 1); !errors.As(err, &invalid) {
		t.Errorf("other items: %v", err)
	}
	if err := (&AttributeMap{Sets: []Factors{NewFactors(3, 5)}}).Validate(f); !errors.As(err, &invalid) {
		t.Errorf("another dimension: %v", err)
	}
}
