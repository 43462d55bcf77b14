package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"also/shop"
	"also/training"
	"also/warehouse"
)

// learn gives the shop a history: 120 customers, each buying six products of
// their own parity over sixty days.
func (w *world) learn(t *testing.T) {
	t.Helper()
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	var events []shop.Event
	for u := range 120 {
		for k := range 6 {
			at := start.Add(time.Duration(u%10*144+k*24*10) * time.Hour / 2)
			sku := fmt.Sprintf("P-%03d", (u%2+2*((u*7+k*5)%20))%40)
			events = append(events, shop.Event{
				ID: shop.DerivedUUID("test", strconv.Itoa(u), sku, at.String()), Type: shop.Purchase, OccurredAt: at, RecordedAt: at,
				Customer: shop.UserID(1000 + u), SKU: sku, Quantity: 1, Order: fmt.Sprintf("O-%d-%d", u, k), Source: "test",
			})
		}
	}
	w.append(t, "1", events)
}

// append puts events into the lake, as the entry of an id.
func (w *world) append(t *testing.T, id string, events []shop.Event) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"events": events})
	if err != nil {
		t.Fatal(err)
	}
	entry := warehouse.Entry{Outbox: "shop", ID: id, At: events[0].OccurredAt, Events: len(events), Body: body}
	if _, err := w.lake.Append(t.Context(), []warehouse.Entry{entry}); err != nil {
		t.Fatal(err)
	}
}

// learnMore goes on where learn ends: customers buy again what they bought first, and products that nobody
// had bought, each of a category that customers of one parity buy.
func (w *world) learnMore(t *testing.T) {
	t.Helper()
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	late := start.AddDate(0, 0, 50)
	var events []shop.Event
	for k := range 46 {
		kind := fmt.Sprint("kind", k%2)
		p := shop.Product{SKU: fmt.Sprintf("P-%03d", k), Name: "A " + kind, Categories: []string{kind}, Vendor: kind, Status: shop.Active, Version: 1}
		payload, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, shop.Event{
			ID: shop.DerivedUUID("saved", p.SKU), Type: shop.ProductSaved, SKU: p.SKU, Payload: payload, OccurredAt: start, RecordedAt: start, Source: "test",
		})
	}
	for u := range 120 {
		for k, sku := range []string{fmt.Sprintf("P-%03d", (u%2+2*(u*7%20))%40), fmt.Sprintf("P-%03d", 40+u%2+2*(u%3))} {
			at := late.Add(time.Duration(u) * time.Minute)
			events = append(events, shop.Event{
				ID: shop.DerivedUUID("late", strconv.Itoa(u), sku), Type: shop.Purchase, OccurredAt: at, RecordedAt: at,
				Customer: shop.UserID(1000 + u), SKU: sku, Quantity: 1, Order: fmt.Sprintf("L-%d-%d", u, k), Source: "test",
			})
		}
	}
	w.append(t, "2", events)
}

// work lets a worker take runs until it is stopped or the test ends.
func (w *world) work(t *testing.T) (stop func()) {
	t.Helper()
	ctx, end := context.WithCancel(context.Background())
	over := make(chan struct{})
	go func() {
		defer close(over)
		_ = w.Training.Work(ctx, "w")
	}()
	stop = func() {
		end()
		<-over
	}
	t.Cleanup(stop)
	return stop
}

// trained starts a run as the API's input says and returns its id and its
// model's, when it is done.
func (w *world) trained(t *testing.T, input string) (run, model string) {
	t.Helper()
	admin := w.holder(shop.RoleAdmin)
	data := admin.must(t, `mutation { trainingRunStart(input: `+input+`) { run { id state place } userErrors { code message } } }`, nil)
	run, ok := at(t, data, "trainingRunStart.run.id").(string)
	if !ok {
		t.Fatalf("no run: %v", data)
	}
	states, err := w.Training.Progress(t.Context(), strings.TrimPrefix(run, "TrainingRun/"))
	if err != nil {
		t.Fatal(err)
	}
	var last training.Run
	for last = range states {
	}
	if last.State != training.Done {
		t.Fatalf("the run ended %s: %s", last.State, last.Error)
	}
	return run, "Model/" + last.Model
}

