package training

import (
	"context"
	"fmt"
	"slices"
	"time"

	"also/engine"
	"also/shop"
	"also/warehouse"
)

// driftLimit is how far, on average, rows that an incremental run left alone
// may be from where a solve would put them, as a share of their length, before
// a full run is due.
const driftLimit = .25

// liveManifest returns the manifest of the live model.
func (j *job) liveManifest(ctx context.Context) (warehouse.Manifest, error) {
	id, err := j.LiveID(ctx)
	if err != nil {
		return warehouse.Manifest{}, err
	}
	if id == "" {
		return warehouse.Manifest{}, shop.Errorf(shop.BadUserInput, "kind", "no model is live any more that could be brought up to date: start a FULL run")
	}
	model, err := j.Model(ctx, id)
	return model.Manifest, err
}

// incremental solves again the rows that events since the live model touched,
// and judges the live model on what was bought since: it stands for the
// candidate, which has seen that.
func (j *job) incremental(ctx context.Context) error {
	manifest, err := j.liveManifest(ctx)
	if err != nil {
		return err
	}
	before, err := LoadArtefact(ctx, j.opts.Lake, manifest.ID)
	if err != nil {
		return err
	}
	defer before.Close()
	if err := j.note(ctx, func(r *Run) { r.Config, r.Phase, r.Epochs = before.Recipe, PhaseTrain, 1 }); err != nil {
		return err
	}
	spec := j.data.Spec
	spec.Through = manifest.Dataset.Through
	old, err := j.opts.Lake.Dataset(ctx, spec)
	if err != nil {
		return fmt.Errorf("read the training set of the live model: %w", err)
	}
	began := j.now()
	prev := before.arranged(j.data)
	j.stands = slices.Clone(before.Features) // it outlives the artefact
	users, items := touched(old, j.data)
	j.recipe = before.Recipe
	var report engine.IncrementReport
	j.parts, report, err = engine.IncrementParts(ctx, j.matrix, j.dates(), j.recipe, prev, users, items, engine.IncrementOptions{Workers: j.opts.Workers, Seed: j.recipe.Seed})
	if err != nil {
		return trainError(err)
	}
	drift := max(report.UserDrift, report.ItemDrift)
	err = j.note(ctx, func(r *Run) {
		r.Epoch, r.Phase = 1, PhaseEvaluate
		r.Note = fmt.Sprintf("solved %d users and %d products again; the others drifted by %.0f %%", report.Users, report.Items, 100*drift)
		r.say(j.now(), Info, "Brought up to date: %s.", r.Note)
		if s := j.now().Sub(began).Seconds(); s > 0 {
			r.Rate = float64(report.Users+report.Items) / s
		}
	})
	if err != nil {
		return err
	}
	if err := j.judgeSince(ctx, old, prev); err != nil {
		return err
	}
	j.metrics.Drift = drift
	return nil
}

// judgeSince asks the model from before for what was bought since.
func (j *job) judgeSince(ctx context.Context, old *warehouse.Dataset, prev engine.Parts) error {
	h := &holdOut{numbering: numberingOf(j.data.Users, j.data.SKUs), lake: j.opts.Lake, spec: old.Spec}
	spec := j.data.Spec
	spec.Weighing = purchases()
	now, err := h.lake.Dataset(ctx, spec)
	if err != nil {
		return fmt.Errorf("read what was bought: %w", err)
	}
	spec.Through = old.Through
	then, err := h.lake.Dataset(ctx, spec)
	if err != nil {
		return fmt.Errorf("read what was bought: %w", err)
	}
	if h.train, err = h.matrix(old, nil); err != nil {
		return err
	}
	if h.known, err = h.matrix(then, nil); err != nil {
		return err
	}
	all, err := h.matrix(now, nil)
	if err != nil {
		return err
	}
	if h.held, err = less(all, h.known); err != nil {
		return err
	}
	h.protocol = fmt.Sprintf("the model from before this run, asked for the products not bought before that customers bought since %s", old.At.Format(time.RFC3339))
	if n := rowsFilled(h.held); n < minUsers {
		j.metrics = Metrics{Protocol: fmt.Sprintf("not judged: %d customers bought something new since the live model, %d are the least", n, minUsers)}
		return j.noteMetrics(ctx)
	}
	if j.metrics, _, err = h.measure(ctx, prev, j.opts.Workers); err != nil {
		return err
	}
	return j.noteMetrics(ctx)
}

