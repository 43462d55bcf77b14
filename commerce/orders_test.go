package commerce_test

import (
	"testing"

	"also/commerce"
	"also/shop"
)

// buyer is a visitor of a shop with lamps "a" and "b" who has both in the cart.
func buyer(t *testing.T) (*bench, shop.Session) {
	t.Helper()
	b := open(t)
	must[shop.Product](t)(b.ProductCreate(t.Context(), lamp("a")))
	must[shop.Product](t)(b.ProductCreate(t.Context(), lamp("b")))
	_, s := b.SessionOpen(t.Context())
	must[shop.Cart](t)(b.CartLineSet(t.Context(), s, shop.CartLine{SKU: "a", Quantity: 2}, "rec-1"))
	must[shop.Cart](t)(b.CartLineSet(t.Context(), s, shop.CartLine{SKU: "b", Quantity: 1}, ""))
	b.acted = nil
	b.changed.Store(0)
	return b, s
}

func TestCart(t *testing.T) {
	b, s := buyer(t)
	cart := must[shop.Cart](t)(b.CartLineSet(t.Context(), s, shop.CartLine{SKU: "a", Quantity: 0}, ""))
	if len(cart.Lines) != 1 || cart.Lines[0] != (shop.CartLine{SKU: "b", Quantity: 1}) {
		t.Errorf("the cart holds %+v", cart.Lines)
	}
	if len(b.acted) != 1 || b.acted[0] != s.Owner() {
		t.Errorf("told of %v", b.acted)
	}
	f := func(code shop.Code, field string, line shop.CartLine) {
		t.Helper()
		_, err := b.CartLineSet(t.Context(), s, line, "")
		wantError(t, err, code, field)
	}
	f(shop.NotFound, "sku", shop.CartLine{SKU: "z", Quantity: 1})
	f(shop.OutOfStock, "quantity", shop.CartLine{SKU: "a", Quantity: 6})
	f(shop.BadUserInput, "quantity", shop.CartLine{SKU: "a", Quantity: -1})
	f(shop.BadUserInput, "sku", shop.CartLine{Quantity: 1})
	must[shop.Product](t)(b.ProductUpdate(t.Context(), "a", commerce.ProductPatch{Status: ptr(shop.Archived)}))
	f(shop.NotFound, "sku", shop.CartLine{SKU: "a", Quantity: 1})
	_, err := b.CartLineSet(t.Context(), shop.Session{}, shop.CartLine{SKU: "b", Quantity: 1}, "")
	wantError(t, err, shop.Unauthenticated, "")
	var adds, removes int
	for _, e := range b.events(t) {
		switch e.Type {
		case shop.CartAdd:
			adds += e.Quantity
			if e.SKU == "a" && e.Recommendation != "rec-1" {
				t.Error("the event forgot which recommendation led to it")
			}
		case shop.CartRemove:
			removes += e.Quantity
		}
	}
	if adds != 3 || removes != 2 {
		t.Errorf("%d pieces added and %d removed, want 3 and 2", adds, removes)
	}
}

