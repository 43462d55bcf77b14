package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"also/shop"
	"also/store"
)

// Budgets are what callers may ask in a while: a bucket each, in the unit of
// Limits.Complexity. A bucket without a Capacity bounds nothing.
type Budgets struct {
	Shopper store.Bucket // of a customer, or of all visitors of one network address
	Shop    store.Bucket // of a key of that role
	Admin   store.Bucket
}

// DefaultBudgets let a house full of people shop as fast as they can click, and
// a program of the shop's ask twenty times as much.
var DefaultBudgets = Budgets{
	Shopper: store.Bucket{Capacity: 2_000_000, Restore: 100_000},
	Shop:    store.Bucket{Capacity: 40_000_000, Restore: 2_000_000},
	Admin:   store.Bucket{Capacity: 40_000_000, Restore: 2_000_000},
}

// Check fails with shop.BadUserInput for a bucket that is smaller than what one
// operation may cost, or never fills again.
func (b Budgets) Check(l Limits) error {
	most := l.withDefaults().Complexity
	for name, k := range map[string]store.Bucket{"shopper": b.Shopper, "shop": b.Shop, "admin": b.Admin} {
		if k.Capacity != 0 && (k.Capacity < most || k.Restore < 1) {
			return shop.Errorf(shop.BadUserInput, name+"-budget", "%d:%d bounds nothing well: hold at least the %d that one operation may cost, and fill again", k.Capacity, k.Restore, most)
		}
	}
	return nil
}

// of returns a caller's bucket and its name. Visitors are counted by network
// address, not by session: a session costs nothing to begin.
func (b Budgets) of(c *Caller) (store.Bucket, string) {
	switch {
	case c.Key != "" && c.Role == shop.RoleAdmin:
		return b.Admin, "key/" + c.Key
	case c.Key != "":
		return b.Shop, "key/" + c.Key
	case c.Session().Customer != 0:
		return b.Shopper, "customer/" + c.Session().Customer.String()
	}
	digest := sha256.Sum256([]byte(c.Client))
	return b.Shopper, "client/" + hex.EncodeToString(digest[:12])
}

// drawWithin is how long a bucket may take to answer before the operation goes
// on without it.
const drawWithin = 100 * time.Millisecond

// budget draws what an operation costs from its caller's bucket, refuses it
// while there is too little, and says so in every answer. When the store does
// not answer nothing is drawn: what follows says what is wrong, or does without.
type budget struct {
	Budgets
	draw func(ctx context.Context, name string, cost int, b store.Bucket) (store.Drawn, error)
	log  *slog.Logger
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
	graphql.ResponseInterceptor
} = (*budget)(nil)

// ExtensionName implements graphql.HandlerExtension.
func (*budget) ExtensionName() string { return "Budget" }

// Validate implements graphql.HandlerExtension.
func (*budget) Validate(graphql.ExecutableSchema) error { return nil }

// charge is what an operation costs, and what was drawn for it.
type charge struct {
	requested int
	drawn     *store.Drawn // nil: nobody asked the bucket yet
	told      bool         // in an answer: a subscription has many
}

const chargeName = "also/charge"

func chargeOf(op *graphql.OperationContext) *charge {
	c, ok := op.Stats.GetExtension(chargeName).(*charge)
	if !ok {
		c = &charge{}
		op.Stats.SetExtension(chargeName, c)
	}
	return c
}

// MutateOperationContext implements graphql.OperationContextMutator.
func (b *budget) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	c := chargeOf(op)
	if op.Operation.Operation == ast.Query && c.requested == 0 {
		return nil // introspection is free
	}
	c.drawn = b.ask(ctx, c.requested)
	if c.drawn == nil || c.drawn.RetryAfter == 0 {
		return nil
	}
	err := shop.Errorf(shop.Throttled, "", "this costs %d and %d is left: try again in %s, or ask for less", c.requested, c.drawn.Available,
		c.drawn.RetryAfter.Round(time.Millisecond))
	err.RetryAfter = c.drawn.RetryAfter
	return &gqlerror.Error{Err: err, Message: err.Message}
}

// ask draws from the caller's bucket; nil if it did not answer or there is none.
func (b *budget) ask(ctx context.Context, cost int) *store.Drawn {
	bucket, name := b.of(CallerOf(ctx))
	if bucket.Capacity == 0 {
		return nil
	}
	within, cancel := context.WithTimeout(ctx, drawWithin)
	defer cancel()
	drawn, err := b.draw(within, name, cost, bucket)
	if err != nil {
		if ctx.Err() == nil {
			b.log.WarnContext(ctx, "draw from a bucket", "error", err)
		}
		return nil
	}
	return &drawn
}

// InterceptResponse implements graphql.ResponseInterceptor.
func (b *budget) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	c := &charge{}
	if graphql.HasOperationContext(ctx) {
		c = chargeOf(graphql.GetOperationContext(ctx))
	}
	if !c.told {
		c.told = true
		if c.drawn == nil {
			c.drawn = b.ask(ctx, 0)
		}
		graphql.RegisterExtension(ctx, "cost", b.told(ctx, c))
	}
	return next(ctx)
}

// told is extensions.cost.
func (b *budget) told(ctx context.Context, c *charge) map[string]any {
	out := map[string]any{"requested": c.requested}
	bucket, _ := b.of(CallerOf(ctx))
	if bucket.Capacity == 0 {
		return out
	}
	throttle := map[string]any{"maximumAvailable": bucket.Capacity, "restoreRate": bucket.Restore}
	if c.drawn != nil {
		throttle["currentlyAvailable"] = c.drawn.Available
	}
	out["throttle"] = throttle
	return out
}
