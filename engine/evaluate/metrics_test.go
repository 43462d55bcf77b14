package evaluate

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"also/engine"
)

func list(items ...int32) []engine.Scored {
	l := make([]engine.Scored, len(items))
	for k, i := range items {
		l[k] = engine.Scored{Item: i, Score: float32(len(items) - k)}
	}
	return l
}

// TestJudge works the metrics by hand: hits at places 2 and 4 of five, three
// items held out.
func TestJudge(t *testing.T) {
	got := Judge(list(9, 3, 8, 5, 7), []int32{3, 5, 6}, 5, false)
	gain := 1/math.Log2(3) + 1/math.Log2(5)
	ideal := 1/math.Log2(2) + 1/math.Log2(3) + 1/math.Log2(4)
	want := [...]float64{2. / 3, gain / ideal, 1, .5}
	for m, metric := range Metrics {
		if math.Abs(got[m]-want[m]) > 1e-12 {
			t.Errorf("%s: %g, want %g", metric, got[m], want[m])
		}
	}
	held := []int32{1, 2, 3, 4, 5, 6}
	if got := Judge(list(1, 2), held, 2, true)[0]; got != 1 {
		t.Errorf("truncated recall of a perfect list of 2: %g, want 1", got)
	}
	if got := Judge(list(1, 2), held, 2, false)[0]; got != 2./6 {
		t.Errorf("recall of a perfect list of 2: %g, want 1/3", got)
	}
	if got := Judge(list(1, 2), held, 2, false)[1]; got != 1 {
		t.Errorf("nDCG of a perfect list of 2: %g, want 1", got)
	}
	if got := Judge(nil, held, 2, false); got != [len(Metrics)]float64{} {
		t.Errorf("an empty list: %v, want zeros", got)
	}
}

func matrix(t *testing.T, rows, cols int, pairs ...[2]int32) *engine.Matrix {
	t.Helper()
	b := engine.NewBuilder(rows, cols)
	for _, p := range pairs {
		b.Add(p[0], p[1], 1, 1)
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// history: item 0 has users 0, 1, 2; item 1 users 0, 1; item 2 user 2; item 3
// nobody.
func smallHistory(t *testing.T) *engine.Matrix {
	return matrix(t, 4, 4, [2]int32{0, 0}, [2]int32{0, 1}, [2]int32{1, 0}, [2]int32{1, 1}, [2]int32{2, 0}, [2]int32{2, 2})
}

func TestEvaluatePopularity(t *testing.T) {
	history := smallHistory(t)
	// User 0 repeats item 0; user 3 has no history.
	held := matrix(t, 4, 4, [2]int32{0, 0}, [2]int32{0, 2}, [2]int32{1, 3}, [2]int32{3, 1})
	r, err := Evaluate(t.Context(), Popularity(history), history, held, Options{K: 2})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(r.Users, []int32{0, 1, 3}) {
		t.Errorf("judged users %v, want 0, 1, 3", r.Users)
	}
	// Lists: user 0 gets 2, 3; user 1 gets 2, 3; user 3 gets 0, 1.
	if got, want := r.Values(Recall), []float64{1, 1, 1}; !slices.Equal(got, want) {
		t.Errorf("recall %v, want %v", got, want)
	}
	if got, want := r.Values(MRR), []float64{1, .5, .5}; !slices.Equal(got, want) {
		t.Errorf("MRR %v, want %v", got, want)
	}
	if r.Values("nonsense") != nil {
		t.Error("an unknown metric has values")
	}
	r, err = Evaluate(t.Context(), Popularity(history), history, held, Options{K: 2, IncludeSeen: true})
	if err != nil {
		t.Fatal(err)
	}
	// Everyone gets 0, 1; user 0 holds out 0 and 2.
	if got, want := r.Values(Recall), []float64{.5, 0, 1}; !slices.Equal(got, want) {
		t.Errorf("recall with repeats %v, want %v", got, want)
	}
}

func TestListsByHand(t *testing.T) {
	history := smallHistory(t)
	held := matrix(t, 4, 4, [2]int32{3, 0})
	r, err := Evaluate(t.Context(), Popularity(history), history, held, Options{K: 2, Groups: []int32{1, 0, 0, -1}})
	if err != nil {
		t.Fatal(err)
	}
	check := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("%s %g, want %g", what, got, want)
		}
	}
	// One list: items 0 (3 of 4 users) and 1 (2 of 4).
	check("coverage", r.Lists.Coverage, 2./3)
	check("novelty", r.Lists.Novelty, (-math.Log2(3./4)-math.Log2(2./4))/2)
	check("diversity", r.Lists.Diversity, 1-2/math.Sqrt(6))
	check("popularity lift without history", r.Lists.PopularityLift, 0)
	first, second := 1., 1/math.Log2(3)
	check("exposure of group 1", r.Lists.Exposure[1], first/(first+second))
	check("exposure of group 0", r.Lists.Exposure[0], second/(first+second))
	held = matrix(t, 4, 4, [2]int32{2, 1})
	if r, err = Evaluate(t.Context(), Popularity(history), history, held, Options{K: 1}); err != nil {
		t.Fatal(err)
	}
	// The list is item 1 (2 users); user 2 took items of 3 users and of 1.
	check("popularity lift", r.Lists.PopularityLift, 1)
}

