package training

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"also/engine"
	"also/shop"
	"also/warehouse"
)

// The tensors of an artefact: the parts, each user's row of the training set, from
// which fold-in goes on, and what they bought how often.
const (
	factorsFile       = "factors"
	secondFactorsFile = "factors-2"
	neighboursFile    = "neighbours"
	gainFile          = "gain"
	attributesFile    = "attributes"
	profileFile       = "profile"
	repeatsFile       = "repeats" // how often each user bought each product; artefacts from before it have none
)

// save writes the run's model as an artefact. Another attempt at the run with the
// same data writes the same one.
func (j *job) save(ctx context.Context) error {
	spec := j.data.Spec
	spec.Weighing = purchases()
	bought, err := j.opts.Lake.Dataset(ctx, spec)
	if err != nil {
		return fmt.Errorf("read what was bought: %w", err)
	}
	config, err := json.Marshal(j.recipe)
	if err != nil {
		return fmt.Errorf("save the model: %w", err)
	}
	metrics, err := json.Marshal(j.metrics)
	if err != nil {
		return fmt.Errorf("save the model: %w", err)
	}
	d := j.data
	n := len(d.Idx)
	parts, tensors := partTensors(j.parts, j.stands)
	tensors[profileFile] = []warehouse.Tensor{
		{Name: "ptr", Shape: []int{len(d.Ptr)}, I64: d.Ptr}, {Name: "idx", Shape: []int{n}, I32: d.Idx},
		{Name: "w", Shape: []int{n}, F32: d.W}, {Name: "b", Shape: []int{n}, F32: d.B}, {Name: "last", Shape: []int{n}, I64: d.Last},
		boughtTensor(d, bought),
	}
	if r := repeatsOf(bought, d.Users, d.SKUs); len(r.Idx) > 0 {
		n := []int{len(r.Idx)}
		tensors[repeatsFile] = []warehouse.Tensor{
			{Name: "ptr", Shape: []int{len(r.Ptr)}, I64: r.Ptr}, {Name: "idx", Shape: n, I32: r.Idx}, {Name: "times", Shape: n, I32: r.Times},
			{Name: "first", Shape: n, I32: r.First}, {Name: "last", Shape: n, I32: r.Last},
		}
	}
	if tensors[alikeFile], err = j.alikeTensors(ctx); err != nil {
		return err
	}
	manifest, err := j.opts.Lake.WriteArtefact(ctx, warehouse.ArtefactInput{
		Manifest: warehouse.Manifest{
			CreatedAt: *j.run.StartedAt, Trainer: "also", Parts: parts, Objective: string(j.recipe.Objective),
			Config: config, Dataset: d.Info(), Metrics: metrics,
		},
		Users: d.Users, SKUs: d.SKUs,
		Tensors: tensors,
	})
	if err != nil {
		return err
	}
	return j.note(ctx, func(r *Run) {
		r.Model = manifest.ID
		r.say(j.now(), Info, "Saved as model %s, %.1f MB.", manifest.ID, float64(Model{Manifest: manifest}.Bytes())/1e6)
	})
}

// boughtTensor has a bit for each pair of d: whether it is one of bought, and not
// all of it was returned.
func boughtTensor(d, bought *warehouse.Dataset) warehouse.Tensor {
	bits := make([]int64, (len(d.Idx)+63)/64)
	n := numberingOf(d.Users, d.SKUs)
	row, at := int32(-1), int64(0)
	n.each(bought, func(p pair) { // by user, then by column
		if p.user != row {
			row, at = p.user, d.Ptr[p.user]
		}
		for at < d.Ptr[p.user+1] && d.Idx[at] < p.item {
			at++
		}
		if at < d.Ptr[p.user+1] && d.Idx[at] == p.item {
			bits[at>>6] |= 1 << (at & 63)
		}
	})
	return warehouse.Tensor{Name: "bought", Shape: []int{len(bits)}, I64: bits}
}

