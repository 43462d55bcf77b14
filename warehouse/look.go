package warehouse

import (
	"context"
	"database/sql"
	"time"
)

// NamedSKUs returns how often each product was named since a moment by events
// that speak of taste, whether or not the catalogue has it.
func (l *Lake) NamedSKUs(ctx context.Context, since time.Time) (map[string]int64, error) {
	var named map[string]int64
	err := l.ask(ctx, sellFiles.within(since, time.Time{}), func(v *view) error {
		named = map[string]int64{}
		return v.query(ctx, "named_skus", map[string]any{"Types": tasteTypes}, func(scan func(...any) error) error {
			var sku string
			var n int64
			if err := scan(&sku, &n); err != nil {
				return err
			}
			named[sku] = n
			return nil
		}, sql.Named("since", since.UnixMilli()))
	})
	return named, err
}

// Returning returns how many users did something since a moment that speaks of
// taste, and how many of them bought at least twice.
func (l *Lake) Returning(ctx context.Context, since time.Time) (users, returned int64, err error) {
	err = l.ask(ctx, kinds(CatalogueFile), func(v *view) error {
		if err := v.exec(ctx, "joined", map[string]any{"Through": int64(forever)}); err != nil {
			return err
		}
		if err := v.choose(ctx, l, sellFiles.within(since, time.Time{})); err != nil {
			return err
		}
		return v.query(ctx, "returning", map[string]any{"Types": tasteTypes}, func(scan func(...any) error) error {
			return scan(&users, &returned)
		}, sql.Named("since", since.UnixMilli()))
	})
	return users, returned, err
}
