package recommend

import (
	"context"
	"slices"
	"time"

	"also/catalogue"
	"also/engine"
	"also/shop"
	"also/store"
)

// question is one request while it is being answered: what was asked, and all
// that sources may know.
type question struct {
	s       *Service
	req     Request
	snap    *catalogue.Snapshot
	v       *view // nil without a model
	work    *scratch
	profile *profile
	tail    []shop.Event // oldest first
	cart    []string

	eligible    catalogue.Bits // by number: what may be bought and matches the filter; shared, not to be written
	onSale      bool           // eligible is all that is on sale
	hidden      map[int32]bool // by number: never
	bought      map[int32]bool // by number: only by BUY_AGAIN
	about       []string       // the products that the answer is about
	category    string         // the category that the answer is about; "" the whole shop
	explainer   *engine.BlendExplainer
	texts       []string // of the profile's entries, as far as they were needed
	late        []Source
	withoutTail bool
	ahead       *[]store.ListEntry // the list of the only product asked about, if it was read already
	beginning   *beginning         // with customers alike, where the shopper's history says little; nil: nothing
}

// scratch is what one answer needs of memory, used again.
type scratch struct {
	ws      engine.Workspace
	scored  []engine.Scored
	x       []float32
	exclude []int32
	shares  []float64
	order   []int32
}

// ask prepares a request: it reads what the store knows of the shopper, in at most two
// round trips side by side, and goes without what is late.
func (s *Service) ask(ctx context.Context, req Request, v *view, work *scratch) *question {
	q := &question{s: s, req: req, snap: s.Catalogue.Snapshot(), v: v, work: work, about: req.Products}
	attributes := q.readShopper(ctx)
	q.profile = newProfile(v, req.User, q.tail)
	q.begin(attributes)
	if len(q.about) == 0 && (req.Placement == PlacementCart || req.Placement == PlacementOrder) {
		q.about = q.cart
	}
	q.category = q.mainCategory()
	q.eligible, q.onSale = s.eligible(q.snap, req.Filter)
	q.hide()
	return q
}

// readShopper reads the shopper's recent history and cart, and returns their attributes where these
// may count.
func (q *question) readShopper(ctx context.Context) map[string]string {
	if q.req.User == 0 {
		if q.thin() {
			return q.req.Attributes
		}
		return nil
	}
	// What comes after needs no store, or can do without: a tenth of the time is enough for it.
	ctx, cancel := context.WithTimeout(ctx, q.s.Deadline*9/10)
	defer cancel()
	carts := start(func() ([]string, error) {
		cart, err := q.s.Store.Cart(ctx, q.req.User)
		skus := make([]string, len(cart.Lines))
		for i, l := range cart.Lines {
			skus[i] = l.SKU
		}
		return skus, err
	})
	var attributes *promise[map[string]string]
	if q.thin() {
		attributes = start(func() (map[string]string, error) { return q.readAttributes(ctx) })
	}
	tails := start(func() ([][]shop.Event, error) { return q.s.Store.Tails(ctx, []shop.UserID{q.req.User}) })
	tail, err := tails.wait(ctx)
	if err != nil {
		q.s.Log.WarnContext(ctx, "answer without the shopper's recent history", "error", err)
		q.withoutTail = true
	} else {
		q.tail = tail[0]
	}
	if q.cart, err = carts.wait(ctx); err != nil && !q.withoutTail {
		q.s.Log.WarnContext(ctx, "answer without the shopper's cart", "error", err)
	}
	if attributes == nil {
		return nil
	}
	known, err := attributes.wait(ctx)
	if err != nil {
		q.s.Log.WarnContext(ctx, "answer without the shopper's attributes", "error", err)
		return q.req.Attributes
	}
	return known
}

// mainCategory returns the category that a request is about.
func (q *question) mainCategory() string {
	if len(q.req.Filter.Categories) == 1 {
		return q.req.Filter.Categories[0]
	}
	for _, sku := range q.about {
		if p := q.snap.Product(sku); p != nil && len(p.Categories) > 0 {
			return p.Categories[0]
		}
	}
	return ""
}