func TestEvaluateRefusesOtherShapes(t *testing.T) {
	var invalid *engine.InvalidError
	if _, err := Evaluate(t.Context(), Random(4, 1), smallHistory(t), matrix(t, 3, 4), Options{}); !errors.As(err, &invalid) {
		t.Errorf("error %v, want an InvalidError", err)
	}
}

func TestEvaluateIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	history := smallHistory(t)
	held := matrix(t, 4, 4, [2]int32{0, 2}, [2]int32{1, 3}, [2]int32{3, 1})
	var first *Report
	for workers := 1; workers <= 3; workers++ {
		r, err := Evaluate(t.Context(), Random(4, 5), history, held, Options{K: 2, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = r
		}
		if !slices.Equal(r.Values(NDCG), first.Values(NDCG)) {
			t.Errorf("%d workers: %v, with 1 %v", workers, r.Values(NDCG), first.Values(NDCG))
		}
	}
}

// rankOne ranks for one user.
func rankOne(s Scorer, u User, k int) (list []engine.Scored, err error) {
	err = s.NewRanker().Rank([]User{u}, k, nil, func(_ int, l []engine.Scored) { list = slices.Clone(l) })
	return list, err
}

func TestItemKNNByHand(t *testing.T) {
	knn := ItemKNN(smallHistory(t), 5)
	// Item 0 is like item 1 by 2/√6, like item 2 by 1/√3.
	got, err := rankOne(knn, User{History: []engine.Entry{{Col: 0, W: 1, B: 1}, {Col: 77}}, Exclude: []int32{0}}, 4)
	if err != nil {
		t.Fatal(err)
	}
	want := []engine.Scored{{Item: 1, Score: float32(2 / math.Sqrt(6))}, {Item: 2, Score: float32(1 / math.Sqrt(3))}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestInterval(t *testing.T) {
	values := make([]float64, 400)
	for k := range values {
		values[k] = float64(k % 2)
	}
	e := Interval(values, 1)
	// The mean of 400 fair coins: .5, deviation .025.
	if e.Mean != .5 || e.Users != 400 || math.Abs(e.Low-.451) > .01 || math.Abs(e.High-.549) > .01 {
		t.Errorf("got %+v, want about .5 [.451, .549]", e)
	}
	if again := Interval(values, 1); again != e {
		t.Errorf("the same seed gave %+v, then %+v", e, again)
	}
	if e := Interval(nil, 1); e != (Estimate{}) {
		t.Errorf("of nothing: %+v", e)
	}
}

func TestCompareIsPaired(t *testing.T) {
	report := func(users []int32, values []float64) *Report {
		r := &Report{Users: users}
		for m := range r.PerUser {
			r.PerUser[m] = values
		}
		return r
	}
	a := report([]int32{1, 2, 5}, []float64{.1, .9, .4})
	b := report([]int32{2, 5, 7}, []float64{1, .5, 0})
	e, err := Compare(a, b, Recall, 1)
	if err != nil || math.Abs(e.Mean-.1) > 1e-12 || math.Abs(e.Low-.1) > 1e-12 || math.Abs(e.High-.1) > 1e-12 || e.Users != 2 {
		t.Errorf("got %+v, %v, want .1 exactly over 2 users", e, err)
	}
	if _, err := Compare(a, report([]int32{9}, []float64{1}), Recall, 1); err == nil {
		t.Error("reports without a common user were compared")
	}
}

func TestByTime(t *testing.T) {
	train, test, err := ByTime([]Dated{{0, 0, 1, 1, 10}, {0, 1, 1, 1, 20}, {1, 1, 2, 2, 19}, {1, 1, 1, 1, 25}}, 2, 2, 20)
	if err != nil {
		t.Fatal(err)
	}
	if train.Entries() != 2 || test.Entries() != 2 {
		t.Errorf("%d before, %d after, want 2 and 2", train.Entries(), test.Entries())
	}
	if idx, w, _ := train.Row(1); len(idx) != 1 || idx[0] != 1 || w[0] != 2 {
		t.Errorf("user 1 before: %v %v", idx, w)
	}
}

func TestLeaveOneOut(t *testing.T) {
	entries := []Dated{{0, 0, 1, 1, 5}, {0, 1, 1, 1, 9}, {0, 2, 1, 1, 9}, {0, 2, 1, 1, 1}, {1, 0, 1, 1, 3}}
	train, test, err := LeaveOneOut(entries, 2, 3)
	if err != nil {
		t.Fatal(err)
	}
	if idx, _, _ := test.Row(0); !slices.Equal(idx, []int32{2}) {
		t.Errorf("held out of user 0: %v, want item 2, the higher of the last", idx)
	}
	if idx, _, _ := train.Row(0); !slices.Equal(idx, []int32{0, 1}) {
		t.Errorf("kept of user 0: %v, want items 0 and 1", idx)
	}
	if idx, _, _ := test.Row(1); len(idx) != 0 {
		t.Errorf("user 1, with one item, lost %v", idx)
	}
}

func TestStrongGeneralisation(t *testing.T) {
	b := engine.NewBuilder(20, 30)
	for u := range int32(20) {
		for i := range 10 {
			b.Add(u, (u+int32(i)*3)%30, 1, 1)
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	train, history, held, err := StrongGeneralisation(m, 5, .8, 3)
	if err != nil {
		t.Fatal(err)
	}
	out := 0
	for u := range m.Rows {
		a, _, _ := train.Row(u)
		h, _, _ := history.Row(u)
		o, _, _ := held.Row(u)
		if len(h) > 0 {
			out++
			if len(a) != 0 || len(h) != 8 || len(o) != 2 {
				t.Errorf("user %d: %d in train, %d known, %d held out, want 0, 8, 2", u, len(a), len(h), len(o))
			}
		} else if len(a) != 10 || len(o) != 0 {
			t.Errorf("user %d: %d in train, %d held out, want 10, 0", u, len(a), len(o))
		}
	}
	if out != 5 {
		t.Errorf("%d users held out, want 5", out)
	}
	if _, _, _, err := StrongGeneralisation(m, 21, .8, 3); err == nil {
		t.Error("more users than there are were held out")
	}
}

func TestHoldOut(t *testing.T) {
	m := smallHistory(t)
	train, held, err := HoldOut(m, .5, 1)
	if err != nil {
		t.Fatal(err)
	}
	for u := range 3 {
		a, _, _ := train.Row(u)
		b, _, _ := held.Row(u)
		if len(a) != 1 || len(b) != 1 {
			t.Errorf("user %d: %d kept, %d held out, want 1 and 1", u, len(a), len(b))
		}
	}
	if _, _, err := HoldOut(m, 1, 1); err == nil {
		t.Error("everything was held out")
	}
}

func TestReadLightGCN(t *testing.T) {
	train, test, err := ReadLightGCN(strings.NewReader("0 1 2 2\n1 0\n\n2\n"), strings.NewReader("0 4\n"))
	if err != nil {
		t.Fatal(err)
	}
	if train.Rows != 3 || train.Cols != 5 || test.Rows != 3 || test.Cols != 5 {
		t.Errorf("shapes %d×%d and %d×%d, want 3×5", train.Rows, train.Cols, test.Rows, test.Cols)
	}
	if idx, w, _ := train.Row(0); !slices.Equal(idx, []int32{1, 2}) || w[1] != 1 {
		t.Errorf("user 0: %v %v, want items 1, 2 of weight 1", idx, w)
	}
	for _, bad := range []string{"0 x\n", "-1 2\n", "0 2147483647\n"} {
		if _, _, err := ReadLightGCN(strings.NewReader("0 1\n"), strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "read test: line 1") {
			t.Errorf("%q: error %v, want one that names the file and line", bad, err)
		}
	}
}

func FuzzReadLightGCN(f *testing.F) {
	f.Add("0 1 2\n1 5\n", "0 3")
	f.Fuzz(func(t *testing.T, train, test string) {
		for _, s := range []string{train, test} {
			for _, word := range strings.Fields(s) {
				if len(word) > 4 {
					t.Skip() // shapes that do not fit into memory
				}
			}
		}
		a, b, err := ReadLightGCN(strings.NewReader(train), strings.NewReader(test))
		if err != nil {
			return
		}
		for _, m := range []*engine.Matrix{a, b} {
			if err := m.Validate(); err != nil {
				t.Error(err)
			}
		}
	})
}
