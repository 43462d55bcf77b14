package commerce_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"also/commerce"
	"also/shop"
)

func TestSessionsAreStoredByTheFirstCommand(t *testing.T) {
	b := open(t)
	token, first := b.SessionOpen(t.Context())
	if len(token) != 43 || strings.Contains(first.TokenHash, token) {
		t.Errorf("token %q, hash %q", token, first.TokenHash)
	}
	again := must[shop.Session](t)(b.SessionOf(t.Context(), token))
	if again.User != first.User || again.Owner() == 0 {
		t.Errorf("the visitor is %d on the first page and %d on the second", first.User, again.User)
	}
	if _, err := b.store.Session(t.Context(), first.TokenHash); shop.CodeOf(err) != shop.Unauthenticated {
		t.Errorf("the session is stored before a command: %v", err)
	}
	must[shop.Product](t)(b.ProductCreate(t.Context(), lamp("a")))
	must[shop.Cart](t)(b.CartLineSet(t.Context(), again, shop.CartLine{SKU: "a", Quantity: 1}, ""))
	stored := must[shop.Session](t)(b.store.Session(t.Context(), first.TokenHash))
	if stored.User != first.User {
		t.Errorf("stored for user %d, want %d", stored.User, first.User)
	}
	_, err := b.SessionOf(t.Context(), "forged")
	wantError(t, err, shop.Unauthenticated, "")
}

// A session lives on while it is used, and no longer.
func TestSessionLife(t *testing.T) {
	b := open(t)
	token, s := b.SessionOpen(t.Context())
	in := must[commerce.SignedIn](t)(b.SignUp(t.Context(), s, "client", commerce.SignUp{Email: "a@example.org", Password: "correct horse"}))
	for range 4 {
		b.now = b.now.Add(20 * 24 * time.Hour)
		s = must[shop.Session](t)(b.SessionOf(t.Context(), in.Token))
		if s.Customer != in.Customer.User {
			t.Fatal("the session ended while it was used")
		}
		must[commerce.EventsResult](t)(b.ViewerEventsRecord(t.Context(), s, []commerce.EventInput{{Type: shop.ProductView, SKU: "a"}}))
	}
	b.now = b.now.Add(31 * 24 * time.Hour)
	if s = must[shop.Session](t)(b.SessionOf(t.Context(), in.Token)); s.Customer != 0 {
		t.Error("the session outlived its time")
	}
	if s = must[shop.Session](t)(b.SessionOf(t.Context(), token)); s.Customer != 0 {
		t.Error("the token from before the sign-up is the customer's")
	}
}

func TestSignUpAndIn(t *testing.T) {
	b := open(t)
	must[shop.Product](t)(b.ProductCreate(t.Context(), lamp("a")))
	_, s := b.SessionOpen(t.Context())
	must[shop.Cart](t)(b.CartLineSet(t.Context(), s, shop.CartLine{SKU: "a", Quantity: 2}, ""))
	in := must[commerce.SignedIn](t)(b.SignUp(t.Context(), s, "client", commerce.SignUp{Email: " Ann@Example.org ", Password: "correct horse", Name: "A"}))
	if in.Customer.Email != "ann@example.org" || in.Customer.Password != "" || in.Session.Customer != in.Customer.User {
		t.Errorf("signed up as %+v", in)
	}
	stored := must[shop.Customer](t)(b.store.Customer(t.Context(), in.Customer.User))
	if !strings.HasPrefix(stored.Password, "$argon2id$v=19$m=65536,t=1,p=2$") || strings.Contains(stored.Password, "horse") {
		t.Errorf("the password is kept as %q", stored.Password)
	}
	if cart := must[shop.Cart](t)(b.Cart(t.Context(), in.Session)); len(cart.Lines) != 1 || cart.Lines[0].Quantity != 2 {
		t.Errorf("the cart did not join: %+v", cart)
	}
	if tail := must[[][]shop.Event](t)(b.store.Tails(t.Context(), []shop.UserID{in.Customer.User}))[0]; len(tail) != 1 {
		t.Errorf("the history did not join: %d events", len(tail))
	}

	_, other := b.SessionOpen(t.Context())
	_, err := b.SignUp(t.Context(), other, "client", commerce.SignUp{Email: "ann@example.org", Password: "another one"})
	wantError(t, err, shop.Conflict, "email")
	_, err = b.SignIn(t.Context(), other, "client", "ann@example.org", "wrong horse")
	wantError(t, err, shop.Unauthenticated, "")
	_, unknown := b.SignIn(t.Context(), other, "client", "bob@example.org", "wrong horse")
	wantError(t, unknown, shop.Unauthenticated, "")
	if err.Error() != unknown.Error() {
		t.Error("the message tells whether there is an account")
	}
	back := must[commerce.SignedIn](t)(b.SignIn(t.Context(), other, "client", "ANN@example.org", "correct horse"))
	if back.Customer.User != in.Customer.User {
		t.Error("signed in as somebody else")
	}
	if err := b.SignOut(t.Context(), back.Session); err != nil {
		t.Fatal(err)
	}
	if s := must[shop.Session](t)(b.SessionOf(t.Context(), back.Token)); s.Customer != 0 {
		t.Error("the session is the customer's after signing out")
	}
}

