package imports

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

const list = "no,title,maker,price,n\nA,Kettle,Nørd & Co,12.50,3\nB,Cup,Nørd & Co,4,0\n,lost,,,\nC,Pot,,-1,\n"

func listMap() map[string]string {
	return map[string]string{"sku": `"no"`, "name": `"title"`, "vendor": `"maker"`, "price": `"price"`, "stock": `"n"`}
}

func TestProductsComeIntoAShopThatServes(t *testing.T) {
	f := newFixture(t)
	f.work()
	in := StartInput{Upload: f.sends("list.csv", list), Kind: Products, Map: listMap(), Currency: "EUR"}
	i := f.imports(in)
	if i.Rows != 4 || i.Accepted != 2 || i.Rejected != 2 || i.Duplicates != 0 || i.Attempts != 1 || i.Reasons["missing sku"] != 1 {
		t.Errorf("%+v", i)
	}
	if got, want := f.rejects(i.ID), []string{"4 MISSING_SKU missing sku", "5 NON_POSITIVE_PRICE non-positive price"}; !reflect.DeepEqual(got, want) {
		t.Errorf("rejects %q, want %q", got, want)
	}
	p := f.product("A")
	if p == nil || p.Name != "Kettle" || p.Vendor != "nørd-co" || p.Price.Minor != 1250 || p.Stock != 3 || p.Version != 1 {
		t.Fatalf("the product: %+v", p)
	}
	// Twice changes nothing, and touches no stock that an order moved.
	if i = f.imports(in); i.Accepted != 0 || i.Duplicates != 2 || i.Rejected != 2 {
		t.Errorf("again: %+v", i)
	}
	// What the view has is what a start would make of the lake.
	before := *f.product("A")
	f.end()
	f = openFixture(t, f.dir)
	if after := f.product("A"); after == nil || !reflect.DeepEqual(*after, before) {
		t.Errorf("after a start %+v, before it %+v", after, before)
	}
	all, err := f.Imports(f.ctx)
	if err != nil || len(all) != 2 || all[0].ID != i.ID || all[1].Accepted != 2 {
		t.Errorf("the records after a start: %+v, %v", all, err)
	}
}

// racing is a catalogue in which somebody saves a product just before the import does.
type racing struct {
	store.Store
	first func()
}

func (r *racing) SaveProduct(ctx context.Context, p shop.Product, keep bool, mode store.SaveMode, e shop.Event) (shop.Product, error) {
	if r.first != nil {
		r.first()
		r.first = nil
	}
	return r.Store.SaveProduct(ctx, p, keep, mode, e)
}

func TestAProductThatChangedMeanwhileIsNotOverwritten(t *testing.T) {
	f := newFixture(t)
	inner := f.store
	f.store = &racing{Store: inner, first: func() {
		_, err := inner.SaveProduct(f.ctx, shop.Product{SKU: "A", Name: "Mine"}, false, store.Create,
			shop.Event{ID: shop.NewUUID(time.Now()), OccurredAt: time.Now(), RecordedAt: time.Now(), Source: "test"})
		f.ok(err)
	}}
	f.work()
	i := f.imports(StartInput{Upload: f.sends("list.csv", "no\nA\n"), Kind: Products, Map: map[string]string{"sku": "no"}})
	if got := f.rejects(i.ID); i.Rejected != 1 || len(got) != 1 || got[0] != "2 CHANGED_MEANWHILE changed meanwhile" || f.product("A").Name != "Mine" {
		t.Errorf("%+v, %q, %+v", i, got, f.product("A"))
	}
}

