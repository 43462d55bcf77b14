package demo

import (
	"context"
	"testing"
	"time"

	"also/store"
	"also/store/redisstore"
	"also/training"
	"also/warehouse"
)

// What is planted must be found again: a model trained on the demo offers the
// personas what they like, and the whole of it takes seconds.
func TestModelFindsThePlantedTastes(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	lake, err := warehouse.Open(t.TempDir(), "shop", warehouse.Options{Memory: "256MB"})
	if err != nil {
		t.Fatal(err)
	}
	defer lake.Close()
	began := time.Now()
	s := Generate(Options{Small: true, Now: testNow})
	if err := Load(ctx, lake, s, testNow); err != nil {
		t.Fatal(err)
	}
	view, err := redisstore.OpenEmbedded(redisstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	service, err := training.New(training.Options{Store: view, Lake: lake})
	if err != nil {
		t.Fatal(err)
	}
	work, stop := context.WithCancel(ctx)
	over := make(chan error)
	go func() { over <- service.Work(work, "demo") }()
	defer func() {
		stop()
		<-over
	}()
	run := train(ctx, t, service)
	t.Logf("generated, loaded and trained in %v", time.Since(began))
	model, err := service.Model(ctx, run.Model)
	if err != nil {
		t.Fatal(err)
	}
	got, popular := model.Metrics.Model["recall@20"], model.Metrics.Baselines["popularity"]["recall@20"]
	t.Logf("%s: Recall@20 %.3f, popularity %.3f, %d customers", model.Metrics.Protocol, got.Mean, popular.Mean, model.Metrics.Users)
	if got.Mean < 1.4*popular.Mean {
		t.Error("the model is hardly better than popularity")
	}
	category := map[string]string{}
	for _, p := range s.Products {
		category[p.SKU] = p.Categories[0]
	}
	for k, persona := range s.Personas {
		lists, err := view.GetLists(ctx, store.ModelSet(run.Model), store.KindUser, []string{s.Customers[k].User.String()})
		if err != nil || len(lists[0]) < 10 {
			t.Fatalf("%s has no list: %v, %v", persona.Name, lists, err)
		}
		liked := 0
		for _, e := range lists[0][:10] {
			for _, c := range persona.Categories {
				if category[e.SKU] == c {
					liked++
				}
			}
		}
		t.Logf("%s, who %s, is offered %d of 10 from there", persona.Name, persona.Likes, liked)
		if liked < 5 {
			t.Errorf("%s is offered %d of 10", persona.Name, liked)
		}
	}
}

func train(ctx context.Context, t *testing.T, service *training.Service) (run training.Run) {
	t.Helper()
	run, err := service.Start(ctx, training.StartInput{Promote: true})
	if err != nil {
		t.Fatal(err)
	}
	states, err := service.Progress(ctx, run.ID)
	if err != nil {
		t.Fatal(err)
	}
	for run = range states {
	}
	if run.State != training.Done || !run.Promoted {
		t.Fatalf("the run ended %s: %s%s", run.State, run.Error, run.Note)
	}
	return run
}
