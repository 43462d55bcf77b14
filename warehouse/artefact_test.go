package warehouse_test

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"also/shop"
	"also/warehouse"
)

func smallModel(first float32) warehouse.ArtefactInput {
	return warehouse.ArtefactInput{
		Manifest: warehouse.Manifest{
			CreatedAt: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Trainer: "also", Parts: []string{"factors"}, Objective: "IALS",
			Config: []byte(`{"dim":2}`), Metrics: []byte(`{"users":3}`), Dataset: warehouse.DatasetInfo{Name: "through-3", Through: 3},
		},
		Users: []shop.UserID{3, 5}, SKUs: []string{"A", "B", "C"},
		Tensors: map[string][]warehouse.Tensor{"factors": {
			{Name: "users", Shape: []int{2, 2}, F32: []float32{first, 2, 3, 4}}, {Name: "items", Shape: []int{3, 2}, F32: []float32{1, 2, 3, 4, 5, 6}},
		}},
	}
}

func openLake(t *testing.T, dir string) *warehouse.Lake {
	t.Helper()
	l, err := warehouse.Open(dir, "shop", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func TestArtefactSurvivesARoundTrip(t *testing.T) {
	ctx := context.Background()
	l := openLake(t, t.TempDir())
	in := smallModel(1)
	m, err := l.WriteArtefact(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := l.WriteArtefact(ctx, in); err != nil || again.ID != m.ID {
		t.Errorf("the same content got the id %q, %v; it was %q", again.ID, err, m.ID)
	}
	in.Manifest.Metrics = nil
	if same, err := l.WriteArtefact(ctx, in); err != nil || same.ID != m.ID {
		t.Errorf("metrics changed the id to %q, %v", same.ID, err)
	}
	a, err := l.OpenArtefact(ctx, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	items, err := a.Tensor("factors", "items")
	if err != nil || !reflect.DeepEqual(items.F32, []float32{1, 2, 3, 4, 5, 6}) || !reflect.DeepEqual(items.Shape, []int{3, 2}) {
		t.Errorf("items: %+v, %v", items, err)
	}
	if !reflect.DeepEqual(a.Users, in.Users) || !reflect.DeepEqual(a.SKUs, in.SKUs) || a.Manifest.Shop != "shop" || string(a.Manifest.Metrics) == "" {
		t.Errorf("got %v %v %+v", a.Users, a.SKUs, a.Manifest)
	}
	if _, err := a.Tensor("factors", "bias"); shop.CodeOf(err) != shop.Internal {
		t.Errorf("a tensor that is not there: %v", err)
	}
	if err := l.DropModel(ctx, m.ID); err != nil {
		t.Fatal(err)
	}
	if items.F32[5] != 6 {
		t.Error("deleting the model took it from its reader")
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}

func TestModelsAreListedNewestFirst(t *testing.T) {
	ctx := context.Background()
	l := openLake(t, t.TempDir())
	if all, err := l.Models(ctx); err != nil || len(all) != 0 {
		t.Errorf("no models: %v, %v", all, err)
	}
	var ids []string
	for k := range 3 {
		in := smallModel(float32(k))
		in.Manifest.CreatedAt = in.Manifest.CreatedAt.Add(time.Duration(k) * time.Hour)
		m, err := l.WriteArtefact(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, m.ID)
	}
	list := func() (got []string) {
		all, err := l.Models(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			got = append(got, m.ID)
		}
		return got
	}
	if got := list(); !reflect.DeepEqual(got, []string{ids[2], ids[1], ids[0]}) {
		t.Errorf("Models = %v of %v", got, ids)
	}
	if err := l.DropModel(ctx, ids[1]); err != nil {
		t.Fatal(err)
	}
	if got := list(); !reflect.DeepEqual(got, []string{ids[2], ids[0]}) {
		t.Errorf("after deleting: %v of %v", got, ids)
	}
	for _, id := range []string{ids[1], "", "../shop", "nobody"} {
		if _, err := l.OpenArtefact(ctx, id); shop.CodeOf(err) != shop.NotFound {
			t.Errorf("OpenArtefact(%q): %v", id, err)
		}
		if err := l.DropModel(ctx, id); err != nil {
			t.Errorf("DropModel(%q): %v", id, err)
		}
	}
}

func TestDamagedArtefactIsFoundOut(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	l := openLake(t, dir)
	m, err := l.WriteArtefact(ctx, smallModel(1))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "shop", "models", m.ID, "factors.safetensors")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-1] ^= 1
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := l.OpenArtefact(ctx, m.ID); shop.CodeOf(err) != shop.Internal {
		t.Errorf("a changed bit: %v", err)
	}
}

func TestDropDatasetsKeepsTheLatest(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	l := openLake(t, dir)
	for k := range 3 {
		if _, err := l.Append(ctx, []warehouse.Entry{viewOf(k)}); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Dataset(ctx, warehouse.DatasetSpec{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.DropDatasets(ctx, 1, 1); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "shop", "datasets", "*"))
	if err != nil || len(left) != 2 {
		t.Errorf("left are %v, %v; want those through 1 and 3", left, err)
	}
	if d, err := l.Dataset(ctx, warehouse.DatasetSpec{Through: 2}); err != nil || len(d.Idx) != 2 {
		t.Errorf("made again: %+v, %v", d, err)
	}
}

func viewOf(k int) warehouse.Entry {
	id := shop.DerivedUUID("view", string(rune('a'+k))).String()
	return warehouse.Entry{Outbox: "shop", ID: string(rune('1' + k)), At: time.UnixMilli(1664582400000), Events: 1, Body: []byte(
		`{"events":[{"v":1,"id":"` + id + `","type":"PRODUCT_VIEW","occurred_at":1664582400000,"recorded_at":1664582400000,"session":7,"sku":"S` + string(rune('0'+k)) + `"}]}`)}
}