func TestTrainComparePromoteRollBack(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 40)
	w.learn(t)
	w.work(t)
	admin := w.holder(shop.RoleAdmin)

	run, good := w.trained(t, `{promote: true, config: {dim: 4, epochs: 4}}`)
	data := admin.must(t, `query($id: ID!) { trainingRun(id: $id) { state promoted place errorCode losses log { level text } model { id } } }`, map[string]any{"id": run})
	want(t, data, "trainingRun.promoted", true)
	want(t, data, "trainingRun.place", nil)
	want(t, data, "trainingRun.model.id", good)
	if lines := at(t, data, "trainingRun.log").([]any); len(lines) < 8 {
		t.Errorf("the log has %d lines", len(lines))
	}

	_, bad := w.trained(t, `{config: {dim: 1, epochs: 1, lambda: 1000000, choose: false}}`)
	data = admin.must(t, `query($id: ID!) { model(id: $id) { name title bytes parts { name bytes } learntFrom learntUntil run { id losses choose chosen } } }`, map[string]any{"id": good})
	want(t, data, "model.run.id", run)
	want(t, data, "model.run.choose", true)
	if chosen, _ := at(t, data, "model.run.chosen").(string); !strings.Contains(chosen, "first bought in the last") {
		t.Errorf("chosen: %q", chosen)
	}
	want(t, data, "model.parts.0.name", "factors")
	want(t, data, "model.learntFrom", "2026-03-01T00:00:00.000Z")
	if at(t, data, "model.bytes").(float64) <= at(t, data, "model.parts.0.bytes").(float64) {
		t.Errorf("a part is larger than the whole: %v", data)
	}

	both := map[string]any{"a": good, "b": bad}
	const compare = `query($a: ID!, $b: ID!) { modelComparison(a: $a, b: $b) { id state progress a { id } b { id }
		difference { sampled changed sample { customer { name } changed a { sku } b { sku } } }
		judgement { users a { name mean } differences { name mean low high verdict text } vendors { slug vendor { name } a b } } } }`
	want(t, admin.must(t, compare, both), "modelComparison", nil)
	start := `mutation($a: ID!, $b: ID!) { modelComparisonStart(input: {a: $a, b: $b}) { comparison { id state } userErrors { code field } } }`
	id := at(t, admin.must(t, start, both), "modelComparisonStart.comparison.id").(string)
	states, err := w.Training.ComparisonProgress(t.Context(), strings.TrimPrefix(id, "ModelComparison/"))
	if err != nil {
		t.Fatal(err)
	}
	for range states {
	}
	data = admin.must(t, compare, both)
	want(t, data, "modelComparison.state", "DONE")
	want(t, data, "modelComparison.a.id", good)
	want(t, data, "modelComparison.judgement.differences.2.name", "ndcg@20")
	want(t, data, "modelComparison.judgement.differences.2.verdict", "WORSE")
	want(t, data, "modelComparison.judgement.vendors.0.vendor.name", "Vendor "+at(t, data, "modelComparison.judgement.vendors.0.slug").(string)[1:])
	want(t, data, "modelComparison.difference.sampled", 120)
	if text := at(t, data, "modelComparison.judgement.differences.2.text").(string); !strings.HasPrefix(text, "worse on ndcg@20 by ") {
		t.Errorf("in words: %q", text)
	}
	want(t, admin.must(t, start, map[string]any{"a": good, "b": "Model/none"}), "modelComparisonStart.userErrors.0.code", "NOT_FOUND")

	data = admin.must(t, `query($id: ID!) { modelPromotePreview(modelId: $id) { from { id } to { id } isRollBack rollBackTo { id } difference { changed } differences { verdict } eventsUnlearnt text } }`, map[string]any{"id": bad})
	want(t, data, "modelPromotePreview.from.id", good)
	want(t, data, "modelPromotePreview.rollBackTo.id", good)
	want(t, data, "modelPromotePreview.isRollBack", false)
	want(t, data, "modelPromotePreview.differences.2.verdict", "WORSE")

	const change = `{ model { id state } change { from { id state } to { id } rollBackTo { id } } userErrors { code } }`
	data = admin.must(t, `mutation($id: ID!) { modelPromote(input: {modelId: $id}) `+change+` }`, map[string]any{"id": bad})
	want(t, data, "modelPromote.change.from.id", good)
	want(t, data, "modelPromote.change.from.state", "PREVIOUS")
	want(t, data, "modelPromote.change.rollBackTo.id", good)
	remove := `mutation($id: ID!) { modelDelete(input: {modelId: $id}) { deletedId userErrors { code message } } }`
	for _, id := range []string{good, bad} {
		want(t, admin.must(t, remove, map[string]any{"id": id}), "modelDelete.userErrors.0.code", "CONFLICT")
	}
	data = admin.must(t, `mutation { modelRollBack `+change+` }`, nil)
	want(t, data, "modelRollBack.change.from.id", bad)
	want(t, data, "modelRollBack.change.from.state", "RETIRED")
	want(t, data, "modelRollBack.change.rollBackTo", nil)
	want(t, data, "modelRollBack.model.id", good)
	want(t, admin.must(t, remove, map[string]any{"id": bad}), "modelDelete.deletedId", bad)
	want(t, admin.must(t, `query($id: ID!) { model(id: $id) { id } }`, map[string]any{"id": bad}), "model", nil)
}

