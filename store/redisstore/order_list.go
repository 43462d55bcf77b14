package redisstore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

// LatestOrders implements store.Orders.
func (s *Store) LatestOrders(ctx context.Context, owners []shop.UserID, n int) ([][]shop.Order, []int, error) {
	if err := s.admit(ctx); err != nil {
		return nil, nil, err
	}
	pipe := s.rdb.Pipeline()
	lengths, lists := make([]*redis.IntCmd, len(owners)), make([]*redis.StringSliceCmd, len(owners))
	for i, u := range owners {
		lengths[i] = pipe.LLen(ctx, s.keys.orders(u))
		lists[i] = pipe.LRange(ctx, s.keys.orders(u), int64(-n), -1)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, nil, mapError("list orders", err)
	}
	latest, counts := make([][]shop.Order, len(owners)), make([]int, len(owners))
	var ids []string
	for i := range owners {
		counts[i] = int(lengths[i].Val())
		if n > 0 {
			ids = append(ids, lists[i].Val()...)
		}
	}
	orders, err := s.ordersByID(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	for i := range owners {
		if n <= 0 {
			continue
		}
		own := orders[:len(lists[i].Val())]
		orders = orders[len(own):]
		for _, o := range slices.Backward(own) {
			if o != nil {
				latest[i] = append(latest[i], *o)
			}
		}
	}
	return latest, counts, nil
}

// ordersByID returns one order per id, nil where it is gone.
func (s *Store) ordersByID(ctx context.Context, ids []string) ([]*shop.Order, error) {
	orders := make([]*shop.Order, 0, len(ids))
	for chunk := range slices.Chunk(ids, 500) {
		pipe := s.rdb.Pipeline()
		values := pipe.HMGet(ctx, s.keys.order(), chunk...)
		deliveries := pipe.HMGet(ctx, s.keys.delivery(), chunk...)
		if _, err := pipe.Exec(ctx); err != nil {
			return nil, mapError("read orders", err)
		}
		for i, v := range values.Val() {
			text, there := v.(string)
			if !there {
				orders = append(orders, nil)
				continue
			}
			o, err := decodeOrder([]byte(text))
			if err != nil {
				return nil, err
			}
			if where, there := deliveries.Val()[i].(string); there {
				if err := json.Unmarshal([]byte(where), &o.Delivery); err != nil {
					return nil, fmt.Errorf("decode where an order is to be delivered: %w", err)
				}
			}
			orders = append(orders, &o)
		}
	}
	return orders, nil
}

// OrderPage implements store.Orders. It walks the days that had orders; of
// cancelled ones there are few, which are sorted here.
func (s *Store) OrderPage(ctx context.Context, q store.OrderQuery) ([]shop.Order, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	var after *shop.Order
	if !q.After.IsZero() {
		o, err := s.Order(ctx, q.After)
		if err != nil {
			return nil, err
		}
		after = &o
	}
	w := orderWalk{s: s, q: q, after: after}
	if q.Cancelled != nil && *q.Cancelled {
		err := w.cancelledPage(ctx)
		return w.page, err
	}
	days, err := s.orderDays(ctx)
	if err != nil {
		return nil, err
	}
	if !q.Oldest {
		slices.Reverse(days)
	}
	for _, day := range days {
		if len(w.page) >= q.N {
			break
		}
		if w.skips(day) {
			continue
		}
		if err := w.day(ctx, day); err != nil {
			return nil, err
		}
	}
	return w.page, nil
}

// orderDays returns the days that had orders, the oldest first.
func (s *Store) orderDays(ctx context.Context) ([]string, error) {
	days, err := s.rdb.SMembers(ctx, s.keys.placedDays()).Result()
	if err != nil {
		return nil, mapError("list orders", err)
	}
	slices.Sort(days)
	return days, nil
}

// orderWalk gathers a page of orders.
type orderWalk struct {
	s     *Store
	q     store.OrderQuery
	after *shop.Order // go on behind it; nil: from the start
	page  []shop.Order
}

// skips reports whether nothing of a day is on the page.
func (w *orderWalk) skips(day string) bool {
	if !w.q.From.IsZero() && day < dayOf(w.q.From) || !w.q.Before.IsZero() && day > dayOf(w.q.Before) {
		return true
	}
	if w.after == nil {
		return false
	}
	from := dayOf(w.after.PlacedAt)
	return w.q.Oldest && day < from || !w.q.Oldest && day > from
}

// day adds what a day has for the page, a few hundred orders at a time.
func (w *orderWalk) day(ctx context.Context, day string) error {
	ids, err := w.s.rdb.LRange(ctx, w.s.keys.placed(day), 0, -1).Result()
	if err != nil {
		return mapError("list orders", err)
	}
	if !w.q.Oldest {
		slices.Reverse(ids)
	}
	if w.after != nil && day == dayOf(w.after.PlacedAt) {
		ids = ids[slices.Index(ids, w.after.ID.String())+1:]
	}
	for chunk := range slices.Chunk(ids, max(100, 2*w.q.N)) {
		orders, err := w.s.ordersByID(ctx, chunk)
		if err != nil {
			return err
		}
		for _, o := range orders {
			if o == nil || !w.q.Matches(o) {
				continue
			}
			if w.page = append(w.page, *o); len(w.page) == w.q.N {
				return nil
			}
		}
	}
	return nil
}

// placedOrder is a cancelled order and when it was placed, in milliseconds.
type placedOrder struct {
	id string
	at int64
}

// cancelled returns the cancelled orders of the period, in no order.
func (w *orderWalk) cancelled(ctx context.Context) ([]placedOrder, error) {
	all, err := w.s.rdb.HGetAll(ctx, w.s.keys.cancelled()).Result()
	if err != nil {
		return nil, mapError("list cancelled orders", err)
	}
	list := make([]placedOrder, 0, len(all))
	for id, text := range all {
		at, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("decode when a cancelled order was placed: %w", err)
		}
		moment := time.UnixMilli(at)
		if (w.q.From.IsZero() || !moment.Before(w.q.From)) && (w.q.Before.IsZero() || moment.Before(w.q.Before)) {
			list = append(list, placedOrder{id, at})
		}
	}
	return list, nil
}

