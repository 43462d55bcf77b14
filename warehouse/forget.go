package warehouse

import (
	"context"
	"fmt"
	"slices"

	"also/shop"
)

// ForgetReport says what an erasure did.
type ForgetReport struct {
	Through Position // the lake's end when it began
	Files   int      // rewritten
	Events  int64    // erased
	Sales   int64    // order lines, and their being cancelled, that stay as sales to nobody
}

// Forget erases the events of users (customers and sessions) by rewriting the
// files that hold them. What was sold in an order placed here stays, without who bought it and under an order number
// that leads nowhere, since the stock follows from it. The old files go
// with the first sweep after Options.Keep. Whoever forgets a customer deletes the control
// records first, and drops the training sets that counted the events.
func (l *Lake) Forget(ctx context.Context, users []shop.UserID) (r ForgetReport, err error) {
	if l.log == nil {
		return r, errReadOnly
	}
	l.changing.Lock()
	defer l.changing.Unlock()
	compacted, err := l.compactLanding(ctx)
	if err != nil {
		return r, fmt.Errorf("forget: %w", err)
	}
	r.Through = compacted.Through
	files, err := l.parquetOf(ctx, users, l.current().Parquet)
	if err != nil {
		return r, fmt.Errorf("forget: %w", err)
	}
	var days []string
	for _, f := range files {
		if !slices.Contains(days, f.Day) {
			days = append(days, f.Day)
		}
	}
	if len(days) == 0 {
		return r, nil
	}
	if r.Sales, err = l.salesOf(ctx, users, files); err != nil {
		return r, fmt.Errorf("forget: %w", err)
	}
	before := l.rows()
	if r.Files, err = l.rewrite(ctx, days, users); err != nil {
		return r, fmt.Errorf("forget: %w", err)
	}
	r.Events = before - l.rows()
	return r, nil
}

// rows counts the events in Parquet.
func (l *Lake) rows() (n int64) {
	for _, f := range l.current().Parquet {
		n += f.Rows
	}
	return n
}

// salesOf counts what stays of the users in some files.
func (l *Lake) salesOf(ctx context.Context, users []shop.UserID, files []ParquetFile) (n int64, err error) {
	var paths []string
	for _, f := range files {
		if f.Kind == OrderFile {
			paths = append(paths, l.path(f.Name))
		}
	}
	if len(paths) == 0 {
		return 0, nil
	}
	v, err := l.connect(ctx)
	if err != nil {
		return 0, err
	}
	defer v.close()
	data := map[string]any{"Files": paths, "Users": joinUsers(users)}
	err = v.query(ctx, "sales_of", data, func(scan func(...any) error) error { return scan(&n) })
	return n, err
}

// SessionsOf returns the sessions that signed in as a customer, which name some of their events.
func (l *Lake) SessionsOf(ctx context.Context, customer shop.UserID) ([]shop.UserID, error) {
	var sessions []shop.UserID
	err := l.ask(ctx, kinds(CatalogueFile), func(v *view) error {
		sessions = nil
		return v.query(ctx, "sessions_of", map[string]any{"Customer": customer.String()}, func(scan func(...any) error) error {
			var u shop.UserID
			if err := scan(&u); err != nil {
				return err
			}
			sessions = append(sessions, u)
			return nil
		})
	})
	return sessions, err
}
