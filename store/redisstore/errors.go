package redisstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"

	"github.com/redis/go-redis/v9"

	"also/shop"
)

// errorReplies are how a server says that it cannot serve now. Everything else
// that a server says is our fault.
var errorReplies = []string{
	"LOADING", "READONLY", "OOM", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS", "MISCONF", "BUSY", "UNBLOCKED", "NOAUTH", "WRONGPASS",
	"ERR max number of clients",
}

// mapError gives a failure of the connection the code that callers act on, and
// says what was being done. nil stays nil.
func mapError(doing string, err error) error {
	if err == nil {
		return nil
	}
	var coded *shop.Error
	if errors.As(err, &coded) {
		return err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return &shop.Error{Code: shop.DeadlineExceeded, Message: "the store did not answer in time", Err: fmt.Errorf("%s: %w", doing, err)}
	}
	if isDown(err) {
		return &shop.Error{Code: shop.Unavailable, Message: "the store does not answer; try again", Err: fmt.Errorf("%s: %w", doing, err)}
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func isDown(err error) bool {
	var network net.Error
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, redis.ErrClosed), errors.Is(err, redis.ErrPoolTimeout),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.ErrClosedPipe), errors.Is(err, net.ErrClosed),
		errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &network):
		return true
	}
	for _, reply := range errorReplies {
		if strings.HasPrefix(err.Error(), reply) {
			return true
		}
	}
	return false
}
