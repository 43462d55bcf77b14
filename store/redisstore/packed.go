package redisstore

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
	"time"

	"also/shop"
)

// Packed events are records one after another, so that recording is an APPEND.
// A record is
//
//	length    uvarint, of what follows
//	type      1 byte, see packedTypes
//	present   1 byte, a bit per optional field
//	id        16 bytes
//	occurred  varint, milliseconds
//	recorded  varint, milliseconds after occurred
//	sku       text
//	quantity, rating varint; ref 16 bytes; query, recommendation, order text; customer, session varint; where present
//
// and a text is its length as a uvarint and its bytes.

// packedTypes gives each type that packed events can have its number, from 1.
// It is part of the format: only ever append to it.
var packedTypes = []shop.EventType{
	shop.ProductView, shop.CartAdd, shop.CartRemove, shop.OrderPlaced, shop.Purchase, shop.Return, shop.Rating,
	shop.NotInterested, shop.ExcludedFromTaste, shop.Search, shop.Impression, shop.Click,
}

// The bits of present.
const (
	hasQuantity = 1 << iota
	hasRating
	hasRef
	hasQuery
	hasRecommendation
	hasOrder
	hasCustomer
	hasSession
)

var errPacked = errors.New("packed events are damaged")

// kept reports whether users' tails keep events of type t. Impressions are not
// kept: they are many, say nothing of taste, and would push the rest out.
func kept(t shop.EventType) bool { return t != shop.Impression && slices.Contains(packedTypes, t) }

// appendPacked appends e to dst; with users, also whose it is. e.Type is one of packedTypes.
func appendPacked(dst []byte, e *shop.Event, users bool) []byte {
	var r [256]byte
	b := append(r[:0], byte(slices.Index(packedTypes, e.Type)+1), 0)
	b = append(b, e.ID[:]...)
	occurred := e.OccurredAt.UnixMilli()
	b = binary.AppendVarint(b, occurred)
	b = binary.AppendVarint(b, e.RecordedAt.UnixMilli()-occurred)
	b = appendText(b, e.SKU)
	var present byte
	number := func(bit byte, n int64) {
		if n != 0 {
			present |= bit
			b = binary.AppendVarint(b, n)
		}
	}
	text := func(bit byte, s string) {
		if s != "" {
			present |= bit
			b = appendText(b, s)
		}
	}
	number(hasQuantity, int64(e.Quantity))
	number(hasRating, int64(e.Rating))
	if !e.Ref.IsZero() {
		present |= hasRef
		b = append(b, e.Ref[:]...)
	}
	text(hasQuery, e.Query)
	text(hasRecommendation, e.Recommendation)
	text(hasOrder, e.Order)
	if users {
		number(hasCustomer, int64(e.Customer))
		number(hasSession, int64(e.Session))
	}
	b[1] = present
	dst = binary.AppendUvarint(dst, uint64(len(b)))
	return append(dst, b...)
}

func appendText(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// packedReader takes a record apart; the first failure stays.
type packedReader struct {
	b   []byte
	bad bool
}

func (r *packedReader) take(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.bad = true
		return nil
	}
	p := r.b[:n]
	r.b = r.b[n:]
	return p
}

func (r *packedReader) byte() byte {
	if p := r.take(1); p != nil {
		return p[0]
	}
	return 0
}

func (r *packedReader) uuid() (u shop.UUID) {
	copy(u[:], r.take(16))
	return u
}

func (r *packedReader) number() int64 {
	n, size := binary.Varint(r.b)
	if size <= 0 {
		r.bad = true
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *packedReader) length() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.bad = true
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *packedReader) text() string { return string(r.take(r.length())) }

// unpack reads packed events, in the order they were appended. An id that is
// there twice is returned once.
func unpack(b []byte) ([]shop.Event, error) {
	r := packedReader{b: b}
	var events []shop.Event
	seen := make(map[shop.UUID]struct{}, len(b)/48)
	for len(r.b) > 0 {
		e, ok := unpackOne(&r)
		if !ok {
			return nil, errPacked
		}
		if _, twice := seen[e.ID]; twice {
			continue
		}
		seen[e.ID] = struct{}{}
		events = append(events, e)
	}
	return events, nil
}

func unpackOne(all *packedReader) (e shop.Event, ok bool) {
	r := packedReader{b: all.take(all.length())}
	number, present := r.byte(), r.byte()
	if all.bad || number == 0 || int(number) > len(packedTypes) {
		return e, false
	}
	e.Type = packedTypes[number-1]
	e.ID = r.uuid()
	occurred := r.number()
	e.OccurredAt = time.UnixMilli(occurred).UTC()
	e.RecordedAt = time.UnixMilli(occurred + r.number()).UTC()
	e.SKU = r.text()
	if present&hasQuantity != 0 {
		e.Quantity = int(r.number())
	}
	if present&hasRating != 0 {
		e.Rating = int(r.number())
	}
	if present&hasRef != 0 {
		e.Ref = r.uuid()
	}
	if present&hasQuery != 0 {
		e.Query = r.text()
	}
	if present&hasRecommendation != 0 {
		e.Recommendation = r.text()
	}
	if present&hasOrder != 0 {
		e.Order = r.text()
	}
	if present&hasCustomer != 0 {
		e.Customer = shop.UserID(r.number())
	}
	if present&hasSession != 0 {
		e.Session = shop.UserID(r.number())
	}
	return e, !r.bad && len(r.b) == 0
}

func pack(events []shop.Event, users bool) []byte {
	var b []byte
	for i := range events {
		b = appendPacked(b, &events[i], users)
	}
	return b
}

// byOccurrence orders events by when they happened, ties by id.
func byOccurrence(a, b shop.Event) int {
	return cmp.Or(a.OccurredAt.Compare(b.OccurredAt), bytes.Compare(a.ID[:], b.ID[:]))
}

// latest returns events oldest first, at most n of the latest.
func latest(events []shop.Event, n int) []shop.Event {
	slices.SortFunc(events, byOccurrence)
	return events[max(0, len(events)-n):]
}

// earliest returns events oldest first, at most n of the first.
func earliest(events []shop.Event, n int) []shop.Event {
	slices.SortFunc(events, byOccurrence)
	return events[:min(n, len(events))]
}
