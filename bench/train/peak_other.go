//go:build !amd64

package main

// fmaPeak is measured on amd64 only.
func fmaPeak() float64 { return 0 }
