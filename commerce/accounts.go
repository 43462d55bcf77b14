package commerce

import (
	"context"
	"time"
	"unicode/utf8"

	"also/shop"
	"also/store"
)

// SignUp is what makes an account.
type SignUp struct {
	Email    string
	Password string // 8 to 200 characters
	Name     string
}

// SignedIn is a customer's new session. The token goes into the cookie in place
// of the old one, which is worth nothing any more.
type SignedIn struct {
	Token    string
	Session  shop.Session
	Customer shop.Customer
}

// Attempts of signing in: per address against guessing one password, per client against
// trying many addresses.
const (
	attemptsPerEmail  = 10
	attemptsPerClient = 60
	attemptsWindow    = 15 * time.Minute
)

// SignUp makes an account for the visitor of a session and signs them in; the
// session's cart and events become theirs. client is what attempts are counted by, such as
// the network address. It fails with shop.Conflict if the address has an account, and shop.Throttled.
func (s *Service) SignUp(ctx context.Context, session shop.Session, client string, in SignUp) (SignedIn, error) {
	var c checks
	email := c.email("email", in.Email)
	c.password("password", in.Password)
	c.text("name", in.Name, maxName)
	if c.err != nil {
		return SignedIn{}, c.err
	}
	if err := s.attempt(ctx, client, email); err != nil {
		return SignedIn{}, err
	}
	hash, err := s.hash(ctx, in.Password)
	if err != nil {
		return SignedIn{}, err
	}
	customer, err := s.Store.SaveCustomer(ctx, shop.Customer{Name: in.Name, Email: email, Password: hash, CreatedAt: s.now()}, store.Create)
	if err != nil {
		return SignedIn{}, named(err, "email", "there is an account with this address already: sign in")
	}
	return s.enter(ctx, session, customer)
}

// SignIn signs the visitor of a session in; the session's cart and events join the
// customer's. Whether it was the address or the password that is wrong is not told: shop.Unauthenticated.
func (s *Service) SignIn(ctx context.Context, session shop.Session, client, email, password string) (SignedIn, error) {
	var c checks
	email = c.email("email", email)
	if password == "" || utf8.RuneCountInString(password) > maxPassword {
		c.fail("password", "is missing or longer than %d characters", maxPassword)
	}
	if c.err != nil {
		return SignedIn{}, c.err
	}
	if err := s.attempt(ctx, client, email); err != nil {
		return SignedIn{}, err
	}
	customer, err := s.Store.CustomerByEmail(ctx, email)
	known := err == nil && customer.Password != ""
	if err != nil && shop.CodeOf(err) != shop.NotFound {
		return SignedIn{}, err
	}
	against := noPassword
	if known {
		against = customer.Password
	}
	ok, err := s.verify(ctx, password, against)
	if err != nil {
		return SignedIn{}, err
	}
	if !ok || !known {
		return SignedIn{}, shop.Errorf(shop.Unauthenticated, "", "the address or the password is wrong")
	}
	return s.enter(ctx, session, customer)
}

// SignOut ends a session. What follows is another visitor.
func (s *Service) SignOut(ctx context.Context, session shop.Session) error {
	s.stored.drop(session.TokenHash)
	return s.Store.DeleteSession(ctx, session.TokenHash)
}

// attempt counts one try to sign in or up.
func (s *Service) attempt(ctx context.Context, client, email string) error {
	for _, limit := range []struct {
		name string
		n    int
	}{{"sign-in/client/" + hashToken(client), attemptsPerClient}, {"sign-in/email/" + hashToken(email), attemptsPerEmail}} {
		ok, after, err := s.Store.Allow(ctx, limit.name, limit.n, attemptsWindow)
		if err != nil {
			return err
		}
		if !ok {
			e := shop.Errorf(shop.Throttled, "", "too many attempts: try again in %s", after.Round(time.Second))
			e.RetryAfter = after
			return e
		}
	}
	return nil
}

// enter replaces the session by one of the customer's.
func (s *Service) enter(ctx context.Context, session shop.Session, customer shop.Customer) (SignedIn, error) {
	old, err := s.keep(ctx, session)
	if err != nil {
		return SignedIn{}, err
	}
	token := newToken()
	next := shop.Session{TokenHash: hashToken(token), User: old.User, Customer: customer.User, ExpiresAt: s.now().Add(s.SessionLife)}
	if old.Customer != 0 && old.Customer != customer.User {
		// Somebody else signs in here: what follows is not the first one's.
		next.User = shop.NewUserID()
	}
	e := s.event(shop.SessionJoined)
	e.Customer, e.Session = customer.User, next.User
	if err := s.Store.SignIn(ctx, old.TokenHash, next, e); err != nil {
		return SignedIn{}, err
	}
	s.stored.drop(old.TokenHash)
	s.stored.add(next.TokenHash, s.now())
	s.acted(customer.User)
	customer.Password = ""
	return SignedIn{Token: token, Session: next, Customer: customer}, nil
}

func (c *checks) password(field, password string) {
	if n := utf8.RuneCountInString(password); n < minPassword || n > maxPassword {
		c.fail(field, "must have %d to %d characters, has %d", minPassword, maxPassword, n)
	}
}
