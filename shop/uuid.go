package shop

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"
)

// UUID is an RFC 9562 identifier. The zero value means "none".
type UUID [16]byte

// NewUUID returns a version 7 UUID: now in milliseconds, then 74 random bits.
func NewUUID(now time.Time) UUID {
	var u UUID
	if _, err := rand.Read(u[6:]); err != nil {
		panic("shop: NewUUID: " + err.Error())
	}
	ms := uint64(now.UnixMilli())
	for i := range 6 {
		u[i] = byte(ms >> (40 - 8*i))
	}
	return u.stamp(7)
}

// DerivedUUID returns a version 8 UUID that is the same for the same parts:
// the first 122 bits of the SHA-256 of the parts, each preceded by its length,
// so that ("ab","c") and ("a","bc") differ.
func DerivedUUID(parts ...string) UUID {
	h := sha256.New()
	for _, p := range parts {
		n := len(p)
		h.Write([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
		h.Write([]byte(p))
	}
	var u UUID
	copy(u[:], h.Sum(nil))
	return u.stamp(8)
}

func (u UUID) stamp(version byte) UUID {
	u[6] = u[6]&0x0f | version<<4
	u[8] = u[8]&0x3f | 0x80
	return u
}

// Time returns the moment a version 7 UUID was made, and false for any other.
func (u UUID) Time() (time.Time, bool) {
	if u[6]>>4 != 7 {
		return time.Time{}, false
	}
	var ms int64
	for i := range 6 {
		ms = ms<<8 | int64(u[i])
	}
	return time.UnixMilli(ms).UTC(), true
}

// IsZero reports whether u is none.
func (u UUID) IsZero() bool { return u == UUID{} }

// String returns the canonical form, "" for none.
func (u UUID) String() string {
	if u.IsZero() {
		return ""
	}
	var b [36]byte
	hex.Encode(b[0:8], u[0:4])
	hex.Encode(b[9:13], u[4:6])
	hex.Encode(b[14:18], u[6:8])
	hex.Encode(b[19:23], u[8:10])
	hex.Encode(b[24:36], u[10:16])
	b[8], b[13], b[18], b[23] = '-', '-', '-', '-'
	return string(b[:])
}

var errUUID = errors.New("not a UUID: want 8-4-4-4-12 hexadecimal digits")

// ParseUUID reads the canonical form; "" is none.
func ParseUUID(s string) (UUID, error) {
	var u UUID
	if s == "" {
		return u, nil
	}
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return UUID{}, errUUID
	}
	at := 0
	for _, part := range [5]string{s[0:8], s[9:13], s[14:18], s[19:23], s[24:36]} {
		n, err := hex.Decode(u[at:], []byte(part))
		if err != nil {
			return UUID{}, errUUID
		}
		at += n
	}
	return u, nil
}

// MarshalText writes the canonical form.
func (u UUID) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// UnmarshalText reads the canonical form.
func (u *UUID) UnmarshalText(b []byte) error {
	v, err := ParseUUID(string(b))
	if err != nil {
		return err
	}
	*u = v
	return nil
}
