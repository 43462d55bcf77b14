package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"also/internal/process"
	"also/shop"
)

// Writers of the kill test, and what they start with.
const (
	killRounds   = 25
	killProducts = 8
	killStock    = 1_000_000
)

// acknowledged is what the server has said it keeps.
type acknowledged struct {
	mu     sync.Mutex
	events map[string]bool
	orders map[string]placed // by idempotency key
	tried  map[string]string // every key tried, by the browser's name: an order without an answer may exist or not
}

type placed struct {
	number string
	sku    string
	pieces int
}

// TestKill sends events and orders from several writers, ends the server with
// SIGKILL at a random moment, starts it again, and after every round finds each
// acknowledged event and order there, once, and the stock in step with the orders.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills the server 25 times: left out with -short")
	}
	ctx := t.Context()
	dir := t.TempDir()
	bin, err := process.Build(ctx, "../..", dir)
	if err != nil {
		t.Fatal(err)
	}
	data := dir + "/data"
	seed := uint64(time.Now().UnixNano())
	if s := os.Getenv("ALSO_KILL_SEED"); s != "" {
		if seed, err = strconv.ParseUint(s, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("ALSO_KILL_SEED=%d repeats the moments of this run", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	ack := &acknowledged{events: map[string]bool{}, orders: map[string]placed{}, tried: map[string]string{}}
	for round := range killRounds {
		s, err := process.Serve(ctx, bin, data, 30*time.Second)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if round == 0 {
			createKillProducts(t, s)
		}
		writeAndKill(t, s, ack, round, time.Duration(20+rng.IntN(480))*time.Millisecond)
	}
	s, err := process.Serve(ctx, bin, data, 30*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	checkEvents(t, bin, data, ack)
	checkOrders(t, bin, data, s, ack)
	if err := s.Stop(30 * time.Second); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rounds: %d events and %d orders acknowledged, all there once", killRounds, len(ack.events), len(ack.orders))
	if len(ack.events) < 500 || len(ack.orders) < 20 {
		t.Fatal("too little was acknowledged for this to prove anything")
	}
}

func killSKU(i int) string { return fmt.Sprintf("KILL-%d", i) }

func createKillProducts(t *testing.T, s *process.Server) {
	t.Helper()
	c := s.WithKey(process.AdminKey)
	for i := range killProducts {
		var out struct {
			ProductCreate struct{ UserErrors []struct{ Message string } }
		}
		err := c.Do(t.Context(), `mutation($i: ProductCreateInput!) { productCreate(input: $i) { userErrors { message } } }`, map[string]any{"i": map[string]any{
			"sku": killSKU(i), "name": "Test product " + strconv.Itoa(i), "price": map[string]any{"amount": "1.00", "currency": "EUR"}, "stock": killStock,
		}}, &out)
		if err != nil || len(out.ProductCreate.UserErrors) > 0 {
			t.Fatal(err, out)
		}
	}
}

// writeAndKill writes from four senders of events and two shoppers until the
// server dies under them.
func writeAndKill(t *testing.T, s *process.Server, ack *acknowledged, round int, after time.Duration) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var dead atomic.Bool
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				if err := sendEvents(ctx, s.WithKey(process.AdminKey), ack, w, 1+(i%3)*20); err != nil {
					failIfAlive(t, &dead, err)
					return
				}
			}
		})
	}
	for w := range 2 {
		wg.Go(func() {
			c := s.AsBrowser()
			for i := 0; ctx.Err() == nil; i++ {
				key := fmt.Sprintf("r%d-w%d-%d", round, w, i)
				if err := order(ctx, c, ack, key, killSKU((round+w+i)%killProducts), 1+i%3); err != nil {
					failIfAlive(t, &dead, err)
					return
				}
			}
		})
	}
	time.Sleep(after)
	dead.Store(true)
	s.Kill()
	cancel()
	wg.Wait()
}

// failIfAlive reports an error that the kill does not explain.
func failIfAlive(t *testing.T, dead *atomic.Bool, err error) {
	if !dead.Load() {
		t.Errorf("a write failed before the server was killed: %v", err)
	}
}

