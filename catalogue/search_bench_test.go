package catalogue

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"also/shop"
)

// bigShop is n products whose names are of 3 words out of 20,000, sold by 500 vendors, in memory only.
func bigShop(n int) *Snapshot {
	rng := rand.New(rand.NewPCG(1, 2))
	words := make([]string, 20_000)
	for i := range words {
		words[i] = strings.Map(func(rune) rune { return rune('a' + rng.IntN(26)) }, strings.Repeat("x", 4+rng.IntN(8)))
	}
	word := func() string { return words[int(float64(len(words))*rng.Float64()*rng.Float64())] }
	s := &Snapshot{numbers: newNumbers(), vendors: newVendors(nil), categories: newTree(nil)}
	b := builderOf(s)
	for i := range n {
		var description []string
		for range 20 {
			description = append(description, word())
		}
		b.put(&shop.Product{
			SKU: fmt.Sprintf("S-%06d", i), Name: word() + " " + word() + " " + word(), Vendor: fmt.Sprint("v", i%500), Categories: []string{fmt.Sprint("c", i%100)},
			Description: strings.Join(description, " "), Attributes: map[string]string{"colour": fmt.Sprint("colour", i%12)}, Status: shop.Active, Stock: i % 9,
			Price: shop.Money{Minor: int64(100 + i%9000), Currency: "EUR"}, ListedAt: time.Unix(int64(i), 0),
		})
	}
	return b.snapshot()
}

// BenchmarkSearch says how long a search takes, p50 and p99, with facets and without, of what was typed right, unfinished
// and misspelt; and how long the index takes to be made, and how much memory.
func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		var before, after runtime.MemStats
		s := bigShop(n)
		runtime.GC()
		runtime.ReadMemStats(&before)
		began := time.Now()
		s.warm()
		took := time.Since(began)
		runtime.GC()
		runtime.ReadMemStats(&after)
		rng := rand.New(rand.NewPCG(3, 4))
		texts := map[string]func(w string) string{
			"whole": func(w string) string { return w },
			"begun": func(w string) string { return w[:min(3, len(w))] },
			"typo":  func(w string) string { return w[:2] + w[3:] + "q" },
		}
		for _, kind := range []string{"whole", "begun", "typo"} {
			for _, facets := range []bool{false, true} {
				b.Run(fmt.Sprintf("n=%d/%s/facets=%t", n, kind, facets), func(b *testing.B) {
					var times []time.Duration
					for b.Loop() {
						name := strings.Fields(s.At(int32(rng.IntN(n))).Name)[1]
						began := time.Now()
						if _, err := s.List(Query{Text: texts[kind](name), First: 24, Facets: facets}); err != nil {
							b.Fatal(err)
						}
						times = append(times, time.Since(began))
					}
					slices.Sort(times)
					b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
					b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
					b.ReportMetric(took.Seconds(), "index-s")
					b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "index-MB")
				})
			}
		}
	}
}

// BenchmarkChange says how long it takes until a changed product, one of 100,000, is found by its new name.
func BenchmarkChange(b *testing.B) {
	s := bigShop(100_000)
	s.warm()
	rng := rand.New(rand.NewPCG(5, 6))
	var times []time.Duration
	for i := 0; b.Loop(); i++ {
		p := *s.At(int32(rng.IntN(100_000)))
		p.Name = fmt.Sprint("changed", i, " ", p.Name)
		began := time.Now()
		change := builderOf(s)
		change.put(&p)
		s = change.snapshot()
		page, err := s.List(Query{Text: fmt.Sprint("changed", i), First: 1})
		times = append(times, time.Since(began))
		if err != nil || page.Total < 1 {
			b.Fatalf("%d found, %v", page.Total, err)
		}
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
}
