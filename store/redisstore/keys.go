package redisstore

import (
	"fmt"
	"hash/fnv"
	"strconv"

	"also/shop"
)

// partitions is how many parts a shop's users are split into. Changing it
// moves users to other keys: it is part of the layout.
const partitions = 16

// commandOutbox is the name of the outbox of the shop's commands; the
// partitions' are "p00" to "p15".
const commandOutbox = "shop"

// keys makes the names of all keys of a shop.
type keys struct {
	shop string             // "{iowa}:"
	part [partitions]string // "{iowa:p07}:"
}

func newKeys(shopID string) keys {
	k := keys{shop: "{" + shopID + "}:"}
	for p := range k.part {
		k.part[p] = fmt.Sprintf("{%s:%s}:", shopID, partitionName(p))
	}
	return k
}

func partitionName(p int) string { return fmt.Sprintf("p%02d", p) }

// partitionOf spreads users, whose numbers need not be random in tests, by the
// finaliser of splitmix64.
func partitionOf(u shop.UserID) int {
	z := uint64(u) + 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % partitions)
}

func listPartition(key string) int {
	h := fnv.New32a()
	h.Write([]byte(key))
	return int(h.Sum32() % partitions)
}

func (k keys) product() string             { return k.shop + "product" }
func (k keys) stock() string               { return k.shop + "stock" }
func (k keys) vendor() string              { return k.shop + "vendor" }
func (k keys) category() string            { return k.shop + "category" }
func (k keys) control(kind string) string  { return k.shop + "control:" + kind }
func (k keys) email() string               { return k.shop + "email" }
func (k keys) external() string            { return k.shop + "external" }
func (k keys) cart() string                { return k.shop + "cart" }
func (k keys) order() string               { return k.shop + "order" }
func (k keys) orders(u shop.UserID) string { return k.shop + "orders:" + u.String() }
func (k keys) orderKey() string            { return k.shop + "order-key" }
func (k keys) delivery() string            { return k.shop + "delivery" }
func (k keys) pending() string             { return k.shop + "pending" }
func (k keys) freshSet() string            { return k.shop + "fresh" }
func (k keys) fresh(sku string) string     { return k.shop + "fresh:" + sku }
func (k keys) changes() string             { return k.shop + "changes" }
func (k keys) freshened() string           { return k.shop + "freshened" }
func (k keys) people() string              { return k.shop + "people" }
func (k keys) placed(day string) string    { return k.shop + "placed:" + day }
func (k keys) placedDays() string          { return k.shop + "placed-days" }
func (k keys) cancelled() string           { return k.shop + "cancelled" }
func (k keys) made() string                { return k.shop + "made" }
func (k keys) number() string              { return k.shop + "number" }
func (k keys) lease(name string) string    { return k.shop + "lease:" + name }
func (k keys) leaseToken() string          { return k.shop + "lease-token" }
func (k keys) queue(name string) string    { return k.shop + "queue:" + name }
func (k keys) topic(name string) string    { return k.shop + "topic:" + name }
func (k keys) lists() string               { return k.shop + "lists" }
func (k keys) users(p int) string          { return k.part[p] + "users" }

// customerBuckets splits the customers by the top bits of their number, so
// that pages in the order of numbers read few buckets.
const customerBuckets = 1024

func customerBucket(u shop.UserID) int { return int(uint64(u) >> 53) }

func (k keys) customer(bucket int) string { return k.shop + "customer:" + strconv.Itoa(bucket) }

// sessionBuckets splits the sessions, so that sweeping looks at few at a time.
const sessionBuckets = 256

func sessionBucket(tokenHash string) int {
	h := fnv.New32a()
	h.Write([]byte(tokenHash))
	return int(h.Sum32() % sessionBuckets)
}

func (k keys) session(bucket int) string { return k.shop + "session:" + strconv.Itoa(bucket) }

func (k keys) rate(perMS, window int64) string {
	return k.shop + "rate:" + strconv.FormatInt(perMS, 10) + ":" + strconv.FormatInt(window, 10)
}

func (k keys) budget(perMS, window int64) string {
	return k.shop + "budget:" + strconv.FormatInt(perMS, 10) + ":" + strconv.FormatInt(window, 10)
}

func (k keys) tail(u shop.UserID) string { return k.part[partitionOf(u)] + "tail:" + u.String() }

func (k keys) seen(p int, window int64) string {
	return k.part[p] + "seen:" + strconv.FormatInt(window, 10)
}

func (k keys) list(p int, set, kind string) string { return k.part[p] + "list:" + set + ":" + kind }

// outboxes returns the names of all outboxes, the commands' first.
func outboxNames() []string {
	names := []string{commandOutbox}
	for p := range partitions {
		names = append(names, partitionName(p))
	}
	return names
}

func (k keys) outbox(name string) string {
	if name == commandOutbox {
		return k.shop + "outbox"
	}
	p, err := strconv.Atoi(name[min(1, len(name)):])
	if err != nil || p < 0 || p >= partitions || partitionName(p) != name {
		return ""
	}
	return k.part[p] + "outbox"
}
