package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"also/shop"
)

// view is one DuckDB connection that sees a snapshot: as the view lake, whose
// ids are UUIDs, and as the view events, whose ids are text.
type view struct {
	conn *sql.Conn
	snap *snapshot
}

// filesOf chooses Parquet files of a snapshot; nil chooses all.
type filesOf func(ParquetFile) bool

// kinds chooses the files of the given kinds.
func kinds(k ...FileKind) filesOf {
	return func(f ParquetFile) bool { return slices.Contains(k, f.Kind) }
}

// within narrows a choice to the files of the days from a moment on and before
// another; zero: no limit.
func (choose filesOf) within(from, before time.Time) filesOf {
	first, last := "", "9999-12-31"
	if !from.IsZero() {
		first = from.UTC().Format(time.DateOnly)
	}
	if !before.IsZero() {
		last = before.UTC().Format(time.DateOnly)
	}
	return func(f ParquetFile) bool { return f.Day >= first && f.Day <= last && (choose == nil || choose(f)) }
}

// view opens a connection over the snapshot's chosen files and all of its landing.
func (l *Lake) view(ctx context.Context, snap *snapshot, choose filesOf) (*view, error) {
	db, err := l.engine()
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect to DuckDB: %w", interrupted(ctx, err))
	}
	v := &view{conn: conn, snap: snap}
	if err := v.define(ctx, l, choose); err != nil {
		v.close()
		return nil, err
	}
	return v, nil
}

func (v *view) define(ctx context.Context, l *Lake, choose filesOf) error {
	if err := v.loadLanding(ctx, l, v.snap.Landing, func(day string) []ParquetFile {
		var files []ParquetFile
		for _, f := range v.snap.Parquet {
			if f.Day == day {
				files = append(files, f)
			}
		}
		return files
	}); err != nil {
		return fmt.Errorf("read the landing: %w", err)
	}
	if err := v.choose(ctx, l, choose); err != nil {
		return err
	}
	return v.exec(ctx, "events", nil)
}

// choose makes the view lake anew, of other files.
func (v *view) choose(ctx context.Context, l *Lake, choose filesOf) error {
	return v.exec(ctx, "lake", map[string]any{"Groups": l.parquetGroups(v.snap.Parquet, choose)})
}

// parquetGroup is files whose positions have the same base.
type parquetGroup struct {
	Base  Position
	Files []string
}

func (l *Lake) parquetGroups(files []ParquetFile, choose filesOf) []parquetGroup {
	var groups []parquetGroup
	at := map[Position]int{}
	for _, f := range files {
		if choose != nil && !choose(f) {
			continue
		}
		i, ok := at[f.Base]
		if !ok {
			i = len(groups)
			at[f.Base] = i
			groups = append(groups, parquetGroup{Base: f.Base})
		}
		groups[i].Files = append(groups[i].Files, l.path(f.Name))
	}
	return groups
}

// landingLines is how sql/landing.sql names one journal segment.
type landingLines struct {
	Path        string
	First, Last Position
}

// loadLanding makes the temporary table landing of the segments' events,
// without repeats among themselves and without what existing(day) holds.
func (v *view) loadLanding(ctx context.Context, l *Lake, landing []LandingFile, existing func(day string) []ParquetFile) error {
	var lines []landingLines
	var want int64
	for _, f := range landing {
		if f.Last < f.First {
			continue
		}
		lines = append(lines, landingLines{l.path(f.Name), f.First, f.Last})
		want += int64(f.Last - f.First + 1)
	}
	if err := v.exec(ctx, "landing", map[string]any{"Table": "landing", "Files": lines}); err != nil {
		return err
	}
	if want == 0 {
		return nil
	}
	var got int64
	if err := v.conn.QueryRowContext(ctx, "SELECT count(id) FROM landing").Scan(&got); err != nil {
		return interrupted(ctx, err)
	}
	if got != want {
		return shop.Errorf(shop.Internal, "", "the journal should hold %d events here and shows %d: a line is damaged; "+
			"restore the file from a backup", want, got)
	}
	days, err := v.texts(ctx, "SELECT DISTINCT CAST(day AS VARCHAR) FROM landing ORDER BY 1")
	if err != nil {
		return err
	}
	var files []string
	for _, day := range days {
		for _, f := range existing(day) {
			files = append(files, l.path(f.Name))
		}
	}
	return v.exec(ctx, "landing_repeated", map[string]any{"Table": "landing", "Files": files})
}

// exec runs sql/<name>.sql, filled in with data, with args as parameters.
func (v *view) exec(ctx context.Context, name string, data any, args ...any) error {
	q, err := statement(name, data)
	if err != nil {
		return err
	}
	if _, err := v.conn.ExecContext(ctx, q, args...); err != nil {
		return fmt.Errorf("sql/%s.sql: %w", name, interrupted(ctx, err))
	}
	return nil
}

// query runs sql/<name>.sql and calls f for each row, with the rows' Scan.
func (v *view) query(ctx context.Context, name string, data any, f func(scan func(...any) error) error, args ...any) error {
	q, err := statement(name, data)
	if err != nil {
		return err
	}
	rows, err := v.conn.QueryContext(ctx, q, args...)
	if err != nil {
		return fmt.Errorf("sql/%s.sql: %w", name, interrupted(ctx, err))
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("sql/%s.sql: %w", name, interrupted(ctx, err))
	}
	return nil
}

// texts returns the first column of a query.
func (v *view) texts(ctx context.Context, query string, args ...any) ([]string, error) {
	rows, err := v.conn.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, interrupted(ctx, err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, interrupted(ctx, rows.Err())
}

func (v *view) close() { _ = v.conn.Close() } // in memory: nothing can be lost
