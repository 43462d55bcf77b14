package warehouse

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"also/shop"
)

// chunkRows is about how many events of an import are in memory at a time; a
// day is never divided.
const chunkRows = 500_000

// eventRows is what sql/import_events.sql is filled in with.
type eventRows struct {
	importSource
	Currency            string
	Types, ProductTypes string
	MinorFactors        string
	Latest              int64
	IDPrefix            string
	Out                 string
}

// triedField is a field whose expression might fail.
type triedField struct{ Field, Column, Expression string }

// Tried lists the fields whose expressions might fail, by name.
func (e eventRows) Tried() []triedField {
	var tried []triedField
	for field, f := range e.Fields {
		if !f.Safe {
			tried = append(tried, triedField{field, "__" + field, f.Expression})
		}
	}
	slices.SortFunc(tried, func(a, b triedField) int { return strings.Compare(a.Field, b.Field) })
	return tried
}

// Value is the SQL of a field's value: NULL for one that is not mapped.
func (e eventRows) Value(field string) string {
	f, ok := e.Fields[field]
	switch {
	case !ok:
		return "NULL"
	case f.Safe:
		return "(\n" + f.Expression + "\n)"
	}
	return sqlName("__"+field) + ".v"
}

// events imports events: each file is read, judged and written aside, then the
// days are sorted out some at a time.
func (r *importRun) events(ctx context.Context) error {
	if err := r.stageEvents(ctx); err != nil {
		return err
	}
	if err := r.countReasons(ctx); err != nil {
		return err
	}
	if !r.spec.DryRun {
		if err := r.identify(ctx); err != nil {
			return err
		}
	} else if err := r.view.exec(ctx, "import_people", nil, []string{}, []int64{}); err != nil {
		return err
	}
	var files []ParquetFile
	err := r.lake.read(ctx, func(snap *snapshot) (err error) {
		files, err = r.writeDays(ctx, snap)
		return err
	})
	if err != nil {
		return err
	}
	return r.publish(ctx, files)
}

// importable reports whether rows may say that an event of type t happened. One
// that names another event cannot be imported: rows do not know our ids.
func importable(t shop.EventType) bool { return t.Reportable() && t != shop.ExcludedFromTaste }

// stageEvents reads the files.
func (r *importRun) stageEvents(ctx context.Context) error {
	rows := eventRows{Currency: r.spec.Currency, MinorFactors: minorFactors(), IDPrefix: r.idPrefix(),
		Types:        typeList(importable),
		ProductTypes: typeList(func(t shop.EventType) bool { return importable(t) && t.NeedsProduct() }),
		Latest:       r.lake.opts.Now().Add(24 * time.Hour).UnixMilli()}
	var staged []string
	malformed := false
	for i, s := range r.sources {
		rows.importSource, rows.Out = s, filepath.Join(r.dir, fmt.Sprintf("staged-%d.parquet", i))
		if err := r.counting(func() error { return r.view.exec(ctx, "import_events", rows) }); err != nil {
			return r.readFailure(ctx, s, err)
		}
		staged = append(staged, rows.Out)
		malformed = malformed || s.Format == "csv"
	}
	return r.view.exec(ctx, "import_staged", map[string]any{"Staged": staged, "Files": r.sources, "Malformed": malformed})
}

// readFailure names the file that could not be read.
func (r *importRun) readFailure(ctx context.Context, s importSource, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &shop.Error{Code: shop.BadUserInput, Field: fmt.Sprintf("files.%d", s.Number), Message: s.Name + " cannot be read to its end", Err: err}
}

// countReasons counts the rows, and writes the reject report if there are any.
func (r *importRun) countReasons(ctx context.Context) error {
	err := r.view.query(ctx, "import_reasons", nil, func(scan func(...any) error) error {
		var reason string
		var n int64
		if err := scan(&reason, &n); err != nil {
			return err
		}
		r.report.Rows += n
		if reason != "" {
			r.report.Reasons[reason] += n
			r.report.Rejected += n
		}
		return nil
	})
	if err != nil || r.report.Rejected == 0 {
		return err
	}
	r.report.RejectFile = r.rejectFile()
	return r.view.exec(ctx, "import_rejects", map[string]any{"Out": r.report.RejectFile})
}

// identify makes the table people: the users of the shop's own customer ids.
func (r *importRun) identify(ctx context.Context) error {
	r.progress(ImportProgress{Phase: "check", Rows: r.report.Rows, Done: r.report.Rejected})
	q, err := statement("import_customers", nil)
	if err != nil {
		return err
	}
	ids, err := r.view.texts(ctx, q)
	if err != nil {
		return err
	}
	numbers := make([]int64, 0, len(ids))
	if len(ids) > 0 {
		users, err := r.people.UsersOf(ctx, ids)
		if err != nil {
			return fmt.Errorf("identify %d customers: %w", len(ids), err)
		}
		for _, u := range users {
			numbers = append(numbers, int64(u))
		}
	}
	return r.view.exec(ctx, "import_people", nil, ids, numbers)
}

