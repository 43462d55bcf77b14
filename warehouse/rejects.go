package warehouse

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"also/shop"
)

// Code is the reason in a form for programs: MISSING_SKU for "missing sku". What
// the store answered, which is a sentence, is REFUSED.
func (r Reject) Code() string {
	if strings.HasPrefix(r.Reason, "error in ") {
		return "EXPRESSION_FAILED"
	}
	if len(strings.Fields(r.Reason)) > 3 || strings.IndexFunc(r.Reason, func(c rune) bool { return c != ' ' && c != '-' && !unicode.IsLower(c) }) >= 0 {
		return "REFUSED"
	}
	return strings.ToUpper(strings.NewReplacer(" ", "_", "-", "_").Replace(r.Reason))
}

// Rejects calls f with the rejected rows of an import, by line, until f fails. There are none
// of an import that is not over or rejected nothing.
func (l *Lake) Rejects(ctx context.Context, id string, f func(Reject) error) error {
	if _, err := shop.ParseUUID(id); err != nil {
		return shop.Errorf(shop.NotFound, "id", "there is no import %q", id)
	}
	file, err := os.Open(filepath.Join(l.importFolder(id), rejectsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the rejects of import %s: %w", id, err)
	}
	defer file.Close()
	in := csv.NewReader(file)
	in.FieldsPerRecord, in.ReuseRecord = 4, true
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the rejects of import %s: %w", id, err)
		}
		if n == 0 {
			continue // the header
		}
		line, err := strconv.ParseInt(row[1], 10, 64)
		if err != nil {
			return fmt.Errorf("read the rejects of import %s: %w", id, err)
		}
		if err := f(Reject{File: row[0], Line: line, Reason: row[2], Row: row[3]}); err != nil {
			return err
		}
	}
}

// RemoveImport removes what is kept of an import beside what it imported: its
// report and its rejects.
func (l *Lake) RemoveImport(id string) error {
	if _, err := shop.ParseUUID(id); err != nil {
		return shop.Errorf(shop.NotFound, "id", "there is no import %q", id)
	}
	return os.RemoveAll(l.importFolder(id))
}
