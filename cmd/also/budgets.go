package main

import (
	"fmt"
	"strconv"
	"strings"

	"also/graph"
	"also/shop"
	"also/store"
)

// budgetFlags say how much callers may ask in a while.
type budgetFlags struct {
	ShopperBudget bucketFlag `help:"What a customer, or all visitors of one network address, may ask: what the bucket holds and what flows back a second, in the cost of queries. 0 is no limit." default:"2000000:100000" env:"ALSO_SHOPPER_BUDGET" placeholder:"N:M"`
	ShopBudget    bucketFlag `help:"The same for a key with the role SHOP." default:"40000000:2000000" env:"ALSO_SHOP_BUDGET" placeholder:"N:M"`
	AdminBudget   bucketFlag `help:"The same for a key with the role ADMIN." default:"40000000:2000000" env:"ALSO_ADMIN_BUDGET" placeholder:"N:M"`
}

func (f budgetFlags) budgets() graph.Budgets {
	return graph.Budgets{Shopper: store.Bucket(f.ShopperBudget), Shop: store.Bucket(f.ShopBudget), Admin: store.Bucket(f.AdminBudget)}
}

// bucketFlag is a bucket as text: 2000000:100000, or 0 for none.
type bucketFlag store.Bucket

// UnmarshalText implements encoding.TextUnmarshaler.
func (b *bucketFlag) UnmarshalText(text []byte) error {
	*b = bucketFlag{}
	if string(text) == "0" {
		return nil
	}
	holds, flows, ok := strings.Cut(string(text), ":")
	var err error
	if b.Capacity, err = strconv.Atoi(holds); err == nil {
		b.Restore, err = strconv.Atoi(flows)
	}
	if !ok || err != nil || b.Capacity < 1 || b.Restore < 1 {
		return shop.Errorf(shop.BadUserInput, "", "%q is no budget: write what it holds and what flows back a second, 2000000:100000, or 0 for no limit", text)
	}
	return nil
}

// MarshalText implements encoding.TextMarshaler.
func (b bucketFlag) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%d:%d", b.Capacity, b.Restore), nil
}