func sendEvents(ctx context.Context, c *process.Client, ack *acknowledged, writer, n int) error {
	ids := make([]string, n)
	events := make([]map[string]any, n)
	for i := range events {
		ids[i] = shop.NewUUID(time.Now()).String()
		events[i] = map[string]any{"id": ids[i], "type": "PRODUCT_VIEW", "sku": killSKU(i % killProducts), "customer": fmt.Sprintf("kill-%d-%d", writer, i%7)}
	}
	var out struct {
		EventsRecord struct {
			Accepted int
			Rejected []struct{ Message string }
		}
	}
	err := c.Do(ctx, `mutation($e: [EventInput!]!) { eventsRecord(input: {events: $e}) { accepted rejected { message } } }`, map[string]any{"e": events}, &out)
	if err != nil {
		return err
	}
	if out.EventsRecord.Accepted != n {
		return fmt.Errorf("%d of %d accepted: %v", out.EventsRecord.Accepted, n, out.EventsRecord.Rejected)
	}
	ack.mu.Lock()
	defer ack.mu.Unlock()
	for _, id := range ids {
		ack.events[id] = true
	}
	return nil
}

func order(ctx context.Context, c *process.Client, ack *acknowledged, key, sku string, pieces int) error {
	vars := map[string]any{"sku": sku, "n": pieces, "key": key}
	if err := c.Do(ctx, `mutation($sku: String!, $n: Int!) { cartLineSet(input: {sku: $sku, quantity: $n}) { userErrors { message } } }`,
		map[string]any{"sku": sku, "n": pieces}, nil); err != nil {
		return err
	}
	ack.mu.Lock()
	ack.tried[key] = sku
	ack.mu.Unlock()
	var out struct {
		OrderPlace struct {
			Order *struct {
				Number string
				Lines  []struct{ Quantity int }
			}
			UserErrors []struct{ Message string }
		}
	}
	err := c.Do(ctx, `mutation($key: String!) { orderPlace(input: {idempotencyKey: $key}) { order { number lines { quantity } } userErrors { message } } }`, map[string]any{"key": vars["key"]}, &out)
	if err != nil {
		return err
	}
	if out.OrderPlace.Order == nil {
		return fmt.Errorf("no order: %v", out.OrderPlace.UserErrors)
	}
	ack.mu.Lock()
	defer ack.mu.Unlock()
	ack.orders[key] = placed{out.OrderPlace.Order.Number, sku, pieces}
	return nil
}

// rows runs `also sql` beside the server and decodes its lines.
func rows[T any](t *testing.T, bin, data, query string) []T {
	t.Helper()
	out, err := process.Run(t.Context(), bin, "sql", "--data-dir", data, "--json", query)
	if err != nil {
		t.Fatal(err)
	}
	var all []T
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%s: %v", lines.Bytes(), err)
		}
		all = append(all, row)
	}
	return all
}

func checkEvents(t *testing.T, bin, data string, ack *acknowledged) {
	t.Helper()
	seen := map[string]int{}
	for _, r := range rows[struct{ ID string }](t, bin, data, "SELECT id FROM events WHERE type = 'PRODUCT_VIEW'") {
		seen[r.ID]++
	}
	for id := range ack.events {
		if seen[id] != 1 {
			t.Errorf("event %s was acknowledged and is there %d times", id, seen[id])
		}
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("event %s is there %d times", id, n)
		}
	}
}

func checkOrders(t *testing.T, bin, data string, s *process.Server, ack *acknowledged) {
	t.Helper()
	type line struct {
		OrderID  string `json:"order_id"`
		SKU      string `json:"sku"`
		Quantity int    `json:"quantity"`
	}
	found := map[string][]line{}
	sold := map[string]int{}
	for _, l := range rows[line](t, bin, data, "SELECT order_id, sku, quantity FROM events WHERE type = 'ORDER_PLACED'") {
		found[l.OrderID] = append(found[l.OrderID], l)
		sold[l.SKU] += l.Quantity
	}
	for key, o := range ack.orders {
		if len(found[o.number]) != 1 || found[o.number][0].SKU != o.sku || found[o.number][0].Quantity != o.pieces {
			t.Errorf("order %s (%s, %d × %s) was acknowledged; the lake has %v", key, o.number, o.pieces, o.sku, found[o.number])
		}
	}
	if len(found) > len(ack.tried) {
		t.Errorf("%d orders exist, %d were tried", len(found), len(ack.tried))
	}
	c := s.WithKey(process.AdminKey)
	for i := range killProducts {
		var out struct{ Product struct{ Stock int } }
		if err := c.Do(t.Context(), `query($sku: String) { product(sku: $sku) { stock } }`, map[string]any{"sku": killSKU(i)}, &out); err != nil {
			t.Fatal(err)
		}
		if want := killStock - sold[killSKU(i)]; out.Product.Stock != want {
			t.Errorf("%s: stock %d after %d sold, want %d", killSKU(i), out.Product.Stock, sold[killSKU(i)], want)
		}
	}
}
