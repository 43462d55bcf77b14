package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Where kernel.Strip's arguments keep their fields.
const (
	stripHead      = 8 * iota // *uint8
	stripTail                 // *uint8
	stripScale                // *float32
	stripUsers                // *int32
	stripHeadQuads            // uint64
	stripTailQuads            // uint64
	stripOffset               // StripWidth float32s from here on
)

// stripWidth is how many users are taken together.
const stripWidth = 12

// strip writes the products of a few users with groups of 16 eight-bit items,
// and what selects the values that reach a threshold.
func strip(a *isa) {
	if a.wide() {
		stripWide("Pair", 2)
		stripWide("One", 1)
		collect()
		keep()
		lower()
		count()
		return
	}
	stripNarrow()
}

// stripPointers loads what both variants walk over.
func stripPointers(s reg.Register) (load func(offset int) reg.GPVirtual) {
	return func(offset int) reg.GPVirtual {
		r := GP64()
		MOVQ(Mem{Base: s, Disp: offset}, r)
		return r
	}
}

// stripWide keeps the sums of all users and of one or two groups in registers.
func stripWide(name string, groups int) {
	begin("strip"+name+"AVX512", "func(s *uint64, dst *float32, stride, n uint64)")
	Doc("strip" + name + "AVX512 does what Strip does, for n times as many groups as its name says.")
	s := Load(Param("s"), GP64())
	load := stripPointers(s)
	head, tail, scale := load(stripHead), load(stripTail), load(stripScale)
	headBytes, tailBytes := load(stripHeadQuads), load(stripTailQuads)
	SHLQ(Imm(6), headBytes)
	SHLQ(Imm(6), tailBytes)
	dst, stride, n := Load(Param("dst"), GP64()), Load(Param("stride"), GP64()), Load(Param("n"), GP64())
	loop, noTail := fresh("strip"), fresh("tail")
	Label(loop)
	acc := make([][]reg.VecVirtual, groups)
	for g := range acc {
		acc[g] = make([]reg.VecVirtual, stripWidth)
		for u := range acc[g] {
			acc[g][u] = ZMM()
			VPXORD(acc[g][u], acc[g][u], acc[g][u])
		}
	}
	users, end := load(stripUsers), GP64()
	quads := func(at, bytes reg.GPVirtual) {
		inner := fresh("quads")
		LEAQ(Mem{Base: at, Index: bytes, Scale: 1}, end)
		Label(inner)
		items := make([]reg.VecVirtual, groups)
		for g := range items {
			items[g] = ZMM()
			m := Mem{Base: at}
			if g == 1 {
				m = Mem{Base: at, Index: bytes, Scale: 1}
			}
			VMOVDQU32(m, items[g])
		}
		for u := range stripWidth {
			v := ZMM()
			VPBROADCASTD(Mem{Base: users, Disp: 4 * u}, v)
			for g := range items {
				dotByteVectors(v, items[g], acc[g][u])
			}
		}
		ADDQ(I32(64), at)
		ADDQ(I32(4*stripWidth), users)
		CMPQ(at, end)
		JB(LabelRef(inner))
		if groups == 2 {
			ADDQ(bytes, at)
		}
	}
	quads(head, headBytes)
	TESTQ(tailBytes, tailBytes)
	JZ(LabelRef(noTail))
	quads(tail, tailBytes)
	Label(noTail)
	row := GP64()
	MOVQ(dst, row)
	scales := make([]reg.VecVirtual, groups)
	for g := range scales {
		scales[g] = ZMM()
		VMOVUPS(Mem{Base: scale, Disp: 64 * g}, scales[g])
	}
	for u := range stripWidth {
		for g := range scales {
			v := acc[g][u]
			VCVTDQ2PS(v, v)
			VADDPS_BCST(Mem{Base: s, Disp: stripOffset + 4*u}, v, v)
			VMULPS(scales[g], v, v)
			VMOVUPS(v, Mem{Base: row, Disp: 64 * g})
		}
		ADDQ(stride, row)
	}
	ADDQ(I32(64*groups), dst)
	ADDQ(I32(64*groups), scale)
	DECQ(n)
	JNZ(LabelRef(loop))
	VZEROUPPER()
	RET()
}

