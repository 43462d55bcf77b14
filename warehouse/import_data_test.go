package warehouse

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"also/shop"
)

// dataFile returns a file of the real data sets, or skips the test where they are not.
func dataFile(t *testing.T, name string) string {
	t.Helper()
	root := os.Getenv("ALSO_DATA")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	path := filepath.Join(root, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("LEFT OUT: the data set %s is not here (set ALSO_DATA to its folder)", name)
	}
	return path
}

// onlineRetail is the mapping of docs/importing.md.
func onlineRetail(path string) ImportSpec {
	return ImportSpec{Kind: ImportEvents, Source: "online-retail", Files: []string{path}, Currency: "GBP", Map: map[string]string{
		"type":       `CASE WHEN InvoiceNo LIKE 'C%' THEN 'RETURN' ELSE 'PURCHASE' END`,
		"customer":   `CustomerID`,
		"sku":        `StockCode`,
		"quantity":   `CASE WHEN InvoiceNo LIKE 'C%' THEN -CAST(Quantity AS INTEGER) ELSE CAST(Quantity AS INTEGER) END`,
		"price":      `UnitPrice`,
		"occurredAt": `InvoiceDate`,
		"order":      `InvoiceNo`,
	}}
}

// people gives customers numbers in the order in which they are first named.
type people struct {
	users     map[string]shop.UserID
	customers map[string]shop.Customer
	calls     int
}

func newPeople() *people {
	return &people{users: map[string]shop.UserID{}, customers: map[string]shop.Customer{}}
}

func (p *people) UsersOf(_ context.Context, ids []string) ([]shop.UserID, error) {
	p.calls++
	users := make([]shop.UserID, len(ids))
	for i, id := range ids {
		if p.users[id] == 0 {
			p.users[id] = shop.UserID(len(p.users) + 1)
		}
		users[i] = p.users[id]
	}
	return users, nil
}

func (p *people) SaveCustomers(ctx context.Context, customers []shop.Customer) ([]CustomerOutcome, error) {
	out := make([]CustomerOutcome, len(customers))
	for i, c := range customers {
		if c.Email == "taken@example.com" {
			out[i].Refused = "email taken"
			continue
		}
		users, err := p.UsersOf(ctx, []string{c.ExternalID})
		if err != nil {
			return nil, err
		}
		c.User = users[0]
		old, known := p.customers[c.ExternalID]
		if known {
			c.CreatedAt = old.CreatedAt
		}
		out[i].Unchanged = known && reflect.DeepEqual(old, c)
		p.customers[c.ExternalID] = c
	}
	return out, nil
}

