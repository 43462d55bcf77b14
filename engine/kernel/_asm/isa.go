// Command _asm generates the assembly of package kernel:
//
//	go run . -kernel NAME -out ../NAME_amd64.s -stubs ../NAME_stub_amd64.go -pkg kernel
//
// go generate in package kernel runs it for every kernel.
package main

import (
	"flag"
	"fmt"
	"os"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// isa writes one kernel for one instruction set: vectors of lanes values.
type isa struct {
	name  string
	lanes int
	// tail is the register with the mask of a last, partial vector.
	tailK reg.OpmaskVirtual
	tailY reg.VecVirtual
}

func avx512() *isa { return &isa{name: "AVX512", lanes: 16} }
func avx2() *isa   { return &isa{name: "AVX2", lanes: 8} }

func (a *isa) wide() bool { return a.lanes == 16 }

func (a *isa) vec() reg.VecVirtual {
	if a.wide() {
		return ZMM()
	}
	return YMM()
}

func (a *isa) zero() reg.VecVirtual {
	v := a.vec()
	if a.wide() {
		VPXORD(v, v, v)
	} else {
		VXORPS(v, v, v)
	}
	return v
}

// bytes is the size of n vectors.
func (a *isa) bytes(n int) int { return n * a.lanes * 4 }

// makeTail sets the tail mask to the lowest count lanes; count is clobbered.
// Zero lanes mask everything.
func (a *isa) makeTail(count reg.GPVirtual) {
	if a.wide() {
		one := GP64()
		MOVQ(I32(1), one)
		SHLXQ(count, one, one)
		DECQ(one)
		a.tailK = K()
		KMOVW(one.As32(), a.tailK)
		return
	}
	// A window into eight ones followed by eight zeros.
	table := GP64()
	LEAQ(tailMask, table)
	NEGQ(count)
	a.tailY = YMM()
	VMOVDQU(Mem{Base: table, Index: count, Scale: 4, Disp: 32}, a.tailY)
}

func (a *isa) load(m Mem) reg.VecVirtual {
	v := a.vec()
	VMOVUPS(m, v)
	return v
}

func (a *isa) loadTail(m Mem) reg.VecVirtual {
	v := a.vec()
	if a.wide() {
		VMOVUPS_Z(m, a.tailK, v)
	} else {
		VMASKMOVPS(m, a.tailY, v)
	}
	return v
}

func (a *isa) storeTail(v reg.VecVirtual, m Mem) {
	if a.wide() {
		VMOVUPS(v, a.tailK, m)
	} else {
		VMASKMOVPS(v, a.tailY, m)
	}
}

// sum adds up the lanes of v into the lowest lane of an XMM register.
func (a *isa) sum(v reg.VecVirtual) reg.VecVirtual {
	y := v
	if a.wide() {
		h := YMM()
		VEXTRACTF64X4(Imm(1), v, h)
		y = YMM()
		VADDPS(v.AsY(), h, y)
	}
	x, h := XMM(), XMM()
	VEXTRACTF128(Imm(1), y.AsY(), h)
	VADDPS(y.AsX(), h, x)
	VMOVHLPS(x, x, h)
	VADDPS(x, h, x)
	VMOVSHDUP(x, h)
	VADDPS(x, h, x)
	return x
}

// sums adds up the lanes of 8 vectors: lane j of the YMM register returned is
// the sum of v[j], by the same order of additions for every j.
func (a *isa) sums(v []reg.VecVirtual) reg.VecVirtual {
	pair := func(x, y reg.VecVirtual, lo, hi func(...Op)) reg.VecVirtual {
		l, h := a.vec(), a.vec()
		lo(y, x, l)
		hi(y, x, h)
		VADDPS(l, h, l)
		return l
	}
	unlo, unhi := func(o ...Op) { VUNPCKLPS(o...) }, func(o ...Op) { VUNPCKHPS(o...) }
	dlo, dhi := func(o ...Op) { VUNPCKLPD(o...) }, func(o ...Op) { VUNPCKHPD(o...) }
	b0, b1 := pair(v[0], v[1], unlo, unhi), pair(v[2], v[3], unlo, unhi)
	c0 := pair(b0, b1, dlo, dhi)
	b2, b3 := pair(v[4], v[5], unlo, unhi), pair(v[6], v[7], unlo, unhi)
	c1 := pair(b2, b3, dlo, dhi)
	if a.wide() {
		l, h := ZMM(), ZMM()
		VSHUFF32X4(Imm(0x44), c1, c0, l)
		VSHUFF32X4(Imm(0xee), c1, c0, h)
		VADDPS(l, h, l)
		e, o := ZMM(), ZMM()
		VSHUFF32X4(Imm(0x88), l, l, e)
		VSHUFF32X4(Imm(0xdd), l, l, o)
		VADDPS(e, o, e)
		return e
	}
	l, h := YMM(), YMM()
	VPERM2F128(Imm(0x20), c1, c0, l)
	VPERM2F128(Imm(0x31), c1, c0, h)
	VADDPS(l, h, l)
	return l
}

// broadcast fills a vector from memory.
func (a *isa) broadcast(m Mem) reg.VecVirtual {
	v := a.vec()
	VBROADCASTSS(m, v)
	return v
}

// tailMask is eight ones and eight zeros: what AVX2 masks are cut from.
var tailMask Mem

func constants() {
	tailMask = GLOBL("tailMask", RODATA|NOPTR)
	for k := range 16 {
		value := uint32(0)
		if k < 8 {
			value = 0xffffffff
		}
		DATA(4*k, U32(value))
	}
}

var label int

// fresh makes a label of its own.
func fresh(name string) string {
	label++
	return fmt.Sprintf("%s%d", name, label)
}

func main() {
	kernel := flag.String("kernel", "", "which kernel to generate")
	flag.Parse()
	ConstraintExpr("!purego")
	generators := map[string]func(*isa){
		"dot": dot, "gather": gather, "gemm": gemm, "pass": pass, "cholesky": cholesky, "cg": cg, "scan": scan, "rotate": rotate, "strip": strip,
	}
	g, ok := generators[*kernel]
	if !ok {
		fmt.Fprintf(os.Stderr, "_asm: no kernel %q\n", *kernel)
		os.Exit(2)
	}
	constants()
	g(avx512())
	g(avx2())
	Generate()
}

// begin starts a function; it keeps none of its pointers.
func begin(name, signature string) {
	TEXT(name, NOSPLIT, signature)
	Pragma("noescape")
}
