package training

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"also/engine"
	"also/engine/evaluate"
	"also/shop"
	"also/warehouse"
)

// readPeople returns what is known of customers beside what they did: their attributes.
func readPeople(ctx context.Context, lake datasets) (map[shop.UserID]map[string]string, error) {
	people := map[shop.UserID]map[string]string{}
	for r, err := range lake.Control(ctx) {
		if err != nil {
			return nil, fmt.Errorf("read the customers: %w", err)
		}
		if !strings.HasPrefix(r.Name, "customer/") {
			continue
		}
		var c shop.Customer
		if err := json.Unmarshal(r.Value, &c); err != nil {
			return nil, fmt.Errorf("read %s: %w", r.Name, err)
		}
		if len(c.Attributes) > 0 {
			people[c.User] = c.Attributes
		}
	}
	return people, nil
}

// traits are the attributes of the users of a numbering.
type traits struct {
	of     *engine.Attributes
	stands []int64  // what each feature stands for: shop.Trait, ascending
	kinds  []int32  // of each feature: the place of its name in names
	names  []string // ascending
}

// traitsOf returns the traits of users, perhaps none.
func traitsOf(people map[shop.UserID]map[string]string, users map[shop.UserID]int32) *traits {
	nameOf, names := map[int64]string{}, map[string]bool{}
	of := make([][]int64, len(users))
	for u, row := range users {
		for name, value := range people[u] {
			trait := shop.Trait(name, value)
			nameOf[trait], names[name] = name, true
			of[row] = append(of[row], trait)
		}
	}
	t := &traits{stands: slices.AppendSeq(make([]int64, 0, len(nameOf)), maps.Keys(nameOf)), names: slices.Sorted(maps.Keys(names))}
	slices.Sort(t.stands)
	for _, trait := range t.stands {
		kind, _ := slices.BinarySearch(t.names, nameOf[trait])
		t.kinds = append(t.kinds, int32(kind))
	}
	t.of = &engine.Attributes{Features: len(t.stands), Ptr: make([]int64, 1, len(of)+1)}
	for _, row := range of {
		slices.Sort(row)
		for _, trait := range slices.Compact(row) {
			at, _ := slices.BinarySearch(t.stands, trait)
			t.of.Idx = append(t.of.Idx, int32(at))
		}
		t.of.Ptr = append(t.of.Ptr, int64(len(t.of.Idx)))
	}
	return t
}

// say tells, name by name, how much customers of the same buy alike.
func (t *traits) say(alike *engine.Alike) string {
	var all []string
	for kind, name := range t.names {
		for f, k := range t.kinds {
			if int(k) == kind && alike.Says(int32(f)) {
				all = append(all, fmt.Sprintf("%s (%.2f)", name, 1/(1+alike.Strength[f])))
				break
			}
		}
	}
	if len(all) == 0 {
		return "No attribute of customers says what they buy."
	}
	return "Customers buy alike who share: " + strings.Join(all, ", ") + " (of 1). Those who bought little are shown what these buy."
}

// alikeFile has where serving begins with customers of whom little is known; artefacts
// from before it have none.
const alikeFile = "beginnings"

// The tensors of the means and of the features, by set of factors.
var (
	meanTensors = []string{"mean", "mean-2"}
	moveTensors = []string{"moves", "moves-2"}
)

// alikeTensors takes the means of the run's customers, and of those who share an attribute.
func (j *job) alikeTensors(ctx context.Context) ([]warehouse.Tensor, error) {
	people, err := readPeople(ctx, j.opts.Lake)
	if err != nil {
		return nil, err
	}
	t := traitsOf(people, numberingOf(j.data.Users, j.data.SKUs).users)
	alike, err := engine.NewAlike(ctx, j.matrix, j.parts.Factors, t.of, t.kinds, j.opts.Workers)
	if err != nil {
		return nil, err
	}
	if len(t.stands) > 0 {
		if err := j.note(ctx, func(r *Run) { r.say(j.now(), Info, "%s", t.say(alike)) }); err != nil {
			return nil, err
		}
	}
	f32 := func(name string, data []float32) warehouse.Tensor {
		return warehouse.Tensor{Name: name, Shape: []int{len(data)}, F32: data}
	}
	tensors := []warehouse.Tensor{
		{Name: "trait", Shape: []int{len(t.stands)}, I64: t.stands}, f32("typical", []float32{float32(alike.Typical)}),
		f32("size", alike.Size), f32("strength", alike.Strength),
	}
	for k := range alike.Mean {
		tensors = append(tensors, f32(meanTensors[k], alike.Mean[k]), f32(moveTensors[k], alike.Moves[k].Data))
	}
	return tensors, nil
}

