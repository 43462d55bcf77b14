package recommend

import (
	"context"
	"encoding/binary"
	"sync"
	"time"

	"also/shop"
)

// actsTopic is where processes tell each other who acted.
const actsTopic = "acted"

// hub tells those who watch a user that the user acted.
type hub struct {
	process shop.UserID // tells our own messages from others'
	mu      sync.Mutex
	watch   map[shop.UserID]map[chan struct{}]struct{}
	untold  map[shop.UserID]struct{} // that other processes do not know yet
	more    chan struct{}            // wakes whoever tells them
}

// maxUntold bounds what waits while the store is away.
const maxUntold = 100_000

func newHub() *hub {
	return &hub{
		process: shop.NewUserID(), more: make(chan struct{}, 1),
		watch: map[shop.UserID]map[chan struct{}]struct{}{}, untold: map[shop.UserID]struct{}{},
	}
}

// acted wakes the watchers here, and has the others told.
func (h *hub) acted(users []shop.UserID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.wakeAll(users)
	for _, u := range users {
		if len(h.untold) < maxUntold {
			h.untold[u] = struct{}{}
		}
	}
	wake(h.more)
}

// wakeAll wakes the watchers of users. The caller holds mu.
func (h *hub) wakeAll(users []shop.UserID) {
	for _, u := range users {
		for c := range h.watch[u] {
			wake(c)
		}
	}
}

func (h *hub) add(u shop.UserID) (c chan struct{}, stop func()) {
	c = make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.watch[u] == nil {
		h.watch[u] = map[chan struct{}]struct{}{}
	}
	h.watch[u][c] = struct{}{}
	return c, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.watch[u], c)
		if len(h.watch[u]) == 0 {
			delete(h.watch, u)
		}
	}
}

// message takes what is untold: our process, then the users, eight bytes each.
func (h *hub) message() []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.untold) == 0 {
		return nil
	}
	b := binary.LittleEndian.AppendUint64(nil, uint64(h.process))
	for u := range h.untold {
		b = binary.LittleEndian.AppendUint64(b, uint64(u))
	}
	clear(h.untold)
	return b
}

// receive wakes the watchers of the users that another process tells of.
func (h *hub) receive(message []byte) {
	if len(message) < 8 || shop.UserID(binary.LittleEndian.Uint64(message)) == h.process {
		return
	}
	var users []shop.UserID
	for b := message[8:]; len(b) >= 8; b = b[8:] {
		users = append(users, shop.UserID(binary.LittleEndian.Uint64(b)))
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.wakeAll(users)
}

// tellGap is how long acts are gathered before other processes are told.
const tellGap = 20 * time.Millisecond

// followActs tells other processes who acted here, and listens to them.
func (s *Service) followActs(ctx context.Context) {
	s.retry(ctx, "listen to other processes", func(ctx context.Context) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		heard, err := s.Store.Subscribe(ctx, actsTopic)
		if err != nil {
			return err
		}
		for {
			select {
			case <-ctx.Done():
				return nil
			case m, ok := <-heard:
				if !ok {
					return nil
				}
				s.hub.receive(m)
				continue
			case <-s.hub.more:
			}
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(tellGap):
			}
			if m := s.hub.message(); m != nil {
				if err := s.Store.Publish(ctx, actsTopic, m); err != nil {
					return err
				}
			}
		}
	})
}

// updateGap is the least time between two updates to one watcher.
const updateGap = 100 * time.Millisecond

// Updates sends whenever an answer for the user may have changed, because the user acted or
// the live model did, until ctx ends; then the channel closes. What comes in quick succession, or while the
// reader is busy, is one update. It is listening when it returns.
func (s *Service) Updates(ctx context.Context, user shop.UserID) <-chan struct{} {
	acted, stopActed := s.hub.add(user)
	swapped, stopSwapped := s.Models.watch()
	out := make(chan struct{}, 1)
	go func() {
		defer close(out)
		defer stopActed()
		defer stopSwapped()
		for {
			select {
			case <-ctx.Done():
				return
			case <-acted:
			case <-swapped:
			}
			wake(out)
			select {
			case <-ctx.Done():
				return
			case <-time.After(updateGap):
			}
		}
	}()
	return out
}