func TestOrderPlace(t *testing.T) {
	b, s := buyer(t)
	in := commerce.OrderInput{IdempotencyKey: "k1", Lines: []commerce.OrderLine{
		{SKU: "a", Quantity: 2, Price: ptr(shop.MustMoney("10", "EUR")), Recommendation: "rec-1"}, {SKU: "b", Quantity: 1},
	}}
	in.Delivery = &shop.Address{Name: "Ann", Street: "1 Long Lane", City: "Anytown", Country: "Nowhere"}
	o := must[shop.Order](t)(b.OrderPlace(t.Context(), s, in))
	if got := must[shop.Order](t)(b.Order(t.Context(), s, o.ID)).Delivery; got == nil || *got != *in.Delivery {
		t.Errorf("delivered to %v", got)
	}
	if o.Total != shop.MustMoney("30", "EUR") || len(o.Lines) != 2 || o.Owner != s.Owner() {
		t.Errorf("ordered %+v", o)
	}
	if p := must[[]*shop.Product](t)(b.store.Products(t.Context(), []string{"a"}))[0]; p.Stock != 3 {
		t.Errorf("stock %d, want 3", p.Stock)
	}
	if cart := must[shop.Cart](t)(b.Cart(t.Context(), s)); len(cart.Lines) != 0 {
		t.Error("the cart is not empty")
	}
	if len(b.acted) != 1 || b.changed.Load() != 1 {
		t.Errorf("told of %d users and %d changes", len(b.acted), b.changed.Load())
	}
	// Again, with an empty cart, and with another one: the same order.
	again := must[shop.Order](t)(b.OrderPlace(t.Context(), s, in))
	must[shop.Cart](t)(b.CartLineSet(t.Context(), s, shop.CartLine{SKU: "b", Quantity: 1}, ""))
	third := must[shop.Order](t)(b.OrderPlace(t.Context(), s, commerce.OrderInput{IdempotencyKey: "k1"}))
	if again.ID != o.ID || third.ID != o.ID {
		t.Error("one key placed two orders")
	}
	lines := 0
	for _, e := range b.events(t) {
		if e.Type == shop.OrderPlaced {
			lines++
			if e.Order != o.ID.String() || e.SKU == "a" && (e.Recommendation != "rec-1" || e.Quantity != 2 || e.Price.Minor != 1000) {
				t.Errorf("the event is %+v", e)
			}
		}
	}
	if lines != 2 {
		t.Errorf("%d ORDER_PLACED events, want 2", lines)
	}

	_, other := b.SessionOpen(t.Context())
	_, err := b.Order(t.Context(), other, o.ID)
	wantError(t, err, shop.NotFound, "id")
	if got := must[shop.Order](t)(b.Order(t.Context(), s, o.ID)); got.ID != o.ID {
		t.Error("the order is another")
	}
	if list := must[[]shop.Order](t)(b.Orders(t.Context(), s, shop.UUID{}, 10)); len(list) != 1 {
		t.Errorf("%d orders, want 1", len(list))
	}
	_, err = b.Orders(t.Context(), s, shop.UUID{}, 0)
	wantError(t, err, shop.BadUserInput, "first")
}

func TestOrderRefused(t *testing.T) {
	b, s := buyer(t)
	f := func(code shop.Code, field string, in commerce.OrderInput) {
		t.Helper()
		_, err := b.OrderPlace(t.Context(), s, in)
		wantError(t, err, code, field)
	}
	f(shop.BadUserInput, "idempotencyKey", commerce.OrderInput{})
	f(shop.BadUserInput, "delivery.city", commerce.OrderInput{IdempotencyKey: "k", Delivery: &shop.Address{Name: "Ann", Street: "1 Long Lane", City: " ", Country: "Nowhere"}})
	f(shop.BadUserInput, "delivery.postcode", commerce.OrderInput{IdempotencyKey: "k", Delivery: &shop.Address{Name: "Ann", Street: "1 Long Lane", Postcode: "123456789012345678901", City: "Anytown", Country: "Nowhere"}})
	f(shop.BadUserInput, "lines.0.quantity", commerce.OrderInput{IdempotencyKey: "k", Lines: []commerce.OrderLine{{SKU: "a"}}})
	f(shop.Conflict, "lines", commerce.OrderInput{IdempotencyKey: "k", Lines: []commerce.OrderLine{{SKU: "a", Quantity: 2}}})
	f(shop.PriceChanged, "lines.0.price", commerce.OrderInput{IdempotencyKey: "k", Lines: []commerce.OrderLine{{SKU: "a", Quantity: 2, Price: ptr(shop.MustMoney("9", "EUR"))}, {SKU: "b", Quantity: 1}}})
	must[shop.Product](t)(b.ProductUpdate(t.Context(), "b", commerce.ProductPatch{Price: ptr(shop.MustMoney("1", "USD"))}))
	f(shop.BadUserInput, "currency", commerce.OrderInput{IdempotencyKey: "k"})
	must[shop.Product](t)(b.ProductUpdate(t.Context(), "b", commerce.ProductPatch{Price: ptr(shop.MustMoney("1", "EUR")), Stock: ptr(0)}))
	_, err := b.OrderPlace(t.Context(), s, commerce.OrderInput{IdempotencyKey: "k"})
	if shop.CodeOf(err) != shop.OutOfStock {
		t.Errorf("got %v, want OUT_OF_STOCK", err)
	}
	if err := b.ProductDelete(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	f(shop.OutOfStock, "lines.1", commerce.OrderInput{IdempotencyKey: "k"})
	if p := must[[]*shop.Product](t)(b.store.Products(t.Context(), []string{"a"}))[0]; p.Stock != 5 {
		t.Error("a refused order took stock")
	}
	_, stranger := b.SessionOpen(t.Context())
	_, err = b.OrderPlace(t.Context(), stranger, commerce.OrderInput{IdempotencyKey: "k"})
	wantError(t, err, shop.EmptyCart, "")
}
