package pulse

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"also/recommend"
	"also/shop"
)

// Fact is one thing that the server runs with, for people.
type Fact struct {
	Key         string // "train-cron"
	Name        string
	Value       string
	Explanation string
	Change      string // where to change it
}

// FactGroup is facts of one kind.
type FactGroup struct {
	Name  string
	Facts []Fact
}

// Facts returns what the server runs with: what it was started with, what its
// store is, and what is built in.
func (s *Service) Facts(ctx context.Context) ([]FactGroup, error) {
	d, err := s.Store.Describe(ctx)
	if err != nil {
		return nil, err
	}
	keeping := []Fact{
		{"store", "Serving database", strings.TrimSpace(d.Kind + " " + d.Version), "Where the view is kept that answers.", "Start with --redis URL, or without it to serve from memory."},
		{"durability", "What an acknowledgement promises", promise(d.Kind, d.Durability), "What a crash cannot take away once a command was answered.", "Redis: appendfsync. Embedded: always on disk, synced."},
	}
	return append([]FactGroup{{"The server", s.Started}, {"Keeping", keeping}}, builtIn()...), nil
}

// promise says in words what a store's own log promises.
func promise(kind, durability string) string {
	if kind == "embedded" {
		return "The journal has it, synced."
	}
	switch durability {
	case "always":
		return "Redis has it, synced."
	case "everysec":
		return "Redis syncs every second: a crash of Redis can lose about a second."
	case "none":
		return "Redis keeps no log: a crash of Redis loses what the transporter had not taken."
	}
	return "Redis keeps a log, appendfsync " + durability + "."
}

// builtIn are the facts that only another build changes.
func builtIn() []FactGroup {
	var taste []Fact
	weights := shop.DefaultWeights()
	types := slices.Clone(shop.EventTypes)
	slices.SortStableFunc(types, func(a, b shop.EventType) int {
		return int(1000*weights[b]) - int(1000*weights[a])
	})
	for _, t := range types {
		if weights[t] > 0 {
			taste = append(taste, Fact{string(t), string(t), strconv.FormatFloat(weights[t], 'g', -1, 64),
				"How much one such event says of a user's taste; a purchase says 1. A return takes a purchase's away, a removal from the cart that of a CART_ADD.",
				"A training run may be given other weights: in the console under Training, and in the configuration, weighing.weights."})
		}
	}
	limits := []Fact{
		{"events", "Events in one call", "1,000", "eventsRecord takes up to so many; a page up to 100.", "Built in."},
		{"first", "Elements of one page", "100", "The most that `first` of a list may ask for.", "Built in."},
		{"tail", "Recent events of a user", "2,000", "So many are kept at hand to fold in; older ones are in the model.", "Built in."},
		{"models", "Models kept", "5, the live one and the one before", "Older models are swept after a run.", "Built in."},
		{"seen", "Ids remembered", "24 h", "An event sent again within this time is answered as a duplicate; later ones the lake drops.", "Built in."},
	}
	return []FactGroup{{"Taste", taste}, {"Placements", placements()}, {"Limits", limits}}
}

// placements says how each placement is answered.
func placements() []Fact {
	var facts []Fact
	for _, p := range recommend.Placements() {
		var tiers []string
		for _, sources := range p.Sources {
			var words []string
			for _, source := range sources {
				words = append(words, strings.ToLower(strings.ReplaceAll(string(source), "_", " ")))
			}
			tiers = append(tiers, strings.Join(words, " with "))
		}
		asks := "Asks for products that the shopper has not bought."
		if p.Question == recommend.Again {
			asks = "Asks only for products that the shopper has bought."
		}
		facts = append(facts, Fact{p.Placement, p.Placement, strings.Join(tiers, " → "),
			asks + " The sources in order; each fills up what the one before left. A name that is not here is answered like home.", "Built in; one question may name its own sources."})
	}
	return facts
}
