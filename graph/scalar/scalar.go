// Package scalar writes and reads the schema's own scalars. What it cannot read
// is the caller's to mend: BAD_USER_INPUT.
package scalar

import (
	"encoding/json"
	"io"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"also/shop"
	"also/warehouse"
)

// dateTime is RFC 3339 with exactly three decimals.
const dateTime = "2006-01-02T15:04:05.000Z07:00"

// MarshalDateTime writes RFC 3339 in UTC with milliseconds.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, `"`+t.UTC().Format(dateTime)+`"`) // the response's writer keeps its own error
	})
}

// UnmarshalDateTime reads RFC 3339 with any zone and any decimals.
func UnmarshalDateTime(v any) (time.Time, error) {
	s, ok := v.(string)
	if !ok {
		return time.Time{}, shop.Errorf(shop.BadUserInput, "", "DateTime must be text such as 2026-11-23T17:40:00Z")
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, shop.Errorf(shop.BadUserInput, "", "%q is not a DateTime: write it like 2026-11-23T17:40:00Z", s)
	}
	return t.UTC(), nil
}

// MarshalUUID writes the canonical form.
func MarshalUUID(u shop.UUID) graphql.Marshaler { return graphql.MarshalString(u.String()) }

// UnmarshalUUID reads the canonical form.
func UnmarshalUUID(v any) (shop.UUID, error) {
	s, ok := v.(string)
	if !ok {
		return shop.UUID{}, shop.Errorf(shop.BadUserInput, "", "UUID must be text")
	}
	u, err := shop.ParseUUID(s)
	if err != nil {
		return shop.UUID{}, shop.Errorf(shop.BadUserInput, "", "%s", err)
	}
	return u, nil
}

// MarshalPosition writes a JSON number.
func MarshalPosition(p warehouse.Position) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.FormatInt(int64(p), 10)) // the response's writer keeps its own error
	})
}

// UnmarshalPosition reads a whole number, 0 or more.
func UnmarshalPosition(v any) (warehouse.Position, error) {
	var n int64
	var err error
	switch v := v.(type) {
	case int64:
		n = v
	case int:
		n = int64(v)
	case json.Number:
		n, err = v.Int64()
	default:
		err = strconv.ErrSyntax
	}
	if err != nil || n < 0 {
		return 0, shop.Errorf(shop.BadUserInput, "", "Position must be a whole number, 0 or more")
	}
	return warehouse.Position(n), nil
}
