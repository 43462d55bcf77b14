package graph

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"also/shop"
)

const cartFields = `cart { count total { amount currency } lines { sku quantity product { name } total { amount } } } userErrors { field message code }`

func TestAShopperBuys(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 4)
	b := w.stranger()
	want(t, b.must(t, `{ viewer { signedIn cart { count total { amount } } } }`, nil), "viewer.cart.total", nil)
	if b.session != "" {
		t.Error("looking began a session")
	}
	data := b.must(t, `mutation { cartLineSet(input: {sku: "P-001", quantity: 2}) { `+cartFields+` } }`, nil)
	want(t, data, "cartLineSet.cart.total.amount", "2.02")
	want(t, data, "cartLineSet.cart.lines.0.product.name", "Product 001")
	if b.session == "" {
		t.Fatal("the first command began no session")
	}
	data = b.must(t, `mutation { cartLineSet(input: {sku: "P-001", quantity: 51}) { `+cartFields+` } }`, nil)
	want(t, data, "cartLineSet.cart", nil)
	want(t, data, "cartLineSet.userErrors.0.code", "OUT_OF_STOCK")
	want(t, data, "cartLineSet.userErrors.0.field", "quantity")

	place := `mutation($in: OrderPlaceInput!) { orderPlace(input: $in) { order { number total { amount } lines { sku price { amount } product { sku } } } viewer { cart { count } } userErrors { field code } } }`
	stale := map[string]any{"idempotencyKey": "a", "lines": []any{map[string]any{"sku": "P-001", "quantity": 2, "price": map[string]any{"amount": "0.50", "currency": "EUR"}}}}
	want(t, b.must(t, place, map[string]any{"in": stale}), "orderPlace.userErrors.0.code", "PRICE_CHANGED")
	to := map[string]any{"name": "Ann", "street": "", "city": "Anytown", "country": "Nowhere"}
	want(t, b.must(t, place, map[string]any{"in": map[string]any{"idempotencyKey": "a", "delivery": to}}), "orderPlace.userErrors.0.field", "delivery.street")
	to["street"] = "1 Long Lane"
	first := b.must(t, place, map[string]any{"in": map[string]any{"idempotencyKey": "a", "delivery": to}})
	want(t, first, "orderPlace.order.total.amount", "2.02")
	want(t, first, "orderPlace.viewer.cart.count", 0)
	again := b.must(t, place, map[string]any{"in": map[string]any{"idempotencyKey": "a"}})
	want(t, again, "orderPlace.order.number", at(t, first, "orderPlace.order.number"))
	want(t, b.must(t, place, map[string]any{"in": map[string]any{"idempotencyKey": "b"}}), "orderPlace.userErrors.0.code", "EMPTY_CART")
	want(t, b.must(t, `{ product(sku: "P-001") { stock } }`, nil), "product.stock", 48)
	mine := b.must(t, `{ viewer { orders { edges { node { delivery { street postcode } lines { quantity } } } } } }`, nil)
	want(t, mine, "viewer.orders.edges.0.node.lines.0.quantity", 2)
	want(t, mine, "viewer.orders.edges.0.node.delivery.street", "1 Long Lane")
	want(t, mine, "viewer.orders.edges.0.node.delivery.postcode", "")
}

