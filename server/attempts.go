package server

import (
	"crypto/sha256"
	"sync"
	"time"
)

// How many wrong keys an address may send in a while.
const (
	wrongKeys       = 20
	wrongKeysWindow = time.Minute
)

// attempts counts wrong keys by address, in this process: a guess costs the
// guesser as much whichever process it meets.
type attempts struct {
	now   func() time.Time
	mu    sync.Mutex
	by    map[string]*tries
	known map[[32]byte]bool // digests of keys that were right
}

type tries struct {
	n     int
	until time.Time
}

func newAttempts() *attempts {
	return &attempts{now: time.Now, by: map[string]*tries{}, known: map[[32]byte]bool{}}
}

// wait returns how long an address must wait before it may try a key, 0 if it
// may now.
func (a *attempts) wait(client, secret string) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	t := a.by[client]
	if t == nil || t.n < wrongKeys || a.known[sha256.Sum256([]byte(secret))] {
		return 0
	}
	return max(0, t.until.Sub(a.now()))
}

// wrong counts a wrong key.
func (a *attempts) wrong(client string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.now()
	t := a.by[client]
	if t == nil || !now.Before(t.until) {
		a.sweep(now)
		t = &tries{until: now.Add(wrongKeysWindow)}
		a.by[client] = t
	}
	t.n++
}

// right remembers a key that was right, so that a neighbour's guesses do not
// lock its holder out.
func (a *attempts) right(secret string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.known[sha256.Sum256([]byte(secret))] = true // as few as there are keys
}

// sweep forgets addresses whose window is over.
func (a *attempts) sweep(now time.Time) {
	for client, t := range a.by {
		if !now.Before(t.until) {
			delete(a.by, client)
		}
	}
}