// cancelledPage fills the page with cancelled orders.
func (w *orderWalk) cancelledPage(ctx context.Context) error {
	list, err := w.cancelled(ctx)
	if err != nil {
		return err
	}
	order := func(a, b placedOrder) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.id, b.id)) }
	slices.SortFunc(list, order)
	if !w.q.Oldest {
		slices.Reverse(list)
	}
	start := 0
	if w.after != nil {
		start = slices.IndexFunc(list, func(p placedOrder) bool { return p.id == w.after.ID.String() }) + 1
		if start == 0 {
			return shop.Errorf(shop.NotFound, "after", "this order is not cancelled: start from the first page")
		}
	}
	var ids []string
	for _, p := range list[start:min(len(list), start+w.q.N)] {
		ids = append(ids, p.id)
	}
	orders, err := w.s.ordersByID(ctx, ids)
	for _, o := range orders {
		if o != nil {
			w.page = append(w.page, *o)
		}
	}
	return err
}

// ordersOfADay is more than a day has: the length of a page without an end.
const ordersOfADay = 1 << 20

// OrderCount implements store.Orders. The lists of whole days are not read; the
// days at the ends of the period are.
func (s *Store) OrderCount(ctx context.Context, q store.OrderQuery) (int, error) {
	if err := s.admit(ctx); err != nil {
		return 0, err
	}
	w := orderWalk{s: s, q: store.OrderQuery{From: q.From, Before: q.Before, N: ordersOfADay}}
	var cancelled []placedOrder
	var err error
	if q.Cancelled != nil {
		if cancelled, err = w.cancelled(ctx); err != nil || *q.Cancelled {
			return len(cancelled), err
		}
	}
	days, err := s.orderDays(ctx)
	if err != nil {
		return 0, err
	}
	var whole []*redis.IntCmd
	pipe := s.rdb.Pipeline()
	for _, day := range days {
		if w.skips(day) {
			continue
		}
		if !q.From.IsZero() && day == dayOf(q.From) || !q.Before.IsZero() && day == dayOf(q.Before) {
			if err := w.day(ctx, day); err != nil {
				return 0, err
			}
			continue
		}
		whole = append(whole, pipe.LLen(ctx, s.keys.placed(day)))
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return 0, mapError("count orders", err)
	}
	n := len(w.page) - len(cancelled)
	for _, day := range whole {
		n += int(day.Val())
	}
	return n, nil
}
