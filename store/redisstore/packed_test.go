package redisstore

import (
	"bytes"
	"encoding/hex"
	"reflect"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

func fullEvent() shop.Event {
	at := time.Date(2026, 3, 1, 12, 0, 0, int(7*time.Millisecond), time.UTC)
	return shop.Event{
		ID: shop.DerivedUUID("event"), Type: shop.Rating, OccurredAt: at, RecordedAt: at.Add(1500 * time.Millisecond), SKU: "A-1", Quantity: 3,
		Rating: 5, Ref: shop.DerivedUUID("ref"), Query: "green tea", Recommendation: "r1", Order: "o1", Customer: 1<<62 + 3, Session: 9,
	}
}

func TestPackedRoundTrip(t *testing.T) {
	full := fullEvent()
	plain := shop.Event{ID: shop.DerivedUUID("x"), Type: shop.Click, OccurredAt: time.UnixMilli(-5).UTC(), RecordedAt: time.UnixMilli(0).UTC()}
	for name, users := range map[string]bool{"with users": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			want := []shop.Event{full, plain}
			got, err := unpack(pack(want, users))
			if err != nil {
				t.Fatal(err)
			}
			if !users {
				want[0].Customer, want[0].Session = 0, 0
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

// What an older binary wrote must stay readable: these bytes are the first
// version's.
func TestPackedOldData(t *testing.T) {
	const written = "4b07ffa63a16f810c086c5ac07c958a1c033d38ea8a8949567b81703412d31060a76ffc9499e288cfea6f704f3ab000a63" +
		"09677265656e20746561027231026f318680808080808080800112"
	b, err := hex.DecodeString(written)
	if err != nil {
		t.Fatal(err)
	}
	got, err := unpack(b)
	if err != nil || !reflect.DeepEqual(got, []shop.Event{fullEvent()}) {
		t.Fatalf("got %+v, %v", got, err)
	}
}

func TestUnpackDropsRepeats(t *testing.T) {
	b := pack([]shop.Event{fullEvent()}, false)
	got, err := unpack(append(append([]byte(nil), b...), b...))
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d events, %v", len(got), err)
	}
}

func TestUnpackDamaged(t *testing.T) {
	b := pack([]shop.Event{fullEvent()}, true)
	for n := 1; n < len(b); n++ {
		if _, err := unpack(b[:n]); err == nil {
			t.Fatalf("%d of %d bytes were read without complaint", n, len(b))
		}
	}
	extra := append([]byte{byte(len(b))}, b[1:]...)
	extra = append(extra, 0)
	if _, err := unpack(extra); err == nil {
		t.Fatal("a record with a byte too many was read without complaint")
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add(pack([]shop.Event{fullEvent()}, true))
	f.Add(pack([]shop.Event{fullEvent(), {ID: shop.DerivedUUID("x"), Type: shop.Search}}, false))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		events, err := unpack(b)
		if err != nil {
			return
		}
		again, err := unpack(pack(events, true))
		if err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
		if !reflect.DeepEqual(again, events) {
			t.Fatalf("got  %+v\nwant %+v", again, events)
		}
	})
}

func FuzzUnpackList(f *testing.F) {
	f.Add(packList([]store.ListEntry{{SKU: "A", Score: 1.5}, {SKU: "", Score: -2}}))
	f.Add([]byte{0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, b []byte) {
		entries, err := unpackList(b)
		if err != nil {
			return
		}
		again, err := unpackList(packList(entries))
		if err != nil || len(again) != len(entries) {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
		if !bytes.Equal(packList(again), packList(entries)) {
			t.Fatal("a list changed on its way")
		}
	})
}
