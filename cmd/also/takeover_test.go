package main

import (
	"context"
	"os/exec"
	"testing"
	"time"

	"also/internal/process"
	"also/store/storetest"
)

// TestAKilledWorkersRunIsTakenOver ends a worker with SIGKILL while it trains:
// another takes the run over, and it ends once, with a model.
func TestAKilledWorkersRunIsTakenOver(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command and starts processes: left out with -short")
	}
	redis := storetest.StartRedis(t)
	data := demoCopy(t)
	bin, err := process.Build(t.Context(), "../..", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s, err := process.Serve(t.Context(), bin, data, time.Minute, "--redis", redis, "--no-training")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Kill)
	worker := func() *exec.Cmd {
		t.Helper()
		cmd := exec.Command(bin, "worker", "--data-dir", data, "--redis", redis)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			_ = cmd.Process.Kill() // the test may have done so
			_ = cmd.Wait()
		})
		return cmd
	}
	first := worker()
	admin := s.WithKey(process.AdminKey)
	var started struct {
		TrainingRunStart struct{ Run struct{ ID string } }
	}
	// So many epochs that the worker can be killed among them.
	if err := admin.Do(t.Context(), `mutation { trainingRunStart(input: {config: {dim: 128, epochs: 400}}) { run { id } } }`, nil, &started); err != nil {
		t.Fatal(err)
	}
	id := started.TrainingRunStart.Run.ID
	runAfter(t, admin, id, func(r workersRun) bool { return r.State == "RUNNING" && r.Epoch > 0 })
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	worker()
	done := runAfter(t, admin, id, func(r workersRun) bool { return r.State != "QUEUED" && r.State != "RUNNING" })
	if done.State != "DONE" || done.Attempts != 2 || done.Model == nil {
		t.Fatalf("the run ended as %+v, want DONE at the second attempt with a model", done)
	}
}

type workersRun struct {
	State    string
	Epoch    int
	Attempts int
	Error    string
	Model    *struct{ ID string }
}

// runAfter waits until a run is as ok says, and returns it.
func runAfter(t *testing.T, c *process.Client, id string, ok func(workersRun) bool) workersRun {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	var out struct{ Node workersRun }
	for {
		if err := c.Do(ctx, `query($id: ID!) { node(id: $id) { ... on TrainingRun { state epoch attempts error model { id } } } }`, map[string]any{"id": id}, &out); err != nil {
			t.Fatal(err)
		}
		if ok(out.Node) {
			return out.Node
		}
		select {
		case <-ctx.Done():
			t.Fatalf("the run stayed at %+v", out.Node)
		case <-tick.C:
		}
	}
}
