package graph

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"also/commerce"
	"also/recommend"
	"also/shop"
	"also/store"
	"also/training"
	"also/warehouse"
)

// plenty is of how many things a list must have fifty to show.
const plenty = 55

// richWorld is a shop with plenty of everything that the schema lists: a
// vendor, a category and a customer who have plenty of everything, and a live
// model that knows them.
type richWorld struct {
	*world
	admin    *browser // holds an admin's key, and is signed in as the customer
	ada      shop.UserID
	imported string // one that rejected plenty of rows
}

func newRichWorld(t *testing.T) *richWorld {
	t.Helper()
	w := &richWorld{world: newWorldOf(t, training.Options{
		Retention: training.Retention{Models: 10 * plenty}, Publish: training.Publish{Similar: 2 * plenty},
	})}
	w.fillCatalogue(t)
	w.becomeAda(t)
	w.history(t)
	w.carry(t)
	stop := w.work(t)
	_, live := w.trained(t, `{promote: true, config: {dim: 4, epochs: 2}}`)
	stop()
	w.serve(t, strings.TrimPrefix(live, kindModel+"/"))
	w.copyModels(t)
	w.fillPeople(t)
	w.fillImports(t)
	for i := range plenty {
		_, _, err := w.Commerce.KeyCreate(t.Context(), fmt.Sprint("key ", i), shop.RoleShop)
		ok(t, err)
	}
	return w
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fillCatalogue lists products: plenty that all buy, one of each vendor and category, and plenty that the customer
// never bought. The first and the last are of vendor and category 00.
func (w *richWorld) fillCatalogue(t *testing.T) {
	t.Helper()
	for k := range plenty {
		_, err := w.Commerce.VendorCreate(t.Context(), shop.Vendor{ID: fmt.Sprintf("v-%02d", k), Name: fmt.Sprint("Vendor ", k)})
		ok(t, err)
		parent := ""
		if k > 0 {
			parent = "c-00"
		}
		_, err = w.Commerce.CategoryCreate(t.Context(), shop.Category{ID: fmt.Sprintf("c-%02d", k), Name: fmt.Sprint("Category ", k), Parent: parent})
		ok(t, err)
	}
	for k := range 3 * plenty {
		group := 0
		if k/plenty == 1 {
			group = k - plenty
		}
		p := shop.Product{
			SKU: fmt.Sprintf("P-%03d", k), Name: fmt.Sprintf("Product %03d", k), Vendor: fmt.Sprintf("v-%02d", group), Categories: []string{fmt.Sprintf("c-%02d", group)},
			Price: shop.MustMoney("1", "EUR"), Stock: 9999, Attributes: map[string]string{"colour": "red"},
		}
		_, err := w.Commerce.ProductCreate(t.Context(), p)
		ok(t, err)
	}
}

// becomeAda signs a customer up who looks at plenty of products, orders as often, and fills the cart.
func (w *richWorld) becomeAda(t *testing.T) {
	t.Helper()
	b := w.stranger()
	data := b.must(t, signUp, map[string]any{"e": "ada@shop.example", "n": "Ada"})
	user, err := userOfID("id", at(t, data, "customerSignUp.viewer.customer.id").(string))
	ok(t, err)
	w.ada = user
	session, err := w.Commerce.SessionOf(t.Context(), b.session)
	ok(t, err)
	var seen []commerce.EventInput
	for k := range plenty {
		sku := fmt.Sprintf("P-%03d", k)
		seen = append(seen, commerce.EventInput{Type: shop.ProductView, SKU: sku})
		for _, one := range []string{sku, fmt.Sprintf("P-%03d", k+plenty)} {
			_, err := w.Commerce.CartLineSet(t.Context(), session, shop.CartLine{SKU: one, Quantity: 1}, "")
			ok(t, err)
		}
		_, err := w.Commerce.OrderPlace(t.Context(), session, commerce.OrderInput{IdempotencyKey: sku})
		ok(t, err)
	}
	_, err = w.Commerce.ViewerEventsRecord(t.Context(), session, seen)
	ok(t, err)
	for k := range plenty {
		_, err := w.Commerce.CartLineSet(t.Context(), session, shop.CartLine{SKU: fmt.Sprintf("P-%03d", k), Quantity: 1}, "")
		ok(t, err)
	}
	w.admin = &browser{w: w.world, client: "192.0.2.9", role: shop.RoleAdmin, session: b.session}
}

// history lets others have bought, each half of the first products in one order and some alone.
func (w *richWorld) history(t *testing.T) {
	t.Helper()
	start := time.Now().Add(-90 * 24 * time.Hour).Truncate(time.Second)
	var events []shop.Event
	buy := func(u, k, order int) {
		at := start.Add(time.Duration(u%10*24+order*36) * time.Hour)
		sku, name := fmt.Sprintf("P-%03d", k), fmt.Sprintf("O-%d-%d", u, order)
		events = append(events, shop.Event{
			ID: shop.DerivedUUID("test", name, sku), Type: shop.Purchase, OccurredAt: at, RecordedAt: at,
			Customer: shop.UserID(1000 + u), SKU: sku, Quantity: 1, Order: name, Source: "test",
		})
	}
	for u := range 60 {
		for k := range plenty + 5 {
			if (u+k)%3 != 0 {
				buy(u, k, 0)
			}
		}
		for order := range 8 {
			buy(u, (u*7+order*5)%(3*plenty), order+1)
		}
	}
	w.append(t, "1", events)
}

// serve makes a model the one that answers, with the lists made of the lake.
func (w *richWorld) serve(t *testing.T, id string) {
	t.Helper()
	ok(t, w.Training.RefreshLists(t.Context()))
	a, err := training.LoadArtefact(t.Context(), w.lake, id)
	ok(t, err)
	m, err := recommend.NewModel(recommend.ModelInput{
		ID: id, TrainedThrough: int64(a.Manifest.Dataset.Through), TrainedAt: a.Manifest.Dataset.At, Users: a.Users, SKUs: a.SKUs,
		Parts: a.Parts, Features: a.Features, Sums: a.Sums, Last: a.Last, Bought: a.Bought, Repeats: a.Repeats, Weighing: a.Weighing, AgedAt: a.AgedAt,
		Close: func() { ok(t, a.Close()) },
	})
	ok(t, err)
	w.models.Swap(m)
	t.Cleanup(func() { w.models.Swap(nil) })
	ok(t, w.Recommend.Refresh(t.Context()))
}

// copyModels makes plenty of models of the first, and a run for each.
func (w *richWorld) copyModels(t *testing.T) {
	t.Helper()
	all, err := w.lake.Models(t.Context())
	ok(t, err)
	for k := range plenty {
		m := all[0]
		m.CreatedAt = m.CreatedAt.Add(-time.Duration(k+1) * time.Hour)
		m, err := w.lake.WriteArtefact(t.Context(), warehouse.ArtefactInput{Manifest: m})
		ok(t, err)
		run := training.Run{ID: shop.NewUUID(m.CreatedAt).String(), Kind: training.Full, State: training.Done, QueuedAt: m.CreatedAt, Model: m.ID}
		value, err := json.Marshal(run)
		ok(t, err)
		ok(t, w.Store.PutControl(t.Context(), []shop.ControlRecord{{Name: "run/" + run.ID, Value: value}}, store.PutConditions{}))
	}
}

// fillPeople makes plenty of customers with an order and a cart, and as many who were forgotten.
func (w *richWorld) fillPeople(t *testing.T) {
	t.Helper()
	for k := range plenty {
		c, err := w.Commerce.CustomerCreate(t.Context(), patchOf(fmt.Sprintf("c-%02d", k)))
		ok(t, err)
		line := commerce.OrderLine{SKU: fmt.Sprintf("P-%03d", k), Quantity: 1}
		_, err = w.Commerce.OrderCreate(t.Context(), c.ExternalID, commerce.OrderInput{IdempotencyKey: "k", Lines: []commerce.OrderLine{line}})
		ok(t, err)
		more := shop.Event{ID: shop.NewUUID(time.Now()), Customer: c.User, OccurredAt: time.Now(), RecordedAt: time.Now(), Source: "shop"}
		_, err = w.Store.SetCartLine(t.Context(), c.User, shop.CartLine{SKU: fmt.Sprintf("P-%03d", k+plenty), Quantity: 1}, more, more)
		ok(t, err)
		gone, err := w.Commerce.CustomerCreate(t.Context(), patchOf("gone "+strconv.Itoa(k)))
		ok(t, err)
		_, err = w.Commerce.ForgetCustomer(t.Context(), gone.User)
		ok(t, err)
	}
}

// fillImports makes one import that rejects plenty of rows, and plenty that wait.
func (w *richWorld) fillImports(t *testing.T) {
	t.Helper()
	u, err := w.Imports.Receive(t.Context(), "list.csv", strings.NewReader("no,name\n"+strings.Repeat(",nameless\n", plenty)))
	ok(t, err)
	mapping := []any{map[string]any{"field": "sku", "column": "no"}, map[string]any{"field": "name", "column": "name"}}
	start := map[string]any{"in": map[string]any{"uploadId": u.ID, "kind": "PRODUCTS", "mapping": mapping}}
	for k := range plenty {
		id := at(t, w.admin.must(t, startImport, start), "importStart.import.id").(string)
		if k == 0 {
			w.imported = id
			finishImports(t, w.world, id)
			u, err = w.Imports.Receive(t.Context(), "list.csv", strings.NewReader("no,name\n1,x\n"))
			ok(t, err)
			start["in"].(map[string]any)["uploadId"] = u.ID
		}
	}
}
