package warehouse

import (
	"context"
	"database/sql"
	"time"

	"also/shop"
)

// KPIs are the figures of a period. Returns count against pieces and revenue.
type KPIs struct {
	From, To            time.Time
	Events              int64
	Users               int64 // customers and sessions that did something
	Buyers              int64 // of these, those who bought
	Orders              int64
	Pieces              int64
	Revenue             []shop.Money // by currency
	RecommendedRevenue  []shop.Money // of order lines that name a recommendation
	Impressions, Clicks int64
}

// Figures are those of a period and, where asked for, of its slices and of the
// period before.
type Figures struct {
	KPIs
	Slices []KPIs // of equal length, in order
	Before *KPIs  // of the same length; nil: not asked for
}

// FigureQuery asks for the figures of what occurred from a moment on and before another.
type FigureQuery struct {
	From, To time.Time
	Slices   int // into how many parts the period is cut; 0: none
	Before   bool
}

// figureSlot is where a row of figures belongs: the period before, the period, a slice of it.
type figureSlot struct {
	now   bool
	slice int // -1: the whole
}

// Figures returns the figures of a period, all of them in one pass over its days.
func (l *Lake) Figures(ctx context.Context, q FigureQuery) (Figures, error) {
	var f Figures
	if !q.From.Before(q.To) {
		return f, shop.Errorf(shop.BadUserInput, "to", "the period ends before it begins: from must be earlier than to")
	}
	length := q.To.Sub(q.From)
	earliest := q.From
	if q.Before {
		earliest = q.From.Add(-length)
	}
	width := max(1, length.Milliseconds()/int64(max(1, q.Slices)))
	args := []any{sql.Named("earliest", earliest.UnixMilli()), sql.Named("since", q.From.UnixMilli()), sql.Named("before", q.To.UnixMilli()), sql.Named("width", width), sql.Named("last", max(0, q.Slices-1))}
	err := l.ask(ctx, kinds(CatalogueFile), func(v *view) error {
		f = newFigures(q, width)
		if err := v.exec(ctx, "joined", map[string]any{"Through": int64(forever)}); err != nil {
			return err
		}
		if err := v.choose(ctx, l, filesOf(nil).within(earliest, q.To)); err != nil {
			return err
		}
		if err := v.query(ctx, "kpis", nil, f.count, args...); err != nil {
			return err
		}
		return v.query(ctx, "kpi_revenue", nil, f.earn, args...)
	})
	return f, err
}

// newFigures are figures in which nothing happened.
func newFigures(q FigureQuery, width int64) Figures {
	f := Figures{KPIs: KPIs{From: q.From, To: q.To}}
	for i := range q.Slices {
		from := q.From.Add(time.Duration(int64(i)*width) * time.Millisecond)
		f.Slices = append(f.Slices, KPIs{From: from, To: from.Add(time.Duration(width) * time.Millisecond)})
	}
	if q.Slices > 0 {
		f.Slices[q.Slices-1].To = q.To // what the division left over
	}
	if q.Before {
		f.Before = &KPIs{From: q.From.Add(-q.To.Sub(q.From)), To: q.From}
	}
	return f
}

// at returns the figures of a slot, nil if nobody asked for them.
func (f *Figures) at(s figureSlot) *KPIs {
	switch {
	case s.slice < 0 && s.now:
		return &f.KPIs
	case s.slice < 0:
		return f.Before
	case !s.now || len(f.Slices) == 0:
		return nil
	}
	return &f.Slices[s.slice]
}

// count reads a row of sql/kpis.sql.
func (f *Figures) count(scan func(...any) error) error {
	var s figureSlot
	var k KPIs
	if err := scan(&s.now, &s.slice, &k.Events, &k.Users, &k.Buyers, &k.Orders, &k.Pieces, &k.Impressions, &k.Clicks); err != nil {
		return err
	}
	if to := f.at(s); to != nil {
		k.From, k.To = to.From, to.To
		*to = k
	}
	return nil
}

// earn reads a row of sql/kpi_revenue.sql.
func (f *Figures) earn(scan func(...any) error) error {
	var s figureSlot
	all, recommended := shop.Money{}, shop.Money{}
	if err := scan(&s.now, &s.slice, &all.Currency, &all.Minor, &recommended.Minor); err != nil {
		return err
	}
	to := f.at(s)
	if to == nil {
		return nil
	}
	recommended.Currency = all.Currency
	to.Revenue = append(to.Revenue, all)
	if recommended.Minor != 0 {
		to.RecommendedRevenue = append(to.RecommendedRevenue, recommended)
	}
	return nil
}
