package shop

import (
	"errors"
	"fmt"
	"time"
)

// Code says what kind of failure an error is, for a caller who can act on it.
// The texts are part of the API: they are the GraphQL enum and the value of
// extensions.code.
type Code string

// The codes, most of them the caller's to mend; Unavailable, DeadlineExceeded
// and Internal are ours.
const (
	BadUserInput     Code = "BAD_USER_INPUT"    // a value is missing, malformed or out of range
	NotFound         Code = "NOT_FOUND"         // the thing named does not exist
	Conflict         Code = "CONFLICT"          // it exists already, or changed meanwhile
	OutOfStock       Code = "OUT_OF_STOCK"      // fewer are left than were asked for
	PriceChanged     Code = "PRICE_CHANGED"     // the price is no longer the one the caller saw
	EmptyCart        Code = "EMPTY_CART"        // there is nothing to order
	NotEnoughData    Code = "NOT_ENOUGH_DATA"   // training on this would mean nothing
	Unauthenticated  Code = "UNAUTHENTICATED"   // no valid key or session came with the request
	Forbidden        Code = "FORBIDDEN"         // the key or session may not do this
	Throttled        Code = "THROTTLED"         // too many requests; try again later
	TooComplex       Code = "QUERY_TOO_COMPLEX" // the query costs more than is allowed
	Unavailable      Code = "UNAVAILABLE"       // a part of the system is down; try again
	DeadlineExceeded Code = "DEADLINE_EXCEEDED" // no answer in time
	Internal         Code = "INTERNAL"          // our fault
)

// Error is a failure that a caller can act on. Field, if set, names the input
// that caused it ("lines.0.quantity"). Message is a sentence for people that
// says what to do; it holds no personal data and no secret.
type Error struct {
	Code    Code
	Field   string
	Message string
	Err     error // the cause, for the log

	RetryAfter time.Duration // of Throttled: when to try again; 0 if not known
}

// Errorf makes an Error with a formatted message.
func Errorf(code Code, field, format string, args ...any) *Error {
	return &Error{Code: code, Field: field, Message: fmt.Sprintf(format, args...)}
}

func (e *Error) Error() string {
	s := e.Message
	if e.Field != "" {
		s = e.Field + ": " + s
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf returns the code of the first Error in err's chain, Internal if there
// is none, and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