func TestSignUpChecks(t *testing.T) {
	b := open(t)
	_, s := b.SessionOpen(t.Context())
	f := func(field string, in commerce.SignUp) {
		t.Helper()
		_, err := b.SignUp(t.Context(), s, "client", in)
		wantError(t, err, shop.BadUserInput, field)
	}
	f("email", commerce.SignUp{Email: "ann", Password: "long enough"})
	f("email", commerce.SignUp{Email: "Ann <ann@example.org>", Password: "long enough"})
	f("password", commerce.SignUp{Email: "ann@example.org", Password: "short"})
	f("password", commerce.SignUp{Email: "ann@example.org", Password: strings.Repeat("p", 201)})
	f("name", commerce.SignUp{Email: "ann@example.org", Password: "long enough", Name: strings.Repeat("n", 301)})
}

// Whoever signs in over another's session does not inherit what that one did.
func TestSignInOverAnother(t *testing.T) {
	b := open(t)
	must[shop.Product](t)(b.ProductCreate(t.Context(), lamp("a")))
	_, s := b.SessionOpen(t.Context())
	ann := must[commerce.SignedIn](t)(b.SignUp(t.Context(), s, "c", commerce.SignUp{Email: "ann@example.org", Password: "correct horse"}))
	must[shop.Cart](t)(b.CartLineSet(t.Context(), ann.Session, shop.CartLine{SKU: "a", Quantity: 2}, ""))
	bob := must[commerce.SignedIn](t)(b.SignUp(t.Context(), ann.Session, "c", commerce.SignUp{Email: "bob@example.org", Password: "correct horse"}))
	if bob.Session.User == ann.Session.User || bob.Session.Owner() == ann.Session.Owner() {
		t.Error("both are the same visitor")
	}
	if cart := must[shop.Cart](t)(b.Cart(t.Context(), bob.Session)); len(cart.Lines) != 0 {
		t.Error("the second has the first one's cart")
	}
	if tail := must[[][]shop.Event](t)(b.store.Tails(t.Context(), []shop.UserID{bob.Customer.User}))[0]; len(tail) != 0 {
		t.Error("the second has the first one's history")
	}
}

func TestSignInIsLimited(t *testing.T) {
	b := open(t)
	_, s := b.SessionOpen(t.Context())
	var err error
	tries := 0
	for tries < 30 && shop.CodeOf(err) != shop.Throttled {
		_, err = b.SignIn(t.Context(), s, "client", "ann@example.org", "guess")
		tries++
	}
	wantError(t, err, shop.Throttled, "")
	if tries != 11 {
		t.Errorf("throttled at attempt %d, want 11", tries)
	}
	b.now = b.now.Add(16 * time.Minute)
	_, err = b.SignIn(t.Context(), s, "client", "ann@example.org", "guess")
	wantError(t, err, shop.Unauthenticated, "")
}

// Hashing waits its turn, and no longer than the caller.
func TestHashingGivesUp(t *testing.T) {
	b := open(t)
	_, s := b.SessionOpen(t.Context())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.SignIn(ctx, s, "client", "ann@example.org", "guess"); err == nil {
		t.Error("signed in although the caller had gone")
	}
}

