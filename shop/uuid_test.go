package shop

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestNewUUID(t *testing.T) {
	now := time.UnixMilli(1_772_366_400_123).UTC()
	seen := map[UUID]bool{}
	var before UUID
	for i := range 1000 {
		u := NewUUID(now.Add(time.Duration(i) * time.Millisecond))
		if at, ok := u.Time(); !ok || !at.Equal(now.Add(time.Duration(i)*time.Millisecond)) {
			t.Fatalf("its time is %v, %v", at, ok)
		}
		if u[6]>>4 != 7 || u[8]>>6 != 2 {
			t.Fatalf("%s is not a version 7 UUID", u)
		}
		if bytes.Compare(u[:], before[:]) <= 0 {
			t.Fatalf("%s, a millisecond later, sorts before %s", u, before)
		}
		if seen[u] {
			t.Fatalf("%s came twice", u)
		}
		seen[u], before = true, u
	}
}

func TestDerivedUUID(t *testing.T) {
	f := func(parts []string, want string) {
		t.Helper()
		if got := DerivedUUID(parts...).String(); got != want {
			t.Errorf("DerivedUUID(%q) = %s, want %s", parts, got, want)
		}
	}
	// Imports made with an older binary must derive the same ids.
	f([]string{"event"}, "a63a16f8-10c0-86c5-ac07-c958a1c033d3")
	if DerivedUUID("ab", "c") == DerivedUUID("a", "bc") || DerivedUUID("a") == DerivedUUID("a", "") {
		t.Error("the parts' borders do not count")
	}
	if _, ok := DerivedUUID("x").Time(); ok {
		t.Error("a derived id has a time")
	}
	if u := DerivedUUID("x"); u[6]>>4 != 8 || u[8]>>6 != 2 {
		t.Errorf("%s is not a version 8 UUID", u)
	}
}

func TestParseUUID(t *testing.T) {
	u := DerivedUUID("x")
	for _, text := range []string{u.String(), strings.ToUpper(u.String())} {
		if got, err := ParseUUID(text); err != nil || got != u {
			t.Errorf("ParseUUID(%q) = %s, %v", text, got, err)
		}
	}
	if got, err := ParseUUID(""); err != nil || !got.IsZero() || got.String() != "" {
		t.Errorf("none is %s, %v", got, err)
	}
	s := u.String()
	for _, bad := range []string{"x", s[:35], s + "0", strings.ReplaceAll(s, "-", "+"), "g" + s[1:], "{" + s[1:35] + "}", s[:9] + "-" + s[10:]} {
		if got, err := ParseUUID(bad); err == nil {
			t.Errorf("ParseUUID(%q) = %s", bad, got)
		}
	}
	var field struct{ ID UUID }
	if err := json.Unmarshal([]byte(`{"ID":"nonsense"}`), &field); err == nil {
		t.Error("JSON with a bad id was read")
	}
}

func FuzzUUID(f *testing.F) {
	f.Add("", []byte{})
	f.Add("01930000-0000-7000-8000-000000000001", []byte("0123456789abcdef"))
	f.Fuzz(func(t *testing.T, text string, raw []byte) {
		if u, err := ParseUUID(text); err == nil && !strings.EqualFold(u.String(), text) && !u.IsZero() {
			t.Fatalf("%q became %q", text, u)
		}
		var u UUID
		copy(u[:], raw)
		b, err := json.Marshal(u)
		if err != nil {
			t.Fatal(err)
		}
		var again UUID
		if err := json.Unmarshal(b, &again); err != nil || again != u {
			t.Fatalf("%s became %s, %v", u, again, err)
		}
	})
}
