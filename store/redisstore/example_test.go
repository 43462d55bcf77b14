package redisstore_test

import (
	"context"
	"fmt"
	"time"

	"also/shop"
	"also/store"
	"also/store/redisstore"
)

// What a command does and what the transporter reads of it.
func Example() {
	s, err := redisstore.OpenEmbedded(redisstore.Options{Shop: "tea"})
	if err != nil {
		panic(err)
	}
	defer s.Close()
	ctx, now := context.Background(), time.Now()
	p := shop.Product{SKU: "sencha", Name: "Sencha", Price: shop.MustMoney("4.90", "EUR"), Stock: 12, Status: shop.Active}
	p, err = s.SaveProduct(ctx, p, false, store.Create, shop.Event{ID: shop.NewUUID(now), OccurredAt: now, RecordedAt: now, Source: "shop"})
	if err != nil {
		panic(err)
	}
	fmt.Println(p.Name, "version", p.Version)

	entries, err := s.Entries(ctx, nil, 100, 0)
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		fmt.Println("outbox", e.Outbox, "has", e.Events, "event")
	}
	// Output:
	// Sencha version 1
	// outbox shop has 1 event
}