// A model is judged on what is new to customers, on what they buy again, and on what nobody had bought; so are two.
func TestModelsAreJudgedOnThreeQuestions(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 46)
	w.learn(t)
	w.learnMore(t)
	w.work(t)
	admin := w.holder(shop.RoleAdmin)
	_, first := w.trained(t, `{promote: true, config: {dim: 4, epochs: 4}}`)
	_, second := w.trained(t, `{config: {dim: 8, epochs: 4}}`)
	const figures = `protocol users model { name mean low high } baselines { name metrics { name mean } better { name mean low high verdict text } }`
	data := admin.must(t, `query($id: ID!) { model(id: $id) { metrics { `+figures+` repeats { `+figures+` repeats { users } } neverSold { `+figures+` } } } }`, map[string]any{"id": first})
	for path, baselines := range map[string][]string{
		"model.metrics": {"popularity", "random"}, "model.metrics.repeats": {"most-frequent", "most-recent"}, "model.metrics.neverSold": {"kindred", "popularity", "random"},
	} {
		if at(t, data, path+".users").(float64) < 50 {
			t.Errorf("%s: judged on %v", path, at(t, data, path+".users"))
		}
		for k, name := range baselines {
			want(t, data, fmt.Sprintf("%s.baselines.%d.name", path, k), name)
			if text := at(t, data, fmt.Sprintf("%s.baselines.%d.better.0.text", path, k)).(string); !strings.Contains(text, "hr@20") {
				t.Errorf("%s beside %s: %q", path, name, text)
			}
		}
	}
	want(t, data, "model.metrics.repeats.repeats", nil)
	want(t, data, "model.metrics.repeats.model.2.name", "hr@20")
	want(t, data, "model.metrics.repeats.model.2.mean", 1) // fewer than twenty to choose from

	both := map[string]any{"a": first, "b": second}
	started := admin.must(t, `mutation($a: ID!, $b: ID!) { modelComparisonStart(input: {a: $a, b: $b}) { comparison { id } } }`, both)
	states, err := w.Training.ComparisonProgress(t.Context(), strings.TrimPrefix(at(t, started, "modelComparisonStart.comparison.id").(string), "ModelComparison/"))
	if err != nil {
		t.Fatal(err)
	}
	for range states {
	}
	data = admin.must(t, `query($a: ID!, $b: ID!) { modelComparison(a: $a, b: $b) { judgement { users repeats { users model { name mean } }
		neverSold { users protocol a { name } b { name } differences { name verdict } vendors { slug } repeats { users } } } } }`, both)
	want(t, data, "modelComparison.judgement.repeats.model.2.mean", 1)
	want(t, data, "modelComparison.judgement.neverSold.differences.2.name", "ndcg@20")
	want(t, data, "modelComparison.judgement.neverSold.vendors", []any{})
	want(t, data, "modelComparison.judgement.neverSold.repeats", nil)
	if n := at(t, data, "modelComparison.judgement.neverSold.users").(float64); n < 100 {
		t.Errorf("what was never sold is judged on %v", n)
	}
}

