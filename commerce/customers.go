package commerce

import (
	"context"
	"maps"
	"strings"

	"also/shop"
	"also/store"
)

// CustomerPatch changes the fields that are set.
type CustomerPatch struct {
	ExternalID *string
	Name       *string
	Email      *string // "": none
	Attributes *map[string]string
}

// CustomerCreate makes a customer that the shop names; they have no password until they sign up by other means. It
// fails with shop.Conflict if another has the email or the shop's own id.
func (s *Service) CustomerCreate(ctx context.Context, in CustomerPatch) (shop.Customer, error) {
	c := shop.Customer{CreatedAt: s.now()}
	if in.ExternalID == nil && in.Email == nil {
		return c, shop.Errorf(shop.BadUserInput, "externalId", "is missing, and so is email: give one of them")
	}
	if err := in.apply(&c); err != nil {
		return c, err
	}
	if in.ExternalID != nil { // one that only events named so far gets a name now; one with a record is another
		users, err := s.Store.UsersOf(ctx, []string{c.ExternalID}, false)
		if err != nil {
			return c, err
		}
		c.User = users[0]
	}
	saved, err := s.Store.SaveCustomer(ctx, c, store.Create)
	return saved, taken(err)
}

// CustomerUpdate changes a customer. shop.NotFound if there is none, shop.Conflict if another has the email.
func (s *Service) CustomerUpdate(ctx context.Context, user shop.UserID, in CustomerPatch) (shop.Customer, error) {
	c, err := s.Store.Customer(ctx, user)
	if err != nil {
		return c, absent(err, "id", "there is no such customer")
	}
	if in.ExternalID != nil && c.ExternalID != "" && *in.ExternalID != c.ExternalID {
		return c, shop.Errorf(shop.BadUserInput, "externalId", "cannot be changed: events of the shop's own systems name the customer by it")
	}
	if err := in.apply(&c); err != nil {
		return c, err
	}
	saved, err := s.Store.SaveCustomer(ctx, c, store.Replace)
	return saved, taken(err)
}

// taken keeps the field of a conflict and says what to do.
func taken(err error) error {
	if shop.CodeOf(err) != shop.Conflict {
		return err
	}
	if strings.Contains(err.Error(), "email") {
		return named(err, "email", "another customer has this address: give another")
	}
	return named(err, "externalId", "another customer has this id of the shop: update that one")
}

// apply checks a patch and carries it out.
func (in CustomerPatch) apply(c *shop.Customer) error {
	var k checks
	if in.ExternalID != nil {
		k.id("externalId", *in.ExternalID)
		c.ExternalID = *in.ExternalID
	}
	if in.Name != nil {
		k.text("name", *in.Name, maxName)
		c.Name = *in.Name
	}
	if in.Email != nil {
		c.Email = ""
		if *in.Email != "" {
			c.Email = k.email("email", *in.Email)
		}
		if c.Email == "" && c.Password != "" {
			k.fail("email", "cannot be taken from an account: it signs in with it")
		}
	}
	if in.Attributes != nil {
		k.attributes(*in.Attributes)
		c.Attributes = maps.Clone(*in.Attributes)
	}
	return k.err
}
