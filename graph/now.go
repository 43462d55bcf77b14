package graph

import (
	"context"
	"slices"
	"time"

	"also/graph/model"
	"also/pulse"
	"also/shop"
	"also/training"
	"also/warehouse"
)

// maxSlices is into how many parts a period may be cut.
const maxSlices = 60

// periods are the lengths of those that end now.
var periods = map[model.KpiPeriod]time.Duration{
	model.KpiPeriodDay: 24 * time.Hour, model.KpiPeriodWeek: 7 * 24 * time.Hour, model.KpiPeriodMonth: 30 * 24 * time.Hour,
}

// kpiQuery decodes which figures are wanted.
func kpiQuery(from, to *time.Time, period *model.KpiPeriod, slices *int, before bool) (pulse.KPIs, error) {
	q := pulse.KPIs{From: deref(from), To: deref(to), Slices: deref(slices), Before: before}
	switch {
	case q.Slices < 0 || q.Slices > maxSlices:
		return q, shop.Errorf(shop.BadUserInput, "slices", "slices must be 0 to %d, not %d", maxSlices, q.Slices)
	case period != nil && (from != nil || to != nil), period == nil && (from == nil || to == nil):
		return q, shop.Errorf(shop.BadUserInput, "period", "give either period, or from and to")
	case period != nil:
		q.Last = periods[*period]
	case !q.From.Before(q.To):
		return q, shop.Errorf(shop.BadUserInput, "to", "the period ends before it begins: from must be earlier than to")
	}
	return q, nil
}

func toFigures(f warehouse.Figures) *model.Kpis {
	out := toKPIs(f.KPIs)
	for _, slice := range f.Slices {
		out.Slices = append(out.Slices, *toKPIs(slice))
	}
	if f.Before != nil {
		out.Before = toKPIs(*f.Before)
	}
	return out
}

func toKPIs(k warehouse.KPIs) *model.Kpis {
	out := &model.Kpis{
		From: k.From, To: k.To, Events: count(k.Events), Users: count(k.Users), Orders: count(k.Orders), Pieces: count(k.Pieces),
		Revenue: k.Revenue, RecommendedRevenue: k.RecommendedRevenue, Impressions: count(k.Impressions), Clicks: count(k.Clicks),
		Buyers: count(k.Buyers), ClickThroughRate: ratio(k.Clicks, k.Impressions), Conversion: ratio(k.Buyers, k.Users),
		RecommendedShare: recommendedShare(k), Slices: []model.Kpis{},
	}
	if out.Revenue == nil {
		out.Revenue = []shop.Money{}
	}
	if out.RecommendedRevenue == nil {
		out.RecommendedRevenue = []shop.Money{}
	}
	return out
}

// ratio is a part of a whole, null of nothing.
func ratio(part, whole int64) *float64 {
	if whole <= 0 {
		return nil
	}
	r := float64(part) / float64(whole)
	return &r
}

// recommendedShare is what recommendations led to of the currency that earned most.
func recommendedShare(k warehouse.KPIs) *float64 {
	if len(k.Revenue) == 0 {
		return nil
	}
	most := slices.MaxFunc(k.Revenue, func(a, b shop.Money) int { return int(min(1, max(-1, a.Minor-b.Minor))) })
	var led int64
	for _, m := range k.RecommendedRevenue {
		if m.Currency == most.Currency {
			led = m.Minor
		}
	}
	return ratio(led, most.Minor)
}

// toPipe makes the API's form of a pipe.
func toPipe(p pulse.Pipe) model.Pipe {
	out := model.Pipe{
		Key: p.Key, Kind: p.Kind, Name: p.Name, Text: p.Text, State: p.State, Entries: count(p.Entries), LagMs: *milliseconds(&p.Lag),
		Rate: p.Rate, MovedAt: p.MovedAt, Failure: orNull(p.Failure), FailedAt: p.FailAt, Holder: orNull(p.Holder), History: []model.PipeSample{},
	}
	for _, s := range p.History {
		out.History = append(out.History, model.PipeSample{At: s.At, Entries: count(s.Entries), LagMs: *milliseconds(&s.Lag)})
	}
	return out
}

func toLatency(l pulse.Latency) model.Latency {
	return model.Latency{Count: l.Count, P50Ms: *milliseconds(&l.P50), P90Ms: *milliseconds(&l.P90), P99Ms: *milliseconds(&l.P99)}
}

// transporter is how far it is behind, and its pipes.
func (r *Resolver) transporter(ctx context.Context) (*model.Transporter, error) {
	lag, err := r.Pipe.Lag(ctx)
	if err != nil {
		return nil, err
	}
	pipes, carried, err := r.Pulse.PipeList(ctx)
	if err != nil {
		return nil, err
	}
	out := &model.Transporter{
		Through: lag.Through, Pending: lag.Pending, LagMs: *milliseconds(&lag.Oldest), Carried: carried, Pipes: []model.Pipe{},
		Visible: toLatency(r.Pulse.Visible.Percentiles()),
	}
	for _, p := range pipes {
		out.Pipes = append(out.Pipes, toPipe(p))
	}
	return out, nil
}

// settings is what the server runs with.
func (r *Resolver) settings(ctx context.Context) (*model.Settings, error) {
	now := r.Pulse.Settings()
	out := &model.Settings{
		ShopName: now.ShopName, TrainingSchedule: now.Schedule, PromoteAutomatically: now.Promote, ModelMaxAgeDays: now.MaxAgeDays,
		UpdatedAt: now.UpdatedAt, Groups: []model.SettingGroup{},
	}
	if next, err := training.NextRun(now.Schedule, r.Pulse.Now()); err == nil {
		out.NextTrainingAt = &next
	}
	groups, err := r.Pulse.Facts(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		group := model.SettingGroup{Name: g.Name, Settings: []model.Setting{}}
		for _, f := range g.Facts {
			group.Settings = append(group.Settings, model.Setting{Key: f.Key, Name: f.Name, Value: f.Value, Explanation: f.Explanation, Change: f.Change})
		}
		out.Groups = append(out.Groups, group)
	}
	return out, nil
}
