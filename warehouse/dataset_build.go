package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"also/shop"
)

// Dataset returns the training set of a spec, making it if it was not made
// before. It fails with shop.BadUserInput if the spec makes no sense, or asks
// for events that the lake does not have yet. An empty set is no error.
func (l *Lake) Dataset(ctx context.Context, spec DatasetSpec) (*Dataset, error) {
	spec, err := spec.withDefaults()
	if err != nil {
		return nil, err
	}
	var d *Dataset
	err = l.read(ctx, func(snap *snapshot) error {
		d, err = l.datasetOf(ctx, snap, spec)
		return err
	})
	return d, err
}

func (l *Lake) datasetOf(ctx context.Context, snap *snapshot, spec DatasetSpec) (*Dataset, error) {
	if spec.Through == 0 {
		spec.Through = snap.Head
	}
	if spec.Through > snap.Head {
		return nil, shop.Errorf(shop.BadUserInput, "through", "the lake ends at %d: %d is not there yet", snap.Head, spec.Through)
	}
	sums := spec.sums()
	dir := filepath.Join(l.root, "datasets", sums.name())
	d, err := openDataset(dir)
	if errors.Is(err, fs.ErrNotExist) {
		if err := l.buildDataset(ctx, snap, sums, dir); err != nil {
			return nil, fmt.Errorf("make training set %s: %w", sums.name(), err)
		}
		d, err = openDataset(dir)
	}
	if err != nil {
		return nil, err
	}
	d.Spec = spec
	return d, nil
}

// buildDataset makes the folder dir, whole or not at all.
func (l *Lake) buildDataset(ctx context.Context, snap *snapshot, spec DatasetSpec, dir string) error {
	tmp, err := aside(dir)
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	v, err := l.view(ctx, snap, kinds(CatalogueFile))
	if err != nil {
		return err
	}
	defer v.close()
	if err := v.defineTaste(ctx, l, spec, spec.Before); err != nil {
		return err
	}
	d := &Dataset{Name: spec.name(), Spec: spec, Through: spec.Through}
	reference := spec.Before
	if spec.EventHalfLife() > 0 && reference.IsZero() {
		if reference, err = v.moment(ctx, "SELECT max(occurred_at) FROM taste"); err != nil {
			return err
		}
	}
	entries := map[string]any{"At": reference.UnixMilli(), "HalfLife": spec.EventHalfLife().Milliseconds()}
	if err := v.exec(ctx, "dataset_entries", entries); err != nil {
		return err
	}
	if d.At, err = v.moment(ctx, "SELECT epoch_ms(max(last)) FROM entries"); err != nil {
		return err
	}
	if err := v.choose(ctx, l, nil); err != nil {
		return err
	}
	if d.recordedAt, err = v.moment(ctx, "SELECT arg_max(recorded_at, position) FROM lake WHERE position <= ?", int64(spec.Through)); err != nil {
		return err
	}
	files := map[string]any{"Users": filepath.Join(tmp, datasetUsers), "SKUs": filepath.Join(tmp, datasetSKUs),
		"Entries": filepath.Join(tmp, "entries.tmp")}
	if err := v.exec(ctx, "dataset_copy", files); err != nil {
		return err
	}
	return d.save(tmp, dir)
}

// moment returns a query's time, the zero time if there is none.
func (v *view) moment(ctx context.Context, query string, args ...any) (time.Time, error) {
	var at sql.NullTime
	if err := v.conn.QueryRowContext(ctx, query, args...).Scan(&at); err != nil {
		return time.Time{}, interrupted(ctx, err)
	}
	if !at.Valid {
		return time.Time{}, nil
	}
	return at.Time.UTC(), nil
}

