package recommend

// ladder says how a placement's answer is made: tiers from the best to the
// last resort. The sources of one tier are mixed, each by its weight; the next tier fills what
// is left.
type ladder []tier

type tier []rung

// rung is one source of a tier: weight products of it, then the next source's.
type rung struct {
	source Source
	weight int
}

func only(s Source) tier { return tier{{s, 1}} }

// ladders are the placements that a shop has from the start.
var ladders = map[string]ladder{
	PlacementHome: {
		only(Personal), only(Precomputed),
		{{Trending, 1}, {BestSellers, 1}},
		only(Newest),
	},
	PlacementProduct: {
		{{Similar, 2}, {BoughtWith, 1}},
		only(SameVendor), only(BestSellers), only(Trending), only(Newest),
	},
	PlacementCart: {
		{{BoughtWith, 2}, {Similar, 1}},
		only(Personal), only(Precomputed), only(BestSellers), only(Trending), only(Newest),
	},
	PlacementOrder: {
		{{BoughtWith, 1}, {Personal, 1}},
		only(Precomputed), only(Similar), only(BestSellers), only(Trending), only(Newest),
	},
	PlacementCategory: {
		only(Personal), only(Precomputed), only(BestSellers), only(Trending), only(Newest),
	},
	PlacementBuyAgain: {only(BuyAgain)},
}

// ladderOf returns the ladder of a request; a placement without one of its own
// has the home page's.
func ladderOf(req Request) ladder {
	if len(req.Sources) > 0 {
		var l ladder
		for _, s := range req.Sources {
			l = append(l, only(s))
		}
		return l
	}
	if l, ok := ladders[req.Placement]; ok {
		return l
	}
	return ladders[PlacementHome]
}

// The cap per vendor: among vendorWindow products in a row at most vendorCap are of one
// vendor, as long as there are others.
const (
	vendorWindow = 12
	vendorCap    = 4
)

// mix interleaves the lists of a tier by weight, each product once, leaving out those of
// taken, to which it adds.
func mix(t tier, lists [][]candidate, taken map[int32]bool, n int) []candidate {
	var out []candidate
	for len(out) < n {
		before := len(out)
		for i := range t {
			for got := 0; got < t[i].weight && len(lists[i]) > 0 && len(out) < n; {
				c := lists[i][0]
				lists[i] = lists[i][1:]
				if !taken[c.number] {
					taken[c.number] = true
					out = append(out, c)
					got++
				}
			}
		}
		if len(out) == before {
			break
		}
	}
	return out
}

// spread reorders candidates so that the cap per vendor holds: one that is too
// many waits until its vendor has room again. vendor returns "" for a product that no cap
// concerns.
func spread(list []candidate, vendor func(*candidate) string) []candidate {
	vendors := make([]string, len(list))
	for i := range list {
		vendors[i] = vendor(&list[i])
	}
	out := make([]candidate, 0, len(list))
	placed := make([]string, 0, len(list))
	inWindow := map[string]int{}
	var waiting []int
	next := 0
	for len(out) < len(list) {
		if n := len(placed); n >= vendorWindow {
			inWindow[placed[n-vendorWindow]]--
		}
		pick := -1
		for k, i := range waiting {
			if inWindow[vendors[i]] < vendorCap {
				pick = i
				waiting = append(waiting[:k], waiting[k+1:]...)
				break
			}
		}
		for pick < 0 && next < len(list) {
			if vendors[next] == "" || inWindow[vendors[next]] < vendorCap {
				pick = next
			} else {
				waiting = append(waiting, next)
			}
			next++
		}
		if pick < 0 { // only vendors with enough are left
			pick, waiting = waiting[0], waiting[1:]
		}
		out = append(out, list[pick])
		placed = append(placed, vendors[pick])
		inWindow[vendors[pick]]++
	}
	return out
}