func TestASessionJoinsTheCustomer(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 3)
	b := w.stranger()
	view := func(sku string, ago time.Duration) map[string]any {
		return map[string]any{"id": shop.NewUUID(time.Now().Add(-ago)).String(), "type": "PRODUCT_VIEW", "sku": sku} // the id's time is the event's
	}
	b.must(t, `mutation($e: [ViewerEventInput!]!) { viewerEventsRecord(input: {events: $e}) { accepted rejected { message } } }`,
		map[string]any{"e": []any{view("P-002", 2*time.Second), view("P-001", time.Second)}})
	b.must(t, `mutation { cartLineSet(input: {sku: "P-000", quantity: 1}) { userErrors { code } } }`, nil)
	before := b.session
	in := `mutation($e: String!, $p: String!) { customerSignIn(input: {email: $e, password: $p}) { viewer { signedIn } userErrors { code field } } }`
	up := `mutation { customerSignUp(input: {email: "Ada@Shop.example", password: "long enough", name: "Ada"}) { viewer { signedIn customer { name email } cart { count } recentlyViewed { sku } } userErrors { code field } } }`
	data := b.must(t, up, nil)
	want(t, data, "customerSignUp.viewer.customer.email", "ada@shop.example")
	want(t, data, "customerSignUp.viewer.cart.count", 1)
	want(t, data, "customerSignUp.viewer.recentlyViewed.0.sku", "P-001")
	if b.session == before {
		t.Error("the session kept its token over the sign-in")
	}
	want(t, w.stranger().must(t, up, nil), "customerSignUp.userErrors.0.code", "CONFLICT")

	want(t, b.must(t, `mutation { customerSignOut { viewer { signedIn cart { count } } userErrors { code } } }`, nil), "customerSignOut.viewer.cart.count", 0)
	other := w.stranger()
	want(t, other.must(t, in, map[string]any{"e": "ada@shop.example", "p": "wrong password"}), "customerSignIn.userErrors.0.code", "UNAUTHENTICATED")
	want(t, other.must(t, in, map[string]any{"e": "ada@shop.example", "p": "long enough"}), "customerSignIn.viewer.signedIn", true)
	want(t, other.must(t, `{ viewer { cart { count } taste { events { type } beliefs { sku } } } }`, nil), "viewer.cart.count", 1)
	wrong := 0
	for range 20 {
		_, errs := w.stranger().ask(t, in, map[string]any{"e": "ada@shop.example", "p": "wrong password"})
		if len(errs) > 0 && errs[0].Extensions.Code == "THROTTLED" && errs[0].Extensions.RetryAfterMs > 0 {
			wrong++
		}
	}
	if wrong == 0 {
		t.Error("twenty wrong passwords were not throttled")
	}
}

func TestEventsAreJudgedAlone(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 1)
	key := w.holder(shop.RoleShop)
	query := `mutation($e: [EventInput!]!) { eventsRecord(input: {events: $e}) { accepted duplicates rejected { index code message } userErrors { code } } }`
	id := "01900000-0000-7000-8000-000000000001"
	batch := []any{
		map[string]any{"id": id, "type": "PURCHASE", "sku": "unknown to us", "customer": "never seen"},
		map[string]any{"type": "ORDER_PLACED", "sku": "P-000", "customer": "a"},
		map[string]any{"type": "PRODUCT_VIEW", "sku": "P-000"},
		map[string]any{"id": "no uuid", "type": "PRODUCT_VIEW", "sku": "P-000", "session": "s"},
		map[string]any{"type": "RATING", "sku": "P-000", "session": "s", "rating": 5, "occurredAt": "2026-13-01T00:00:00Z"},
		map[string]any{"type": "PURCHASE", "sku": "P-000", "session": "s", "price": map[string]any{"amount": "1.234", "currency": "EUR"}},
		map[string]any{"type": "PURCHASE", "sku": "P-000", "session": "s", "price": map[string]any{"amount": "1.23", "currency": "EUR"}},
	}
	data := key.must(t, query, map[string]any{"e": batch})
	want(t, data, "eventsRecord.accepted", 2)
	var places []string
	for _, r := range at(t, data, "eventsRecord.rejected").([]any) {
		places = append(places, fmt.Sprint(at(t, r, "index"), at(t, r, "code")))
	}
	if got := strings.Join(places, " "); got != "1BAD_USER_INPUT 2BAD_USER_INPUT 3BAD_USER_INPUT 4BAD_USER_INPUT 5BAD_USER_INPUT" {
		t.Errorf("rejected %s", got)
	}
	data = key.must(t, query, map[string]any{"e": batch[:1]})
	want(t, data, "eventsRecord.duplicates", 1)
	want(t, data, "eventsRecord.accepted", 0)
	many := make([]any, 1001)
	for i := range many {
		many[i] = batch[6]
	}
	data = key.must(t, query, map[string]any{"e": many})
	want(t, data, "eventsRecord.userErrors.0.code", "BAD_USER_INPUT")
	want(t, data, "eventsRecord.accepted", 0)
	want(t, w.stranger().must(t, `mutation { viewerEventsRecord(input: {events: [{type: PURCHASE, sku: "P-000"}]}) { accepted rejected { code } } }`, nil),
		"viewerEventsRecord.rejected.0.code", "BAD_USER_INPUT")
}