// Artefact is a model as serving takes it. All of it lies in mapped memory, valid
// until Close.
type Artefact struct {
	Manifest warehouse.Manifest
	Recipe   Config
	Parts    engine.Parts
	Features []int64       // what the features of Parts.Attributes stand for: shop.Features, ascending
	Users    []shop.UserID // by row, ascending
	SKUs     []string      // by column, ascending

	// Sums are the signed sums w and b of every pair of the training set, before
	// Weighing.Entry; w is not above 0 where more was returned than bought. Not for the engine as it is.
	Sums   *engine.Matrix
	Last   []int64  // when each pair of Sums last met, in milliseconds
	Bought []uint64 // a bit for each pair of Sums that was bought and kept
	// Repeats is how often each user bought each product; nil where the artefact does not say.
	Repeats *engine.Repeats
	// Alike is where serving begins with customers of whom little is known; nil where the artefact does not say.
	// Traits is what its features stand for: shop.Trait, ascending.
	Alike  *engine.Alike
	Traits []int64

	Weighing shop.Weighing // of events, by which Sums were made and are read
	AgedAt   time.Time     // the moment from which ages are measured

	file *warehouse.Artefact
}

// Close unmaps the artefact; nothing of it may be used afterwards.
func (a *Artefact) Close() error { return a.file.Close() }

// age is how long before AgedAt pair k of Sums last met.
func (a *Artefact) age(k int64) time.Duration {
	return time.Duration(a.AgedAt.UnixMilli()-a.Last[k]) * time.Millisecond
}

// LoadArtefact opens a model of the lake. It fails with shop.NotFound if there is
// none of that id, with shop.Internal if it is damaged, and with
// shop.Unavailable if it has a part that this version does not know: half a
// model must not answer.
func LoadArtefact(ctx context.Context, lake Lake, id string) (*Artefact, error) {
	file, err := lake.OpenArtefact(ctx, id)
	if err != nil {
		return nil, err
	}
	a := &Artefact{Manifest: file.Manifest, Users: file.Users, SKUs: file.SKUs, file: file}
	if err := a.read(); err != nil {
		return nil, errors.Join(fmt.Errorf("load model %s: %w", id, err), file.Close())
	}
	return a, nil
}

func (a *Artefact) read() error {
	var err error
	if a.Recipe, err = decodeConfig(a.Manifest); err != nil {
		return err
	}
	if a.Parts, err = a.readParts(); err != nil {
		return err
	}
	var w, b, ptr, idx, last, bought warehouse.Tensor
	for _, t := range []struct {
		to   *warehouse.Tensor
		name string
	}{{&ptr, "ptr"}, {&idx, "idx"}, {&w, "w"}, {&b, "b"}, {&last, "last"}, {&bought, "bought"}} {
		if *t.to, err = a.file.Tensor(profileFile, t.name); err != nil {
			return err
		}
	}
	a.Sums = &engine.Matrix{Rows: len(a.Users), Cols: len(a.SKUs), Ptr: ptr.I64, Idx: idx.I32, W: w.F32, B: b.F32}
	a.Last = last.I64
	a.Bought = make([]uint64, len(bought.I64))
	for k, bits := range bought.I64 {
		a.Bought[k] = uint64(bits)
	}
	spec := a.Manifest.Dataset.Spec
	a.Weighing, a.AgedAt = spec.Weighing, spec.Before
	if a.AgedAt.IsZero() && len(a.Last) > 0 {
		a.AgedAt = time.UnixMilli(slices.Max(a.Last)).UTC()
	}
	n := len(a.Sums.Idx)
	if len(ptr.I64) != len(a.Users)+1 || len(w.F32) != n || len(b.F32) != n || len(a.Last) != n || len(a.Bought) != (n+63)/64 {
		return errParts
	}
	if err := a.readRepeats(); err != nil {
		return err
	}
	return a.readAlike()
}

// readRepeats takes how often users bought what, where the artefact says it.
func (a *Artefact) readRepeats() error {
	if !a.file.Has(repeatsFile) {
		return nil
	}
	t, err := a.tensors(repeatsFile, "ptr", "idx", "times", "first", "last")
	if err != nil {
		return err
	}
	a.Repeats = &engine.Repeats{Items: len(a.SKUs), Ptr: t[0].I64, Idx: t[1].I32, Times: t[2].I32, First: t[3].I32, Last: t[4].I32}
	if err := a.Repeats.Validate(); err != nil || len(a.Repeats.Ptr) != len(a.Users)+1 {
		return errors.Join(errParts, err)
	}
	return nil
}

// decodeConfig returns the configuration in a manifest.
func decodeConfig(m warehouse.Manifest) (Config, error) {
	var cfg Config
	if err := json.Unmarshal(m.Config, &cfg); err != nil {
		return cfg, fmt.Errorf("read the configuration of model %s: %w", m.ID, err)
	}
	return cfg.WithDefaults()
}