func TestOnlineRetailsLedger(t *testing.T) {
	path := dataFile(t, "online-retail/online_retail.csv.gz")
	s := newSampleLake(t)
	spec := onlineRetail(path)
	p := newPeople()
	began := time.Now()
	r, err := s.Import(context.Background(), spec, p, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rows in %v: %+v", r.Rows, time.Since(began).Round(time.Millisecond), r)
	if r.Rows != 541_909 || r.Accepted+r.Duplicates+r.Rejected != r.Rows || r.Duplicates != 0 {
		t.Errorf("%d rows = %d accepted + %d duplicates + %d rejected, want 541,909 rows and no duplicates", r.Rows, r.Accepted, r.Duplicates, r.Rejected)
	}
	if r.Reasons["missing customer"] != 135_080 || r.Types["PURCHASE"] != 397_884 {
		t.Errorf("%d without a customer, %d purchases, want 135,080 and 397,884", r.Reasons["missing customer"], r.Types["PURCHASE"])
	}
	f, err := os.Open(r.RejectFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	both := 0
	for _, row := range rows[1:] {
		if row[2] == "missing customer" && strings.HasPrefix(row[3], `{"InvoiceNo":"C`) {
			both++
		}
	}
	if cancelled := r.Types["RETURN"] + int64(both); both != 383 || cancelled != 9_288 {
		t.Errorf("%d cancelled lines, %d of them without a customer, want 9,288 and 383", cancelled, both)
	}
	if len(rows)-1 != int(r.Rejected) || len(p.users) != 4_371 || p.calls != 1 {
		t.Errorf("%d lines reported of %d, %d customers (want 4,371: one has no good line) in %d calls", len(rows)-1, r.Rejected, len(p.users), p.calls)
	}
	again, err := s.Import(context.Background(), spec, p, nil)
	if err != nil || again.Accepted != 0 || again.Duplicates != r.Accepted || again.Rejected != r.Rejected {
		t.Errorf("imported again: %+v, %v", again, err)
	}
}

// iowa is the mapping of docs/importing.md.
func iowa(t *testing.T) (products, stores, sales ImportSpec) {
	products = ImportSpec{Kind: ImportProducts, Source: "iowa", Files: []string{dataFile(t, "iowa-liquor/products.csv.gz")}, Currency: "USD", Map: map[string]string{
		"sku": `"Item Number"`, "name": `"Item Description"`, "vendor": `"Vendor Name"`, "category": `"Category Name"`,
		"price": `"State Bottle Retail"`, "stock": `1000`, "listedAt": `"List Date"`,
		"attributes.volume": `"Bottle Volume (ml)"`, "attributes.proof": `Proof`, "attributes.pack": `Pack`,
	}}
	stores = ImportSpec{Kind: ImportCustomers, Source: "iowa", Files: []string{dataFile(t, "iowa-liquor/stores.csv.gz")}, Map: map[string]string{
		"customer": `Store`, "name": `Name`, "attributes.city": `City`,
	}}
	sales = ImportSpec{Kind: ImportEvents, Source: "iowa", Files: []string{dataFile(t, "iowa-liquor/sales.csv.gz")}, Currency: "USD", Map: map[string]string{
		"id":         `"Invoice/Item Number"`,
		"type":       `CASE WHEN "Bottles Sold"::INTEGER < 0 THEN 'RETURN' ELSE 'PURCHASE' END`,
		"customer":   `"Store Number"`,
		"sku":        `"Item Number"`,
		"quantity":   `abs("Bottles Sold"::INTEGER)`,
		"price":      `"Sale (Dollars)"::DOUBLE / "Bottles Sold"::INTEGER`,
		"occurredAt": `Date`,
		"order":      `left("Invoice/Item Number", -5)`,
	}}
	return products, stores, sales
}

func TestIowasYear(t *testing.T) {
	if testing.Short() {
		t.Skip("LEFT OUT: it takes half a minute")
	}
	products, stores, sales := iowa(t)
	s := newSampleLake(t)
	p := newPeople()
	began := time.Now()
	for _, c := range []struct {
		spec     ImportSpec
		rows     int64
		accepted int64
	}{{products, 6_482, 6_482}, {stores, 2_296, 2_296}, {sales, 2_565_951, 2_565_951}} {
		r, err := s.Import(context.Background(), c.spec, p, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%+v", r)
		if r.Rows != c.rows || r.Accepted != c.accepted {
			t.Errorf("%s: %d rows, %d accepted, want %d and %d", c.spec.Kind, r.Rows, r.Accepted, c.rows, c.accepted)
		}
		if c.spec.Kind == ImportEvents && r.Types["RETURN"] != 606 {
			t.Errorf("%d returns, want 606", r.Types["RETURN"])
		}
	}
	t.Logf("imported in %v", time.Since(began).Round(time.Millisecond))
	iowasPairs(t, s)
}

// iowasPairs finds the figures of the data set's README again.
func iowasPairs(t *testing.T, s *sampleLake) {
	ctx := context.Background()
	timed := func(what string, f func() error) {
		t.Helper()
		began := time.Now()
		if err := f(); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		t.Logf("%s in %v", what, time.Since(began).Round(time.Millisecond))
	}
	var all, before *Dataset
	var october *Pairs
	cut := time.Date(2022, 10, 1, 0, 0, 0, 0, time.UTC)
	timed("training set of everything", func() (err error) {
		all, err = s.Dataset(ctx, DatasetSpec{Weighing: shop.Weighing{Weights: Weights{shop.Purchase: 1}}})
		return err
	})
	timed("training set before October, decayed", func() (err error) {
		before, err = s.Dataset(ctx, DatasetSpec{Before: cut, Weighing: shop.Weighing{HalfLifeDays: 120, Ages: shop.AgesEvent}})
		return err
	})
	timed("the same set again", func() (err error) {
		_, err = s.Dataset(ctx, DatasetSpec{Before: cut, Weighing: shop.Weighing{HalfLifeDays: 120, Ages: shop.AgesEvent}})
		return err
	})
	timed("October's pairs", func() (err error) {
		october, err = s.Pairs(ctx, before, cut, cut.AddDate(0, 1, 0), shop.Purchase)
		return err
	})
	bought := 0
	for _, w := range all.W {
		if w > 0 {
			bought++
		}
	}
	if len(all.Users) != 2_013 || len(all.SKUs) != 4_805 {
		t.Errorf("%d stores bought %d products, want 2,013 and 4,805", len(all.Users), len(all.SKUs))
	}
	t.Logf("%d entries, %d of them above nothing", len(all.Idx), bought)
	known := map[[2]int32]bool{}
	for u := range before.Users {
		for k := before.Ptr[u]; k < before.Ptr[u+1]; k++ {
			known[[2]int32{int32(u), before.Idx[k]}] = true
		}
	}
	fresh := 0
	for i := range october.User {
		if !known[[2]int32{october.User[i], october.Item[i]}] {
			fresh++
		}
	}
	if len(october.User) != 162_557 || fresh != 25_010 {
		t.Errorf("October has %d pairs, %d of them new, want 162,557 and 25,010", len(october.User), fresh)
	}
	timed("best-sellers", func() error { _, err := s.BestSellers(ctx, time.Time{}, time.Time{}, 100); return err })
	timed("trending", func() error { _, err := s.Trending(ctx, cut, 10*24*time.Hour, 100); return err })
	timed("bought together", func() error {
		list, err := s.BoughtTogether(ctx, time.Time{}, 20)
		t.Logf("%d pairs", len(list))
		return err
	})
	timed("the year's figures", func() error {
		k, err := s.Figures(ctx, FigureQuery{From: cut.AddDate(-1, 0, 0), To: cut.AddDate(0, 2, 0)})
		t.Logf("%+v", k)
		return err
	})
	timed("state", func() error {
		return s.State(ctx, StateSpec{TailSince: s.pin().Head, TailLimit: 2000}, func(st *State) error {
			n := 0
			for _, err := range st.Products {
				if err != nil {
					return err
				}
				n++
			}
			if n != 6_482 {
				t.Errorf("%d products in the catalogue", n)
			}
			return nil
		})
	})
	timed("one customer's history", func() error { _, err := s.UserHistory(ctx, all.Users[7], 0, 100); return err })
}
