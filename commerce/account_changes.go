package commerce

import (
	"context"

	"also/shop"
	"also/store"
)

// AccountPatch changes the fields of a shopper's own account that are set.
type AccountPatch struct {
	Name     *string
	Email    *string
	Password *string // the new one
}

// AccountUpdate changes the account of whoever is signed in. A new email or password asks for the password of now
// (shop.Unauthenticated); a new password ends their other sessions. shop.Conflict if another has the email.
func (s *Service) AccountUpdate(ctx context.Context, session shop.Session, client, password string, in AccountPatch) (shop.Customer, error) {
	c, err := s.account(ctx, session)
	if err != nil {
		return c, err
	}
	var k checks
	if in.Name != nil {
		k.text("name", *in.Name, maxName)
		c.Name = *in.Name
	}
	email := c.Email
	if in.Email != nil {
		email = k.email("email", *in.Email)
	}
	if in.Password != nil {
		k.password("newPassword", *in.Password)
	}
	if k.err != nil {
		return c, k.err
	}
	if email != c.Email || in.Password != nil {
		if err := s.prove(ctx, c, client, password); err != nil {
			return c, err
		}
		c.Email = email
	}
	if in.Password != nil {
		if c.Password, err = s.hash(ctx, *in.Password); err != nil {
			return c, err
		}
	}
	saved, err := s.Store.SaveCustomer(ctx, c, store.Replace)
	if err != nil {
		return c, taken(err)
	}
	if in.Password != nil {
		ended, err := s.Store.DropSessions(ctx, c.User, session.TokenHash)
		if err != nil {
			return saved, err
		}
		s.ended(ended)
	}
	return saved, nil
}

// AccountDelete forgets whoever is signed in, who gives their password.
func (s *Service) AccountDelete(ctx context.Context, session shop.Session, client, password string) (shop.Forgetting, error) {
	c, err := s.account(ctx, session)
	if err != nil {
		return shop.Forgetting{}, err
	}
	if err := s.prove(ctx, c, client, password); err != nil {
		return shop.Forgetting{}, err
	}
	return s.CustomerDelete(ctx, c.User)
}

// account returns the customer who is signed in.
func (s *Service) account(ctx context.Context, session shop.Session) (shop.Customer, error) {
	if session.Customer == 0 {
		return shop.Customer{}, shop.Errorf(shop.Unauthenticated, "", "nobody is signed in: sign in first")
	}
	return s.Store.Customer(ctx, session.Customer)
}

// prove checks that the one who is signed in knows the password.
func (s *Service) prove(ctx context.Context, c shop.Customer, client, password string) error {
	if c.Password == "" {
		return shop.Errorf(shop.Forbidden, "password", "this account has no password: ask the shop to change it")
	}
	if password == "" {
		return shop.Errorf(shop.BadUserInput, "password", "is missing: give the password of now")
	}
	if err := s.attempt(ctx, client, c.Email); err != nil {
		return err
	}
	ok, err := s.verify(ctx, password, c.Password)
	if err == nil && !ok {
		err = shop.Errorf(shop.Unauthenticated, "password", "the password is wrong")
	}
	return err
}

// ended lets go of what is remembered of sessions that are over.
func (s *Service) ended(sessions []shop.Session) {
	for _, v := range sessions {
		s.stored.drop(v.TokenHash)
	}
}