// readAlike takes where serving begins with customers of whom little is known, where the
// artefact says it.
func (a *Artefact) readAlike() error {
	if !a.file.Has(alikeFile) {
		return nil
	}
	sets := len(a.Parts.Factors)
	t, err := a.tensors(alikeFile, slices.Concat([]string{"trait", "typical", "size", "strength"}, meanTensors[:sets], moveTensors[:sets])...)
	if err != nil {
		return err
	}
	if len(t[1].F32) != 1 {
		return errParts
	}
	a.Traits = t[0].I64
	a.Alike = &engine.Alike{Typical: float64(t[1].F32[0]), Size: t[2].F32, Strength: t[3].F32}
	for k, f := range a.Parts.Factors {
		a.Alike.Mean = append(a.Alike.Mean, t[4+k].F32)
		a.Alike.Moves = append(a.Alike.Moves, engine.Factors{Rows: len(a.Traits), Dim: f.Model.Items.Dim, Data: t[4+sets+k].F32})
	}
	if err := a.Alike.Validate(a.Parts.Factors); err != nil || len(a.Traits) != len(a.Alike.Size) {
		return errors.Join(errParts, err)
	}
	a.dated()
	return nil
}

// leastTaken is how many products a customer has bought who is hidden whole.
const leastTaken = 20

// coldCustomers hides a fifth of the customers whole: where attributes are known, of those
// of whom some are.
func (h *holdOut) coldCustomers(ctx context.Context, bought *warehouse.Dataset) error {
	all, err := h.matrix(bought, nil)
	if err != nil {
		return err
	}
	var eligible []int32
	for u := range all.Rows {
		if all.Ptr[u+1]-all.Ptr[u] >= leastTaken && (len(h.traits.stands) == 0 || len(h.traits.of.Row(u)) > 0) {
			eligible = append(eligible, int32(u))
		}
	}
	rng := rand.New(rand.NewPCG(measureSeed, uint64(len(eligible))))
	rng.Shuffle(len(eligible), func(a, b int) { eligible[a], eligible[b] = eligible[b], eligible[a] })
	hidden := engine.NewBitmap(all.Rows)
	for _, u := range eligible[:min(maxJudged, len(eligible)/5)] {
		hidden.Set(u)
	}
	if h.known, err = h.matrix(bought, func(p pair) bool { return !hidden.Has(p.user) }); err != nil {
		return err
	}
	if h.held, err = h.matrix(bought, func(p pair) bool { return hidden.Has(p.user) }); err != nil {
		return err
	}
	h.came = h.arrivals(bought, func(p pair) (whose, what int32, isHidden bool) { return p.user, p.item, hidden.Has(p.user) })
	h.hidden = func(p pair) bool { return hidden.Has(p.user) }
	h.protocol = fmt.Sprintf("%d customers hidden whole, and asked for what each bought, without a gain", hidden.Count())
	h.train, h.dates, err = h.trainSet(ctx, h.spec)
	return err
}

// measureStrangers judges what is shown to customers who were hidden whole, from their
// attributes alone and when the first products that they bought are known, as it is
// served: beside popularity, and beside their history alone.
func (h *holdOut) measureStrangers(ctx context.Context, parts engine.Parts, workers int) (Metrics, error) {
	alike, err := engine.NewAlike(ctx, h.train, parts.Factors, h.traits.of, h.traits.kinds, workers)
	if err != nil {
		return Metrics{}, err
	}
	parts.Gain = nil // the hidden bought all year: what rises at its end is no help
	served, err := evaluate.PartsFrom(parts, func(u evaluate.User) *engine.Start {
		return alike.Start(h.traits.of.Row(int(u.Row)), alike.Known(u.History, 0, 0))
	})
	if err != nil {
		return Metrics{}, err
	}
	foldIn, err := evaluate.Parts(parts)
	if err != nil {
		return Metrics{}, err
	}
	var all Metrics
	for _, n := range append([]int{0}, firstFew...) {
		first, rest, err := h.firsts(n, func(user, item int32) (row, col int32) { return user, item })
		if err != nil {
			return Metrics{}, err
		}
		judge := func(s evaluate.Scorer) (*evaluate.Report, error) {
			return evaluate.Evaluate(ctx, s, first, rest, evaluate.Options{K: listLength, Workers: workers})
		}
		model, err := judge(served)
		if err != nil {
			return Metrics{}, err
		}
		baselines := map[string]*evaluate.Report{}
		for name, s := range map[string]evaluate.Scorer{"popularity": evaluate.Popularity(h.known), "fold-in": foldIn} {
			if n == 0 && name == "fold-in" {
				continue // there is nothing to fold in
			}
			if baselines[name], err = judge(s); err != nil {
				return Metrics{}, err
			}
		}
		m := Metrics{Protocol: fmt.Sprintf("%s; the first %d products of each are known", h.protocol, n), Users: len(model.Users), Model: measures(model)}
		if err := m.beside(model, baselines); err != nil {
			return Metrics{}, err
		}
		if n == 0 {
			all = m
			all.After = map[int]*Metrics{}
			continue
		}
		all.After[n] = &m
	}
	return all, nil
}
