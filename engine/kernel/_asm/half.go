package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// toHalf writes the conversion of rows to half width.
func toHalf() {
	begin("toHalfAVX512", "func(dst *uint16, src *float32, n uint64)")
	Doc("toHalfAVX512 rounds n values, a multiple of 32, to half width; see ToHalf.")
	dst, src, n := Load(Param("dst"), GP64()), Load(Param("src"), GP64()), Load(Param("n"), GP64())
	one, half := ZMM(), ZMM()
	VPTERNLOGD(Imm(0xff), one, one, one)
	VPSRLD(Imm(31), one, one)
	VPTERNLOGD(Imm(0xff), half, half, half)
	VPSRLD(Imm(17), half, half) // 0x7fff
	round := func(v reg.VecVirtual) {
		odd := ZMM()
		VPSRLD(Imm(16), v, odd)
		VPANDD(one, odd, odd)
		VPADDD(half, v, v)
		VPADDD(odd, v, v)
		VPSRLD(Imm(16), v, v)
	}
	high, sign, zero := ZMM(), ZMM(), ZMM()
	VPTERNLOGD(Imm(0xff), high, high, high)
	VPSLLD(Imm(31), high, sign)
	VPSLLD(Imm(16), high, high)
	VPXORD(zero, zero, zero)
	middle := ZMM() // 0x8000
	VPSLLD(Imm(15), one, middle)
	loop, done := fresh("loop"), fresh("done")
	Label(loop)
	TESTQ(n, n)
	JZ(LabelRef(done))
	lo, hi, size := ZMM(), ZMM(), ZMM()
	VMOVDQU32(Mem{Base: src}, lo)
	round(lo)
	VMOVDQU32(Mem{Base: src, Disp: 64}, hi)
	VPANDND(hi, sign, size)
	VPANDD(sign, hi, hi)
	VPADDD(middle, size, size)
	VPSUBD(lo, size, size)
	VPMAXSD(zero, size, size)
	VPANDD(high, size, size)
	VPORD(size, hi, hi)
	VPORD(lo, hi, hi)
	VMOVDQU32(hi, Mem{Base: dst})
	ADDQ(I32(128), src)
	ADDQ(I32(64), dst)
	SUBQ(I32(32), n)
	JMP(LabelRef(loop))
	Label(done)
	VZEROUPPER()
	RET()
}
