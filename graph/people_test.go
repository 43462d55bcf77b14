package graph

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"also/commerce"
	"also/shop"
	"also/transport"
	"also/warehouse"
)

const signUp = `mutation($e: String!, $n: String!) { customerSignUp(input: {email: $e, password: "long enough", name: $n}) { viewer { customer { id } } userErrors { message } } }`

// customer signs somebody up, who puts a product into their cart, orders it and another, and keeps one in the cart.
func (w *world) customer(t *testing.T, name string) (b *browser, id string) {
	t.Helper()
	b = w.stranger()
	data := b.must(t, signUp, map[string]any{"e": name + "@shop.example", "n": name})
	id = at(t, data, "customerSignUp.viewer.customer.id").(string)
	b.must(t, `mutation { cartLineSet(input: {sku: "P-000", quantity: 2}) { userErrors { code } } }`, nil)
	b.must(t, `mutation { orderPlace(input: {lines: [{sku: "P-000", quantity: 2, recommendationId: "r-1"}]}) { userErrors { code message } } }`, nil)
	b.must(t, `mutation { cartLineSet(input: {sku: "P-001", quantity: 1}) { userErrors { code } } }`, nil)
	return b, id
}

func TestCustomersAreFound(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 3)
	admin := w.holder(shop.RoleAdmin)
	for _, name := range []string{"Ada", "Bert", "Carla"} {
		w.customer(t, name)
	}
	admin.must(t, `mutation { customerCreate(input: {externalId: "X-77", name: "Dora Ada-Maria"}) { userErrors { message } } }`, nil)
	list := `query($q: String, $s: CustomerSort, $f: CustomerFilter, $n: Int, $a: String) { customers(query: $q, sort: $s, filter: $f, first: $n, after: $a) {
		totalCount pageInfo { hasNextPage endCursor } edges { node { name email hasAccount orderCount lastSeenAt cart { count } orders(first: 1) { edges { node { total { amount } } } } } } } }`
	names := func(vars map[string]any) string {
		t.Helper()
		out := ""
		vars["n"] = 2
		for {
			data := admin.must(t, list, vars)
			for _, e := range at(t, data, "customers.edges").([]any) {
				out += fmt.Sprint(at(t, e, "node.name"), ";")
			}
			if at(t, data, "customers.pageInfo.hasNextPage") == false {
				return out
			}
			vars["a"] = at(t, data, "customers.pageInfo.endCursor")
		}
	}
	f := func(want string, vars map[string]any) {
		t.Helper()
		if got := names(vars); got != want {
			t.Errorf("%v: got %s, want %s", vars, got, want)
		}
	}
	f("Ada;Bert;Carla;Dora Ada-Maria;", map[string]any{"s": "NAME"})
	f("Dora Ada-Maria;Carla;Bert;Ada;", map[string]any{})
	f("Ada;", map[string]any{"q": "ada@"})
	f("Ada;Dora Ada-Maria;", map[string]any{"q": "AD", "s": "OLDEST"})
	f("Dora Ada-Maria;", map[string]any{"q": "x-7 dor"})
	f("Dora Ada-Maria;", map[string]any{"f": map[string]any{"hasAccount": false}})
	f("", map[string]any{"q": "nobody"})
	data := admin.must(t, list, map[string]any{"q": "bert", "n": 1})
	want(t, data, "customers.totalCount", 1)
	want(t, data, "customers.edges.0.node.orderCount", 1)
	want(t, data, "customers.edges.0.node.cart.count", 1)
	want(t, data, "customers.edges.0.node.orders.edges.0.node.total.amount", "2.00")

	admin.must(t, `mutation { eventsRecord(input: {events: [{type: PURCHASE, sku: "P-000", customer: "only events"}]}) { accepted } }`, nil)
	want(t, admin.must(t, `{ customer(externalId: "only events") { externalId history { edges { node { type } } } } }`, nil), "customer.history.edges.0.node.type", "PURCHASE")
	want(t, admin.must(t, `{ customer(externalId: "unknown") { id } }`, nil), "customer", nil)
}

