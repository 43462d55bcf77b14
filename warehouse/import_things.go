package warehouse

import (
	"cmp"
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
	n      int64             // its number in the file, from 1
	row    string            // all columns, as JSON
	fields map[string]string // by mapped field; empty where there is nothing
}

// thingRows is what sql/import_things.sql is filled in with.
type thingRows struct {
	eventRows
	Names []string // the mapped fields
}

// readStep is how many rows of products or customers are read between two words of progress.
const readStep = 1000

// readThings calls f with each row of the files; f returns why the row cannot be
// taken, or nothing.
func (r *importRun) readThings(ctx context.Context, f func(thing) string) ([]Reject, error) {
	var rejects []Reject
	names := r.spec.fields()
	for i, s := range r.sources {
		r.progress(ImportProgress{Phase: "read", Done: r.report.Rows})
		lines := lineCount{}
		if s.Format == "csv" {
			lines.header = 1
		}
		first := len(rejects)
		err := r.view.query(ctx, "import_things", thingRows{eventRows{importSource: s}, names}, func(scan func(...any) error) error {
			t := thing{source: i, fields: map[string]string{}}
			var breaks int64
			var reason string
			values := make([]string, len(names))
			targets := []any{&t.n, &breaks, &reason, &t.row}
			for k := range values {
				targets = append(targets, &values[k])
			}
			if err := scan(targets...); err != nil {
				return err
			}
			for k, name := range names {
				t.fields[name] = values[k]
			}
			lines.add(t.n, breaks)
			if r.report.Rows++; r.report.Rows%readStep == 0 {
				r.progress(ImportProgress{Phase: "read", Done: r.report.Rows})
			}
			if reason == "" {
				reason = f(t)
			}
			if reason != "" {
				rejects = append(rejects, Reject{s.Path, t.n, reason, t.row})
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
		lines.malformed(malformed)
		for k := range rejects[first:] {
			rejects[first+k].Line = lines.of(rejects[first+k].Line)
		}
		r.lines = append(r.lines, lines)
		r.report.Rows += int64(len(malformed))
		rejects = append(rejects, malformed...)
	}
	return rejects, nil
}

// lineCount finds the line at which a row of a file begins from its number
// among the rows: past the header, the malformed lines before it, and the line breaks inside earlier rows.
type lineCount struct {
	header int64
	broken [][2]int64 // rows with line breaks inside: number, how many up to and with it
	places []int64    // for each malformed line, the number of the next row
}

func (l *lineCount) add(n, breaks int64) {
	if breaks == 0 {
		return
	}
	if len(l.broken) > 0 {
		breaks += l.broken[len(l.broken)-1][1]
	}
	l.broken = append(l.broken, [2]int64{n, breaks})
}

// breaksBefore returns how many line breaks there are inside the rows before row n.
func (l *lineCount) breaksBefore(n int64) int64 {
	i, _ := slices.BinarySearchFunc(l.broken, n, func(b [2]int64, n int64) int { return cmp.Compare(b[0], n) })
	if i == 0 {
		return 0
	}
	return l.broken[i-1][1]
}

// malformed takes note of the lines that are no rows, ascending, which come with
// their number among rows and malformed lines, and turns that into the line.
func (l *lineCount) malformed(lines []Reject) {
	for i := range lines {
		place := lines[i].Line - l.header - int64(i)
		l.places = append(l.places, place)
		lines[i].Line += l.breaksBefore(place)
	}
}

func (l *lineCount) of(n int64) int64 {
	before, _ := slices.BinarySearch(l.places, n+1) // those whose next row is n or an earlier one
	return n + l.header + int64(before) + l.breaksBefore(n)
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
