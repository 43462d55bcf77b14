package engine

import (
	"syscall"
	"unsafe"
)

// hugeSlice returns n zeros, asking for huge pages where that is much: rows
// gathered all over a table of many small pages miss the translation cache at
// every one.
func hugeSlice[T any](n int) []T {
	const page, huge = 4 << 10, 2 << 20
	s := make([]T, n)
	var one T
	size := uintptr(n) * unsafe.Sizeof(one)
	if size < 4*huge {
		return s
	}
	start := uintptr(unsafe.Pointer(unsafe.SliceData(s)))
	from := (start + page - 1) / page * page
	bytes := unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(s)), from-start)), (start+size-from)/page*page)
	// Only advice: refused, the pages stay small.
	_ = syscall.Madvise(bytes, syscall.MADV_HUGEPAGE)
	return s
}
