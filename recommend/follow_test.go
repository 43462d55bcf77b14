package recommend_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"also/recommend"
	"also/shop"
	"also/store"
)

// follow runs the service's followers until the test ends.
func (w *world) follow(s *recommend.Service) {
	ctx, stop := context.WithCancel(w.t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := s.Follow(ctx); err != nil {
			w.t.Error(err)
		}
	})
	w.t.Cleanup(func() {
		stop()
		wg.Wait()
	})
}

// eventually waits until f is true.
func eventually(t testing.TB, what string, f func() bool) {
	t.Helper()
	late := time.After(10 * time.Second)
	for !f() {
		select {
		case <-late:
			t.Fatal(what + " did not happen")
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// note does what commerce does for an event about a product that the model does not know.
func (w *world) note(u shop.UserID, sku string) {
	w.t.Helper()
	e := w.does(u, shop.Purchase, sku)
	if w.Fresh(sku) {
		if err := w.st.NoteFresh(w.t.Context(), []shop.Event{e}); err != nil {
			w.t.Fatal(err)
		}
	}
}

// A product created now appears in personal answers of those who are like its first ten
// buyers, without training, and says why.
func TestNewProduct(t *testing.T) {
	w := trainedWorld(t)
	w.follow(w.Service)
	fresh := w.product("fresh", "red", 4)
	fresh.ListedAt = w.trained.Add(-1000 * time.Hour) // not by being the newest
	w.save(fresh)
	place := func(u shop.UserID) int {
		a := w.ask(recommend.Request{User: u, First: 20})
		i := slices.Index(skusOf(a), "fresh")
		if i >= 0 && a.Items[i].Source != recommend.Personal {
			return -1
		}
		return i
	}
	for i := range 4 {
		w.note(shop.UserID(3+2*i), "fresh")
	}
	// Four buyers say more about themselves.
	if at := place(anne); at >= 0 {
		t.Errorf("after four buyers it is at place %d", at)
	}
	w.note(51, "fresh")
	for i := range 4 {
		w.note(shop.UserID(11+2*i), "fresh")
	}
	w.note(4711, "fresh") // whom the model does not know either
	eventually(t, "a new product in a personal answer", func() bool { return place(anne) >= 0 })
	if at := place(anne); at > 10 {
		t.Errorf("for one like its buyers it is at place %d", at)
	}
	if at := place(anne + 1); at >= 0 && at < 9 {
		t.Errorf("for one unlike its buyers it is at place %d", at)
	}
	for _, i := range w.ask(recommend.Request{User: anne, First: 20}).Items {
		if i.SKU == "fresh" && len(i.Reasons) != len(w.boughtBy(anne)) {
			t.Errorf("its score has %d shares, want %d", len(i.Reasons), len(w.boughtBy(anne)))
		}
	}
	// Its buyers' own profiles count it.
	if a := w.ask(recommend.Request{User: 11}); a.Freshness.PendingEvents != 0 || slices.Contains(skusOf(a), "fresh") {
		t.Errorf("its buyer has %d pending events and gets %v", a.Freshness.PendingEvents, skusOf(a))
	}
	// It has similar products, and is similar to others.
	p := w.ask(recommend.Request{Placement: recommend.PlacementProduct, Products: []string{"fresh"}, First: 5})
	if p.Items[0].Source != recommend.Similar || !strings.HasPrefix(p.Items[0].SKU, "red") {
		t.Errorf("similar to it: %v", skusOf(p))
	}
	// A model that does not know it either keeps it.
	w.models.Swap(w.model("m2", nil))
	eventually(t, "folding it into the next model", func() bool { return place(anne) >= 0 })
}

// However few would buy it, the best of the new products for a shopper has a place where it is
// seen.
func TestNewProductIsSeen(t *testing.T) {
	w := trainedWorld(t)
	w.follow(w.Service)
	for _, sku := range []string{"odd", "even"} {
		w.save(w.product(sku, "red", 4))
	}
	for i := range 10 { // bought by everybody alike, and by those who like blue
		w.note(shop.UserID(20+i), "odd")
		w.note(shop.UserID(20+2*i), "even")
	}
	eventually(t, "a place for the new product", func() bool {
		a := w.ask(recommend.Request{User: anne, First: 10, Sources: []recommend.Source{recommend.Personal}})
		return slices.Index(skusOf(a), "odd") >= 0 && slices.Index(skusOf(a), "even") < 0
	})
}

// Buyers of whom nothing else is known count as the average customer.
func TestNewProductOfStrangers(t *testing.T) {
	w := trainedWorld(t)
	w.follow(w.Service)
	w.save(w.product("fresh", "red", 4))
	for i := range 10 {
		w.note(shop.UserID(5000+i), "fresh")
	}
	for _, u := range []shop.UserID{anne, anne + 1} {
		eventually(t, "a place for the new product", func() bool {
			a := w.ask(recommend.Request{User: u, First: 10, Sources: []recommend.Source{recommend.Personal}})
			return slices.Contains(skusOf(a), "fresh")
		})
	}
}

// A product may be bought before the catalogue has it: its buyers count when it appears.
func TestNewProductAfterItsBuyers(t *testing.T) {
	w := trainedWorld(t)
	w.follow(w.Service)
	for i := range 10 {
		w.note(shop.UserID(3+2*i), "late")
	}
	w.note(3, "another") // so that the follower has seen the others
	w.save(w.product("late", "red", 4))
	eventually(t, "a place for the new product", func() bool {
		a := w.ask(recommend.Request{User: anne, First: 10, Sources: []recommend.Source{recommend.Personal}})
		return slices.Contains(skusOf(a), "late")
	})
}

// Notes end when there is enough: sooner for what the catalogue does not have.
func TestNotesEnd(t *testing.T) {
	w := trainedWorld(t)
	w.save(w.product("listed", "red", 4))
	count := func(sku string) int {
		n := 0
		for range 1000 {
			if w.Fresh(sku) {
				n++
			}
		}
		return n
	}
	if listed, unlisted, known := count("listed"), count("unlisted"), count(red(1)); listed != 300 || unlisted != 50 || known != 0 {
		t.Errorf("noted %d, %d and %d", listed, unlisted, known)
	}
}

// New lists are taken up, and order the catalogue's listing too.
func TestNewLists(t *testing.T) {
	w := newWorld(t)
	w.follow(w.Service)
	w.put("counts/2", store.KindBestSellers, map[string][]store.ListEntry{"": {{SKU: red(17), Score: 9}}})
	w.control(store.LiveLists, map[string]string{"set": "counts/2"})
	eventually(t, "the new best-seller", func() bool {
		a := w.ask(recommend.Request{Sources: []recommend.Source{recommend.BestSellers}})
		return slices.Equal(skusOf(a), []string{red(17)})
	})
}

// After a restart the pointer names a set that is empty until it is filled again.
func TestListsThatComeLater(t *testing.T) {
	w := emptyWorld(t)
	w.save(w.product("a", "red", 1), w.product("b", "red", 2))
	w.control(store.LiveLists, map[string]string{"set": "counts/9"})
	w.follow(w.Service)
	ask := func(s recommend.Source) string {
		return fmt.Sprint(skusOf(w.ask(recommend.Request{Products: []string{"a"}, Sources: []recommend.Source{s}})))
	}
	for _, s := range []recommend.Source{recommend.BestSellers, recommend.Trending, recommend.BoughtWith} {
		if got := ask(s); got != "[]" {
			t.Errorf("%s: %s from an empty set", s, got)
		}
	}
	list := []store.ListEntry{{SKU: "b", Score: 1}}
	for kind, key := range map[string]string{store.KindTrending: "", store.KindBoughtWith: "a", store.KindBestSellers: ""} {
		w.put("counts/9", kind, map[string][]store.ListEntry{key: list})
	}
	for _, s := range []recommend.Source{recommend.BestSellers, recommend.Trending, recommend.BoughtWith} {
		eventually(t, "filling "+string(s), func() bool { return ask(s) == "[b]" })
	}
}

// Whoever watches hears of the user's acts, here and in another process, and of a new
// model.
func TestUpdates(t *testing.T) {
	w := trainedWorld(t)
	here := w.Service
	w.open()
	there := w.Service
	w.follow(here)
	w.follow(there)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	updates := here.Updates(ctx, anne)
	others := here.Updates(ctx, anne+1)
	next := func(what string, act func()) {
		t.Helper()
		again := time.NewTicker(50 * time.Millisecond) // a message between processes may be missed
		defer again.Stop()
		late := time.After(10 * time.Second)
		act()
		for {
			select {
			case _, ok := <-updates:
				if !ok {
					t.Fatal("the channel is closed")
				}
				return
			case <-again.C:
				act()
			case <-late:
				t.Fatal("no update after " + what)
			}
		}
	}
	next("an act here", func() { here.Acted([]shop.UserID{anne}) })
	next("an act there", func() { there.Acted([]shop.UserID{anne}) })
	select {
	case <-others:
		t.Error("somebody else was told")
	default:
	}
	next("a new model", func() { w.models.Swap(w.model("m2", nil)) })
	stop()
	eventually(t, "closing the channel", func() bool {
		select {
		case _, ok := <-updates:
			return !ok
		default:
			return false
		}
	})
}

// Many acts in quick succession are few updates.
func TestUpdatesAreGathered(t *testing.T) {
	w := trainedWorld(t)
	ctx, stop := context.WithTimeout(t.Context(), 350*time.Millisecond)
	defer stop()
	updates := w.Updates(ctx, anne)
	n := 0
	for ctx.Err() == nil {
		w.Acted([]shop.UserID{anne})
		select {
		case _, ok := <-updates:
			if ok {
				n++
			}
		case <-time.After(time.Millisecond):
		}
	}
	if n < 1 || n > 5 {
		t.Errorf("%d updates in 350 ms, want about four", n)
	}
}

// A service whose store is dead goes on following when it is back.
func TestFollowOutlivesTheStore(t *testing.T) {
	w := newWorld(t)
	w.st.dead.Store(true)
	w.follow(w.Service)
	w.put("counts/3", store.KindBestSellers, map[string][]store.ListEntry{"": {{SKU: red(11), Score: 9}}})
	w.control(store.LiveLists, map[string]string{"set": "counts/3"})
	a := w.ask(recommend.Request{Sources: []recommend.Source{recommend.BestSellers}, First: 1})
	if got := fmt.Sprint(skusOf(a)); got != "["+blue(0)+"]" {
		t.Errorf("got %s from memory", got)
	}
	w.st.dead.Store(false)
	eventually(t, "the new best-seller", func() bool {
		a := w.ask(recommend.Request{Sources: []recommend.Source{recommend.BestSellers}, First: 1})
		return len(a.Items) == 1 && a.Items[0].SKU == red(11)
	})
}