// dayRows is a day and how many rows of it can be taken.
type dayRows struct {
	day  string
	rows int64
}

// writeDays writes the events that the lake lacks into a file a day.
func (r *importRun) writeDays(ctx context.Context, snap *snapshot) ([]ParquetFile, error) {
	days, err := r.days(ctx)
	if err != nil {
		return nil, err
	}
	r.view.snap = snap
	if err := r.view.exec(ctx, "import_reset", nil); err != nil { // of an attempt whose files vanished
		return nil, err
	}
	if err := r.view.loadLanding(ctx, r.lake, snap.Landing, func(day string) []ParquetFile { return filesOfDay(snap.Parquet, day) }); err != nil {
		return nil, err
	}
	conns, closeConns, err := r.connections(ctx)
	if err != nil {
		return nil, err
	}
	defer closeConns()
	r.report.Accepted, r.report.Types = 0, map[string]int64{}
	var files []ParquetFile
	var done, total int64
	total = r.report.Rows - r.report.Rejected
	for len(days) > 0 {
		n, rows := 0, int64(0)
		for n < len(days) && (n == 0 || rows+days[n].rows <= chunkRows) {
			rows += days[n].rows
			n++
		}
		r.progress(ImportProgress{Phase: "write", Rows: total, Done: done})
		written, err := r.writeChunk(ctx, conns, days[0].day, days[n-1].day)
		if err != nil {
			return nil, err
		}
		files = append(files, written...)
		days, done = days[n:], done+rows
	}
	r.report.Duplicates = total - r.report.Accepted
	return files, nil
}

// writeChunk writes the events of the days from one to another.
func (r *importRun) writeChunk(ctx context.Context, conns []*view, from, to string) ([]ParquetFile, error) {
	if err := r.view.choose(ctx, r.lake, func(f ParquetFile) bool {
		return f.Kind == BehaviourFile && f.Day >= from && f.Day <= to
	}); err != nil {
		return nil, err
	}
	data := map[string]any{"From": from, "To": to, "IDPrefix": r.idPrefix(), "Offset": r.report.Accepted,
		"RecordedAt": r.lake.opts.Now().UnixMilli(), "SessionPrefix": derivedPrefix("session", r.lake.shop), "Source": r.spec.Source}
	if err := r.view.exec(ctx, "import_chunk", data); err != nil {
		return nil, err
	}
	err := r.view.query(ctx, "import_types", nil, func(scan func(...any) error) error {
		var typ string
		var n int64
		err := scan(&typ, &n)
		r.report.Types[typ] += n
		r.report.Accepted += n
		return err
	})
	if err != nil || r.spec.DryRun {
		return nil, err
	}
	return writeTable(ctx, conns, "chunk", r.dir)
}

func (r *importRun) days(ctx context.Context) ([]dayRows, error) {
	var days []dayRows
	err := r.view.query(ctx, "import_days", nil, func(scan func(...any) error) error {
		var d dayRows
		err := scan(&d.day, &d.rows)
		days = append(days, d)
		return err
	})
	return days, err
}

// connections opens what files are written through: compressing one takes one
// core only.
func (r *importRun) connections(ctx context.Context) (conns []*view, close func(), err error) {
	close = func() {
		for _, c := range conns {
			c.close()
		}
	}
	for range 2 {
		conn, err := r.db.Conn(ctx)
		if err != nil {
			close()
			return nil, nil, interrupted(ctx, err)
		}
		conns = append(conns, &view{conn: conn})
	}
	return conns, close, nil
}

// minorFactors is the body of an SQL CASE: minor units in one unit of the
// currencies that do not have a hundred.
func minorFactors() string {
	by := map[int][]string{}
	for i := range 26 * 26 * 26 {
		code := string([]byte{byte('A' + i/676), byte('A' + i/26%26), byte('A' + i%26)})
		if d := shop.MinorDigits(code); d != 2 {
			by[d] = append(by[d], sqlText(code))
		}
	}
	factor := 1
	var b strings.Builder
	for d := range 5 {
		if len(by[d]) > 0 {
			fmt.Fprintf(&b, "WHEN __currency_ IN (%s) THEN %d ", strings.Join(by[d], ", "), factor)
		}
		factor *= 10
	}
	return b.String()
}
