package warehouse

import (
	"context"
	"database/sql"
	"time"

	"also/shop"
)

// Ranked is one product of a list made by counting.
type Ranked struct {
	SKU   string
	Score float64
}

// BestSellers are lists by pieces sold less pieces returned, the most first,
// ties by sku. A category's list holds what its descendants sold too. The category and
// the vendor are those of a product's latest state.
type BestSellers struct {
	All        []Ranked
	ByCategory map[string][]Ranked // by shop.Category.ID
	ByVendor   map[string][]Ranked // by shop.Vendor.ID
}

// Bought is one product bought together with another: in how many orders, and
// how much more often than chance would have it (lift).
type Bought struct {
	SKU, With string
	Orders    int64
	Lift      float64
}

// forever stands for "no limit", in milliseconds: the year 9999.
const forever = 253402300799000

// millisOr returns t in milliseconds, or none for the zero time.
func millisOr(t time.Time, none int64) int64 {
	if t.IsZero() {
		return none
	}
	return t.UnixMilli()
}

// ask calls f with a view of the lake's chosen files as they are now; again, from nothing, should files vanish.
func (l *Lake) ask(ctx context.Context, choose filesOf, f func(*view) error) error {
	return l.read(ctx, func(snap *snapshot) error {
		v, err := l.view(ctx, snap, choose)
		if err != nil {
			return err
		}
		defer v.close()
		return f(v)
	})
}

// sellFiles hold what was sold and looked at.
var sellFiles = kinds(OrderFile, BehaviourFile)

// BestSellers returns the n best sellers of each list among what occurred from
// since on and before a moment; zero times: no limit.
func (l *Lake) BestSellers(ctx context.Context, since, before time.Time, n int) (*BestSellers, error) {
	var b *BestSellers
	err := l.ask(ctx, kinds(CatalogueFile), func(v *view) error {
		b = &BestSellers{ByCategory: map[string][]Ranked{}, ByVendor: map[string][]Ranked{}}
		if err := v.exec(ctx, "groups", nil); err != nil {
			return err
		}
		if err := v.choose(ctx, l, sellFiles.within(since, before)); err != nil {
			return err
		}
		return v.query(ctx, "best_sellers", nil, b.add,
			sql.Named("since", millisOr(since, 0)), sql.Named("before", millisOr(before, forever)), sql.Named("n", n))
	})
	return b, err
}

func (b *BestSellers) add(scan func(...any) error) error {
	var kind, id string
	var r Ranked
	if err := scan(&kind, &id, &r.SKU, &r.Score); err != nil {
		return err
	}
	switch kind {
	case "all":
		b.All = append(b.All, r)
	case "category":
		b.ByCategory[id] = append(b.ByCategory[id], r)
	default:
		b.ByVendor[id] = append(b.ByVendor[id], r)
	}
	return nil
}

// Trending returns the n products bought most up to a moment, where a purchase
// counts half for every halfLife that it lies back; ties by sku.
func (l *Lake) Trending(ctx context.Context, at time.Time, halfLife time.Duration, n int) ([]Ranked, error) {
	if halfLife <= 0 {
		return nil, shop.Errorf(shop.BadUserInput, "halfLife", "%v is not a half-life: use a positive duration", halfLife)
	}
	var list []Ranked
	// What is older than 33 half-lives is rounded to nothing.
	oldest := at.Add(-33 * min(halfLife, maxHalfLife))
	err := l.ask(ctx, sellFiles.within(oldest, at), func(v *view) (err error) {
		list, err = v.ranked(ctx, "trending", sql.Named("at", at.UnixMilli()), sql.Named("half_life", float64(halfLife)/float64(time.Millisecond)), sql.Named("n", n))
		return err
	})
	return list, err
}

// Newest returns the n ACTIVE products listed last, the newest first; the score is the time in milliseconds.
func (l *Lake) Newest(ctx context.Context, n int) ([]Ranked, error) {
	var list []Ranked
	err := l.ask(ctx, kinds(CatalogueFile), func(v *view) (err error) {
		list, err = v.ranked(ctx, "newest", sql.Named("n", n))
		return err
	})
	return list, err
}

func (v *view) ranked(ctx context.Context, name string, args ...any) ([]Ranked, error) {
	var list []Ranked
	err := v.query(ctx, name, nil, func(scan func(...any) error) error {
		var r Ranked
		if err := scan(&r.SKU, &r.Score); err != nil {
			return err
		}
		list = append(list, r)
		return nil
	}, args...)
	return list, err
}

// maxHalfLife keeps 33 half-lives within a time.Duration.
const maxHalfLife = 8 * 365 * 24 * time.Hour

// widestOrder is how many products an order may hold to count for what is
// bought together: the cost of an order is the square of that.
const widestOrder = 100

// leastTogether is in how many orders two products must be to say something.
const leastTogether = 2

// BoughtTogether returns for each product the n that are most often in the same
// order, by orders · ln(lift), products by sku. It counts orders from since on (zero: all) of at
// most 100 products, and pairs in at least 2 of them with a lift above 1.
func (l *Lake) BoughtTogether(ctx context.Context, since time.Time, n int) ([]Bought, error) {
	var list []Bought
	err := l.ask(ctx, sellFiles.within(since, time.Time{}), func(v *view) error {
		list = nil
		return v.query(ctx, "together", nil, func(scan func(...any) error) error {
			var b Bought
			if err := scan(&b.SKU, &b.With, &b.Orders, &b.Lift); err != nil {
				return err
			}
			list = append(list, b)
			return nil
		}, sql.Named("since", millisOr(since, 0)), sql.Named("widest", widestOrder), sql.Named("least", leastTogether), sql.Named("n", n))
	})
	return list, err
}