func TestModelsAndRunsAreFilteredAndSorted(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 40)
	w.learn(t)
	w.work(t)
	admin := w.holder(shop.RoleAdmin)
	_, small := w.trained(t, `{promote: true, config: {dim: 2, epochs: 1}}`)
	run, large := w.trained(t, `{config: {dim: 16, epochs: 2}}`)

	names := func(args string) []any {
		t.Helper()
		return at(t, admin.must(t, `{ models(`+args+`) { edges { node { id title } } } }`, nil), "models.edges").([]any)
	}
	first := func(edges []any) any { return at(t, edges, "0.node.id") }
	if got := first(names(`sort: SIZE`)); got != large {
		t.Errorf("the largest is %v", got)
	}
	if got := first(names(`sort: OLDEST`)); got != small {
		t.Errorf("the oldest is %v", got)
	}
	if got := names(`filter: {states: [LIVE]}`); len(got) != 1 || first(got) != small {
		t.Errorf("live are %v", got)
	}
	update := `mutation($id: ID!, $title: String) { modelUpdate(input: {modelId: $id, title: $title}) { model { title note } userErrors { code field } } }`
	want(t, admin.must(t, update, map[string]any{"id": large, "title": "summer test"}), "modelUpdate.model.title", "summer test")
	want(t, admin.must(t, update, map[string]any{"id": large, "title": strings.Repeat("x", 61)}), "modelUpdate.userErrors.0.field", "title")
	if got := names(`filter: {query: "SUMMER"}`); len(got) != 1 || first(got) != large {
		t.Errorf("called so are %v", got)
	}

	data := admin.must(t, `{ trainingRuns(first: 1, sort: OLDEST) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`, nil)
	want(t, data, "trainingRuns.pageInfo.hasNextPage", true)
	next := map[string]any{"after": at(t, data, "trainingRuns.pageInfo.endCursor")}
	data = admin.must(t, `query($after: String) { trainingRuns(first: 5, sort: OLDEST, after: $after) { edges { node { id } } pageInfo { hasNextPage } } }`, next)
	want(t, data, "trainingRuns.edges.0.node.id", run)
	want(t, data, "trainingRuns.pageInfo.hasNextPage", false)
	data = admin.must(t, `{ trainingRuns(filter: {states: [FAILED], kinds: [FULL]}) { edges { node { id } } } }`, nil)
	if failed := at(t, data, "trainingRuns.edges").([]any); len(failed) != 0 {
		t.Errorf("failed are %v", failed)
	}
	remove := `mutation($id: ID!) { trainingRunDelete(input: {runId: $id}) { deletedId userErrors { code } } }`
	want(t, admin.must(t, remove, map[string]any{"id": run}), "trainingRunDelete.deletedId", run)
	want(t, admin.must(t, remove, map[string]any{"id": run}), "trainingRunDelete.userErrors.0.code", "NOT_FOUND")
	want(t, admin.must(t, `query($id: ID!) { model(id: $id) { run { id } } trainingRun(id: "`+run+`") { id } }`, map[string]any{"id": large}), "model.run", nil)
}

func TestWaitingRunsHaveAPlaceAndCannotBeDeleted(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 40)
	w.learn(t) // and nobody works
	admin := w.holder(shop.RoleAdmin)
	start := `mutation { trainingRunStart(input: {config: {dim: 2}}) { run { id place } userErrors { code } } }`
	want(t, admin.must(t, start, nil), "trainingRunStart.run.place", 1)
	data := admin.must(t, start, nil)
	want(t, data, "trainingRunStart.run.place", 2)
	id := map[string]any{"id": at(t, data, "trainingRunStart.run.id")}
	want(t, admin.must(t, `mutation($id: ID!) { trainingRunDelete(input: {runId: $id}) { deletedId userErrors { code } } }`, id), "trainingRunDelete.userErrors.0.code", "CONFLICT")
	data = admin.must(t, `mutation($id: ID!) { trainingRunCancel(input: {runId: $id}) { run { state log { text } } } }`, id)
	want(t, data, "trainingRunCancel.run.state", "CANCELLED")
	want(t, data, "trainingRunCancel.run.log.0.text", "Stopped before it began.")
}

func TestTrainingDefaultsAreExplained(t *testing.T) {
	w := newWorld(t)
	admin := w.holder(shop.RoleAdmin)
	const ask = `{ trainingDefaults { users items exact problem parameters { name label value low above high whole unit what why } } }`
	data := admin.must(t, ask, nil)
	if problem, ok := at(t, data, "trainingDefaults.problem").(string); !ok || !strings.Contains(problem, "import") {
		t.Errorf("without events the problem is %v", problem)
	}
	w.stock(t, 40)
	w.learn(t)
	data = admin.must(t, ask, nil)
	want(t, data, "trainingDefaults.problem", nil)
	want(t, data, "trainingDefaults.users", 120)
	want(t, data, "trainingDefaults.exact", true)
	want(t, data, "trainingDefaults.parameters.0.name", "dim")
	want(t, data, "trainingDefaults.parameters.0.value", 16)
	want(t, data, "trainingDefaults.parameters.2.above", 0)
	want(t, data, "trainingDefaults.parameters.2.low", nil)
}
