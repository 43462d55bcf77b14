package shop

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
)

func TestErrors(t *testing.T) {
	cause := errors.New("disk full")
	e := &Error{Code: Unavailable, Field: "lines.0", Message: "try again", Err: cause}
	if e.Error() != "lines.0: try again: disk full" {
		t.Errorf("got %q", e.Error())
	}
	if !errors.Is(e, cause) {
		t.Error("the cause is lost")
	}
	f := func(err error, want Code) {
		t.Helper()
		if got := CodeOf(err); got != want {
			t.Errorf("CodeOf(%v) = %q, want %q", err, got, want)
		}
	}
	f(nil, "")
	f(cause, Internal)
	f(fmt.Errorf("place order: %w", e), Unavailable)
	f(errors.Join(cause, Errorf(NotFound, "sku", "there is no %q", "A")), NotFound)
}

func TestNewUserID(t *testing.T) {
	seen := map[UserID]bool{}
	for range 1000 {
		u := NewUserID()
		if u <= 0 || seen[u] {
			t.Fatalf("got %s", u)
		}
		seen[u] = true
	}
}

func TestSessionOwner(t *testing.T) {
	if got := (Session{User: 1}).Owner(); got != 1 {
		t.Errorf("a guest's owner is %s", got)
	}
	if got := (Session{User: 1, Customer: 2}).Owner(); got != 2 {
		t.Errorf("a customer's owner is %s", got)
	}
}

func TestControlRecordDeleted(t *testing.T) {
	for value, want := range map[string]bool{"": true, "null": true, `""`: false, "0": false, "{}": false} {
		if got := (ControlRecord{Value: json.RawMessage(value)}).Deleted(); got != want {
			t.Errorf("%q: deleted %v", value, got)
		}
	}
}

func TestWeights(t *testing.T) {
	v := DefaultWeights()
	f := func(kind EventType, stars int, wantW, wantB float64) {
		t.Helper()
		if w, b := v.Of(kind, stars); w != wantW || b != wantB {
			t.Errorf("%s of %d stars says %g, %g; want %g, %g", kind, stars, w, b, wantW, wantB)
		}
	}
	f(Purchase, 0, 1, 1)
	f(OrderPlaced, 0, 1, 1)
	f(Return, 0, -1, -1)
	f(CartAdd, 0, 0.3, 0.3)
	f(CartRemove, 0, -0.3, -0.3)
	f(ProductView, 0, 0.1, 0.1)
	f(Rating, 5, 1, 1)
	f(Rating, 3, 1, 0)
	f(Rating, 1, 1, -1)
	f(NotInterested, 0, 1, -1)
	f(Impression, 0, 0, 0)
	f(Search, 0, 0, 0)
	f(ProductSaved, 0, 0, 0)
}
