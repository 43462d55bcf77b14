package warehouse

import (
	"context"
	"reflect"
	"testing"
	"time"

	"also/shop"
)

func TestWhatIsNamedAndWhoReturns(t *testing.T) {
	s := newSampleLake(t)
	s.land(purchase(1, "A", 0), purchase(1, "B", 1), purchase(2, "A", 2), typed(purchase(3, "C", 3), shop.ProductView), typed(purchase(3, "D", 4), shop.Impression))
	s.compact()
	s.land(purchase(2, "A", 30))
	named, err := s.NamedSKUs(context.Background(), day0.Add(time.Hour))
	if err != nil || !reflect.DeepEqual(named, map[string]int64{"A": 2, "B": 1, "C": 1}) {
		t.Errorf("named: %v, %v", named, err)
	}
	users, returned, err := s.Returning(context.Background(), day0)
	if err != nil || users != 3 || returned != 2 {
		t.Errorf("%d users, %d of them returned, %v", users, returned, err)
	}
}
