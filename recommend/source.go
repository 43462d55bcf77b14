package recommend

import "context"

// source proposes products. Each lies in a file of its own.
type source interface {
	// propose returns up to n products that the question accepts, best first, each once. What it reads
	// from the store it reads until ctx ends; an error, or ctx ending, means that it is replaced.
	propose(ctx context.Context, q *question, n int) ([]candidate, error)
	// reasons says why a product that it proposed is in the answer.
	reasons(q *question, c *candidate) []Reason
}

// candidate is a proposed product.
type candidate struct {
	number int32 // in the catalogue
	by     Source
	score  float64
	via    string // what it was found by: a sku, a vendor, a category
}

// sources are all there are.
var sources = map[Source]source{
	Personal:     personal{},
	Precomputed:  precomputed{},
	Similar:      similar{},
	BoughtWith:   boughtWith{},
	SameVendor:   sameVendor{},
	BestSellers:  bestSellers{},
	Trending:     trending{},
	Newest:       newest{},
	RecentlySeen: recentlySeen{},
	BuyAgain:     buyAgain{},
}

// best keeps, of products proposed through several ways, each once with its best
// score and what gave it.
type best struct {
	at   map[int32]int
	list []candidate
}

func (b *best) offer(c candidate) {
	if b.at == nil {
		b.at = map[int32]int{}
	}
	i, ok := b.at[c.number]
	if !ok {
		b.at[c.number] = len(b.list)
		b.list = append(b.list, c)
	} else if c.score > b.list[i].score {
		b.list[i] = c
	}
}
