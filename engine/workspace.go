package engine

// Workspace is the scratch memory of one goroutine. The zero value is ready;
// it grows to what it is used for and then no call allocates.
type Workspace struct {
	a, s []float32 // a system matrix; gathered rows
	vec  [5][]float32
	coef []float32
	idx  []int32
	old  []float32 // a row before its update
	// ahead are the first columns of the row that is solved next, to fetch; nil: not
	// known.
	ahead []int32
	// order is 0, 1, 2, …
	order []int32
	w, b  []float32
	heap  []Scored
	// words and masks serve searches.
	words []int32
	masks []uint16
	// gathered holds the rows of one user when some are an overlay's.
	gathered []float32
	// less is the dense part of the system of a user known in part.
	less []float32
	// What follows serves many searches at once.
	questions []question
	asked     []int
	strips    []strip
	everyone  []uint16  // the filter by places, what all questions start from
	tile      []float32 // upper bounds, a row for each user of a strip
	list      []Scored
	local     system // of that user

	// sums, by item, is what neighbours add to a user's scores, 0 but for the items
	// in touched, which are those of marks; known are their whole scores.
	sums    []float32
	touched []int32
	marks   Bitmap
	known   []Scored
	bounds  []float32 // of scores, of items touched
	leading []int32   // of the highest bounds
	best    []Scored  // of known, of all questions in strips
	settled []int32   // touched, of all questions in strips

	// Stats says what the last search of an Index did.
	Stats ScanStats
}

// grow returns s with length n; its contents are not kept.
func grow[T any](s *[]T, n int) []T {
	if cap(*s) < n {
		*s = make([]T, n, n+n/4)
	}
	return (*s)[:n]
}

// zeroed is grow with the values set to zero.
func zeroed[T any](s *[]T, n int) []T {
	v := grow(s, n)
	clear(v)
	return v
}
