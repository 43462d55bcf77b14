// Package graph is the GraphQL contract: the schema's files, resolvers that
// decode, call one domain method and map the result, and the one table that
// turns errors into their wire form.
package graph

import (
	"context"
	"time"

	"also/catalogue"
	"also/commerce"
	"also/customers"
	"also/graph/model"
	"also/imports"
	"also/pulse"
	"also/recommend"
	"also/shop"
	"also/store"
	"also/training"
	"also/warehouse"
)

// Resolver is the root of all resolvers: the domain's services that they call.
type Resolver struct {
	Commerce  *commerce.Service
	Catalogue *catalogue.Catalogue
	Customers *customers.Directory
	Recommend *recommend.Service
	Training  *training.Service
	Imports   *imports.Service
	Pulse     *pulse.Service
	Lake      Lake
	Pipe      Pipe
	Store     store.Store          // read only: what no service above is about
	Demo      []model.DemoCustomer // empty unless this is the demo shop; ids are the shop's own of customers
}

// Lake answers what the serving view does not keep: the figures of a period, and
// what a user did before the view's memory begins.
type Lake interface {
	UserHistory(ctx context.Context, user shop.UserID, since warehouse.Position, n int) ([]shop.Event, error)
}

// Pipe says how far the transporter is behind.
type Pipe interface {
	Lag(ctx context.Context) (PipeLag, error)
}

// PipeLag is how far the transporter is behind.
type PipeLag struct {
	Through warehouse.Position // the lake's end
	Pending int                // entries written but not yet in the journal
	Oldest  time.Duration      // how long the first of them has waited
}
