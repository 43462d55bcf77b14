package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Where kernel.Scan keeps its fields.
const (
	scanHead      = 8 * iota // *uint8
	scanTail                 // *uint8
	scanScale                // *float32
	scanRest                 // *float32
	scanHigh                 // *int32
	scanLow                  // *int32
	scanHeadQuads            // uint64
	scanTailQuads            // uint64
	scanFloats               // float32s from here on: A, B, C1, R, C2, Threshold
)

// scan writes the pass over eight-bit items that finds those whose bound
// reaches a threshold: 16 items at a time, four values of each in a lane.
func scan(a *isa) {
	begin("scan"+a.name, "func(s *uint64, masks *uint16, groups uint64)")
	Doc("scan"+a.name+" sets a mask for each group of 16 items: which of them have a bound of at least",
		"the threshold.")
	s := Load(Param("s"), GP64())
	load := func(offset int) reg.GPVirtual {
		r := GP64()
		MOVQ(Mem{Base: s, Disp: offset}, r)
		return r
	}
	head, tail, scale, rest := load(scanHead), load(scanTail), load(scanScale), load(scanRest)
	masks, groups := Load(Param("masks"), GP64()), Load(Param("groups"), GP64())
	var ones reg.VecVirtual
	if !a.wide() {
		ones = YMM()
		VPCMPEQW(ones, ones, ones)
		VPSRLW(Imm(15), ones, ones)
	}
	Label("group" + a.name)
	TESTQ(groups, groups)
	JZ(LabelRef("done" + a.name))
	// Wide sums are two each, of every other quad: one product waits for the last.
	high, low := make([]reg.VecVirtual, 2), make([]reg.VecVirtual, 2)
	for p := range high {
		high[p], low[p] = a.zero(), a.zero()
	}
	hp, lp := load(scanHigh), load(scanLow)
	a.quads(head, load(scanHeadQuads), hp, lp, high, low, ones)
	mask := a.bounds(s, scanFloats+8, scale, rest, high, low)
	TESTL(mask, mask)
	JZ(LabelRef("skip" + a.name))
	quads := load(scanTailQuads)
	TESTQ(quads, quads)
	JZ(LabelRef("store" + a.name))
	a.quads(tail, quads, hp, lp, high, low, ones)
	MOVL(a.bounds(s, scanFloats+16, scale, nil, high, low), mask)
	JMP(LabelRef("store" + a.name))
	Label("skip" + a.name)
	quads = load(scanTailQuads)
	SHLQ(Imm(6), quads)
	ADDQ(quads, tail)
	Label("store" + a.name)
	MOVW(mask.As16(), Mem{Base: masks})
	ADDQ(I32(2), masks)
	ADDQ(I32(64), scale)
	ADDQ(I32(64), rest)
	DECQ(groups)
	JMP(LabelRef("group" + a.name))
	Label("done" + a.name)
	VZEROUPPER()
	RET()
}

// quads adds up the products of n times four values of 16 items, and moves the
// pointers on.
func (a *isa) quads(at, n, hp, lp reg.GPVirtual, high, low []reg.VecVirtual, ones reg.VecVirtual) {
	if a.wide() {
		wideQuads(at, n, hp, lp, high, low)
		return
	}
	loop := fresh("quad")
	Label(loop)
	for p := range high {
		items := YMM()
		VMOVDQU(Mem{Base: at, Disp: a.bytes(p)}, items)
		for _, c := range []struct {
			user reg.GPVirtual
			sum  reg.VecVirtual
		}{{hp, high[p]}, {lp, low[p]}} {
			v := YMM()
			VPBROADCASTD(Mem{Base: c.user}, v)
			VPMADDUBSW(v, items, v)
			VPMADDWD(ones, v, v)
			VPADDD(v, c.sum, c.sum)
		}
	}
	ADDQ(I32(64), at)
	ADDQ(I32(4), hp)
	ADDQ(I32(4), lp)
	DECQ(n)
	JNZ(LabelRef(loop))
}

// wideQuads is quads by two at a time, whose sums it adds up in the end. It asks for
// what comes a page further on, which the hardware does not across pages.
func wideQuads(at, n, hp, lp reg.GPVirtual, high, low []reg.VecVirtual) {
	loop, single, done := fresh("quad"), fresh("single"), fresh("sums")
	quad := func(k int) {
		items := ZMM()
		PREFETCHT0(Mem{Base: at, Disp: 4096 + 64*k})
		VMOVDQU32(Mem{Base: at, Disp: 64 * k}, items)
		dotBytes(Mem{Base: hp, Disp: 4 * k}, items, high[k])
		dotBytes(Mem{Base: lp, Disp: 4 * k}, items, low[k])
	}
	SUBQ(I32(2), n)
	JB(LabelRef(single))
	Label(loop)
	quad(0)
	quad(1)
	ADDQ(I32(128), at)
	ADDQ(I32(8), hp)
	ADDQ(I32(8), lp)
	SUBQ(I32(2), n)
	JAE(LabelRef(loop))
	Label(single)
	ADDQ(I32(2), n)
	JZ(LabelRef(done))
	quad(0)
	ADDQ(I32(64), at)
	ADDQ(I32(4), hp)
	ADDQ(I32(4), lp)
	Label(done)
	for _, sums := range [][]reg.VecVirtual{high, low} {
		VPADDD(sums[1], sums[0], sums[0])
		VPXORD(sums[1], sums[1], sums[1])
	}
}

// dotBytes adds to sum, in each lane, the products of four unsigned bytes of
// items with four signed bytes at m. avo does not know the instruction.
func dotBytes(m Mem, items, sum reg.VecVirtual) {
	Instruction(&ir.Instruction{
		Opcode:   "VPDPBUSD",
		Suffixes: []string{"BCST"},
		Operands: []Op{m, items, sum},
		Inputs:   []Op{m, items, sum},
		Outputs:  []Op{sum},
		ISA:      []string{"AVX512_VNNI"},
	})
}

// bounds compares scale·(A·high + B·low + C) + rest·R with the threshold; C
// and R lie at offset c, rest nil leaves its term out.
func (a *isa) bounds(s reg.Register, c int, scale, rest reg.Register, high, low []reg.VecVirtual) reg.GPVirtual {
	ca, cb := a.broadcast(Mem{Base: s, Disp: scanFloats}), a.broadcast(Mem{Base: s, Disp: scanFloats + 4})
	cc := a.broadcast(Mem{Base: s, Disp: c})
	least := a.broadcast(Mem{Base: s, Disp: scanFloats + 20})
	var all reg.GPVirtual
	for p := range high {
		h, l := a.vec(), a.vec()
		VCVTDQ2PS(high[p], h)
		VCVTDQ2PS(low[p], l)
		sum := a.vec()
		VMOVAPS(cc, sum)
		VFMADD231PS(ca, h, sum)
		VFMADD231PS(cb, l, sum)
		VMULPS(Mem{Base: scale, Disp: a.bytes(p)}, sum, sum)
		if rest != nil {
			r := a.broadcast(Mem{Base: s, Disp: c + 4})
			VFMADD231PS(Mem{Base: rest, Disp: a.bytes(p)}, r, sum)
		}
		mask := GP32()
		if a.wide() {
			k := K()
			VCMPPS(Imm(13), least, sum, k) // ≥, false for NaN
			KMOVW(k, mask)
			return mask
		}
		VCMPPS(Imm(13), least, sum, sum)
		VMOVMSKPS(sum, mask)
		if p == 0 {
			all = mask
			continue
		}
		SHLL(Imm(8), mask)
		ORL(mask, all)
	}
	return all
}