func TestAnOrderIsCancelled(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 3)
	ada, _ := w.customer(t, "ada")
	eve, _ := w.customer(t, "eve")
	admin := w.holder(shop.RoleAdmin)
	cancel := `mutation($id: ID!) { orderCancel(input: {id: $id}) { order { state cancelledAt cancellable lines { recommendationId } } userErrors { code field } } }`
	own := at(t, ada.must(t, `{ viewer { orders { edges { node { id cancellable } } } } }`, nil), "viewer.orders.edges.0.node.id")
	id := map[string]any{"id": own}
	want(t, eve.must(t, cancel, id), "orderCancel.userErrors.0.code", "NOT_FOUND")
	want(t, w.stranger().must(t, cancel, id), "orderCancel.userErrors.0.code", "NOT_FOUND")
	want(t, admin.must(t, `{ product(sku: "P-000") { stock } }`, nil), "product.stock", 46)
	data := ada.must(t, cancel, id)
	want(t, data, "orderCancel.order.state", "CANCELLED")
	want(t, data, "orderCancel.order.cancellable", false)
	want(t, data, "orderCancel.order.lines.0.recommendationId", "r-1")
	again := admin.must(t, cancel, id)
	want(t, again, "orderCancel.order.cancelledAt", at(t, data, "orderCancel.order.cancelledAt"))
	want(t, admin.must(t, `{ product(sku: "P-000") { stock } }`, nil), "product.stock", 48)
	if got := fmt.Sprint(ada.must(t, `{ viewer { taste { events { type quantity } } } }`, nil)); !strings.Contains(got, "quantity:2 type:RETURN") {
		t.Errorf("the taste does not know of what was given back: %s", got)
	}

	list := `query($f: OrderFilter) { orders(filter: $f) { totalCount edges { node { id state customer { name } } } } }`
	data = admin.must(t, list, map[string]any{"f": map[string]any{"state": "CANCELLED"}})
	want(t, data, "orders.edges.0.node.id", own)
	want(t, data, "orders.edges.0.node.customer.name", "ada")
	want(t, data, "orders.totalCount", 1)
	want(t, admin.must(t, list, nil), "orders.totalCount", 2)
	want(t, admin.must(t, list, map[string]any{"f": map[string]any{"before": "2026-01-01T00:00:00Z"}}), "orders.totalCount", 0)
	hers := at(t, ada.must(t, `{ viewer { customer { id } orders { totalCount } } }`, nil), "viewer")
	want(t, hers, "orders.totalCount", 1)
	want(t, admin.must(t, list, map[string]any{"f": map[string]any{"customer": at(t, hers, "customer.id"), "state": "PLACED"}}), "orders.totalCount", 0)
	data = admin.must(t, list, map[string]any{"f": map[string]any{"state": "PLACED"}})
	want(t, data, "orders.edges.0.node.customer.name", "eve")
	want(t, w.holder(shop.RoleShop).must(t, `query($id: ID!) { order(id: $id) { state } }`, id), "order.state", "CANCELLED")
	want(t, eve.must(t, `query($id: ID!) { order(id: $id) { state } }`, id), "order", nil)
}

func TestACustomerIsForgotten(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 3)
	ada, id := w.customer(t, "ada")
	w.customer(t, "eve")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	pipe := carry(t, w)
	go transport.Forgetting(ctx, pipe, w.Store, w.Commerce.Log)
	admin := w.holder(shop.RoleAdmin)
	data := admin.must(t, `mutation($id: ID!) { customerDelete(input: {id: $id}) { forgetting { id erasedAt orders sessions carts recentEvents erasedEvents keptSales models { name } } userErrors { message } } }`, map[string]any{"id": id})
	for path, n := range map[string]int{"orders": 1, "sessions": 1, "carts": 1, "keptSales": 1} {
		want(t, data, "customerDelete.forgetting."+path, n)
	}
	if at(t, data, "customerDelete.forgetting.erasedAt") == nil {
		t.Error("the lake was not rewritten within the answer")
	}
	want(t, admin.must(t, `query($id: ID!) { customer(id: $id) { id } }`, map[string]any{"id": id}), "customer", nil)
	want(t, admin.must(t, `{ customers { totalCount } }`, nil), "customers.totalCount", 1)
	want(t, ada.must(t, `{ viewer { signedIn } }`, nil), "viewer.signedIn", false)
	want(t, ada.must(t, signUp, map[string]any{"e": "ada@shop.example", "n": "Ada again"}), "customerSignUp.viewer.customer.id", at(t, ada.must(t, `{ viewer { customer { id } } }`, nil), "viewer.customer.id"))
	want(t, admin.must(t, `{ product(sku: "P-000") { stock } }`, nil), "product.stock", 46)
	receipt := admin.must(t, `query($id: ID!) { forgetting(id: $id) { erasedEvents } forgettings { totalCount edges { node { id } } } }`, map[string]any{"id": at(t, data, "customerDelete.forgetting.id")})
	want(t, receipt, "forgettings.totalCount", 1)
	want(t, receipt, "forgettings.edges.0.node.id", at(t, data, "customerDelete.forgetting.id"))
	want(t, receipt, "forgetting.erasedEvents", at(t, data, "customerDelete.forgetting.erasedEvents"))
}