func TestTheCatalogueIsKept(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 2)
	admin := w.holder(shop.RoleAdmin)
	create := `mutation($in: ProductCreateInput!) { productCreate(input: $in) { product { id sku version status image price { amount } vendor { slug } categories { slug parent { slug } } attributes { name value } } userErrors { field code } } }`
	in := map[string]any{
		"sku": "a/b", "name": "New", "vendor": "v1", "categories": []string{"c1"}, "price": map[string]any{"amount": "3.5", "currency": "EUR"},
		"attributes": []any{map[string]any{"name": "size", "value": "large"}},
	}
	made := admin.must(t, create, map[string]any{"in": in})
	want(t, made, "productCreate.product.price.amount", "3.50")
	want(t, made, "productCreate.product.categories.0.parent.slug", "c0")
	want(t, made, "productCreate.product.image", "/pictures/a%2Fb.svg?v=1")
	want(t, admin.must(t, create, map[string]any{"in": in}), "productCreate.userErrors.0.code", "CONFLICT")
	in["sku"], in["price"] = "c", map[string]any{"amount": "3.555", "currency": "EUR"}
	want(t, admin.must(t, create, map[string]any{"in": in}), "productCreate.userErrors.0.field", "price.amount")

	update := `mutation($in: ProductUpdateInput!) { productUpdate(input: $in) { product { name version status stock } userErrors { field code } } }`
	want(t, admin.must(t, update, map[string]any{"in": map[string]any{"sku": "a/b", "status": "DRAFT", "version": 1}}), "productUpdate.product.version", 2)
	want(t, admin.must(t, update, map[string]any{"in": map[string]any{"sku": "a/b", "name": "x", "version": 1}}), "productUpdate.userErrors.0.code", "CONFLICT")
	want(t, admin.must(t, update, map[string]any{"in": map[string]any{"sku": "nothing", "name": "x"}}), "productUpdate.userErrors.0.code", "NOT_FOUND")
	id := map[string]any{"id": at(t, made, "productCreate.product.id")}
	byID := `query($id: ID!) { product(id: $id) { sku } node(id: $id) { id } }`
	want(t, w.stranger().must(t, byID, id), "product", nil) // a draft
	want(t, w.stranger().must(t, byID, id), "node", nil)
	want(t, admin.must(t, byID, id), "product.sku", "a/b")
	want(t, admin.must(t, `mutation { productDelete(input: {sku: "a/b"}) { deletedId userErrors { code } } }`, nil), "productDelete.deletedId", id["id"])
	want(t, admin.must(t, byID, id), "product", nil)

	want(t, admin.must(t, `mutation { vendorCreate(input: {name: "Moss & Co"}) { vendor { slug } userErrors { code } } }`, nil), "vendorCreate.vendor.slug", "moss-co")
	want(t, admin.must(t, `mutation { vendorCreate(input: {slug: "v1", name: "x"}) { userErrors { field code } } }`, nil), "vendorCreate.userErrors.0.field", "slug")
	want(t, admin.must(t, `mutation { vendorDelete(input: {slug: "v1"}) { userErrors { field code } } }`, nil), "vendorDelete.userErrors.0.code", "CONFLICT")
	want(t, admin.must(t, `mutation { categoryUpdate(input: {slug: "c3", parent: ""}) { category { name parent { slug } } userErrors { code } } }`, nil), "categoryUpdate.category.name", "Category 3")
	want(t, admin.must(t, `mutation { categoryUpdate(input: {slug: "c0", parent: "c1"}) { userErrors { field code } } }`, nil), "categoryUpdate.userErrors.0.field", "parent")
	want(t, admin.must(t, `{ category(slug: "c0") { children { slug } } }`, nil), "category.children.1.slug", "c2")
}

