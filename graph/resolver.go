// Package graph is the GraphQL contract: the schema's files, resolvers that
// decode, call one domain method and map the result, and the one table that
// turns errors into their wire form.
package graph

import (
	"context"
	"time"

	"also/catalogue"
	"also/commerce"
	"also/graph/model"
	"also/recommend"
	"also/store"
	"also/training"
	"also/warehouse"
)

// Resolver is the root of all resolvers: the domain's services that they call.
type Resolver struct {
	Commerce  *commerce.Service
	Catalogue *catalogue.Catalogue
	Recommend *recommend.Service
	Training  *training.Service
	Lake      Lake
	Pipe      Pipe
	Store     store.Store          // read only: what no service above is about
	Demo      []model.DemoCustomer // empty unless this is the demo shop; ids are the shop's own of customers
}

// Lake answers the console's questions about a period.
type Lake interface {
	KPIs(ctx context.Context, from, to time.Time) (warehouse.KPIs, error)
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
