//go:build !linux

package engine

// hugeSlice returns n zeros.
func hugeSlice[T any](n int) []T { return make([]T, n) }
