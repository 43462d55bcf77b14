package main

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"also/engine"
	"also/engine/evaluate"
	"also/engine/tune"
)

// dataSet is one that methods are judged on.
type dataSet struct {
	name string
	read func(root string) ([]split, error)
}

// split is a part to learn from and one to foretell: pairs that are new.
type split struct {
	name        string
	train, held *engine.Matrix
	dates       engine.Dates
	days        float64
	log         *history // nil where there are no dates
	cut         time.Time
}

// sets are the data sets, by folder of the data's root.
var sets = []dataSet{
	{"gowalla", readGowalla},
	{"iowa-october", readIowa(month(2022, 10))},
	{"iowa-june-september", readIowa(month(2022, 6), month(2022, 7), month(2022, 8), month(2022, 9))},
	{"online-retail-november", readRetail(month(2011, 11))},
}

func month(year int, m time.Month) time.Time { return time.Date(year, m, 1, 0, 0, 0, 0, time.UTC) }

// history is what users did, in order of nothing.
type history struct {
	users, items map[string]int32
	events       []event
}

type event struct {
	user, item int32
	at         int64 // milliseconds
}

func (h *history) add(user, item string, at time.Time) {
	number := func(m map[string]int32, key string) int32 {
		n, known := m[key]
		if !known {
			n = int32(len(m))
			m[key] = n
		}
		return n
	}
	h.events = append(h.events, event{number(h.users, user), number(h.items, item), at.UnixMilli()})
}

const dayMillis = 86_400_000

// at cuts the history: what comes before a moment, of which an entry's weight is the
// sum of its events, each half after some days, 1 at most; and the pairs that are new
// from then on and before another.
func (h *history) at(cut, until time.Time, halfLife float64) (split, error) {
	s := split{name: cut.Format("2006-01"), log: h, cut: cut}
	type pair struct{ user, item int32 }
	first, weight := map[pair]int64{}, map[pair]float64{}
	now := cut.UnixMilli()
	oldest := int64(math.MaxInt64)
	for _, e := range h.events {
		p := pair{e.user, e.item}
		if at, known := first[p]; !known || e.at < at {
			first[p] = e.at
		}
		oldest = min(oldest, e.at)
		if e.at < now {
			w := 1.0
			if halfLife > 0 {
				w = math.Exp2(-float64(now-e.at) / dayMillis / halfLife)
			}
			weight[p] += w
		}
	}
	a, b := engine.NewBuilder(len(h.users), len(h.items)), engine.NewBuilder(len(h.users), len(h.items))
	for p, at := range first {
		switch {
		case at < now:
			w := float32(min(1, weight[p]))
			a.Add(p.user, p.item, w, w)
		case at < until.UnixMilli():
			b.Add(p.user, p.item, 1, 1)
		}
	}
	var err error
	if s.train, err = a.Build(); err != nil {
		return s, err
	}
	if s.held, err = b.Build(); err != nil {
		return s, err
	}
	s.dates = engine.Dates{First: make([]int64, s.train.Entries()), Now: now}
	for u := range s.train.Rows {
		items, _, _ := s.train.Row(u)
		for k, i := range items {
			s.dates.First[s.train.Ptr[u]+int64(k)] = first[pair{int32(u), i}]
		}
	}
	s.days = float64(now-oldest) / dayMillis
	return s, nil
}

// validation returns splits of what comes before the test, to search on.
func (s split) validation(halfLife float64, seed uint64) ([]tune.Split, error) {
	if s.log == nil {
		var splits []tune.Split
		for k, name := range []string{"clusters", "chance"} {
			train, held, err := evaluate.HoldOutUsers(s.train, .2, 2500, k == 0, seed+uint64(k))
			if err != nil {
				return nil, err
			}
			splits = append(splits, tune.Split{Name: name, Train: train, Held: held})
		}
		return splits, nil
	}
	var splits []tune.Split
	for back := 3; back > 0; back-- {
		one, err := s.log.at(s.cut.AddDate(0, -back, 0), s.cut.AddDate(0, 1-back, 0), halfLife)
		if err != nil {
			return nil, err
		}
		splits = append(splits, tune.Split{Name: one.name, Train: one.train, Held: one.held, Dates: one.dates})
	}
	return splits, nil
}

// months cuts a history at the beginnings of months.
func (h *history) months(cuts []time.Time) ([]split, error) {
	var splits []split
	for _, cut := range cuts {
		s, err := h.at(cut, cut.AddDate(0, 1, 0), 0)
		if err != nil {
			return nil, err
		}
		splits = append(splits, s)
	}
	return splits, nil
}

// readGowalla reads gowalla/train.txt.gz and test.txt.gz.
func readGowalla(root string) ([]split, error) {
	var files [2]io.ReadCloser
	for k, name := range []string{"train.txt.gz", "test.txt.gz"} {
		var err error
		if files[k], err = open(root, "gowalla", name); err != nil {
			return nil, err
		}
		defer files[k].Close()
	}
	train, held, err := evaluate.ReadLightGCN(files[0], files[1])
	return []split{{name: "test", train: train, held: held}}, err
}

// readIowa reads iowa-liquor/sales.csv.gz: order lines with date, store and item.
func readIowa(cuts ...time.Time) func(string) ([]split, error) {
	return func(root string) ([]split, error) {
		h, err := readRows(root, "iowa-liquor", "sales.csv.gz", func(h *history, row []string) error {
			at, err := time.Parse(time.DateOnly, row[1])
			if quantity, _ := strconv.ParseFloat(row[4], 64); err == nil && quantity > 0 {
				h.add(row[2], row[3], at)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		return h.months(cuts)
	}
}

// readRetail reads online-retail/online_retail.csv.gz, without lines that name no
// customer, are cancelled, or have no quantity or price.
func readRetail(cuts ...time.Time) func(string) ([]split, error) {
	return func(root string) ([]split, error) {
		h, err := readRows(root, "online-retail", "online_retail.csv.gz", func(h *history, row []string) error {
			quantity, _ := strconv.ParseFloat(row[3], 64)
			price, _ := strconv.ParseFloat(row[5], 64)
			if row[6] == "" || strings.HasPrefix(row[0], "C") || quantity <= 0 || price <= 0 {
				return nil
			}
			at, err := time.Parse(time.DateTime, row[4])
			if err == nil {
				h.add(row[6], row[1], at)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		return h.months(cuts)
	}
}

func readRows(root, dir, name string, take func(*history, []string) error) (*history, error) {
	f, err := open(root, dir, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows := csv.NewReader(f)
	rows.ReuseRecord = true
	if _, err := rows.Read(); err != nil { // names
		return nil, err
	}
	h := &history{users: map[string]int32{}, items: map[string]int32{}}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return h, nil
		}
		if err != nil {
			return nil, err
		}
		copied := make([]string, len(row))
		for k, v := range row {
			copied[k] = strings.Clone(v)
		}
		if err := take(h, copied); err != nil {
			line, _ := rows.FieldPos(0)
			return nil, fmt.Errorf("line %d of %s: %w", line, name, err)
		}
	}
}

// open reads a gzipped file.
func open(root, dir, name string) (io.ReadCloser, error) {
	f, err := os.Open(filepath.Join(root, dir, name))
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{z, f}, nil
}