// defineTaste makes the view taste of the events that a spec lets count. The
// view lake is of the catalogue's files before, and of all others after.
func (v *view) defineTaste(ctx context.Context, l *Lake, spec DatasetSpec, before time.Time) error {
	var types, rows []string
	for _, t := range shop.EventTypes {
		w, b := spec.Weights.Of(t, 3)
		_, five := spec.Weights.Of(t, 5)
		if w == 0 && b == 0 && five == 0 {
			continue
		}
		types = append(types, sqlText(string(t)))
		rows = append(rows, fmt.Sprintf("(%s, %v::DOUBLE, %v::DOUBLE, %v::DOUBLE)", sqlText(string(t)), w, b, (five-b)/2))
	}
	if len(rows) == 0 {
		return shop.Errorf(shop.BadUserInput, "weights", "no type of event has a weight: give one at least")
	}
	data := map[string]any{"Pieces": piecesSQL(spec.Quantity), "Through": int64(spec.Through), "Types": strings.Join(types, ", "), "Rows": strings.Join(rows, ", ")}
	if !before.IsZero() {
		data["Before"] = before.UnixMilli()
	}
	if err := v.exec(ctx, "joined", data); err != nil {
		return err
	}
	known := filesOf(func(f ParquetFile) bool { return f.Kind != CatalogueFile && f.Min <= spec.Through })
	if err := v.choose(ctx, l, known.within(time.Time{}, before)); err != nil {
		return err
	}
	if err := v.noteFilled(ctx, data, map[string]string{"Joined": "joined", "Forgotten": "forgotten"}); err != nil {
		return err
	}
	for _, name := range []string{"excluded", "weights"} {
		if err := v.exec(ctx, name, data); err != nil {
			return err
		}
	}
	if err := v.noteFilled(ctx, data, map[string]string{"Excluded": "excluded"}); err != nil {
		return err
	}
	return v.exec(ctx, "taste", data)
}

// piecesSQL is what an event's quantity multiplies its weight by, as shop.Weighing
// has it, over the events of taste.sql; empty for nothing.
func piecesSQL(q shop.Quantity) string {
	switch q {
	case shop.QuantityCapped:
		return fmt.Sprintf("least(greatest(coalesce(e.quantity, 1), 1), %d)", shop.QuantityCap)
	case shop.QuantityLog:
		return "(1 + log2(greatest(coalesce(e.quantity, 1), 1)))"
	}
	return ""
}

// noteFilled tells templates which tables have rows.
func (v *view) noteFilled(ctx context.Context, data map[string]any, tables map[string]string) error {
	for name, table := range tables {
		var n int64
		if err := v.conn.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&n); err != nil {
			return interrupted(ctx, err)
		}
		data[name] = n > 0
	}
	return nil
}

// Pairs are the pairs of users and products of a period, as numbers of a
// Dataset, sorted by user id and sku.
type Pairs struct {
	User []int32 // row of the training set; -1: the set does not know the user
	Item []int32 // column; -1: it does not know the product
	// How many users, products and pairs had a -1.
	UnknownUsers, UnknownItems, UnknownPairs int
}

// Pairs returns the distinct pairs whose events of the types occurred from a
// moment on and before another, in the lake as it is now, for judging what was
// trained on d. Events that were excluded from taste are not among them.
func (l *Lake) Pairs(ctx context.Context, d *Dataset, from, before time.Time, types ...shop.EventType) (*Pairs, error) {
	if !from.Before(before) {
		return nil, shop.Errorf(shop.BadUserInput, "from", "the period ends before it begins")
	}
	spec := DatasetSpec{Weighing: shop.Weighing{Weights: Weights{}}}
	for _, t := range types {
		spec.Weights[t] = 1
	}
	p := &Pairs{}
	err := l.read(ctx, func(snap *snapshot) error {
		spec.Through = snap.Head
		tmp, err := os.MkdirTemp(l.opts.TempDir, "also-pairs-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(tmp)
		v, err := l.view(ctx, snap, kinds(CatalogueFile))
		if err != nil {
			return err
		}
		defer v.close()
		if err := v.defineTaste(ctx, l, spec, before); err != nil {
			return err
		}
		path := filepath.Join(tmp, "pairs.parquet")
		data := map[string]any{"From": from.UnixMilli(), "Users": d.usersFile, "SKUs": d.skusFile, "Path": path}
		if err := v.exec(ctx, "pairs", data); err != nil {
			return err
		}
		p, err = readPairs(path)
		return err
	})
	return p, err
}
