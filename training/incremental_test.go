package training

import (
	"reflect"
	"testing"
	"time"

	"also/shop"
	"also/warehouse"
)

// set makes a training set of user → sku → weight.
func set(halfLife time.Duration, at time.Time, rows ...map[string]float32) *warehouse.Dataset {
	d := &warehouse.Dataset{SKUs: []string{"A", "B", "C", "D"}, Ptr: []int64{0}, At: at, Spec: warehouse.DatasetSpec{Weighing: shop.Weighing{HalfLifeDays: halfLife.Hours() / 24, Ages: shop.AgesEvent}}}
	for u, row := range rows {
		if row == nil {
			continue // a user who did nothing yet
		}
		d.Users = append(d.Users, shop.UserID(u+1))
		for k, sku := range d.SKUs {
			if w, ok := row[sku]; ok {
				d.Idx, d.W, d.B = append(d.Idx, int32(k)), append(d.W, w), append(d.B, w)
			}
		}
		d.Ptr = append(d.Ptr, int64(len(d.Idx)))
	}
	return d
}

func TestTouched(t *testing.T) {
	type row = map[string]float32
	at := testStart
	f := func(name string, old, now *warehouse.Dataset, users, items []int32) {
		t.Helper()
		gotUsers, gotItems := touched(old, now)
		if !reflect.DeepEqual(gotUsers, users) || !reflect.DeepEqual(gotItems, items) {
			t.Errorf("%s: touched %v and %v, want %v and %v", name, gotUsers, gotItems, users, items)
		}
	}
	base := set(0, at, row{"A": 1, "B": 1}, nil, row{"C": 1})
	f("nothing new", base, set(0, at, row{"A": 1, "B": 1}, nil, row{"C": 1}), nil, nil)
	f("a new user, who shifts the rows", base, set(0, at, row{"A": 1, "B": 1}, row{"D": 1}, row{"C": 1}), []int32{1}, []int32{3})
	f("a pair more", base, set(0, at, row{"A": 1, "B": 1, "C": 1}, nil, row{"C": 1}), []int32{0}, []int32{2})
	f("a pair less", base, set(0, at, row{"B": 1}, nil, row{"C": 1}), []int32{0}, []int32{0})
	f("another weight", base, set(0, at, row{"A": 1, "B": .5}, nil, row{"C": 1}), []int32{0}, []int32{1})
	f("a user gone", base, set(0, at, row{"A": 1, "B": 1}), nil, []int32{2})
	fading := set(time.Hour, at, row{"A": 1, "B": 1})
	f("fading alone", fading, set(time.Hour, at.Add(time.Hour), row{"A": .5, "B": .5}), nil, nil)
	f("fading and a repeat", fading, set(time.Hour, at.Add(time.Hour), row{"A": 1.5, "B": .5}), []int32{0}, []int32{0})
}
