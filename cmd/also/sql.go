package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
)

// sqlCommand asks the lake, beside a running server too.
type sqlCommand struct {
	dataFlags
	JSON  bool   `name:"json" help:"Print each row as a JSON object."`
	Query string `arg:"" help:"One SELECT, in DuckDB's SQL, over the view events."`
}

// Run prints the rows.
func (c sqlCommand) Run(ctx context.Context) (err error) {
	lake, err := c.reader()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lake.Close()) }()
	out := bufio.NewWriter(os.Stdout)
	if c.JSON {
		err = lake.SQL(ctx, c.Query, func(columns []string, row []any) error { return printObject(out, columns, row) })
		return errors.Join(err, out.Flush())
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	headed := false
	err = lake.SQL(ctx, c.Query, func(columns []string, row []any) error {
		if !headed {
			headed = true
			fmt.Fprintln(table, strings.Join(columns, "\t"))
		}
		return printRow(table, row)
	})
	return errors.Join(err, table.Flush(), out.Flush())
}

// printObject writes a row as one line of JSON, its columns in order.
func printObject(w io.Writer, columns []string, row []any) error {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, name := range columns {
		key, err := json.Marshal(name)
		if err != nil {
			return err
		}
		value, err := json.Marshal(row[i])
		if err != nil {
			return err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteString("}\n")
	_, err := w.Write(b.Bytes())
	return err
}

// printRow writes a row of a table.
func printRow(w io.Writer, row []any) error {
	cells := make([]string, len(row))
	for i, v := range row {
		switch v := v.(type) {
		case nil:
		case string:
			cells[i] = v
		default:
			b, err := json.Marshal(v)
			if err != nil {
				return err
			}
			cells[i] = string(b)
		}
	}
	_, err := fmt.Fprintln(w, strings.Join(cells, "\t"))
	return err
}
