package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// reach compares a vector with the least value: ≥, false for what is no number.
func reach(v, least reg.VecVirtual) reg.OpmaskVirtual {
	k := K()
	VCMPPS(Imm(13), least, v, k)
	return k
}

// compress writes the lanes of v and number in k to the next places, and moves
// count on; mask is k's value and is clobbered.
func compress(k reg.OpmaskVirtual, mask reg.GPVirtual, v, number reg.VecVirtual, values, places reg.Register, count reg.GPVirtual) {
	w := ZMM()
	VCOMPRESSPS_Z(v, k, w)
	VMOVUPS(w, Mem{Base: values, Index: count, Scale: 4})
	VPCOMPRESSD_Z(number, k, w)
	VMOVDQU32(w, Mem{Base: places, Index: count, Scale: 4})
	POPCNTL(mask, mask)
	ADDQ(mask.As64(), count)
}

// allBut returns a mask of the lanes below left, all of them when there are more.
func allBut(left reg.GPVirtual) reg.OpmaskVirtual {
	ones, mask, k := GP32(), GP32(), K()
	MOVL(U32(0xffff), ones)
	BZHIL(left.As32(), ones, mask)
	whole := fresh("whole")
	CMPQ(left, I32(16))
	JB(LabelRef(whole))
	MOVL(ones, mask)
	Label(whole)
	KMOVW(mask, k)
	return k
}

func collect() {
	begin("collectAVX512", "func(places *int32, values, from *float32, allowed *uint16, groups, first uint64, least float32) uint64")
	Doc("collectAVX512 writes the numbers and values of those of 16·groups values that reach least and",
		"are allowed, and returns how many; see Collect. It writes up to 16 places past them.")
	places, values, from := Load(Param("places"), GP64()), Load(Param("values"), GP64()), Load(Param("from"), GP64())
	allowed, groups := Load(Param("allowed"), GP64()), Load(Param("groups"), GP64())
	least, number, step := ZMM(), ZMM(), ZMM()
	VBROADCASTSS(argument("least"), least)
	VPBROADCASTD(argument("first"), number)
	lanes := GLOBL("lanes", RODATA|NOPTR)
	for k := range 16 {
		DATA(4*k, U32(uint32(k)))
	}
	VPADDD(lanes, number, number)
	sixteen, x := GP32(), XMM()
	MOVL(U32(16), sixteen)
	VMOVD(sixteen, x)
	VPBROADCASTD(x, step)
	count := GP64()
	XORQ(count, count)
	loop, next := fresh("collect"), fresh("next")
	Label(loop)
	v, allow, mask := ZMM(), K(), GP32()
	VMOVUPS(Mem{Base: from}, v)
	k := reach(v, least)
	KMOVW(Mem{Base: allowed}, allow)
	KANDW(allow, k, k)
	KMOVW(k, mask)
	TESTL(mask, mask)
	JZ(LabelRef(next))
	compress(k, mask, v, number, values, places, count)
	Label(next)
	VPADDD(step, number, number)
	ADDQ(I32(64), from)
	ADDQ(I32(2), allowed)
	DECQ(groups)
	JNZ(LabelRef(loop))
	VZEROUPPER()
	Store(count, ReturnIndex(0))
	RET()
}

func keep() {
	begin("keepAVX512", "func(places *int32, values *float32, n uint64, least float32) uint64")
	Doc("keepAVX512 drops, in place, those of n values and places that do not reach least; see Keep. It",
		"reads and writes up to 16 past the n-th.")
	places, values, n := Load(Param("places"), GP64()), Load(Param("values"), GP64()), Load(Param("n"), GP64())
	least := ZMM()
	VBROADCASTSS(argument("least"), least)
	at, count, left := GP64(), GP64(), GP64()
	XORQ(at, at)
	XORQ(count, count)
	loop := fresh("keep")
	Label(loop)
	v, number, mask := ZMM(), ZMM(), GP32()
	VMOVUPS(Mem{Base: values, Index: at, Scale: 4}, v)
	VMOVDQU32(Mem{Base: places, Index: at, Scale: 4}, number)
	MOVQ(n, left)
	SUBQ(at, left)
	k, inside := reach(v, least), allBut(left)
	KANDW(inside, k, k)
	KMOVW(k, mask)
	compress(k, mask, v, number, values, places, count)
	ADDQ(I32(16), at)
	CMPQ(at, n)
	JB(LabelRef(loop))
	VZEROUPPER()
	Store(count, ReturnIndex(0))
	RET()
}

func lower() {
	begin("lowerAVX512", "func(dst, upper *float32, places *int32, scale *float32, n uint64, c float32)")
	Doc("lowerAVX512 sets dst[k] = upper[k] − c·scale[places[k]] for n values.")
	dst, upper, places := Load(Param("dst"), GP64()), Load(Param("upper"), GP64()), Load(Param("places"), GP64())
	scale, n := Load(Param("scale"), GP64()), Load(Param("n"), GP64())
	c := ZMM()
	VBROADCASTSS(argument("c"), c)
	loop := fresh("lower")
	Label(loop)
	inside, mask := allBut(n.(reg.GPVirtual)), K()
	KMOVW(inside, mask)
	place, s, v := ZMM(), ZMM(), ZMM()
	VMOVDQU32_Z(Mem{Base: places}, inside, place)
	VPXORD(s, s, s)
	VGATHERDPS(Mem{Base: scale, Index: place, Scale: 4}, mask, s)
	VMOVUPS_Z(Mem{Base: upper}, inside, v)
	VFNMADD231PS(c, s, v)
	VMOVUPS(v, inside, Mem{Base: dst})
	ADDQ(I32(64), places)
	ADDQ(I32(64), upper)
	ADDQ(I32(64), dst)
	SUBQ(I32(16), n)
	JG(LabelRef(loop))
	VZEROUPPER()
	RET()
}

func count() {
	begin("countAVX512", "func(values *float32, n uint64, least float32) uint64")
	Doc("countAVX512 returns how many of n values reach least.")
	values, n := Load(Param("values"), GP64()), Load(Param("n"), GP64())
	least := ZMM()
	VBROADCASTSS(argument("least"), least)
	total := GP64()
	XORQ(total, total)
	whole, rest, done := fresh("whole"), fresh("rest"), fresh("done")
	Label(whole)
	CMPQ(n, I32(16))
	JB(LabelRef(rest))
	v, mask := ZMM(), GP32()
	VMOVUPS(Mem{Base: values}, v)
	KMOVW(reach(v, least), mask)
	POPCNTL(mask, mask)
	ADDQ(mask.As64(), total)
	ADDQ(I32(64), values)
	SUBQ(I32(16), n)
	JMP(LabelRef(whole))
	Label(rest)
	TESTQ(n, n)
	JZ(LabelRef(done))
	inside := allBut(n.(reg.GPVirtual))
	v = ZMM()
	VMOVUPS_Z(Mem{Base: values}, inside, v)
	k := reach(v, least)
	KANDW(inside, k, k)
	KMOVW(k, mask)
	POPCNTL(mask, mask)
	ADDQ(mask.As64(), total)
	Label(done)
	VZEROUPPER()
	Store(total, ReturnIndex(0))
	RET()
}
