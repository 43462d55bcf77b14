package warehouse

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	"also/shop"
)

// salesLake has two vendors, a small tree of categories, and some sales.
func salesLake(t *testing.T) *sampleLake {
	s := newSampleLake(t)
	product := func(sku, vendor string, hours int, status shop.ProductStatus, categories ...string) shop.Event {
		return saved(shop.ProductSaved, sku, hours, shop.Product{SKU: sku, Vendor: vendor, Categories: categories, Status: status,
			ListedAt: day0.Add(time.Duration(hours) * time.Hour), Price: shop.MustMoney("2.50", "EUR")})
	}
	many := func(e shop.Event, quantity int) shop.Event {
		e.Quantity = quantity
		return e
	}
	recommended := typed(purchase(3, "B", 30), shop.OrderPlaced)
	recommended.Recommendation = "r-1"
	s.land(
		saved(shop.CategorySaved, "drinks", 0, shop.Category{ID: "drinks", Parent: "tea"}), // a circle, by mistake
		saved(shop.CategorySaved, "tea", 0, shop.Category{ID: "tea", Parent: "drinks"}),
		saved(shop.CategorySaved, "cups", 0, shop.Category{ID: "cups"}),
		product("A", "old", 0, shop.Active, "tea"), product("B", "v", 1, shop.Active, "cups", "tea"), product("C", "v", 2, shop.Draft),
		product("A", "u", 3, shop.Active, "tea"), // another vendor now
		many(purchase(1, "A", 0), 5), many(purchase(1, "B", 24), 3),
	)
	s.compact()
	s.land(
		many(typed(purchase(1, "A", 25), shop.Return), 3), recommended, many(purchase(2, "C", 48), 4),
		many(purchase(2, "D", 49), 1), typed(purchase(2, "D", 50), shop.Return), // D: all went back; unknown to the catalogue
		typed(purchase(9, "A", 50), shop.Impression), typed(purchase(9, "A", 51), shop.Click),
	)
	return s
}

func TestBestSellers(t *testing.T) {
	s := salesLake(t)
	b, err := s.BestSellers(context.Background(), time.Time{}, time.Time{}, 2)
	if err != nil {
		t.Fatal(err)
	}
	want := &BestSellers{
		All:        []Ranked{{"B", 4}, {"C", 4}}, // A has 2 left
		ByCategory: map[string][]Ranked{"tea": {{"B", 4}, {"A", 2}}, "drinks": {{"B", 4}, {"A", 2}}, "cups": {{"B", 4}}},
		ByVendor:   map[string][]Ranked{"v": {{"B", 4}, {"C", 4}}, "u": {{"A", 2}}},
	}
	if !reflect.DeepEqual(b, want) {
		t.Errorf("got %+v\nwant %+v", b, want)
	}
	b, err = s.BestSellers(context.Background(), day0, day0.Add(25*time.Hour), 1)
	if err != nil || !reflect.DeepEqual(b.All, []Ranked{{"A", 5}}) {
		t.Errorf("of the first 25 hours: %+v, %v", b, err)
	}
}

func TestTrending(t *testing.T) {
	s := salesLake(t)
	got, err := s.Trending(context.Background(), day0.Add(48*time.Hour), 24*time.Hour, 10)
	// B a day and 18 hours ago, C now, A two days ago.
	want := []Ranked{{"B", 0.5 + math.Exp2(-18.0/24)}, {"C", 1}, {"A", 0.25}}
	if err != nil || fmt.Sprintf("%.6v", got) != fmt.Sprintf("%.6v", want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if _, err := s.Trending(context.Background(), day0, 0, 1); shop.CodeOf(err) != shop.BadUserInput {
		t.Errorf("without a half-life: %v", err)
	}
}

func TestNewest(t *testing.T) {
	got, err := salesLake(t).Newest(context.Background(), 5)
	want := []Ranked{{"A", float64(day0.Add(3 * time.Hour).UnixMilli())}, {"B", float64(day0.Add(time.Hour).UnixMilli())}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

func TestBoughtTogether(t *testing.T) {
	s := newSampleLake(t)
	n := 0
	order := func(skus ...string) {
		n++
		for _, sku := range skus {
			e := purchase(1, sku, n)
			e.Order = fmt.Sprint("order-", n)
			s.land(e)
		}
	}
	order("A", "B", "X")
	order("A", "B", "X", "A")
	order("A", "B")
	order("A", "X")
	order("C", "X")
	order("C", "D", "X")
	order("X")
	order("X")
	wide := []string{"C", "D"}
	for k := range widestOrder {
		wide = append(wide, fmt.Sprint("w", k))
	}
	order(wide...) // C and D would be together twice, but this order is too wide to say so
	got, err := s.BoughtTogether(context.Background(), time.Time{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	// Eight orders count: A in 4, B in 3, together in 3: lift 3·8/(4·3) = 2. Whatever is with X (7 of 8) is so by chance.
	want := []Bought{{"A", "B", 3, 2}, {"B", "A", 3, 2}, {"C", "X", 2, 2.0 * 8 / (2 * 7)}, {"X", "C", 2, 2.0 * 8 / (2 * 7)}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestFigures(t *testing.T) {
	s := salesLake(t)
	to := day0.Add(72 * time.Hour)
	got, err := s.Figures(context.Background(), FigureQuery{From: day0, To: to, Slices: 3, Before: true})
	// Sold 5 A, 3 + 1 B, 4 C, 1 D, back 3 A, 1 D: 10 pieces at 2.50.
	want := KPIs{From: day0, To: to, Events: 16, Users: 4, Buyers: 3, Orders: 5, Pieces: 10, Impressions: 1, Clicks: 1,
		Revenue: []shop.Money{shop.MustMoney("25.00", "EUR")}, RecommendedRevenue: []shop.Money{shop.MustMoney("2.50", "EUR")}}
	if err != nil || !reflect.DeepEqual(got.KPIs, want) {
		t.Errorf("got %+v, %v\nwant %+v", got.KPIs, err, want)
	}
	var pieces []int64
	for _, slice := range got.Slices {
		pieces = append(pieces, slice.Pieces)
	}
	if !reflect.DeepEqual(pieces, []int64{5, 1, 4}) || !got.Slices[1].From.Equal(day0.Add(24*time.Hour)) || got.Slices[1].Revenue[0] != shop.MustMoney("2.50", "EUR") {
		t.Errorf("the days: %+v", got.Slices)
	}
	if !reflect.DeepEqual(got.Before, &KPIs{From: day0.Add(-72 * time.Hour), To: day0}) {
		t.Errorf("before all: %+v", got.Before)
	}
	later, err := s.Figures(context.Background(), FigureQuery{From: day0.Add(36 * time.Hour), To: to, Before: true})
	if err != nil || later.Before.Pieces != 6 || later.Pieces != 4 || later.Slices != nil {
		t.Errorf("the second half: %+v, %v", later, err)
	}
	if _, err := s.Figures(context.Background(), FigureQuery{From: day0, To: day0}); shop.CodeOf(err) != shop.BadUserInput {
		t.Errorf("an empty period: %v", err)
	}
}
