package graph

import (
	"context"
	"sync"

	"also/shop"
	"also/store"
)

// people are the customers that an answer has read.
type people struct {
	mu   sync.Mutex
	read map[shop.UserID]*shop.Customer // nil: there is none
}

// of returns the customers among users, nil for others, reading those not read
// before at once.
func (p *people) of(ctx context.Context, st store.Customers, users ...shop.UserID) ([]*shop.Customer, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.read == nil {
		p.read = map[shop.UserID]*shop.Customer{0: nil}
	}
	var unknown []shop.UserID
	for _, u := range users {
		if _, known := p.read[u]; !known {
			p.read[u] = nil
			unknown = append(unknown, u)
		}
	}
	if len(unknown) > 0 {
		read, err := st.Customers(ctx, unknown)
		if err != nil {
			return nil, err
		}
		for i, c := range read {
			p.read[unknown[i]] = c
		}
	}
	out := make([]*shop.Customer, len(users))
	for i, u := range users {
		out[i] = p.read[u]
	}
	return out, nil
}
