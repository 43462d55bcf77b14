package main

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"also/frontend"
	"also/graph"
	"also/internal/process"
	"also/server"
)

const pathKey = "also_path_test_key_0123456789"

// demoFolder is the small demo shop with a trained model, made once for all
// tests of this package.
var demoFolder struct {
	once sync.Once
	dir  string
	err  error
}

func TestMain(m *testing.M) {
	status := m.Run()
	if demoFolder.dir != "" {
		_ = os.RemoveAll(demoFolder.dir) // what is left is the system's to sweep
	}
	os.Exit(status)
}

// demoCopy returns a data folder of its own that holds the demo shop.
func demoCopy(t *testing.T) string {
	t.Helper()
	demoFolder.once.Do(func() {
		if demoFolder.dir, demoFolder.err = os.MkdirTemp("", "also-demo-"); demoFolder.err == nil {
			demoFolder.err = demoCommand{
				dataFlags: dataFlags{DataDir: demoFolder.dir, Shop: "main"}, logFlags: logFlags{LogLevel: slog.LevelError}, Small: true, Seed: 1, JSON: true,
			}.Run(context.WithoutCancel(t.Context()))
		}
	})
	if demoFolder.err != nil {
		t.Fatal(demoFolder.err)
	}
	dir := t.TempDir() + "/data"
	if err := os.CopyFS(dir, os.DirFS(demoFolder.dir)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// openDemo serves the demo shop in this process.
func openDemo(t *testing.T) *process.Server {
	t.Helper()
	ctx := t.Context()
	log := slog.New(slog.DiscardHandler)
	d, err := openFolder(ctx, dataFlags{DataDir: demoCopy(t), Shop: "main"}, "", log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.close(); err != nil {
			t.Error(err)
		}
	})
	s, err := newServices(ctx, "main", d.store, d.lake, log)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.commerce.EnsureAdminKey(ctx, pathKey); err != nil {
		t.Fatal(err)
	}
	if err := s.loadLive(ctx); err != nil {
		t.Fatal(err)
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	t.Cleanup(s.wait)
	t.Cleanup(stop)
	s.follow(background)
	pipe := pipeOf{d.pipe, s.keep(background, d)}
	if err := s.look(background, pipe, defaults(""), nil); err != nil {
		t.Fatal(err)
	}
	s.train(background)
	people, err := demoCustomers(ctx, d.store)
	if err != nil || len(people) == 0 {
		t.Fatal(people, err)
	}
	web := httptest.NewServer(server.New(server.Options{Log: log, Budgets: graph.DefaultBudgets, Pages: frontend.Files(), Resolver: s.resolver(pipe, people)}))
	t.Cleanup(web.Close)
	opened := &process.Server{URL: web.URL}
	awaitAll(t, opened)
	return opened
}

// awaitAll waits for what a process makes ready behind its first answers, and which
// would change them from one to the next: counted lists, and products that the model
// does not know.
func awaitAll(t *testing.T, s *process.Server) {
	t.Helper()
	type edges struct {
		Edges []struct {
			Source  string
			Reasons []struct{ Kind string }
		}
	}
	await(t, 20*time.Second, "lists are counted and new products foretold", func() bool {
		r := do[struct{ Best, News edges }](t, s.WithKey(pathKey), `{
			best: recommendations(placement: "home", first: 1, filter: {sources: [BEST_SELLERS]}) { edges { source reasons(first: 1) { kind } } }
			news: recommendations(placement: "home", customer: "C-00002", first: 20) { edges { source reasons(first: 1) { kind } } } }`, nil)
		counted, foretold := false, false
		for _, e := range r.Best.Edges {
			counted = counted || e.Source == "BEST_SELLERS"
		}
		for _, e := range r.News.Edges {
			foretold = foretold || len(e.Reasons) > 0 && e.Reasons[0].Kind == "PRIOR"
		}
		return counted && foretold
	})
}

// row is a page of recommendations.
type row struct {
	Recommendations struct {
		RecommendationID string
		Edges            []struct {
			Node    struct{ SKU, Name string }
			Score   float64
			Source  string
			Reasons []struct {
				Kind    string
				Share   *float64
				Text    string
				Product *struct{ SKU string }
				Event   *struct{ Type string }
			}
		}
		Freshness struct {
			TrainedThrough int
			ProfileThrough *time.Time
			PendingEvents  int
			Served         string
		}
		Model struct{ Name string }
	}
}

const askRow = `query($customer: String, $first: Int = 20) { recommendations(placement: "home", customer: $customer, first: $first) {
	recommendationId edges { node { sku name } score source reasons { kind share text product { sku } event { type } } }
	freshness { trainedThrough profileThrough pendingEvents served } model { name } } }`

func (r row) skus() []string {
	var all []string
	for _, e := range r.Recommendations.Edges {
		all = append(all, e.Node.SKU)
	}
	return all
}

func do[T any](t *testing.T, c *process.Client, query string, vars map[string]any) T {
	t.Helper()
	var out T
	if err := c.Do(t.Context(), query, vars, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestPath walks the one path that all of this is for: the demo shop, a model,
// a purchase, and the very next answer knows it and says why.
func TestPath(t *testing.T) {
	s := openDemo(t)
	b, admin := s.AsBrowser(), s.WithKey(pathKey)

	stranger := do[row](t, b, askRow, nil)
	if len(stranger.skus()) != 20 {
		t.Fatalf("a stranger is shown %d products", len(stranger.skus()))
	}
	became := do[struct {
		DemoCustomerBecome struct {
			Viewer     *struct{ SignedIn bool }
			UserErrors []struct{ Message string }
		}
	}](t, b, `mutation { demoCustomerBecome(input: {id: "C-00001"}) { viewer { signedIn } userErrors { message } } }`, nil)
	if v := became.DemoCustomerBecome.Viewer; v == nil || !v.SignedIn {
		t.Fatalf("%+v", became)
	}
	before := do[row](t, b, askRow, nil)
	checkAnswer(t, before)
	if f := before.Recommendations.Freshness; f.Served != "FOLD_IN" || f.PendingEvents != 0 || f.TrainedThrough == 0 || f.ProfileThrough == nil {
		t.Errorf("freshness is %+v", f)
	}
	bought := personal(t, before)
	placed := do[struct {
		OrderPlace struct {
			Order      *struct{ PlacedAt time.Time }
			UserErrors []struct{ Message string }
		}
	}](t, b, `mutation($sku: String!) { cartLineSet(input: {sku: $sku, quantity: 1}) { userErrors { message } } orderPlace(input: {}) { order { placedAt } userErrors { message } } }`,
		map[string]any{"sku": bought})
	if placed.OrderPlace.Order == nil {
		t.Fatalf("%+v", placed)
	}
	after := do[row](t, b, askRow, nil)
	checkAnswer(t, after)
	if f := after.Recommendations.Freshness; f.ProfileThrough == nil || f.ProfileThrough.Before(placed.OrderPlace.Order.PlacedAt) || f.PendingEvents != 0 {
		t.Errorf("the answer after the purchase knows the shopper through %v, bought at %v", f.ProfileThrough, placed.OrderPlace.Order.PlacedAt)
	}
	if fmt.Sprint(before.skus()) == fmt.Sprint(after.skus()) {
		t.Error("the purchase changed nothing")
	}
	because := false
	for _, e := range after.Recommendations.Edges {
		if e.Node.SKU == bought && e.Source != "BUY_AGAIN" {
			t.Errorf("%s was bought and is recommended by %s", bought, e.Source)
		}
		for _, r := range e.Reasons {
			because = because || r.Product != nil && r.Product.SKU == bought && r.Event != nil && r.Event.Type == "ORDER_PLACED"
		}
	}
	if !because {
		t.Error("no reason names the purchase")
	}
	mine := do[row](t, admin, askRow, map[string]any{"customer": "C-00001"})
	if fmt.Sprint(mine.skus()) != fmt.Sprint(after.skus()) {
		t.Error("the shop's own server sees another row than the customer")
	}
	unknown := do[row](t, admin, askRow, map[string]any{"customer": "never seen"})
	if len(unknown.skus()) == 0 {
		t.Error("an unknown customer is no stranger")
	}
}

// personal returns the first product that is there for the shopper's taste.
func personal(t *testing.T, r row) string {
	t.Helper()
	for _, e := range r.Recommendations.Edges {
		if e.Source == "PERSONAL" {
			return e.Node.SKU
		}
	}
	t.Fatal("nothing is there for the shopper's taste")
	return ""
}

// checkAnswer checks what holds for every answer: each product once, reasons
// for each, and shares that add up.
func checkAnswer(t *testing.T, r row) {
	t.Helper()
	seen := map[string]bool{}
	for _, e := range r.Recommendations.Edges {
		if seen[e.Node.SKU] {
			t.Errorf("%s is there twice", e.Node.SKU)
		}
		seen[e.Node.SKU] = true
		if len(e.Reasons) == 0 {
			t.Errorf("%s has no reason", e.Node.SKU)
		}
		if e.Source != "PERSONAL" {
			continue
		}
		var sum, size float64
		for _, reason := range e.Reasons {
			if reason.Share == nil {
				t.Errorf("%s: a reason of a personal product has no share: %+v", e.Node.SKU, reason)
				continue
			}
			sum += *reason.Share
			size += math.Abs(*reason.Share)
		}
		if math.Abs(sum-e.Score) > 1e-4*size {
			t.Errorf("%s: the shares add up to %v, the score is %v", e.Node.SKU, sum, e.Score)
		}
	}
}

// Reasons are worked out where they are asked for, however that is written.
func TestReasonsWhereAskedFor(t *testing.T) {
	s := openDemo(t)
	type edge struct {
		Node  struct{ SKU string }
		Score float64
		Why   []struct{ Text string }
	}
	type edges struct{ Recommendations struct{ Edges []edge } }
	ask := func(selection, fragment string) edges {
		return do[edges](t, s.WithKey(pathKey), `{ recommendations(placement: "home", customer: "C-00002", first: 20) { `+selection+` } } `+fragment, nil)
	}
	bare := ask(`edges { node { sku } score }`, "")
	for _, q := range [][2]string{
		{`edges { node { sku } score why: reasons(first: 1) { text } }`, ""},
		{`edges { node { sku } score } edges { why: reasons @include(if: true) { text } }`, ""},
		{`...Row`, `fragment Row on RecommendationConnection { edges { ...Edge } } fragment Edge on RecommendationEdge { node { sku } score why: reasons { text } }`},
	} {
		for k, e := range ask(q[0], q[1]).Recommendations.Edges {
			if b := bare.Recommendations.Edges[k]; len(e.Why) == 0 || b.Node != e.Node || math.Abs(b.Score-e.Score) > 1e-5*math.Abs(e.Score) {
				t.Errorf("%s: place %d is %+v, without reasons %+v", q[0], k, e, b)
			}
		}
	}
}

// TestANewProductFindsItsPlace creates a product that ten customers buy, and
// asks for another who has their taste: no training in between.
func TestANewProductFindsItsPlace(t *testing.T) {
	s := openDemo(t)
	admin := s.WithKey(pathKey)
	do[any](t, admin, `mutation { productCreate(input: {sku: "NEW-1", name: "New tea", categories: ["teas"], price: {amount: "5", currency: "EUR"}, stock: 100}) { userErrors { message } } }`, nil)
	record := `mutation($e: [EventInput!]!) { eventsRecord(input: {events: $e}) { accepted rejected { message } } }`
	var events []any
	// Customers 1, 11, 21, … share the first of the ten planted tastes.
	for k := range 12 {
		events = append(events, map[string]any{"type": "PURCHASE", "sku": "NEW-1", "customer": fmt.Sprintf("C-%05d", 11+10*k)})
	}
	do[any](t, admin, record, map[string]any{"e": events})
	await(t, 10*time.Second, "a customer with its buyers' taste is shown the new product", func() bool {
		r := do[row](t, admin, askRow, map[string]any{"customer": "C-00001", "first": 100})
		for _, e := range r.Recommendations.Edges {
			if e.Node.SKU == "NEW-1" && e.Source == "PERSONAL" {
				return true
			}
		}
		return false
	})
}

// TestTrainAndPromote trains from the console, watches, promotes and takes back.
func TestTrainAndPromote(t *testing.T) {
	s := openDemo(t)
	admin := s.WithKey(pathKey)
	started := do[struct {
		TrainingRunStart struct {
			Run        *struct{ ID string }
			UserErrors []struct{ Message string }
		}
	}](t, admin, `mutation { trainingRunStart(input: {config: {dim: 8, epochs: 2, seed: "7"}}) { run { id } userErrors { message } } }`, nil)
	if started.TrainingRunStart.Run == nil {
		t.Fatalf("%+v", started)
	}
	type runs struct {
		Node struct {
			State  string
			Losses []float64
			Error  *string
			Model  *struct{ ID, Name, State string }
		}
	}
	var run runs
	await(t, time.Minute, "the run is done", func() bool {
		run = do[runs](t, admin, `query($id: ID!) { node(id: $id) { ... on TrainingRun { state losses error model { id name state } } } }`, map[string]any{"id": started.TrainingRunStart.Run.ID})
		if run.Node.State == "FAILED" {
			t.Fatal(*run.Node.Error)
		}
		return run.Node.State == "DONE"
	})
	if run.Node.Model == nil || run.Node.Model.State != "CANDIDATE" || len(run.Node.Losses) != 2 {
		t.Fatalf("the run ended as %+v", run.Node)
	}
	live := func(want string) {
		t.Helper()
		await(t, 10*time.Second, "model "+want+" answers", func() bool {
			return do[row](t, admin, askRow, map[string]any{"customer": "C-00001"}).Recommendations.Model.Name == want
		})
	}
	first := do[row](t, admin, askRow, nil).Recommendations.Model.Name
	do[any](t, admin, `mutation($id: ID!) { modelPromote(input: {modelId: $id}) { userErrors { message } } }`, map[string]any{"id": run.Node.Model.ID})
	live(run.Node.Model.Name)
	do[any](t, admin, `mutation { modelRollBack { userErrors { message } } }`, nil)
	live(first)
}