// less returns the entries of a that b does not have.
func less(a, b *engine.Matrix) (*engine.Matrix, error) {
	left := engine.NewBuilder(a.Rows, a.Cols)
	for u := range a.Rows {
		idx, w, t := a.Row(u)
		skip, _, _ := b.Row(u)
		for k, i := range idx {
			for len(skip) > 0 && skip[0] < i {
				skip = skip[1:]
			}
			if len(skip) == 0 || skip[0] != i {
				left.Add(int32(u), i, w[k], t[k])
			}
		}
	}
	return left.Build()
}

// touched returns the rows and columns of now whose entries are not what they
// were in old. Where weights fade with time, all of them do, and alike: that
// alone touches nothing.
func touched(old, now *warehouse.Dataset) (users, items []int32) {
	fade := float32(1)
	if halfLife := now.Spec.EventHalfLife(); halfLife > 0 {
		fade = float32(shop.Decay(reference(now).Sub(reference(old)), halfLife))
	}
	n := numberingOf(now.Users, now.SKUs)
	cols := columnsIn(n, old.SKUs)
	c := comparison{now: now, old: old, cols: cols, fade: fade,
		rows: engine.NewBitmap(len(now.Users)), columns: engine.NewBitmap(len(now.SKUs))}
	seen := make([]bool, len(now.Users))
	for row, u := range old.Users {
		user, known := n.users[u]
		if known {
			seen[user] = true
			c.row(int(user), old.Ptr[row], old.Ptr[row+1])
			continue
		}
		for _, i := range old.Idx[old.Ptr[row]:old.Ptr[row+1]] {
			if cols[i] >= 0 {
				c.columns.Set(cols[i])
			}
		}
	}
	for user, known := range seen {
		if !known {
			c.row(user, 0, 0)
		}
	}
	return members(c.rows), members(c.columns)
}

func members(b *engine.Bitmap) (all []int32) {
	b.Each(func(i int32) bool { all = append(all, i); return true })
	return all
}

// comparison notes the rows and columns in which two training sets differ.
type comparison struct {
	now, old      *warehouse.Dataset
	cols          []int32
	fade          float32
	rows, columns *engine.Bitmap
}

// row compares a row of now with the entries lo to hi of old.
func (c *comparison) row(user int, lo, hi int64) {
	differ := func(col int32) {
		c.rows.Set(int32(user))
		if col >= 0 {
			c.columns.Set(col)
		}
	}
	for k := c.now.Ptr[user]; k < c.now.Ptr[user+1]; k++ {
		col := c.now.Idx[k]
		for ; lo < hi && c.cols[c.old.Idx[lo]] < col; lo++ {
			differ(c.cols[c.old.Idx[lo]])
		}
		if lo < hi && c.cols[c.old.Idx[lo]] == col {
			if !c.same(c.old.W[lo], c.now.W[k]) || !c.same(c.old.B[lo], c.now.B[k]) {
				differ(col)
			}
			lo++
			continue
		}
		differ(col)
	}
	for ; lo < hi; lo++ {
		differ(c.cols[c.old.Idx[lo]])
	}
}

// same reports that a weight is what it was, but for fading and rounding.
func (c *comparison) same(then, now float32) bool {
	then *= c.fade
	return max(then-now, now-then) <= 1e-4*max(then, now, -then, -now)
}

// reference is the moment that the ages of a set's events are measured from.
func reference(d *warehouse.Dataset) time.Time {
	if !d.Spec.Before.IsZero() {
		return d.Spec.Before
	}
	return d.At
}
