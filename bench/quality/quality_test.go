package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"also/engine"
	"also/engine/evaluate"
	"also/shop"
)

func day(n int) time.Time { return time.Date(2022, 1, 1+n, 0, 0, 0, 0, time.UTC) }

// A cut weighs what came before it as a shop would, and asks for pairs that are new.
func TestHistoryIsCutByTime(t *testing.T) {
	h := &history{users: map[string]int32{}, items: map[string]int32{}}
	h.add("u", "old", day(0), 4)
	h.add("u", "old", day(20), 1)
	h.add("u", "old", day(40), 1) // bought again: not new
	h.add("u", "new", day(45), 1)
	h.add("u", "later", day(70), 1) // past the end
	f := func(g shop.Weighing, want float64) {
		t.Helper()
		s, err := h.at(day(30), day(60), g)
		if err != nil {
			t.Fatal(err)
		}
		items, w, _ := s.train.Row(0)
		if !slices.Equal(items, []int32{0}) || math.Abs(float64(w[0])-want) > 1e-6 {
			t.Errorf("%+v: learns from %v of weights %v, want %g", g, items, w, want)
		}
		if held, _, _ := s.held.Row(0); !slices.Equal(held, []int32{1}) {
			t.Errorf("asks for %v, want the new one", held)
		}
		if s.days != 30 || s.dates.First[0] != day(0).UnixMilli() {
			t.Errorf("%g days, first met at %d", s.days, s.dates.First[0])
		}
	}
	f(shop.Weighing{}, 1)
	f(shop.Weighing{HalfLifeDays: 10, Ages: shop.AgesEvent}, .125+.5)
	f(shop.Weighing{HalfLifeDays: 10}, .5)
	f(shop.Weighing{Repeats: shop.RepeatsLog, Quantity: shop.QuantityLog}, math.Log2(1+3+1))
}

// A search may not look at the month that tests what it finds.
func TestValidationEndsBeforeTheTest(t *testing.T) {
	h := sampleHistory()
	cut := month(2022, 8)
	splits, err := h.months([]time.Time{cut})
	if err != nil {
		t.Fatal(err)
	}
	judged, err := splits[0].validation(shop.Weighing{})
	if err != nil || len(judged) != validationMonths {
		t.Fatalf("%d splits, %v", len(judged), err)
	}
	for k, s := range judged {
		from := cut.AddDate(0, k-validationMonths, 0)
		if s.Name != from.Format("2006-01") || s.Dates.Now != from.UnixMilli() {
			t.Errorf("split %d is %s", k, s.Name)
		}
		for _, e := range h.events {
			held, _, _ := s.Held.Row(int(e.user))
			if slices.Contains(held, e.item) && slices.Max(s.Dates.First) >= from.UnixMilli() {
				t.Errorf("%s learns from what it is asked for", s.Name)
			}
		}
		for u := range s.Held.Rows {
			for _, item := range row0(s.Held.Row(u)) {
				if !slices.ContainsFunc(h.events, func(e event) bool {
					return int(e.user) == u && e.item == item && e.at >= from.UnixMilli() && e.at < from.AddDate(0, 1, 0).UnixMilli()
				}) {
					t.Errorf("%s asks for what was not bought in it", s.Name)
				}
			}
		}
	}
}

func row0(idx []int32, _, _ []float32) []int32 { return idx }

// sampleHistory is of customers who like what is of their own parity, over eight months.
func sampleHistory() *history {
	h := &history{users: map[string]int32{}, items: map[string]int32{}}
	for u := range 60 {
		for k := range 24 {
			item := u%2 + 2*((u*7+k*3)%25)
			h.add(fmt.Sprint("u", u), fmt.Sprint("i", item), day((u*13+k*10)%240), 1+k%3)
		}
	}
	return h
}

func gzipped(t *testing.T, root, dir, name, text string) {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, dir, name), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestReaders(t *testing.T) {
	root := t.TempDir()
	gzipped(t, root, "iowa-liquor", "sales.csv.gz", "invoice,date,store,item,bottles\n"+
		"1,2022-01-05,s1,a,6\n2,2022-01-06,s1,b,-6\n3,2022-02-03,s1,c,1\n4,2022-02-04,s2,a,1\n")
	gzipped(t, root, "online-retail", "online_retail.csv.gz", "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"+
		"1,a,,2,2011-10-05 10:00:00,1.5,c1,X\nC2,b,,2,2011-10-05 10:00:00,1.5,c1,X\n3,b,,2,2011-10-06 10:00:00,1.5,,X\n"+
		"4,b,,2,2011-10-06 10:00:00,0,c1,X\n5,c,,1,2011-11-06 10:00:00,1.5,c1,X\n")
	gzipped(t, root, "gowalla", "train.txt.gz", "0 1 2\n1 0\n")
	gzipped(t, root, "gowalla", "test.txt.gz", "0 0\n")
	f := func(read func(string) ([]split, error), entries, held int) {
		t.Helper()
		splits, err := read(root)
		if err != nil || len(splits) != 1 {
			t.Fatalf("%d splits, %v", len(splits), err)
		}
		if got := splits[0].train.Entries(); got != entries {
			t.Errorf("%d entries to learn from, want %d", got, entries)
		}
		if got := splits[0].held.Entries(); got != held {
			t.Errorf("%d entries to ask for, want %d", got, held)
		}
	}
	f(readIowa(month(2022, 2)), 1, 2)
	f(readRetail(month(2011, 11)), 1, 1)
	f(readGowalla, 3, 1)
	gzipped(t, root, "iowa-liquor", "sales.csv.gz", "invoice,date,store,item,bottles\n1,yesterday,s1,a,6\n")
	if _, err := readIowa(month(2022, 2))(root); err == nil || !strings.Contains(err.Error(), "line 2 of sales.csv.gz") {
		t.Errorf("a row without a date: %v", err)
	}
}

