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
	// CustomerChanges returns the users whose customer was saved or forgotten after a position of the stream of
	// those changes, without waiting, and the position to go on from. "" gives none of them and the position of
	// now. It fails with ErrBehind if some were trimmed: read all again.
	CustomerChanges(ctx context.Context, after string) (users []shop.UserID, next string, err error)

	// SaveSession stores a session under its TokenHash.
	SaveSession(ctx context.Context, s shop.Session) error
	// Session returns a session that has not expired; shop.Unauthenticated otherwise.
	Session(ctx context.Context, tokenHash string) (shop.Session, error)
	DeleteSession(ctx context.Context, tokenHash string) error
	// DropSessions ends all sessions of a customer but one (keep, a token hash; "" none), and returns those.
	DropSessions(ctx context.Context, customer shop.UserID, keep string) ([]shop.Session, error)
	// SignIn replaces the session under oldHash by s, whose Customer is set: a new token, so that
	// one planted before sign-in is worth nothing. The session's cart joins the customer's
	// (quantities of one sku: the larger), its recent events join the customer's history, and
	// e, a SESSION_JOINED, says so to the lake. Doing it twice changes nothing more. Where no session is under
	// oldHash, or one that signed in before, s is stored and nothing joins.
	SignIn(ctx context.Context, oldHash string, s shop.Session, e shop.Event) error

	// Forget drops all that the view and the control records hold of users, who are one person: their customer,
	// external id, email, sessions, carts, orders, recent history, what was noted of new products, and lists made for
	// them. e, if not nil, is a CUSTOMER_DELETED and is recorded with the control record receipt in the same step as
	// all that. Doing it again drops what came since. The stock that orders took stays taken.
	Forget(ctx context.Context, users []shop.UserID, e *shop.Event, receipt *shop.ControlRecord) (Forgotten, error)
}

// ForgetTopic tells whoever holds the lake that somebody is to be erased from it.
const ForgetTopic = "forget"

// Forgotten counts what a Forget dropped.
type Forgotten struct {
	Customers int `json:"customers"` // records of personal data and credentials
	Sessions  int `json:"sessions"`
	Carts     int `json:"carts"`
	Orders    int `json:"orders"`
	Events    int `json:"events"` // of recent histories and of new products
	Lists     int `json:"lists"`  // made for them
}

// Plus adds up.
func (f Forgotten) Plus(g Forgotten) Forgotten {
	return Forgotten{
		f.Customers + g.Customers, f.Sessions + g.Sessions, f.Carts + g.Carts, f.Orders + g.Orders, f.Events + g.Events, f.Lists + g.Lists,
	}
}
