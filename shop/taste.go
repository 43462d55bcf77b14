package shop

import (
	"math"
	"time"
)

// Weights is how much one event of a type says about its user's taste. A type
// that is missing or 0 says nothing. Weights are ≥ 0: the sign is the type's.
//
// The rule, which training (SQL over the lake) and serving (the events since)
// both follow. The entry of a user and a product is the sum over their events,
// each times its decay:
//
//	ORDER_PLACED PURCHASE CART_ADD PRODUCT_VIEW CLICK   w += v     b += v
//	RETURN                                              w −= v(PURCHASE)  b −= v(PURCHASE)
//	CART_REMOVE                                         w −= v(CART_ADD)  b −= v(CART_ADD)
//	RATING of r stars                                   w += v     b += v·(r − 3)/2
//	NOT_INTERESTED                                      w += v     b −= v
//
// The event that an EXCLUDED_FROM_TASTE names counts nothing. All other types
// say nothing. What the sums mean to a model is said by Confidence.
type Weights map[EventType]float64

// DefaultWeights returns the weights to start from.
func DefaultWeights() Weights {
	return Weights{
		OrderPlaced: 1, Purchase: 1, CartAdd: 0.3, ProductView: 0.1, Click: 0.1, Rating: 1, NotInterested: 1,
	}
}

// Of returns what one event of type t, with its stars if it is a RATING, adds to
// w and to b, before decay.
func (v Weights) Of(t EventType, stars int) (w, b float64) {
	switch t {
	case OrderPlaced, Purchase, CartAdd, ProductView, Click:
		return v[t], v[t]
	case Return:
		return -v[Purchase], -v[Purchase]
	case CartRemove:
		return -v[CartAdd], -v[CartAdd]
	case Rating:
		return v[t], v[t] * float64(stars-3) / 2
	case NotInterested:
		return v[t], -v[t]
	}
	return 0, 0
}

// Confidence turns the sums w and b of one user and product into the weight
// and target term of their entry, in training and fold-in alike: a sum w of 0 or
// below is no entry (zeros), one above 1 counts as 1 with b shrunk alike, and b
// is within ±w. So a purchase is full confidence, several views are a part of
// it, and buying again, which says little of taste for other things, adds
// nothing: on a year of wholesale orders uncapped sums cost a seventh of the
// Recall on new pairs (.176 against .206), their logarithm a twelfth.
func Confidence(w, b float64) (float32, float32) {
	if !(w > 0) {
		return 0, 0
	}
	c := min(w, 1)
	return float32(c), float32(c * max(-1, min(1, b/w)))
}

// Decay returns what is left of an event's weight when it is age old: half at
// halfLife, a quarter at twice that. No half-life, or an age below 0: all of it.
func Decay(age, halfLife time.Duration) float64 {
	if halfLife <= 0 || age <= 0 {
		return 1
	}
	return math.Exp2(-float64(age) / float64(halfLife))
}
