package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"also/internal/process"
	"also/store/storetest"
)

// TestServeAndWorkerOverRedis runs two servers and a worker as processes of
// their own, over one Redis and one data folder: the worker trains what one
// server was asked for, and both servers answer from its model; an event that
// one takes in is known to the other; and the lake holds it in the end.
func TestServeAndWorkerOverRedis(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command and starts processes: left out with -short")
	}
	redis := storetest.StartRedis(t)
	data := demoCopy(t)
	bin, err := process.Build(t.Context(), "../..", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	serve := func() *process.Server {
		t.Helper()
		s, err := process.Serve(t.Context(), bin, data, time.Minute, "--redis", redis, "--no-training")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Kill)
		return s
	}
	one, two := serve(), serve()
	ctx, stopWorker := context.WithCancel(t.Context())
	defer stopWorker()
	worker := exec.CommandContext(ctx, bin, "worker", "--redis", redis, "--data-dir", data)
	worker.Cancel = func() error { return worker.Process.Signal(os.Interrupt) }
	var said strings.Builder
	worker.Stderr = &said
	if err := worker.Start(); err != nil {
		t.Fatal(err)
	}
	a, b := one.WithKey(process.AdminKey), two.WithKey(process.AdminKey)
	started := do[struct {
		TrainingRunStart struct {
			Run        *struct{ ID string }
			UserErrors []struct{ Message string }
		}
	}](t, a, `mutation { trainingRunStart(input: {config: {dim: 8, epochs: 2, seed: "9"}}) { run { id } userErrors { message } } }`, nil)
	if started.TrainingRunStart.Run == nil {
		t.Fatalf("%+v", started)
	}
	type runNode struct {
		Node struct {
			State string
			Error *string
			Model *struct{ ID, Name string }
		}
	}
	var run runNode
	await(t, time.Minute, "the run is done", func() bool {
		run = do[runNode](t, b, `query($id: ID!) { node(id: $id) { ... on TrainingRun { state error model { id name } } } }`, map[string]any{"id": started.TrainingRunStart.Run.ID})
		if run.Node.State == "FAILED" {
			t.Fatalf("%s; the worker said %s", *run.Node.Error, said.String())
		}
		return run.Node.State == "DONE"
	})
	do[any](t, b, `mutation($id: ID!) { modelPromote(input: {modelId: $id}) { userErrors { message } } }`, map[string]any{"id": run.Node.Model.ID})
	for _, c := range []*process.Client{a, b} {
		await(t, 15*time.Second, "the new model answers", func() bool { return do[row](t, c, askRow, nil).Recommendations.Model.Name == run.Node.Model.Name })
	}
	sku := do[row](t, b, askRow, map[string]any{"customer": "C-00002"}).skus()[0]
	do[any](t, a, `mutation($e: [EventInput!]!) { eventsRecord(input: {events: $e}) { accepted } }`, map[string]any{"e": []any{
		map[string]any{"type": "NOT_INTERESTED", "sku": sku, "customer": "C-00002"},
	}})
	for _, shown := range do[row](t, b, askRow, map[string]any{"customer": "C-00002"}).skus() {
		if shown == sku {
			t.Errorf("the other server still shows %s", sku)
		}
	}
	await(t, 20*time.Second, "the event is in the lake", func() bool {
		out, err := process.Run(t.Context(), bin, "sql", "--data-dir", data, "--json", fmt.Sprintf("SELECT count(*) n FROM events WHERE type = 'NOT_INTERESTED' AND sku = '%s' AND source = 'api'", sku))
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(string(out), `"n":1`)
	})
	stopWorker()
	if err := worker.Wait(); err != nil && !strings.Contains(err.Error(), "context canceled") {
		t.Errorf("the worker ended with %v: %s", err, said.String())
	}
	for _, s := range []*process.Server{one, two} {
		if err := s.Stop(20 * time.Second); err != nil {
			t.Error(err)
		}
	}
}

// await waits until something is so.
func await(t *testing.T, within time.Duration, what string, so func() bool) {
	t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(within); !so(); {
		select {
		case <-deadline:
			t.Fatalf("%s: not within %s", what, within)
		case <-tick.C:
		}
	}
}