func TestCustomersAndEventsComeIntoTheView(t *testing.T) {
	f := newFixture(t)
	f.work()
	people := f.imports(StartInput{Upload: f.sends("people.csv", "id,mail\nc1,ada@example.com\n,x@example.com\n"), Kind: Customers,
		Map: map[string]string{"customer": "id", "email": "mail"}})
	if people.Accepted != 1 || people.Rejected != 1 {
		t.Errorf("%+v", people)
	}
	if c, err := f.store.CustomerByEmail(f.ctx, "ada@example.com"); err != nil || c.ExternalID != "c1" {
		t.Errorf("the customer: %+v, %v", c, err)
	}
	in := StartInput{Upload: f.sends("sales.csv", "who,what,at\nc1,A,2026-01-02\nc1,B,2026-01-01\nc1,,2026-01-01\n"), Kind: Events,
		Map: map[string]string{"customer": "who", "sku": "what", "occurredAt": `"at"`}}
	i := f.imports(in)
	if i.Accepted != 2 || i.Rejected != 1 {
		t.Errorf("%+v", i)
	}
	want := []string{"PURCHASE B 01-01", "PURCHASE A 01-02"}
	if got := f.tail("c1"); !reflect.DeepEqual(got, want) {
		t.Errorf("recent history %q, want %q", got, want)
	}
	if i = f.imports(in); i.Accepted != 0 || i.Duplicates != 2 || !reflect.DeepEqual(f.tail("c1"), want) {
		t.Errorf("again: %+v, %q", i, f.tail("c1"))
	}
	f.end()
	f = openFixture(t, f.dir)
	if got := f.tail("c1"); !reflect.DeepEqual(got, want) {
		t.Errorf("recent history after a start %q, want %q", got, want)
	}
}

func TestCancel(t *testing.T) {
	f := newFixture(t)
	content, m := sales(300_000)
	in := StartInput{Upload: f.sends("sales.csv", content), Kind: Events, Map: m}
	waiting := f.starts(in)
	if i, err := f.Cancel(f.ctx, waiting.ID); err != nil || i.State != Cancelled {
		t.Fatalf("one that waits: %+v, %v", i, err)
	}
	running := f.starts(in)
	states, err := f.Progress(f.ctx, running.ID)
	f.ok(err)
	f.work()
	var last Import
	asked, read := false, int64(0)
	for last = range states {
		read = max(read, last.Done)
		if last.State == Running && !asked {
			asked = true
			_, err := f.Cancel(f.ctx, running.ID)
			f.ok(err)
		}
	}
	if last.State != Cancelled || !asked {
		t.Fatalf("%+v", last)
	}
	if head, err := f.lake.Head(f.ctx); err != nil || head != 0 {
		t.Errorf("%d events after cancelling, %v", head, err)
	}
	if i := f.imports(in); i.Accepted != 300_000 {
		t.Errorf("done again: %+v", i)
	}
}

func TestReadingTellsHowManyRows(t *testing.T) {
	f := newFixture(t)
	content, m := sales(400_000)
	i := f.starts(StartInput{Upload: f.sends("sales.csv", content), Kind: Events, Map: m})
	states, err := f.Progress(f.ctx, i.ID)
	f.ok(err)
	f.work()
	var reading []int64
	for i = range states {
		if i.Phase == "read" && i.Done > 0 {
			reading = append(reading, i.Done)
		}
	}
	if i.State != Done || len(reading) == 0 || !slices.IsSorted(reading) {
		t.Errorf("%s; rows told while reading: %v", i.State, reading)
	}
}

func TestAnInterruptedImportIsDoneAgain(t *testing.T) {
	f := newFixture(t)
	content, m := sales(100)
	upload := f.sends("sales.csv", content)
	running := f.starts(StartInput{Upload: upload, Kind: Events, Map: m})
	tried := f.starts(StartInput{Upload: upload, Kind: Events, Map: m})
	crash := func(id string, attempts int) { // as a kill leaves it
		_, err := f.update(f.ctx, id, func(i *Import) { i.State, i.Attempts = Running, attempts })
		f.ok(err)
	}
	crash(running.ID, 1)
	crash(tried.ID, 3)
	f.end()
	f = openFixture(t, f.dir)
	f.work()
	if i := f.wait(running.ID); i.State != Done || i.Accepted != 100 || i.Attempts != 2 {
		t.Errorf("interrupted once: %+v", i)
	}
	if i := f.wait(tried.ID); i.State != Failed || !strings.Contains(i.Error, "3 times") {
		t.Errorf("interrupted three times: %+v", i)
	}
}

