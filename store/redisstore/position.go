package redisstore

import (
	"fmt"
	"strconv"
	"strings"

	"also/shop"
)

// formatID gives a Redis stream id ("1732383195000-5") a fixed width, so that
// ids rise as texts too.
func formatID(id string) string {
	ms, seq, err := splitID(id)
	if err != nil {
		return id
	}
	return fmt.Sprintf("%015d-%010d", ms, seq)
}

// parseID is the way back; "" is before everything.
func parseID(id string) (string, error) {
	if id == "" {
		return "0-0", nil
	}
	ms, seq, err := splitID(id)
	if err != nil {
		return "", shop.Errorf(shop.BadUserInput, "", "%q is not a position of an outbox", id)
	}
	return fmt.Sprintf("%d-%d", ms, seq), nil
}

func splitID(id string) (ms, seq uint64, err error) {
	a, b, _ := strings.Cut(id, "-")
	if ms, err = strconv.ParseUint(a, 10, 64); err != nil {
		return 0, 0, err
	}
	seq, err = strconv.ParseUint(b, 10, 64)
	return ms, seq, err
}

// parseNumber reads the position of a stream numbered without gaps; "" is 0.
func parseNumber(after string) (int64, error) {
	if after == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(after, 10, 64)
	if err != nil || n < 0 {
		return 0, shop.Errorf(shop.BadUserInput, "", "%q is not a position of this stream", after)
	}
	return n, nil
}