func TestShoppersChangeTheirAccount(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 3)
	ada, _ := w.customer(t, "ada")
	w.customer(t, "eve")
	elsewhere := w.stranger()
	in := `mutation($e: String!, $p: String!) { customerSignIn(input: {email: $e, password: $p}) { viewer { signedIn } userErrors { code } } }`
	elsewhere.must(t, in, map[string]any{"e": "ada@shop.example", "p": "long enough"})
	change := func(b *browser, input map[string]any) map[string]any {
		t.Helper()
		return b.must(t, `mutation($in: ViewerUpdateInput!) { viewerUpdate(input: $in) { viewer { customer { name email } } userErrors { code field } } }`, map[string]any{"in": input})
	}
	want(t, change(w.stranger(), map[string]any{"name": "x"}), "viewerUpdate.userErrors.0.code", "UNAUTHENTICATED")
	want(t, change(ada, map[string]any{"name": "Ada L."}), "viewerUpdate.viewer.customer.name", "Ada L.")
	want(t, change(ada, map[string]any{"email": "ada@new.example"}), "viewerUpdate.userErrors.0.field", "password")
	want(t, change(ada, map[string]any{"email": "eve@shop.example", "password": "long enough"}), "viewerUpdate.userErrors.0.code", "CONFLICT")
	want(t, change(ada, map[string]any{"newPassword": "even longer", "password": "wrong guess"}), "viewerUpdate.userErrors.0.code", "UNAUTHENTICATED")
	want(t, change(ada, map[string]any{"email": "ada@new.example", "newPassword": "even longer", "password": "long enough"}), "viewerUpdate.viewer.customer.email", "ada@new.example")
	want(t, elsewhere.must(t, `{ viewer { signedIn } }`, nil), "viewer.signedIn", false)
	want(t, elsewhere.must(t, in, map[string]any{"e": "ada@new.example", "p": "even longer"}), "customerSignIn.viewer.signedIn", true)
	remove := `mutation($p: String!) { viewerDelete(input: {password: $p}) { viewer { signedIn } forgetting { orders } userErrors { code field } } }`
	want(t, ada.must(t, remove, map[string]any{"p": "long enough"}), "viewerDelete.userErrors.0.field", "password")
	data := ada.must(t, remove, map[string]any{"p": "even longer"})
	want(t, data, "viewerDelete.forgetting.orders", 1)
	want(t, data, "viewerDelete.viewer.signedIn", false)
	want(t, elsewhere.must(t, `{ viewer { signedIn } }`, nil), "viewer.signedIn", false)
}

func patchOf(id string) commerce.CustomerPatch {
	return commerce.CustomerPatch{ExternalID: &id, Name: &id}
}

// carry brings all that the store was given into the lake, as the transporter does, until the test ends.
func carry(t *testing.T, w *world) *warehouse.Lake {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		at := map[string]string{}
		for ctx.Err() == nil {
			entries, err := w.Store.Entries(ctx, at, 100, 50*time.Millisecond)
			if err != nil {
				return
			}
			var lines []warehouse.Entry
			for _, e := range entries {
				at[e.Outbox] = e.ID
				lines = append(lines, warehouse.Entry{Outbox: e.Outbox, ID: e.ID, At: e.At, Events: e.Events, Body: e.Body})
			}
			if len(lines) > 0 {
				if _, err := w.lake.Append(ctx, lines); err != nil && ctx.Err() == nil {
					t.Error(err)
				}
			}
		}
	}()
	t.Cleanup(func() { stop(); <-done })
	return w.lake
}

// What is known of a visitor is a list of facts, each once.
func TestRecommendationsTakeAttributes(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 4)
	ask := func(attributes string) string {
		return `{ recommendations(placement: "home", attributes: [` + attributes + `]) { edges { node { sku } } freshness { served } } }`
	}
	data := w.stranger().must(t, ask(`{name: "city", value: "Ames"}, {name: "channel", value: "web"}`), nil)
	want(t, data, "recommendations.freshness.served", "FALLBACK")
	if _, errs := w.stranger().ask(t, ask(`{name: "city", value: "Ames"}, {name: "city", value: "Boone"}`), nil); len(errs) != 1 || errs[0].Extensions.Code != "BAD_USER_INPUT" {
		t.Errorf("a city twice: %+v", errs)
	}
	_, errs := w.stranger().ask(t, ask(`{name: "city", value: "Ames"}, {name: " ", value: "web"}`), nil)
	if len(errs) != 1 || errs[0].Extensions.Code != "BAD_USER_INPUT" || errs[0].Extensions.Field != "attributes.1.name" {
		t.Errorf("an attribute without a name: %+v", errs)
	}
}
