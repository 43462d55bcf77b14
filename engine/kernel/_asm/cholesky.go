package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// cholesky writes the two parts of a factorisation that products cannot do:
// the 16×16 block on the diagonal, and the rows to its right. AVX2 has too few
// registers for blocks of this shape; there, portable Go on vector kernels
// serves.
func cholesky(a *isa) {
	if a.wide() {
		choleskyBlock()
		choleskyPanel()
	}
}

func choleskyBlock() {
	begin("choleskyBlockAVX512", "func(a *float32, lda uint64, inverse *float32) bool")
	Doc("choleskyBlockAVX512 factors the upper 16×16 block at a, lda bytes a row, into UᵀU in place,",
		"and sets inverse to the reciprocals of U's diagonal. It reports whether all pivots were positive.")
	base, lda, inverse := Load(Param("a"), GP64()), Load(Param("lda"), GP64()), Load(Param("inverse"), GP64())
	scratch := AllocLocal(64)
	bits, one, zero := GP32(), XMM(), XMM()
	MOVL(U32(0x3f800000), bits)
	VMOVD(bits, one)
	VXORPS(zero, zero, zero)
	rows := make([]reg.VecVirtual, 16)
	at := GP64()
	MOVQ(base, at)
	for k := range rows {
		rows[k] = ZMM()
		VMOVUPS(Mem{Base: at}, rows[k])
		ADDQ(lda, at)
	}
	MOVQ(base, at)
	mask, ones := K(), GP32()
	for k := range rows {
		VMOVUPS(rows[k], scratch)
		pivot, root := XMM(), XMM()
		VMOVSS(scratch.Offset(4*k), pivot)
		VUCOMISS(zero, pivot)
		JBE(LabelRef("bad")) // not above, or not a number
		VSQRTSS(pivot, pivot, root)
		VDIVSS(root, one, root)
		VMOVSS(root, Mem{Base: inverse, Disp: 4 * k})
		wide := ZMM()
		VBROADCASTSS(root, wide)
		VMULPS(wide, rows[k], rows[k])
		VMOVUPS(rows[k], scratch)
		MOVL(U32(0xffff&^(1<<k-1)), ones)
		KMOVW(ones, mask)
		VMOVUPS(rows[k], mask, Mem{Base: at})
		ADDQ(lda, at)
		for l := k + 1; l < 16; l++ {
			VFNMADD231PS_BCST(scratch.Offset(4*l), rows[k], rows[l])
		}
	}
	VZEROUPPER()
	good := GP8()
	MOVB(U8(1), good)
	Store(good, ReturnIndex(0))
	RET()
	Label("bad")
	VZEROUPPER()
	bad := GP8()
	XORB(bad, bad)
	Store(bad, ReturnIndex(0))
	RET()
}

func choleskyPanel() {
	begin("choleskyPanelAVX512", "func(u *float32, lda uint64, inverse, b *float32, n uint64)")
	Doc("choleskyPanelAVX512 solves UᵀX = B in place of B for the 16×16 block U at u; B is 16×n with",
		"the same rows of lda bytes.")
	u, lda, inverse := Load(Param("u"), GP64()), Load(Param("lda"), GP64()), Load(Param("inverse"), GP64())
	b, n := Load(Param("b"), GP64()), Load(Param("n"), GP64())
	a := avx512()
	loop, whole, done := "columns", "whole", "end"
	Label(loop)
	TESTQ(n, n)
	JZ(LabelRef(done))
	count := GP64()
	MOVQ(n, count)
	CMPQ(count, I32(16))
	JBE(LabelRef(whole))
	MOVQ(I32(16), count)
	Label(whole)
	SUBQ(count, n)
	a.makeTail(count)
	rows := make([]reg.VecVirtual, 16)
	at := GP64()
	MOVQ(b, at)
	for k := range rows {
		rows[k] = a.loadTail(Mem{Base: at})
		ADDQ(lda, at)
	}
	MOVQ(b, at)
	from := GP64()
	MOVQ(u, from)
	for k := range rows {
		VMULPS_BCST(Mem{Base: inverse, Disp: 4 * k}, rows[k], rows[k])
		a.storeTail(rows[k], Mem{Base: at})
		for l := k + 1; l < 16; l++ {
			VFNMADD231PS_BCST(Mem{Base: from, Disp: 4 * l}, rows[k], rows[l])
		}
		ADDQ(lda, at)
		ADDQ(lda, from)
	}
	ADDQ(I32(64), b)
	JMP(LabelRef(loop))
	Label(done)
	VZEROUPPER()
	RET()
}
