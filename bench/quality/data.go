package main

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"also/engine/evaluate"
)

// dataSet is one that methods are judged on.
type dataSet struct {
	name string
	goal string // what was set out to be reached on it, in words; empty for nothing
	read func(root string) ([]split, error)
}

// sets are the data sets, by folder of the data's root.
var sets = []dataSet{
	{"gowalla", "Recall@20 ≥ .194, nDCG@20 ≥ .161", readGowalla},
	{"iowa-october", "Recall@20 ≥ .245, nDCG@20 ≥ .200", readIowa(month(2022, 10))},
	{"iowa-june-september", "Recall@20 ≥ .245", readIowa(month(2022, 6), month(2022, 7), month(2022, 8), month(2022, 9))},
	{"online-retail-november", "", readRetail(month(2011, 11))},
}

func month(year int, m time.Month) time.Time { return time.Date(year, m, 1, 0, 0, 0, 0, time.UTC) }

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

// readIowa reads iowa-liquor/sales.csv.gz: order lines with date, store, item and
// pieces.
func readIowa(cuts ...time.Time) func(string) ([]split, error) {
	return func(root string) ([]split, error) {
		h, err := readRows(root, "iowa-liquor", "sales.csv.gz", func(h *history, row []string) error {
			at, err := time.Parse(time.DateOnly, row[1])
			if quantity, _ := strconv.Atoi(row[4]); err == nil && quantity > 0 {
				h.add(row[2], row[3], at, quantity)
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
			quantity, _ := strconv.Atoi(row[3])
			price, _ := strconv.ParseFloat(row[5], 64)
			if row[6] == "" || strings.HasPrefix(row[0], "C") || quantity <= 0 || price <= 0 {
				return nil
			}
			at, err := time.Parse(time.DateTime, row[4])
			if err == nil {
				h.add(row[6], row[1], at, quantity)
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
		if err := take(h, row); err != nil {
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
