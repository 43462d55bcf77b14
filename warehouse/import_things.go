package warehouse

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// thing is one row of a file of products or customers.
type thing struct {
	source int
	line   int64
	row    string            // all columns, as JSON
	fields map[string]string // by mapped field; empty where there is nothing
}

// thingRows is what sql/import_things.sql is filled in with.
type thingRows struct {
	eventRows
	Names []string // the mapped fields
}

// readThings calls f with each row of the files; f returns why the row cannot be
// taken, or nothing.
func (r *importRun) readThings(ctx context.Context, f func(thing) string) ([]Reject, error) {
	var rejects []Reject
	names := r.spec.fields()
	for i, s := range r.sources {
		r.progress(ImportProgress{Phase: "read", Rows: int64(len(r.sources)), Done: int64(i)})
		line := int64(0)
		if s.Format == "csv" {
			line = 1
		}
		first := len(rejects)
		var at []int64
		err := r.view.query(ctx, "import_things", thingRows{eventRows{importSource: s}, names}, func(scan func(...any) error) error {
			t := thing{source: i, fields: map[string]string{}}
			var n, breaks int64
			var failed string
			values := make([]string, len(names))
			targets := []any{&n, &breaks, &failed, &t.row}
			for k := range values {
				targets = append(targets, &values[k])
			}
			if err := scan(targets...); err != nil {
				return err
			}
			for k, name := range names {
				t.fields[name] = values[k]
			}
			line++
			t.line = line
			line += breaks
			r.report.Rows++
			reason := ""
			if failed != "" {
				reason = "error in " + failed
			} else {
				reason = f(t)
			}
			if reason != "" {
				rejects = append(rejects, Reject{s.Path, t.line, reason, t.row})
				at = append(at, t.line)
			}
			return nil
		})
		if err != nil {
			return nil, r.readFailure(ctx, s, err)
		}
		malformed, err := r.malformed(ctx, s)
		if err != nil {
			return nil, err
		}
		shiftLines(rejects[first:], malformed)
		r.report.Rows += int64(len(malformed))
		rejects = append(rejects, malformed...)
	}
	return rejects, nil
}

// shiftLines moves rows past the malformed lines before them, which the reader
// did not number.
func shiftLines(rejects, malformed []Reject) {
	for i := range rejects {
		for _, m := range malformed { // ascending
			if m.Line > rejects[i].Line {
				break
			}
			rejects[i].Line++
		}
	}
}

// malformed returns the lines of a file that are no rows, ascending.
func (r *importRun) malformed(ctx context.Context, s importSource) ([]Reject, error) {
	if s.Format != "csv" {
		return nil, nil
	}
	var out []Reject
	err := r.view.query(ctx, "import_malformed", nil, func(scan func(...any) error) error {
		m := Reject{Reason: "malformed row"}
		if err := scan(&m.File, &m.Line, &m.Row); err != nil {
			return err
		}
		if m.File == s.Path {
			out = append(out, m)
		}
		return nil
	})
	return out, err
}

// writeRejects writes the reject report and counts it.
func (r *importRun) writeRejects(rejects []Reject) error {
	r.report.Rejected = int64(len(rejects))
	for _, x := range rejects {
		r.report.Reasons[x.Reason]++
	}
	if len(rejects) == 0 {
		return nil
	}
	slices.SortStableFunc(rejects, func(a, b Reject) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return int(a.Line - b.Line)
	})
	r.report.RejectFile = r.rejectFile()
	f, err := os.Create(r.report.RejectFile)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	err = w.Write([]string{"file", "line", "reason", "row"})
	for _, x := range rejects {
		if err == nil {
			err = w.Write([]string{x.File, strconv.FormatInt(x.Line, 10), x.Reason, x.Row})
		}
	}
	w.Flush()
	if err == nil {
		err = w.Error()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("write the reject report: %w", err)
	}
	return nil
}

// attributes returns the attributes.<key> fields that have a value.
func (t thing) attributes() map[string]string {
	var out map[string]string
	for field, value := range t.fields {
		if key, is := strings.CutPrefix(field, attributePrefix); is && value != "" {
			if out == nil {
				out = map[string]string{}
			}
			out[key] = value
		}
	}
	return out
}