// dotByteVectors adds to sum, in each lane, the products of four unsigned bytes
// of items with four signed bytes of user. avo does not know the instruction.
func dotByteVectors(user, items, sum reg.VecVirtual) {
	Instruction(&ir.Instruction{
		Opcode:   "VPDPBUSD",
		Operands: []Op{user, items, sum},
		Inputs:   []Op{user, items, sum},
		Outputs:  []Op{sum},
		ISA:      []string{"AVX512_VNNI"},
	})
}

// stripNarrow takes two users and one group of 16 items at a time, bytes widened
// to words, whose products' sums do not saturate.
func stripNarrow() {
	begin("stripAVX2", "func(s *uint64, dst *float32, stride, n uint64)")
	Doc("stripAVX2 does what Strip does, for n groups.")
	s := Load(Param("s"), GP64())
	load := stripPointers(s)
	head, tail, scale := load(stripHead), load(stripTail), load(stripScale)
	dst, n := Load(Param("dst"), GP64()), Load(Param("n"), GP64())
	loop, pair, noTail := fresh("strip"), fresh("pair"), fresh("tail")
	Label(loop)
	row, u, offset := GP64(), GP64(), GP64()
	MOVQ(dst, row)
	XORQ(u, u)
	Label(pair)
	acc := [2][4]reg.VecVirtual{}
	for k := range acc {
		for p := range acc[k] {
			acc[k][p] = YMM()
			VPXOR(acc[k][p], acc[k][p], acc[k][p])
		}
	}
	users := load(stripUsers)
	ADDQ(u, users)
	quads := func(from, count reg.GPVirtual) {
		inner := fresh("quads")
		at := GP64()
		MOVQ(from, at)
		Label(inner)
		words := [2]reg.VecVirtual{YMM(), YMM()}
		for k, v := range words {
			VPBROADCASTD(Mem{Base: users, Disp: 4 * k}, v.AsX())
			VPMOVSXBW(v.AsX(), v)
		}
		for p := range 4 {
			items := YMM()
			VPMOVZXBW(Mem{Base: at, Disp: 16 * p}, items)
			for k := range words {
				v := YMM()
				VPMADDWD(words[k], items, v)
				VPADDD(v, acc[k][p], acc[k][p])
			}
		}
		ADDQ(I32(64), at)
		ADDQ(I32(4*stripWidth), users)
		DECQ(count)
		JNZ(LabelRef(inner))
	}
	quads(head, load(stripHeadQuads))
	count := load(stripTailQuads)
	TESTQ(count, count)
	JZ(LabelRef(noTail))
	quads(tail, count)
	Label(noTail)
	LEAQ(Mem{Base: s, Disp: stripOffset}, offset)
	ADDQ(u, offset)
	for k := range acc {
		o := YMM()
		VBROADCASTSS(Mem{Base: offset, Disp: 4 * k}, o)
		for half := range 2 {
			v := YMM()
			VPHADDD(acc[k][2*half+1], acc[k][2*half], v)
			VPERMQ(Imm(0xd8), v, v)
			VCVTDQ2PS(v, v)
			VADDPS(o, v, v)
			VMULPS(Mem{Base: scale, Disp: 32 * half}, v, v)
			VMOVUPS(v, Mem{Base: row, Disp: 32 * half})
		}
		ADDQ(argument("stride"), row)
	}
	ADDQ(I32(8), u)
	CMPQ(u, I32(4*stripWidth))
	JB(LabelRef(pair))
	for _, move := range []struct {
		pointer reg.GPVirtual
		quads   int
	}{{head, stripHeadQuads}, {tail, stripTailQuads}} {
		size := load(move.quads)
		SHLQ(Imm(6), size)
		ADDQ(size, move.pointer)
	}
	ADDQ(I32(64), dst)
	ADDQ(I32(64), scale)
	DECQ(n)
	JNZ(LabelRef(loop))
	VZEROUPPER()
	RET()
}
