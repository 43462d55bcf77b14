package evaluate

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"also/engine"
)

// Dated is an entry and its moment, in any unit that orders.
type Dated struct {
	User, Item int32
	W, B       float32
	At         int64
}

// ByTime splits entries into those before cut and the rest, each summed into a
// rows×cols matrix. Its error is that of an engine.Builder.
func ByTime(entries []Dated, rows, cols int, cut int64) (train, test *engine.Matrix, err error) {
	return split(entries, rows, cols, func(_ int, e Dated) bool { return e.At >= cut })
}

// LeaveOneOut holds out each user's last entry, among equals that of the
// highest item; a user with entries on a single item keeps it. Earlier entries
// of a held-out pair are held out with it, so that the pair is new.
func LeaveOneOut(entries []Dated, rows, cols int) (train, test *engine.Matrix, err error) {
	last := map[int32]Dated{}
	several := map[int32]bool{}
	for _, e := range entries {
		l, known := last[e.User]
		if known && l.Item != e.Item {
			several[e.User] = true
		}
		if !known || cmp.Or(cmp.Compare(e.At, l.At), cmp.Compare(e.Item, l.Item)) > 0 {
			last[e.User] = e
		}
	}
	return split(entries, rows, cols, func(_ int, e Dated) bool {
		return several[e.User] && last[e.User].Item == e.Item
	})
}

func split(entries []Dated, rows, cols int, held func(int, Dated) bool) (train, test *engine.Matrix, err error) {
	a, b := engine.NewBuilder(rows, cols), engine.NewBuilder(rows, cols)
	for k, e := range entries {
		to := a
		if held(k, e) {
			to = b
		}
		to.Add(e.User, e.Item, e.W, e.B)
	}
	if train, err = a.Build(); err != nil {
		return nil, nil, err
	}
	if test, err = b.Build(); err != nil {
		return nil, nil, err
	}
	return train, test, nil
}

// StrongGeneralisation holds out whole users: users of them, drawn by the
// seed among those with two entries or more, are missing from train. The given
// share of each one's entries (at least one, never all) is their history, the
// rest is held out. All three matrices have the shape of m.
func StrongGeneralisation(m *engine.Matrix, users int, share float64, seed uint64) (train, history, held *engine.Matrix, err error) {
	rng := rand.New(rand.NewPCG(seed, uint64(m.Rows)))
	var eligible []int32
	for u := range m.Rows {
		if m.Ptr[u+1]-m.Ptr[u] >= 2 {
			eligible = append(eligible, int32(u))
		}
	}
	if users < 1 || users > len(eligible) || !(share > 0 && share < 1) {
		return nil, nil, nil, &engine.InvalidError{Field: "split", Message: "asks for more users than have two entries, or a share outside 0 to 1"}
	}
	rng.Shuffle(len(eligible), func(i, k int) { eligible[i], eligible[k] = eligible[k], eligible[i] })
	chosen := engine.NewBitmap(m.Rows)
	for _, u := range eligible[:users] {
		chosen.Set(u)
	}
	var parts [3]*engine.Builder
	for k := range parts {
		parts[k] = engine.NewBuilder(m.Rows, m.Cols)
	}
	var row []engine.Entry
	for u := range m.Rows {
		row = m.AppendRow(row[:0], u)
		if !chosen.Has(int32(u)) {
			addRow(parts[0], u, row)
			continue
		}
		rng.Shuffle(len(row), func(i, k int) { row[i], row[k] = row[k], row[i] })
		known := min(len(row)-1, max(1, int(share*float64(len(row))+.5)))
		addRow(parts[1], u, row[:known])
		addRow(parts[2], u, row[known:])
	}
	var built [3]*engine.Matrix
	for k, b := range parts {
		if built[k], err = b.Build(); err != nil {
			return nil, nil, nil, err
		}
	}
	return built[0], built[1], built[2], nil
}

func addRow(b *engine.Builder, u int, row []engine.Entry) {
	for _, e := range row {
		b.Add(int32(u), e.Col, e.W, e.B)
	}
}

// HoldOut holds out the given share of each user's entries by chance, rounded,
// leaving each at least one: a validation part for data without dates. Its
// bias is known: it prefers larger models than a cut by time does.
func HoldOut(m *engine.Matrix, share float64, seed uint64) (train, held *engine.Matrix, err error) {
	if !(share > 0 && share < 1) {
		return nil, nil, &engine.InvalidError{Field: "share", Message: "must be between 0 and 1"}
	}
	rng := rand.New(rand.NewPCG(seed, uint64(m.Rows)))
	a, b := engine.NewBuilder(m.Rows, m.Cols), engine.NewBuilder(m.Rows, m.Cols)
	var row []engine.Entry
	for u := range m.Rows {
		row = m.AppendRow(row[:0], u)
		rng.Shuffle(len(row), func(i, k int) { row[i], row[k] = row[k], row[i] })
		out := max(0, min(len(row)-1, int(share*float64(len(row))+.5)))
		addRow(b, u, row[:out])
		addRow(a, u, row[out:])
	}
	if train, err = a.Build(); err != nil {
		return nil, nil, err
	}
	if held, err = b.Build(); err != nil {
		return nil, nil, err
	}
	return train, held, nil
}

// sortedSet sorts and removes repeats, in place.
func sortedSet(items []int32) []int32 {
	slices.Sort(items)
	return slices.Compact(items)
}
