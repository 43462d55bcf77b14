package pulse

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"also/shop"
	"also/warehouse"
)

// Next is what to do about a problem, and where in the console.
type Next struct {
	Label string
	Path  string // under the console's address
}

func (s *Service) ofCatalogue(context.Context) ([]Problem, error) {
	snapshot := s.Catalogue.Snapshot()
	var active, uncategorised, unpriced, pictured int64
	for i := range int32(snapshot.Assigned()) {
		p := snapshot.At(i)
		if p == nil || p.Status != shop.Active {
			continue
		}
		active++
		if len(p.Categories) == 0 {
			uncategorised++
		}
		if p.Price.IsZero() {
			unpriced++
		}
		if len(p.Images) > 0 {
			pictured++
		}
	}
	if active == 0 {
		return []Problem{{NoProducts, Critical, "No product is on offer.", "There is nothing to recommend.", Next{"Import products", "/imports"}, 0}}, nil
	}
	var found []Problem
	if uncategorised > 0 {
		found = append(found, Problem{NoCategory, Attention, counted(uncategorised, "product has", "products have") + " no category.",
			"They can't appear in best-sellers of a category, nor be found by one.", Next{"Look at the products", "/products?status=ACTIVE&lacks=CATEGORY"}, uncategorised})
	}
	if unpriced > 0 {
		found = append(found, Problem{NoPrice, Attention, counted(unpriced, "product has", "products have") + " no price.",
			"They can't be bought here, though they are recommended.", Next{"Look at the products", "/products?status=ACTIVE&lacks=PRICE"}, unpriced})
	}
	if missing := active - pictured; pictured > 0 && missing > 0 { // where none has one, drawings are the shop's look
		found = append(found, Problem{NoPicture, Hint, counted(missing, "product has", "products have") + " no picture.",
			"Others have one; these show a drawing in its place.", Next{"Look at the products", "/products?status=ACTIVE&lacks=PICTURE"}, missing})
	}
	return found, nil
}

func (s *Service) ofTransporter(ctx context.Context) ([]Problem, error) {
	pipes, carried, err := s.PipeList(ctx)
	if err != nil {
		return nil, err
	}
	next := Next{"Look at the pipes", "/transporter"}
	if !carried {
		return []Problem{{NobodyCarries, Critical, "No process carries events to the lake.",
			"What happens is kept in the serving database only, and training does not learn from it.", next, 0}}, nil
	}
	var found []Problem
	var waiting int64
	var lag time.Duration
	failure := ""
	for _, p := range pipes {
		switch {
		case p.Kind == PipeOutbox && p.State == PipeFailing:
			failure = p.Failure
		case p.Kind == PipeOutbox && p.State == PipeBehind:
			waiting += p.Entries
			lag = max(lag, p.Lag)
		case p.Kind == PipeCompaction && p.State == PipeFailing:
			found = append(found, Problem{CompactionFailing, Attention, "The journal could not be compacted.", p.Failure, next, 0})
		}
	}
	if failure != "" {
		found = append(found, Problem{JournalFailing, Critical, "The journal cannot be written.", failure, next, 0})
	}
	if waiting > 0 {
		found = append(found, Problem{TransporterBehind, Attention, counted(waiting, "entry waits", "entries wait") + " for the lake.",
			fmt.Sprintf("The oldest has waited for %s. The lake's disk or the process that carries is slow.", lag.Round(time.Second)), next, waiting})
	}
	return found, nil
}

// What is little room: on the disk, and in the store's memory.
const (
	diskShare   = 0.05
	diskLeast   = 1 << 30
	memoryShare = 0.85
)

func (s *Service) ofRoom(ctx context.Context) ([]Problem, error) {
	var found []Problem
	free, total, err := s.Lake.Space(ctx)
	if err != nil {
		return nil, err
	}
	if total > 0 && (float64(free) < diskShare*float64(total) || free < diskLeast) {
		found = append(found, Problem{DiskLow, Critical, fmt.Sprintf("The lake's disk has %s MB left.", thousands(free>>20)),
			fmt.Sprintf("Of %s MB. When it is full, no command is taken any more.", thousands(total>>20)), Next{"Look at the pipes", "/transporter"}, 0})
	}
	d, err := s.Store.Describe(ctx)
	if err != nil {
		return found, err
	}
	if d.MaxBytes > 0 && float64(d.UsedBytes) > memoryShare*float64(d.MaxBytes) {
		found = append(found, Problem{MemoryLow, Critical, fmt.Sprintf("Redis uses %s of its %s MB.", thousands(d.UsedBytes>>20), thousands(d.MaxBytes>>20)),
			"When it is full, it refuses commands, or forgets. Give it more memory.", Next{"Look at the settings", "/settings"}, 0})
	}
	if d.Eviction != "" && d.Eviction != "noeviction" {
		found = append(found, Problem{MemoryForgets, Attention, fmt.Sprintf("Redis forgets when its memory is full (%s).", d.Eviction),
			"It would drop parts of the view that nobody makes again. Set maxmemory-policy to noeviction.", Next{"Look at the settings", "/settings"}, 0})
	}
	return found, nil
}

// looked is what passes over the lake found; they are made anew when it has
// grown and some time has gone by.
type looked struct {
	mu              sync.Mutex
	head            warehouse.Position
	at              time.Time
	named           map[string]int64
	users, returned int64
}

const (
	lookEvery     = time.Minute
	lookNames     = 7 * 24 * time.Hour
	lookReturning = 365 * 24 * time.Hour
	returnUsers   = 100  // fewer users say nothing
	returnShare   = 0.15 // of users who return is few
)

func (s *Service) ofHistory(ctx context.Context) ([]Problem, error) {
	head, err := s.Lake.Head(ctx)
	if err != nil || head == 0 {
		return nil, err
	}
	l := &s.looked
	l.mu.Lock()
	defer l.mu.Unlock()
	now := s.Now()
	if l.head == 0 || head != l.head && now.Sub(l.at) > lookEvery {
		if l.named, err = s.Lake.NamedSKUs(ctx, now.Add(-lookNames)); err != nil {
			return nil, err
		}
		if l.users, l.returned, err = s.Lake.Returning(ctx, now.Add(-lookReturning)); err != nil {
			return nil, err
		}
		l.head, l.at = head, now
	}
	var found []Problem
	snapshot := s.Catalogue.Snapshot()
	var unknown, events int64
	for sku, n := range l.named {
		if _, known := snapshot.NumberEver(sku); !known { // one that was deleted was known
			unknown++
			events += n
		}
	}
	if unknown > 0 {
		found = append(found, Problem{UnknownSKUs, Attention, counted(events, "event of the last week names", "events of the last week name") + " products that are not in the catalogue.",
			counted(unknown, "sku is", "skus are") + " unknown: a typing error of whoever sends them, or products that were never imported. They count as soon as the products appear.",
			Next{"Import the products", "/imports"}, events})
	}
	if l.users >= returnUsers && float64(l.returned) < returnShare*float64(l.users) {
		found = append(found, Problem{FewReturn, Hint, fmt.Sprintf("%.0f %% of the last year's users bought twice or more.", 100*float64(l.returned)/float64(l.users)),
			"For the others there is little to learn from: they see what fits their last clicks, and what sells. Report views and carts too, and sign-ins, so that visits become customers.",
			Next{"Look at the events", "/events"}, l.users - l.returned})
	}
	return found, nil
}

// counted is a number with its verb.
func counted(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

// thousands writes a whole number with commas.
func thousands(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