// eligible returns the numbers of the products that may be bought and match a filter. The set is
// shared.
func (s *Service) eligible(snap *catalogue.Snapshot, f Filter) (b catalogue.Bits, onSale bool) {
	inStock := true
	cf := catalogue.Filter{Categories: f.Categories, Vendors: f.Vendors, PriceMin: f.PriceMin, PriceMax: f.PriceMax, Attributes: f.Attributes}
	if (&Request{Filter: f}).inStock() {
		cf.InStock = &inStock
	}
	onSale = cf.InStock != nil && len(f.Categories) == 0 && len(f.Vendors) == 0 && f.PriceMin == nil && f.PriceMax == nil && len(f.Attributes) == 0 && len(f.SKUs) == 0
	if kept := s.onSale.Load(); onSale && kept != nil && kept.version == snap.Version() {
		return kept.numbers, true
	}
	b = snap.Select(cf)
	if len(f.SKUs) > 0 {
		b = among(b, snap, f.SKUs)
	}
	if onSale {
		s.onSale.Store(&onSaleSet{snap.Version(), b})
	}
	return b, onSale
}

// among returns the numbers of b that are of one of the skus.
func among(b catalogue.Bits, snap *catalogue.Snapshot, skus []string) catalogue.Bits {
	out := make(catalogue.Bits, len(b))
	for _, sku := range skus {
		if n, ok := snap.Number(sku); ok && b.Has(n) {
			out[n>>6] |= 1 << (uint(n) & 63)
		}
	}
	return out
}

// onSaleSet is all that is on sale in one version of the catalogue.
type onSaleSet struct {
	version uint64
	numbers catalogue.Bits
}

// hide works out what the shopper shall not see.
func (q *question) hide() {
	q.hidden, q.bought = map[int32]bool{}, map[int32]bool{}
	for _, skus := range [][]string{q.req.Filter.ExcludeSKUs, q.req.Products, q.cart} {
		for _, sku := range skus {
			if n, ok := q.snap.Number(sku); ok {
				q.hidden[n] = true
			}
		}
	}
	for i := range q.profile.items {
		it := &q.profile.items[i]
		if !it.rejected && !it.bought {
			continue
		}
		n, ok := q.number(it)
		if ok && it.rejected {
			q.hidden[n] = true
		} else if ok && !q.req.Filter.IncludeBought {
			q.bought[n] = true
		}
	}
}

func (q *question) number(it *item) (int32, bool) {
	if it.column >= 0 {
		n := q.v.placesIn(q.snap).number[it.column]
		return n, n >= 0
	}
	return q.snap.Number(it.sku)
}

// accepts reports whether a source may show a product.
func (q *question) accepts(number int32, by Source) bool {
	return q.eligible.Has(number) && !q.hidden[number] && (by == BuyAgain || !q.bought[number])
}

// refusedColumns returns the columns of what PERSONAL and SIMILAR may not show although it is
// eligible, ascending; good until the next call.
func (q *question) refusedColumns() []int32 {
	out := q.work.exclude[:0]
	columns := q.v.placesIn(q.snap).column
	for _, set := range []map[int32]bool{q.hidden, q.bought} {
		for n := range set {
			if int(n) < len(columns) && columns[n] >= 0 {
				out = append(out, columns[n])
			}
		}
	}
	slices.Sort(out)
	q.work.exclude = slices.Compact(out)
	return q.work.exclude
}

// name returns what a product is called.
func (q *question) name(sku string) string {
	if p := q.snap.Product(sku); p != nil {
		return p.Name
	}
	return sku
}

// promise is the result of something under way.
type promise[T any] struct {
	done  chan struct{}
	value T
	err   error
}

// start runs f aside, so that a caller can stop waiting although f does not.
func start[T any](f func() (T, error)) *promise[T] {
	p := &promise[T]{done: make(chan struct{})}
	go func() {
		defer close(p.done)
		p.value, p.err = f()
	}()
	return p
}

func (p *promise[T]) wait(ctx context.Context) (T, error) {
	select {
	case <-p.done:
		return p.value, p.err
	case <-ctx.Done():
		var zero T
		return zero, &shop.Error{Code: shop.DeadlineExceeded, Message: "the store is late", Err: ctx.Err()}
	}
}

// since returns how long ago start was.
func since(now func() time.Time, start time.Time) time.Duration { return max(0, now().Sub(start)) }
