package main

import (
	"runtime"
	"sync"
	"time"

	"github.com/klauspost/cpuid/v2"
)

//go:noescape
func fma512(n int)

//go:noescape
func fma256(n int)

// fmaPeak measures how many single-precision multiplications and additions all
// processors together can do in a second: independent fused multiply-adds on
// registers, the best of many tries over a second or two, since others may use
// the machine. 0 without AVX2.
func fmaPeak() float64 {
	loop, perRound := fma256, 12*8*2.0
	switch {
	case cpuid.CPU.Supports(cpuid.AVX512F):
		loop, perRound = fma512, 16*16*2.0
	case !cpuid.CPU.Supports(cpuid.AVX2, cpuid.FMA3):
		return 0
	}
	const rounds = 20_000_000
	runtime.GC() // a collection would wait for loops that cannot be interrupted
	best := 0.0
	for range 25 {
		start := time.Now()
		var wg sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			wg.Go(func() { loop(rounds) })
		}
		wg.Wait()
		best = max(best, rounds*perRound*float64(runtime.GOMAXPROCS(0))/time.Since(start).Seconds())
	}
	return best
}
