package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// pass writes the heart of conjugate gradients: one walk over gathered rows
// that takes each row's product with p, turns it into a coefficient, and adds
// that multiple of the row to a sum, eight rows at a time while they are in
// the first-level cache. Rows are float32 or half-width (see kernel.ToHalf).
func pass(a *isa) {
	for _, half := range []bool{false, true} {
		for _, kind := range []string{"residual", "product", "energy"} {
			passKernel(a, half, kind)
		}
	}
	if a.wide() {
		toHalf()
	}
}

func passKernel(a *isa, half bool, kind string) {
	residual, sums := kind == "residual", kind != "energy"
	storage, element := "", "float32"
	if half {
		storage, element = "Half", "uint16"
	}
	name := kind + storage + a.name
	out, target, about := "acc *float32, ", "", "adds Σ w·t y_idx to acc"
	switch {
	case residual:
		target, about = "b, ", "adds Σ (b − w·t) y_idx to acc"
	case !sums:
		out, about = "", "walks as product does"
	}
	result := "Σ w·t²"
	if residual {
		result = "Σ b·t"
	}
	begin(name, fmt.Sprintf("func(%sy *%s, stride uint64, idx *int32, n uint64, w, %sp *float32, d uint64, ahead *int32, aheadN uint64) float32", out, element, target))
	Doc(name+" "+about+", t = y_idx·p, over n rows of d values, stride bytes apart, and returns",
		result+". d is a multiple of 32. It prefetches the rows of ahead.")
	// The walk takes up to four groups at a time: all their products first, then
	// all their sums, so that the wait for a product is shared. Where it stands
	// is kept in the arguments, as registers are scarce.
	const groups = 4
	pointers := AllocLocal(8 * group * groups)
	scratch := AllocLocal(4*group + 4*group*groups) // eight indices, then coefficients
	coefs := scratch.Offset(4 * group)
	total := YMM()
	VXORPS(total, total, total)
	walk, dots, axpys, done := fresh("walk"), fresh("group"), fresh("sum"), fresh("done")

	Label(walk)
	CMPQ(argument("n"), I32(0))
	JE(LabelRef(done))
	at := GP64() // of the group: its coefficients; half of its pointers
	XORQ(at, at)
	Label(dots)
	prefetchRows(half)
	iv, wv, bv := loadGroup(residual)
	VMOVDQU(iv, scratch)
	y, stride := Load(Param("y"), GP64()), Load(Param("stride"), GP64())
	rows := make([]reg.GPVirtual, group)
	for j := range rows {
		rows[j] = GP64()
		MOVLQSX(scratch.Offset(4*j), rows[j])
		IMULQ(stride, rows[j])
		ADDQ(y, rows[j])
		if sums {
			MOVQ(rows[j], pointers.Offset(8*j).Idx(at, 2))
		}
	}
	t := groupDots(a, half, rows).AsY()
	c, e := YMM(), YMM()
	if residual {
		VMULPS(t, bv, e)
		VMULPS(t, wv, c)
		VSUBPS(c, bv, c)
	} else {
		VMULPS(t, wv, c)
		VMULPS(t, c, e)
	}
	VADDPS(e, total, total)
	if sums {
		VMOVUPS(c, coefs.Idx(at, 1))
	}
	ADDQ(I32(4*group), at)
	ADDQ(I32(4*group), argument("idx"))
	ADDQ(I32(4*group), argument("w"))
	if residual {
		ADDQ(I32(4*group), argument("b"))
	}
	SUBQ(I32(group), argument("n"))
	JZ(LabelRef(axpys + "end"))
	CMPQ(at, I32(4*group*groups))
	JB(LabelRef(dots))
	Label(axpys + "end")
	if sums {
		end := at
		back := GP64()
		XORQ(back, back)
		Label(axpys)
		for j := range rows {
			rows[j] = GP64()
			MOVQ(pointers.Offset(8*j).Idx(back, 2), rows[j])
		}
		groupAxpy(a, half, rows, coefs.Idx(back, 1))
		ADDQ(I32(4*group), back)
		CMPQ(back, end)
		JB(LabelRef(axpys))
	}
	JMP(LabelRef(walk))
	Label(done)
	s := (&isa{lanes: 8}).sum(total)
	VZEROUPPER()
	Store(s.AsX(), ReturnIndex(0))
	RET()
}

// loadGroup loads the indices, weights and targets of the next eight rows.
// Past the end they are zero: the first row of the table with the coefficient
// zero; n then becomes eight.
func loadGroup(residual bool) (iv, wv, bv reg.VecVirtual) {
	whole, loaded := fresh("whole"), fresh("loaded")
	idx, w, n := Load(Param("idx"), GP64()), Load(Param("w"), GP64()), Load(Param("n"), GP64())
	var b reg.Register
	if residual {
		b = Load(Param("b"), GP64())
	}
	iv, wv, bv = YMM(), YMM(), YMM()
	CMPQ(n, I32(group))
	JAE(LabelRef(whole))
	mask := narrowMask(n)
	VPMASKMOVD(Mem{Base: idx}, mask, iv)
	VMASKMOVPS(Mem{Base: w}, mask, wv)
	if residual {
		VMASKMOVPS(Mem{Base: b}, mask, bv)
	}
	MOVQ(I32(group), argument("n"))
	JMP(LabelRef(loaded))
	Label(whole)
	VMOVDQU(Mem{Base: idx}, iv)
	VMOVUPS(Mem{Base: w}, wv)
	if residual {
		VMOVUPS(Mem{Base: b}, bv)
	}
	Label(loaded)
	return iv, wv, bv
}

