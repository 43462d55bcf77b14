package recommend

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"also/shop"
)

// answerLength is how many products one answer has over all its pages.
const answerLength = 240

// Limits of a request.
const (
	maxFirst      = 100
	maxProducts   = 100
	maxFilterList = 200
	maxPlacement  = 64
	maxAttributes = 50
)

func (r *Request) check() error {
	bad := func(field, format string, args ...any) error {
		return shop.Errorf(shop.BadUserInput, field, format, args...)
	}
	switch {
	case r.Placement == "" || len(r.Placement) > maxPlacement:
		return bad("placement", "is missing or too long: name a place such as %s", PlacementHome)
	case r.First < 1 || r.First > maxFirst:
		return bad("first", "ask for 1 to %d products, not %d", maxFirst, r.First)
	case len(r.Attributes) > maxAttributes:
		return bad("attributes", "has %d: give %d at most", len(r.Attributes), maxAttributes)
	case len(r.Products) > maxProducts:
		return bad("products", "has %d skus: give %d at most", len(r.Products), maxProducts)
	case len(r.Filter.SKUs) > 10*maxFilterList:
		return bad("filter.skus", "has %d skus: give %d at most", len(r.Filter.SKUs), 10*maxFilterList)
	case len(r.Filter.ExcludeSKUs) > 10*maxFilterList:
		return bad("filter.excludeSkus", "has %d skus: give %d at most", len(r.Filter.ExcludeSKUs), 10*maxFilterList)
	case len(r.Filter.Categories) > maxFilterList || len(r.Filter.Vendors) > maxFilterList || len(r.Filter.Attributes) > maxFilterList:
		return bad("filter", "has more than %d values", maxFilterList)
	}
	for i, s := range r.Sources {
		if sources[s] == nil {
			return bad(fmt.Sprintf("filter.sources.%d", i), "%q is not a source", s)
		}
	}
	return nil
}

// inStock reports that only what is in stock may be shown.
func (r *Request) inStock() bool { return r.Filter.InStock == nil || *r.Filter.InStock }

// place is a cursor: where in which answer an item stands.
type place struct {
	Answer string `json:"a"`
	Offset int    `json:"o"` // of the item after it
}