func TestKeys(t *testing.T) {
	b := open(t)
	made := must[string](t)(b.EnsureAdminKey(t.Context(), ""))
	if admin := must[shop.Key](t)(b.KeyOf(t.Context(), made)); admin.Role != shop.RoleAdmin {
		t.Errorf("the first key is %s", admin.Role)
	}
	if again := must[string](t)(b.EnsureAdminKey(t.Context(), "")); again != "" {
		t.Error("a second first key was made")
	}
	if shown := must[string](t)(b.EnsureAdminKey(t.Context(), "given-by-the-operator")); shown != "" {
		t.Error("a key that was given is shown")
	}
	if k := must[shop.Key](t)(b.KeyOf(t.Context(), "given-by-the-operator")); k.Role != shop.RoleAdmin {
		t.Errorf("the given key is %s", k.Role)
	}
	_, err := b.EnsureAdminKey(t.Context(), "short")
	wantError(t, err, shop.BadUserInput, "ALSO_ADMIN_KEY")

	secret, key, err := b.KeyCreate(t.Context(), "shop server", shop.RoleShop)
	if err != nil || !strings.HasPrefix(secret, "also_") || strings.Contains(key.Hash, secret) {
		t.Fatalf("key %q %+v: %v", secret, key, err)
	}
	_, _, err = b.KeyCreate(t.Context(), "", shop.RoleShop)
	wantError(t, err, shop.BadUserInput, "name")
	_, _, err = b.KeyCreate(t.Context(), "x", "ROOT")
	wantError(t, err, shop.BadUserInput, "role")
	must[shop.Key](t)(b.KeyOf(t.Context(), secret))
	_, err = b.KeyRename(t.Context(), key.ID, " ")
	wantError(t, err, shop.BadUserInput, "name")
	_, err = b.KeyRename(t.Context(), "nothing", "x")
	wantError(t, err, shop.NotFound, "id")
	must[shop.Key](t)(b.KeyRename(t.Context(), key.ID, "the till"))
	if k := must[shop.Key](t)(b.KeyOf(t.Context(), secret)); k.Name != "the till" {
		t.Errorf("its secret leads to a key called %q", k.Name)
	}
	revoked := must[shop.Key](t)(b.KeyRevoke(t.Context(), key.ID))
	if revoked.Name != "the till" {
		t.Errorf("the key that was revoked is called %q", revoked.Name)
	}
	if k := must[shop.Key](t)(b.KeyRename(t.Context(), key.ID, "an old till")); k.RevokedAt == nil {
		t.Error("a new name made a revoked key good again")
	}
	_, err = b.KeyOf(t.Context(), secret)
	wantError(t, err, shop.Unauthenticated, "")
	for _, wrong := range []string{"", "also_wrong", strings.Repeat("k", 600)} {
		_, err = b.KeyOf(t.Context(), wrong)
		wantError(t, err, shop.Unauthenticated, "")
	}
	keys := must[[]shop.Key](t)(b.Keys(t.Context()))
	if len(keys) != 3 {
		t.Errorf("%d keys, want 3", len(keys))
	}
	_, err = b.KeyRevoke(t.Context(), "nothing")
	wantError(t, err, shop.NotFound, "id")
	var last error
	for _, k := range keys {
		if k.Role == shop.RoleAdmin {
			_, last = b.KeyRevoke(t.Context(), k.ID)
		}
	}
	wantError(t, last, shop.Conflict, "id")
}

// Another process' revocation counts once what is remembered is old.
func TestKeyCacheEnds(t *testing.T) {
	b := open(t)
	must[string](t)(b.EnsureAdminKey(t.Context(), ""))
	secret, key, err := b.KeyCreate(t.Context(), "k", shop.RoleShop)
	if err != nil {
		t.Fatal(err)
	}
	must[shop.Key](t)(b.KeyOf(t.Context(), secret))
	elsewhere := commerce.New(commerce.Options{Store: b.store, Now: func() time.Time { return b.now }})
	must[shop.Key](t)(elsewhere.KeyRevoke(t.Context(), key.ID))
	b.now = b.now.Add(11 * time.Second)
	_, err = b.KeyOf(t.Context(), secret)
	wantError(t, err, shop.Unauthenticated, "")
}
