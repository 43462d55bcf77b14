package store

import (
	"context"

	"also/shop"
)

// Customers holds customers and sessions; they are control records.
type Customers interface {
	// UsersOf returns the user id of each of the shop's own customer ids. With assign, an id
	// never seen gets a new random one, which it keeps when the customer appears; without, 0.
	UsersOf(ctx context.Context, externalIDs []string, assign bool) ([]shop.UserID, error)
	// SaveCustomer stores a customer. c.User 0 takes the one that ExternalID already has, else a
	// new one. It fails with shop.Conflict if another customer has the email or the external id.
	SaveCustomer(ctx context.Context, c shop.Customer, mode SaveMode) (shop.Customer, error)
	Customer(ctx context.Context, user shop.UserID) (shop.Customer, error)
	// Customers returns one customer per id; nil for an unknown one.
	Customers(ctx context.Context, users []shop.UserID) ([]*shop.Customer, error)
	CustomerByEmail(ctx context.Context, email string) (shop.Customer, error)
	// CustomerPage returns up to n customers after a user id (0: from the start), by user id.
	CustomerPage(ctx context.Context, after shop.UserID, n int) ([]shop.Customer, error)

	// SaveSession stores a session under its TokenHash.
	SaveSession(ctx context.Context, s shop.Session) error
	// Session returns a session that has not expired; shop.Unauthenticated otherwise.
	Session(ctx context.Context, tokenHash string) (shop.Session, error)
	DeleteSession(ctx context.Context, tokenHash string) error
	// SignIn replaces the session under oldHash by s, whose Customer is set: a new token, so that
	// one planted before sign-in is worth nothing. The session's cart joins the customer's
	// (quantities of one sku: the larger), its recent events join the customer's history, and
	// e, a SESSION_JOINED, says so to the lake. Doing it twice changes nothing more. Where no session is under
	// oldHash, or one that signed in before, s is stored and nothing joins.
	SignIn(ctx context.Context, oldHash string, s shop.Session, e shop.Event) error
}