// narrowMask makes a mask of eight lanes with the lowest n set.
func narrowMask(n reg.Register) reg.VecVirtual {
	table, back := GP64(), GP64()
	LEAQ(tailMask, table)
	MOVQ(n, back)
	NEGQ(back)
	mask := YMM()
	VMOVDQU(Mem{Base: table, Index: back, Scale: 4, Disp: 32}, mask)
	return mask
}

// argument is where a parameter lies on the stack.
func argument(name string) Mem {
	at, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return at.Addr
}

// prefetchRows asks for the next eight rows of ahead, if there are as many, into
// the second-level cache: the first has too few places for misses on the way.
func prefetchRows(half bool) {
	skip, line := fresh("skip"), fresh("line")
	CMPQ(argument("aheadN"), I32(group))
	JB(LabelRef(skip))
	ahead := Load(Param("ahead"), GP64())
	y, stride := Load(Param("y"), GP64()), Load(Param("stride"), GP64())
	rows := rowPointers(ahead, y, stride)
	at, d := GP64(), Load(Param("d"), GP64())
	XORQ(at, at)
	shift := uint64(2)
	if half {
		shift = 1
	}
	SHLQ(Imm(shift), d)
	Label(line)
	for _, r := range rows {
		PREFETCHT1(Mem{Base: r, Index: at, Scale: 1})
	}
	ADDQ(I32(64), at)
	CMPQ(at, d)
	JB(LabelRef(line))
	ADDQ(I32(4*group), argument("ahead"))
	SUBQ(I32(group), argument("aheadN"))
	Label(skip)
}

// halves widens half-width values of a row at m: lo is the lower half of each
// pair moved up. The pair as it stands is the upper value: its low bits, which
// belong to the other, are allowed for by ToHalf.
func (a *isa) halves(m Mem) (lo reg.VecVirtual) {
	lo = a.vec()
	if a.wide() {
		VPSLLD(Imm(16), m, lo)
	} else {
		VMOVDQU(m, lo)
		VPSLLD(Imm(16), lo, lo)
	}
	return lo
}

// groupDots returns the products of eight rows with p.
func groupDots(a *isa, half bool, rows []reg.GPVirtual) reg.VecVirtual {
	inner := fresh("dots")
	p, d := Load(Param("p"), GP64()), Load(Param("d"), GP64())
	acc := make([]reg.VecVirtual, group)
	for j := range acc {
		acc[j] = a.zero()
	}
	at := GP64()
	XORQ(at, at)
	if !half {
		SHLQ(Imm(2), d)
		Label(inner)
		v := a.load(Mem{Base: p, Index: at, Scale: 1})
		for j := range acc {
			VFMADD231PS(Mem{Base: rows[j], Index: at, Scale: 1}, v, acc[j])
		}
		ADDQ(I32(a.bytes(1)), at)
		CMPQ(at, d)
		JB(LabelRef(inner))
		return a.sums(acc)
	}
	// at counts bytes of the row: two for a value, whose p takes four.
	SHLQ(Imm(1), d)
	Label(inner)
	for step := range 16 / a.lanes {
		lo := a.load(Mem{Base: p, Index: at, Scale: 2, Disp: a.bytes(step)})
		hi := a.load(Mem{Base: p, Index: at, Scale: 2, Disp: 64 + a.bytes(step)})
		for j := range acc {
			m := Mem{Base: rows[j], Index: at, Scale: 1, Disp: a.bytes(step)}
			x := a.halves(m)
			VFMADD231PS(m, hi, acc[j])
			VFMADD231PS(lo, x, acc[j])
		}
	}
	ADDQ(I32(64), at)
	CMPQ(at, d)
	JB(LabelRef(inner))
	return a.sums(acc)
}

// groupAxpy adds the rows, each times its coefficient, to acc.
func groupAxpy(a *isa, half bool, rows []reg.GPVirtual, coefs Mem) {
	inner := fresh("axpy")
	out, d := Load(Param("acc"), GP64()), Load(Param("d"), GP64())
	c := make([]reg.VecVirtual, group)
	for j := range c {
		c[j] = a.broadcast(coefs.Offset(4 * j))
	}
	at := GP64()
	XORQ(at, at)
	if !half {
		SHLQ(Imm(2), d)
		Label(inner)
		v := a.load(Mem{Base: out, Index: at, Scale: 1})
		for j := range c {
			VFMADD231PS(Mem{Base: rows[j], Index: at, Scale: 1}, c[j], v)
		}
		VMOVUPS(v, Mem{Base: out, Index: at, Scale: 1})
		ADDQ(I32(a.bytes(1)), at)
		CMPQ(at, d)
		JB(LabelRef(inner))
		return
	}
	SHLQ(Imm(1), d)
	Label(inner)
	for step := range 16 / a.lanes {
		lo := Mem{Base: out, Index: at, Scale: 2, Disp: a.bytes(step)}
		hi := Mem{Base: out, Index: at, Scale: 2, Disp: 64 + a.bytes(step)}
		u, v := a.load(lo), a.load(hi)
		for j := range c {
			m := Mem{Base: rows[j], Index: at, Scale: 1, Disp: a.bytes(step)}
			x := a.halves(m)
			VFMADD231PS(m, c[j], v)
			VFMADD231PS(c[j], x, u)
		}
		VMOVUPS(u, lo)
		VMOVUPS(v, hi)
	}
	ADDQ(I32(64), at)
	CMPQ(at, d)
	JB(LabelRef(inner))
}