func TestAProductHasSeveralPictures(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 1)
	update := `mutation($in: ProductUpdateInput!) { productUpdate(input: $in) { product { image images { url alt } } userErrors { field code } } }`
	set := func(images ...any) any {
		return w.holder(shop.RoleAdmin).must(t, update, map[string]any{"in": map[string]any{"sku": "P-000", "images": append([]any{}, images...)}})
	}
	got := set(map[string]any{"url": "/front.png", "alt": "from the front"}, map[string]any{"url": "/back.png"})
	want(t, got, "productUpdate.product.image", "/front.png")
	want(t, got, "productUpdate.product.images.0.alt", "from the front")
	want(t, got, "productUpdate.product.images.1.alt", "")
	want(t, set(map[string]any{"url": "front.png"}), "productUpdate.userErrors.0.field", "images.0.url")
	want(t, w.stranger().must(t, `{ product(sku: "P-000") { images { url } } }`, nil), "product.images.1.url", "/back.png")
	want(t, w.holder(shop.RoleAdmin).must(t, `mutation { productUpdate(input: {sku: "P-000", name: "x"}) { product { images { url } } } }`, nil),
		"productUpdate.product.images.0.url", "/front.png")
	want(t, set(), "productUpdate.product.image", "/pictures/P-000.svg?v=4")
}

func TestKeysAreShownOnce(t *testing.T) {
	w := newWorld(t)
	admin := w.holder(shop.RoleAdmin)
	if _, err := w.Commerce.EnsureAdminKey(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	made := admin.must(t, `mutation { keyCreate(input: {name: "tlil", role: SHOP}) { secret key { id name role revokedAt } userErrors { code } } }`, nil)
	secret := at(t, made, "keyCreate.secret").(string)
	if k, err := w.Commerce.KeyOf(t.Context(), secret); err != nil || k.Role != shop.RoleShop {
		t.Errorf("the new key is worth %v, %v", k, err)
	}
	id := map[string]any{"id": at(t, made, "keyCreate.key.id")}
	rename := `mutation($id: ID!, $name: String!) { keyUpdate(input: {keyId: $id, name: $name}) { key { name } userErrors { field } } }`
	want(t, admin.must(t, rename, map[string]any{"id": id["id"], "name": ""}), "keyUpdate.userErrors.0.field", "name")
	want(t, admin.must(t, rename, map[string]any{"id": "Key/none", "name": "x"}), "keyUpdate.userErrors.0.field", "keyId")
	want(t, admin.must(t, rename, map[string]any{"id": id["id"], "name": "till"}), "keyUpdate.key.name", "till")
	want(t, admin.must(t, `mutation($id: ID!) { keyRevoke(input: {keyId: $id}) { key { name } userErrors { code } } }`, id), "keyRevoke.key.name", "till")
	if _, err := w.Commerce.KeyOf(t.Context(), secret); shop.CodeOf(err) != shop.Unauthenticated {
		t.Errorf("a revoked key is worth something: %v", err)
	}
	want(t, admin.must(t, `mutation { keyRevoke(input: {keyId: "Product/x"}) { userErrors { field code } } }`, nil), "keyRevoke.userErrors.0.field", "keyId")
	if all := fmt.Sprint(at(t, admin.must(t, `{ keys { name revokedAt } }`, nil), "keys")); !strings.Contains(all, "name:till") || strings.Contains(all, secret) {
		t.Errorf("the keys are %s", all)
	}
}

func TestPagesFollowEachOther(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 25)
	query := func(field, args string) string {
		return fmt.Sprintf(`query($after: String) { %s(first: 10, after: $after%s) { totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } }`, field, args)
	}
	for _, f := range []struct {
		field, args string
		total       int
	}{{"products", ", sort: NAME", 25}, {"products", ", sort: PRICE_DESC", 25}, {"products", `, query: "product 00"`, 10}, {"vendors", "", 3}, {"categories", "", 4}} {
		seen := map[any]bool{}
		var after any
		for page := 0; page < 5; page++ {
			data := w.stranger().must(t, query(f.field, f.args), map[string]any{"after": after})
			want(t, data, f.field+".totalCount", f.total)
			for _, e := range at(t, data, f.field+".edges").([]any) {
				seen[at(t, e, "node.id")] = true
			}
			if at(t, data, f.field+".pageInfo.hasNextPage") == false {
				break
			}
			after = at(t, data, f.field+".pageInfo.endCursor")
		}
		if len(seen) != f.total {
			t.Errorf("%s%s: %d of %d were seen on all pages", f.field, f.args, len(seen), f.total)
		}
	}
	for _, bad := range []string{`{ products(first: 0) { totalCount } }`, `{ vendors(first: 101) { totalCount } }`, `{ vendors(after: "%") { totalCount } }`, `{ product { sku } }`} {
		if _, errs := w.stranger().ask(t, bad, nil); len(errs) != 1 || errs[0].Extensions.Code != "BAD_USER_INPUT" {
			t.Errorf("%s: %+v", bad, errs)
		}
	}
	facets := w.stranger().must(t, `{ products(filter: {categories: ["c0"], priceMin: {amount: "1.05", currency: "EUR"}}) { totalCount facets { vendors { count vendor { slug } } categories { count category { slug } } prices { count } } } }`, nil)
	want(t, facets, "products.totalCount", 20)
	want(t, facets, "products.facets.categories.0.category.slug", "c0")
}