func (p place) cursor() string {
	b, err := json.Marshal(p)
	if err != nil {
		panic("recommend: cursor: " + err.Error()) // strings and numbers always encode
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func parsePlace(cursor string) (place, error) {
	var p place
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(b, &p)
	}
	if _, idErr := shop.ParseUUID(p.Answer); err != nil || idErr != nil || p.Answer == "" || p.Offset < 0 {
		return place{}, shop.Errorf(shop.BadUserInput, "after", "this is not a cursor of an answer: pass endCursor as it was given")
	}
	return p, nil
}

// Recommend answers a request within the deadline. Its errors are shop.BadUserInput; whatever
// fails inside is replaced by the next best source, and the answer says so.
func (s *Service) Recommend(ctx context.Context, req Request) (Answer, error) {
	began := s.Now()
	if err := req.check(); err != nil {
		return Answer{}, err
	}
	at := place{Answer: shop.NewUUID(began).String()}
	if req.After != "" {
		var err error
		if at, err = parsePlace(req.After); err != nil {
			return Answer{}, err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, s.Deadline)
	defer cancel()
	v, release := s.current()
	defer release()
	work := s.work.Get().(*scratch)
	defer s.work.Put(work)

	r := s.answers.get(at.Answer, req.User, s.Now())
	if r != nil && r.sameModel(v) {
		q := r.question(s, req, work)
		a := q.page(r, at, req.First)
		a.Freshness.Took = since(s.Now, began)
		return a, nil
	}
	q := s.ask(ctx, req, v, work)
	r = q.rank(ctx)
	s.answers.put(at.Answer, r, s.Now())
	a := q.page(r, at, req.First)
	a.Freshness.Took = since(s.Now, began)
	return a, nil
}

// ranking is a whole answer, kept for its next pages.
type ranking struct {
	user    shop.UserID
	v       *view // nil without a model; compared, and only used while it is the live one
	profile *profile
	alike   *beginning
	list    []candidate
	fresh   Freshness
	until   time.Time
}

// sameModel reports that v is of the model that made the ranking, which the
// caller of v keeps open.
func (r *ranking) sameModel(v *view) bool {
	if r.v == nil || v == nil {
		return r.v == v
	}
	return r.v.model == v.model
}

// question asks the same again for another page: the shopper as the first page
// knew them.
func (r *ranking) question(s *Service, req Request, work *scratch) *question {
	return &question{s: s, req: req, snap: s.Catalogue.Snapshot(), v: r.v, work: work, profile: r.profile, beginning: r.alike}
}

// rank climbs down the ladder until the answer is long enough.
func (q *question) rank(ctx context.Context) *ranking {
	r := &ranking{user: q.req.User, v: q.v, profile: q.profile, alike: q.beginning}
	taken := map[int32]bool{}
	for _, t := range ladderOf(q.req) {
		if len(r.list) >= answerLength {
			break
		}
		lists := make([][]candidate, len(t))
		for i, rung := range t {
			lists[i] = q.propose(ctx, rung.source, answerLength)
		}
		r.list = append(r.list, mix(t, lists, taken, answerLength-len(r.list))...)
	}
	r.list = spread(r.list, func(c *candidate) string {
		if c.by == SameVendor || c.by == BuyAgain || c.by == RecentlySeen {
			return ""
		}
		return q.snap.At(c.number).Vendor
	})
	r.fresh = q.freshness(r.list)
	return r
}

// propose asks one source for n products; one that fails is late and proposes nothing.
func (q *question) propose(ctx context.Context, s Source, n int) []candidate {
	list, err := sources[s].propose(ctx, q, n)
	if err != nil {
		q.s.Log.WarnContext(ctx, "a source is replaced", "source", s, "error", err)
		q.late = append(q.late, s)
		return nil
	}
	if s == Personal && q.withoutTail && q.req.User != 0 {
		q.late = append(q.late, s) // it answers, but without the last things that the shopper did
	}
	return list
}

func (q *question) freshness(list []candidate) Freshness {
	f := Freshness{PendingEvents: q.profile.pending, Served: ServedFallback, Late: slices.Compact(q.late)}
	if q.v != nil {
		at := q.v.model.TrainedAt
		f.TrainedThrough, f.TrainedAt = q.v.model.TrainedThrough, &at
	}
	if !q.profile.through.IsZero() {
		through := q.profile.through
		f.ProfileThrough = &through
	}
	for i := range list {
		switch list[i].by {
		case Personal:
			if len(q.profile.entries) == 0 {
				continue // by what others like them buy
			}
			if !q.withoutTail {
				f.Served = ServedFoldIn
				return f
			}
			f.Served = ServedPrecomputed
		case Precomputed, Similar:
			f.Served = ServedPrecomputed
		}
	}
	return f
}

// page cuts a page out of a ranking and says why each product is there. What can no
// longer be bought is left out.
func (q *question) page(r *ranking, at place, first int) Answer {
	a := Answer{ID: at.Answer, Freshness: r.fresh}
	if r.v != nil {
		a.Model = r.v.model.ID
	}
	k := min(at.Offset, len(r.list))
	for ; k < len(r.list) && len(a.Items) < first; k++ {
		c := r.list[k]
		p := q.snap.At(c.number)
		if p == nil || p.Status != shop.Active || p.Stock < 1 && q.req.inStock() {
			continue
		}
		var reasons []Reason
		if !q.req.NoReasons {
			reasons = sources[c.by].reasons(q, &c)
		}
		a.Items = append(a.Items, Item{
			SKU: p.SKU, Score: c.score, Source: c.by, Reasons: reasons,
			Cursor: place{at.Answer, k + 1}.cursor(),
		})
	}
	a.HasMore = k < len(r.list)
	return a
}
