package warehouse

import (
	"context"
	"fmt"
	"slices"

	"also/shop"
)

// Forget erases the events of users (customers and sessions) by rewriting the
// files that hold them, and returns how many files it replaced. The old files go
// with the next sweep after Options.Keep. Whoever forgets a customer deletes the control
// records first, and retires the training sets and models that saw the events.
func (l *Lake) Forget(ctx context.Context, users []shop.UserID) (int, error) {
	if l.log == nil {
		return 0, errReadOnly
	}
	l.changing.Lock()
	defer l.changing.Unlock()
	if _, err := l.compactLanding(ctx); err != nil {
		return 0, fmt.Errorf("forget: %w", err)
	}
	files, err := l.parquetOf(ctx, users, l.current().Parquet)
	if err != nil {
		return 0, fmt.Errorf("forget: %w", err)
	}
	var days []string
	for _, f := range files {
		if !slices.Contains(days, f.Day) {
			days = append(days, f.Day)
		}
	}
	if len(days) == 0 {
		return 0, nil
	}
	replaced, err := l.rewrite(ctx, days, users)
	if err != nil {
		return 0, fmt.Errorf("forget: %w", err)
	}
	return replaced, nil
}
