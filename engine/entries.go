package engine

import "slices"

// SumEntries sorts row by column and adds up the entries of equal columns, w
// to w and b to b, in place. It returns the shorter row.
func SumEntries(row []Entry) []Entry {
	slices.SortStableFunc(row, func(a, b Entry) int { return int(a.Col) - int(b.Col) })
	out := row[:0]
	for _, e := range row {
		if n := len(out); n > 0 && out[n-1].Col == e.Col {
			out[n-1].W += e.W
			out[n-1].B += e.B
			continue
		}
		out = append(out, e)
	}
	return out
}