func TestWhatIsNoUUIDIsTheCallersToMend(t *testing.T) {
	w := newWorld(t)
	_, errs := w.holder(shop.RoleAdmin).ask(t, `{ order(number: "none") { number } }`, nil)
	if len(errs) != 1 || errs[0].Extensions.Code != "BAD_USER_INPUT" || !strings.Contains(errs[0].Message, "not a UUID") {
		t.Errorf("the client sees %+v", errs)
	}
}

func TestOurOwnFailuresTellTheirIDOnly(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 1)
	b := w.stranger()
	b.must(t, `mutation { cartLineSet(input: {sku: "P-000", quantity: 1}) { userErrors { code } } }`, nil)
	w.store.fail = errors.New("secret of the house")
	_, errs := b.ask(t, `{ viewer { cart { count } } }`, nil)
	if len(errs) != 1 || errs[0].Extensions.Code != "INTERNAL" || errs[0].Extensions.RequestID != "request-1" || strings.Contains(errs[0].Message, "secret") {
		t.Errorf("the client sees %+v", errs)
	}
	if log := w.log.String(); !strings.Contains(log, "secret of the house") || !strings.Contains(log, "request-1") {
		t.Errorf("the log says %s", log)
	}
	w.store.fail = shop.Errorf(shop.Unavailable, "", "the journal is gone")
	if _, errs := b.ask(t, `{ viewer { cart { count } } }`, nil); len(errs) != 1 || errs[0].Extensions.Code != "UNAVAILABLE" {
		t.Errorf("the client sees %+v", errs)
	}
}

func TestLimits(t *testing.T) {
	w := newWorld(t)
	b := w.stranger()
	b.refused(t, `{ products(first: 100) { edges { node { categories { children { children { children { children { name } } } } } } } } }`, nil, shop.TooComplex)
	b.refused(t, `{ category(slug: "x") `+strings.Repeat("{ parent ", 16)+"{ name }"+strings.Repeat(" }", 16)+` }`, nil, shop.TooComplex)
	var aliases strings.Builder
	for i := range 51 {
		fmt.Fprintf(&aliases, "a%d: viewer { signedIn } ", i)
	}
	b.refused(t, "{ "+aliases.String()+"}", nil, shop.TooComplex)
	small, _ := b.ask(t, `{ products(first: 100) { edges { node { sku } } } }`, nil)
	if small == nil {
		t.Error("a plain list is too complex")
	}
	introspection := `{ __schema { types { name fields { args { type { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { name } } } } } } } } } } } } } } } }`
	if data, errs := b.ask(t, introspection, nil); len(errs) > 0 || data == nil {
		t.Errorf("introspection is limited: %+v", errs)
	}
}
