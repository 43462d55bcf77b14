package graph

import (
	"bytes"
	"encoding/json"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"also/shop"
	"also/training"
)

// stream follows a subscription over server-sent events until it ends, and
// returns the messages' data.
func (b *browser) stream(t *testing.T, query string, vars map[string]any) []map[string]any {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	c := NewCaller(shop.Session{})
	c.Role, c.Client, c.Key = b.role, b.client, "key of "+string(b.role)
	rec := httptest.NewRecorder()
	b.w.handler.ServeHTTP(rec, r.WithContext(WithRequestID(WithCaller(r.Context(), c), "request-1")))
	var out []map[string]any
	for line := range strings.Lines(rec.Body.String()) {
		message, ok := strings.CutPrefix(line, "data: ")
		var answer wireAnswer
		if !ok || json.Unmarshal([]byte(message), &answer) != nil || answer.Data == nil {
			continue
		}
		out = append(out, answer.Data)
	}
	return out
}

const tuningStart = `mutation($in: TuningStartInput) { tuningStart(input: $in) {
	tuning { id state budgetMs metric newPairs startedAt how cancelAsked best { number } trials { number } } userErrors { field code message } } }`

func TestTuningIsRefusedInWords(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 40)
	admin := w.holder(shop.RoleAdmin)
	want(t, admin.must(t, tuningStart, nil), "tuningStart.userErrors.0.code", "NOT_ENOUGH_DATA")
	w.learn(t)
	f := func(field string, value any) {
		t.Helper()
		data := admin.must(t, tuningStart, map[string]any{"in": map[string]any{field: value}})
		want(t, data, "tuningStart.tuning", nil)
		want(t, data, "tuningStart.userErrors.0.field", field)
		want(t, data, "tuningStart.userErrors.0.code", "BAD_USER_INPUT")
	}
	f("budgetMinutes", 0)
	f("budgetMinutes", 1441)
	f("metric", "mrr")
	f("seed", "-1")
	for _, id := range []string{"Tuning/none", "Model/none"} {
		data := admin.must(t, `mutation($id: ID!) { tuningCancel(input: {tuningId: $id}) { tuning { id } userErrors { field } } }`, map[string]any{"id": id})
		want(t, data, "tuningCancel.tuning", nil)
		want(t, data, "tuningCancel.userErrors.0.field", "tuningId")
	}
	data := admin.must(t, `{ tunings { id } tuning(id: "Tuning/none") { id } }`, nil)
	want(t, data, "tuning", nil)
	if all := at(t, data, "tunings").([]any); len(all) != 0 {
		t.Errorf("what was refused is kept: %v", all)
	}
}

func TestTuningIsFollowedStoppedAndTrainedWith(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 40)
	w.learn(t)
	admin := w.holder(shop.RoleAdmin)

	data := admin.must(t, tuningStart, map[string]any{"in": map[string]any{"budgetMinutes": 1, "metric": "recall", "newPairs": true, "seed": "7"}})
	want(t, data, "tuningStart.tuning.state", "QUEUED")
	want(t, data, "tuningStart.tuning.budgetMs", 60_000)
	want(t, data, "tuningStart.tuning.metric", "recall")
	want(t, data, "tuningStart.tuning.newPairs", true)
	want(t, data, "tuningStart.tuning.best", nil)
	id := map[string]any{"id": at(t, data, "tuningStart.tuning.id")}
	train := `mutation($id: ID!) { trainingRunStart(input: {tuningId: $id}) { run { id } userErrors { field code } } }`
	want(t, admin.must(t, train, id), "trainingRunStart.userErrors.0.code", "BAD_USER_INPUT")

	w.work(t)
	ended := make(chan []map[string]any, 1)
	go func() {
		ended <- admin.stream(t, `subscription($id: ID!) { tuningProgress(id: $id) { state trials { number } best { number } } }`, id)
	}()
	states, err := w.Training.TuningProgress(t.Context(), strings.TrimPrefix(id["id"].(string), "Tuning/"))
	if err != nil {
		t.Fatal(err)
	}
	var last training.Tuning
	stop := `mutation($id: ID!) { tuningCancel(input: {tuningId: $id}) { tuning { state cancelAsked trials { number } } userErrors { code } } }`
	for last = range states {
		if len(last.Trials) >= 3 && !last.CancelAsked && !last.Final() {
			want(t, admin.must(t, stop, id), "tuningCancel.tuning.cancelAsked", true)
		}
	}
	messages := <-ended
	if len(messages) < 2 {
		t.Fatalf("the subscription sent %d messages", len(messages))
	}
	want(t, messages[len(messages)-1], "tuningProgress.state", string(last.State))

	const view = `query($id: ID!) { tunings { id } tuning(id: $id) { state how startedAt endedAt error
		trials { number step text config { dim epochs } trained whole blends value values recall ndcg difference uncertainty best tookMs elapsedMs error }
		best { number text value config { dim } } } }`
	data = admin.must(t, view, id)
	want(t, data, "tunings.0.id", id["id"])
	want(t, data, "tuning.state", "CANCELLED")
	want(t, data, "tuning.error", nil)
	want(t, data, "tuning.trials.0.number", 1)
	want(t, data, "tuning.trials.0.step", "START")
	want(t, data, "tuning.trials.0.best", true)
	want(t, data, "tuning.trials.0.difference", nil)
	if value, recall := at(t, data, "tuning.trials.0.value").(float64), at(t, data, "tuning.trials.0.recall").(float64); math.Abs(value-recall) > 1e-9 {
		t.Errorf("searched by recall, a trial with recall %g is worth %g", recall, value)
	}
	best := last.Best()
	want(t, data, "tuning.best.number", best.Number)
	want(t, data, "tuning.best.text", training.Describe(best.Candidate))
	if trials := at(t, data, "tuning.trials").([]any); len(trials) != len(last.Trials) || len(trials) < 3 {
		t.Errorf("%d of %d trials are told", len(trials), len(last.Trials))
	}
	want(t, admin.must(t, stop, id), "tuningCancel.tuning.state", "CANCELLED")

	run := at(t, admin.must(t, train, id), "trainingRunStart.run.id").(string)
	runs, err := w.Training.Progress(t.Context(), strings.TrimPrefix(run, "TrainingRun/"))
	if err != nil {
		t.Fatal(err)
	}
	var done training.Run
	for done = range runs {
	}
	if done.State != training.Done || done.Config.Dim != best.Dim {
		t.Errorf("the run ended %s with d %d, the best has %d: %s", done.State, done.Config.Dim, best.Dim, done.Error)
	}
}
