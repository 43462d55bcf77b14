//go:build !purego

package kernel

import "github.com/klauspost/cpuid/v2"

// level is an instruction set that there are kernels for.
type level int

const (
	levelGo level = iota
	levelAVX2
	levelAVX512
)

// best is what this CPU and its operating system support.
var best = func() level {
	switch {
	case cpuid.CPU.Supports(cpuid.AVX512F, cpuid.AVX512BW, cpuid.AVX512DQ, cpuid.AVX512VL, cpuid.AVX512VNNI, cpuid.AVX2, cpuid.FMA3, cpuid.BMI2):
		return levelAVX512
	case cpuid.CPU.Supports(cpuid.AVX2, cpuid.FMA3, cpuid.BMI2):
		return levelAVX2
	}
	return levelGo
}()