// The table has a row for every method, searches, and compares each with what it says.
func TestContest(t *testing.T) {
	h := sampleHistory()
	set := dataSet{name: "sample", goal: "something", read: func(string) ([]split, error) { return h.months([]time.Time{month(2022, 6), month(2022, 7)}) }}
	dir := t.TempDir()
	var out bytes.Buffer
	opts := options{budget: time.Minute, trials: 3, tuned: dir, parts: true}
	rows, err := run(context.Background(), &out, []dataSet{set}, opts)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]row{}
	for _, r := range rows {
		by[r.Method] = r
	}
	for _, method := range []string{plainIALS, "popularity", "item-kNN", "EASE", defaults, "  without gain", tuned} {
		r, judged := by[method]
		if !judged || !(r.Recall > 0 && r.Recall <= 1 && r.NDCG > 0 && r.Coverage > 0) || !strings.Contains(out.String(), method) {
			t.Errorf("%s: %+v", method, r)
		}
		if by := r.NDCG - by[r.Against].NDCG; r.Against == plainIALS && math.Abs(by-r.NDCGBy[0]) > .02 { // users of splits count alike there
			t.Errorf("%s differs from %s by %g and by %g", method, r.Against, by, r.NDCGBy[0])
		}
		if !(r.NDCGBy[1] <= r.NDCGBy[0] && r.NDCGBy[0] <= r.NDCGBy[2]) {
			t.Errorf("%s has the interval %v", method, r.NDCGBy)
		}
	}
	if by[plainIALS].NDCGBy != (interval{}) || by["  without gain"].Against == plainIALS {
		t.Errorf("compared are %+v, %+v", by[plainIALS], by["  without gain"])
	}
	// The file of the search is what a later run without one judges.
	opts.budget, opts.parts = 0, false
	again, err := run(context.Background(), &out, []dataSet{set}, opts)
	if err != nil {
		t.Fatal(err)
	}
	last := again[len(again)-1]
	if last.Method != tuned || last.Recall != by[tuned].Recall || last.Config != by[tuned].Config {
		t.Errorf("judged from the file: %+v, right after the search %+v", last, by[tuned])
	}
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	var out bytes.Buffer
	rows, err := run(context.Background(), &out, sets, options{root: t.TempDir()})
	if err != nil || len(rows) != 0 || strings.Count(out.String(), "LEFT OUT") != len(sets) {
		t.Errorf("%d rows, %v\n%s", len(rows), err, out.String())
	}
	small := contest{reports: map[string][]*evaluate.Report{}}
	if d := small.difference("a", "b", evaluate.NDCG); d != (interval{}) {
		t.Errorf("nothing differs from nothing by %v", d)
	}
}

// What a method answers from is weighed as it learnt it, as it is where it serves.
func TestMethodsAnswerFromTheirOwnHistories(t *testing.T) {
	h := sampleHistory()
	splits, err := h.months([]time.Time{month(2022, 8)})
	if err != nil {
		t.Fatal(err)
	}
	aged, err := splits[0].weighed(shop.Weighing{HalfLifeDays: 10})
	if err != nil {
		t.Fatal(err)
	}
	c := &contest{set: dataSet{name: "sample"}, splits: splits, out: io.Discard, reports: map[string][]*evaluate.Report{}}
	f := func(method string, history *engine.Matrix, want *engine.Matrix) {
		t.Helper()
		seen := &recorder{items: want.Cols}
		err := c.enter(t.Context(), method, method, func(context.Context, split) (entry, error) { return entry{Scorer: seen, history: history}, nil })
		if err != nil {
			t.Fatal(err)
		}
		if len(seen.asked) == 0 {
			t.Fatal("nobody was asked")
		}
		for _, u := range seen.asked {
			if !slices.Equal(u.History, want.AppendRow(nil, int(u.Row))) {
				t.Errorf("%s: user %d answers from %v", method, u.Row, u.History)
			}
		}
	}
	f("its own", aged.train, aged.train)
	f("the split's", nil, splits[0].train)
}

// recorder notes who was asked, and ranks nothing.
type recorder struct {
	items int
	mu    sync.Mutex
	asked []evaluate.User
}

func (r *recorder) Items() int { return r.items }

func (r *recorder) NewRanker() evaluate.Ranker { return r }

func (r *recorder) Rank(users []evaluate.User, _ int, _ *engine.Bitmap, emit func(int, []engine.Scored)) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for at, u := range users {
		u.History = slices.Clone(u.History)
		r.asked = append(r.asked, u)
		emit(at, nil)
	}
	return nil
}
