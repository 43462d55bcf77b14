package warehouse

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strings"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"also/shop"
)

// SQL answers one SELECT over the view events (sql/events.sql), which holds
// every event acknowledged before the call. It calls f for each row with values
// that encode to JSON as one expects (times, dates, UUIDs and intervals are texts); row is f's to keep.
// The statement can read nothing but the view, and write nothing. It fails
// with shop.BadUserInput, and DuckDB's words, if the statement is wrong.
func (l *Lake) SQL(ctx context.Context, query string, f func(columns []string, row []any) error) error {
	var failed error
	begun := false
	err := l.read(ctx, func(snap *snapshot) error {
		failed = l.sqlOver(ctx, snap, query, func(columns []string, row []any) error {
			begun = true
			return f(columns, row)
		})
		if begun {
			return nil // rows that were handed out must not come twice: no second attempt
		}
		return failed
	})
	if failed != nil {
		return failed
	}
	return err
}

func (l *Lake) sqlOver(ctx context.Context, snap *snapshot, query string, f func([]string, []any) error) error {
	db, err := openDuck(l.opts) // of its own, to be locked
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return interrupted(ctx, err)
	}
	v := &view{conn: conn, snap: snap}
	defer v.close()
	if err := v.define(ctx, l, nil); err != nil {
		return err
	}
	var files []string
	for _, p := range snap.Parquet {
		files = append(files, l.path(p.Name))
	}
	if err := v.exec(ctx, "lock", map[string]any{"Files": files}); err != nil {
		return err
	}
	if _, err := v.parse(ctx, query); err != nil {
		return err
	}
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return userError(ctx, err)
	}
	defer rows.Close()
	return eachRow(ctx, rows, f)
}

// parse reads a statement without running it and returns DuckDB's tree of it.
// It fails with shop.BadUserInput unless it is one SELECT.
func (v *view) parse(ctx context.Context, query string) (json.RawMessage, error) {
	var text string
	err := v.conn.QueryRowContext(ctx, "SELECT CAST(json_serialize_sql(CAST(? AS VARCHAR)) AS VARCHAR)", query).Scan(&text)
	if err != nil {
		return nil, userError(ctx, err)
	}
	var tree struct {
		Error      bool
		Message    string `json:"error_message"`
		Statements []json.RawMessage
	}
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		return nil, fmt.Errorf("read a statement: %w", err)
	}
	switch {
	case tree.Error && strings.HasPrefix(tree.Message, "Only SELECT"):
		return nil, shop.Errorf(shop.BadUserInput, "", "only SELECT can be asked: the lake is never written by SQL")
	case tree.Error:
		return nil, shop.Errorf(shop.BadUserInput, "", "%s", tree.Message)
	case len(tree.Statements) != 1:
		return nil, shop.Errorf(shop.BadUserInput, "", "%d statements: ask one at a time", len(tree.Statements))
	}
	return tree.Statements[0], nil
}

// userError gives errors that a statement's author can mend their code.
func userError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var d *duckdb.Error
	if !errors.As(err, &d) {
		return err
	}
	switch d.Type {
	case duckdb.ErrorTypeIO, duckdb.ErrorTypeFatal, duckdb.ErrorTypeInternal, duckdb.ErrorTypeOutOfMemory:
		return err
	}
	return shop.Errorf(shop.BadUserInput, "", "%s", d.Msg)
}

func eachRow(ctx context.Context, rows *sql.Rows, f func([]string, []any) error) error {
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	targets := make([]any, len(columns))
	for rows.Next() {
		row := make([]any, len(columns))
		for i := range row {
			targets[i] = &row[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		for i := range row {
			row[i] = jsonValue(row[i], types[i].DatabaseTypeName())
		}
		if err := f(columns, row); err != nil {
			return err
		}
	}
	return userError(ctx, rows.Err())
}

// jsonValue turns a value from DuckDB into one that encodes to JSON.
func jsonValue(v any, typ string) any {
	switch v := v.(type) {
	case time.Time:
		switch typ {
		case "DATE":
			return v.Format(time.DateOnly)
		case "TIME", "TIMETZ":
			return v.Format("15:04:05.999999")
		}
		return v.UTC().Format(time.RFC3339Nano)
	case []byte:
		if typ == "UUID" && len(v) == 16 {
			return shop.UUID(v).String()
		}
		return v
	case duckdb.UUID:
		return shop.UUID(v).String()
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Sprint(v)
		}
		return v
	case float32:
		return jsonValue(float64(v), typ)
	case *big.Int:
		return json.Number(v.String())
	case duckdb.Decimal:
		return json.Number(decimalText(v))
	case duckdb.Interval:
		return fmt.Sprintf("P%dM%dDT%gS", v.Months, v.Days, float64(v.Micros)/1e6)
	case []any:
		return jsonList(v)
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[k] = jsonValue(x, "")
		}
		return out
	case duckdb.Map:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[fmt.Sprint(jsonValue(k, ""))] = jsonValue(x, "")
		}
		return out
	case duckdb.Union:
		return jsonValue(v.Value, "")
	}
	return v
}

func jsonList(list []any) []any {
	out := make([]any, len(list))
	for i, x := range list {
		out[i] = jsonValue(x, "")
	}
	return out
}

// decimalText writes a decimal in full.
func decimalText(d duckdb.Decimal) string {
	return new(big.Rat).SetFrac(d.Value, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Scale)), nil)).FloatString(int(d.Scale))
}
