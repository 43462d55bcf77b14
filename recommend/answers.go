package recommend

import (
	"sync"
	"time"

	"also/shop"
)

// answers keeps rankings for their next pages: a shopper who goes on reading sees
// the same list go on. One that was dropped is made again.
type answers struct {
	mu    sync.Mutex
	byID  map[string]*ranking
	order []string // oldest first, from head
	head  int
}

const (
	maxAnswers = 4096
	answerLife = 10 * time.Minute
)

func newAnswers() *answers { return &answers{byID: make(map[string]*ranking, maxAnswers)} }

// get returns the ranking of an answer to the same shopper, nil if it is gone.
func (a *answers) get(id string, user shop.UserID, now time.Time) *ranking {
	a.mu.Lock()
	defer a.mu.Unlock()
	r := a.byID[id]
	if r == nil || r.user != user || now.After(r.until) {
		return nil
	}
	return r
}

func (a *answers) put(id string, r *ranking, now time.Time) {
	r.until = now.Add(answerLife)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.byID[id] == nil {
		if len(a.order) < maxAnswers {
			a.order = append(a.order, id)
		} else {
			delete(a.byID, a.order[a.head])
			a.order[a.head] = id
			a.head = (a.head + 1) % maxAnswers
		}
	}
	a.byID[id] = r
}