func TestAnEndOfTheServerIsNoAttempt(t *testing.T) {
	f := newFixture(t)
	content, m := sales(400_000)
	i := f.starts(StartInput{Upload: f.sends("sales.csv", content), Kind: Events, Map: m})
	states, err := f.Progress(f.ctx, i.ID)
	f.ok(err)
	stop := f.work()
	for s := range states {
		if s.State == Running {
			stop()
			break
		}
	}
	if i, err = f.Import(f.ctx, i.ID); err != nil || i.State != Queued || i.Attempts != 0 {
		t.Errorf("%+v, %v", i, err)
	}
}

func TestUploads(t *testing.T) {
	f := newFixture(t)
	folder := filepath.Join(f.dir, "test", "uploads")
	refused := func(name, content, words string) {
		t.Helper()
		if _, err := f.Receive(f.ctx, name, strings.NewReader(content)); shop.CodeOf(err) != shop.BadUserInput || !strings.Contains(err.Error(), words) {
			t.Errorf("%q: %v, want one that says %q", name, err, words)
		}
	}
	refused("a.csv", "", "empty")
	refused("a.xlsx", "x", ".csv, .jsonl or .parquet")
	refused("", "x", ".csv")
	if _, err := f.Receive(f.ctx, "a.csv", brokenOff{strings.NewReader("no,title\nA,")}); err == nil {
		t.Error("an upload that was broken off was kept")
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
	u, err := f.Receive(f.ctx, `C:\shop\..\..\My "list".CSV`, strings.NewReader("no\nA\n"))
	if err != nil || u.Name != `My "list".CSV` || u.Size != 5 {
		t.Fatalf("%+v, %v", u, err)
	}
	if p, err := f.Preview(f.ctx, u.ID, "", 5); err != nil || len(p.Rows) != 1 {
		t.Errorf("%+v, %v", p, err)
	}
	for _, id := range []string{"../../test", "x", shop.NewUUID(time.Now()).String()} {
		if _, err := f.Preview(f.ctx, id, "", 5); shop.CodeOf(err) != shop.NotFound {
			t.Errorf("upload %q: %v", id, err)
		}
	}
	waiting := f.starts(StartInput{Upload: u.ID, Kind: Products, Map: map[string]string{"sku": "no"}})
	f.sends("unused.csv", "no\nB\n")
	f.now = func() time.Time { return time.Now().Add(25 * time.Hour) }
	f.ok(worker{f.Service, f.lake}.sweep(f.ctx))
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 || left[0].Name() != u.ID {
		t.Errorf("after sweeping: %v, %v", left, err)
	}
	_, err = f.Cancel(f.ctx, waiting.ID)
	f.ok(err)
	f.ok(worker{f.Service, f.lake}.sweep(f.ctx))
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("after nobody waits for it: %v, %v", left, err)
	}
}

func TestDelete(t *testing.T) {
	f := newFixture(t)
	i := f.starts(StartInput{Upload: f.sends("list.csv", list), Kind: Products, Map: listMap(), Currency: "EUR"})
	if err := f.Delete(f.ctx, i.ID); shop.CodeOf(err) != shop.Conflict {
		t.Errorf("one that waits: %v", err)
	}
	f.work()
	f.wait(i.ID)
	f.ok(f.Delete(f.ctx, i.ID))
	if _, err := f.Import(f.ctx, i.ID); shop.CodeOf(err) != shop.NotFound {
		t.Errorf("it is still there: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(f.dir, "test", "imports", "*")); err != nil || len(left) != 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
	if f.product("A") == nil {
		t.Error("what was imported is gone, too")
	}
	if err := f.Delete(f.ctx, "../../test"); shop.CodeOf(err) != shop.NotFound {
		t.Errorf("no id: %v", err)
	}
}
