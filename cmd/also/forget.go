package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"also/shop"
	"also/transport"
)

// forgetCommand forgets a customer in a data folder that no server holds; a
// server's console and API do it while it serves.
type forgetCommand struct {
	dataFlags
	logFlags
	Customer string `arg:"" help:"The shop's own id of the customer, or the email of their account."`
	JSON     bool   `name:"json" help:"Print the receipt as JSON."`
}

// Run forgets, rewrites the lake, and prints the receipt.
func (c forgetCommand) Run(ctx context.Context) (err error) {
	log := quiet(c.logFlags)
	d, err := openFolder(ctx, c.dataFlags, "", log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	s, err := newServices(ctx, c.Shop, d.store, d.lake, log)
	if err != nil {
		return err
	}
	user, err := c.user(ctx, s)
	if err != nil {
		return err
	}
	f, err := s.commerce.ForgetCustomer(ctx, user)
	if err != nil {
		return err
	}
	if err := transport.Forget(ctx, d.lake, d.store, time.Now); err != nil {
		return err
	}
	if f, err = s.commerce.Forgetting(ctx, f.ID); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(f)
	}
	fmt.Printf("forgotten: %d orders, %d sessions, %d carts; %d events erased in %d files, %d order lines kept as sales to nobody\n",
		f.Orders, f.Sessions, f.Carts, f.Events, f.Files, f.Sales)
	fmt.Println("Models trained before may hold a row of numbers under a random number that leads to nobody any more: train anew.")
	return nil
}

// user finds who is meant.
func (c forgetCommand) user(ctx context.Context, s *services) (shop.UserID, error) {
	users, err := s.store.UsersOf(ctx, []string{c.Customer}, false)
	if err != nil || users[0] != 0 {
		return users[0], err
	}
	found, err := s.store.CustomerByEmail(ctx, c.Customer)
	if shop.CodeOf(err) == shop.NotFound {
		return 0, shop.Errorf(shop.NotFound, "", "nobody is known by %q: give the shop's own id of the customer, or their email", c.Customer)
	}
	return found.User, err
}
