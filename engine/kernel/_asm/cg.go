package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// cg writes the vector work between two passes of conjugate gradients. All
// lengths are multiples of 32.
func cg(a *isa) {
	cgStart(a)
	cgDirection(a)
	cgScale(a)
	cgStep(a)
	cgTurn(a)
}

// each loops over n values, one vector at a time: body gets a function that
// places a pointer's vector.
func (a *isa) each(n reg.Register, body func(at func(p reg.Register) Mem)) {
	loop := fresh("each")
	k := GP64()
	XORQ(k, k)
	SHLQ(Imm(2), n)
	Label(loop)
	body(func(p reg.Register) Mem { return Mem{Base: p, Index: k, Scale: 1} })
	ADDQ(I32(a.bytes(1)), k)
	CMPQ(k, n)
	JB(LabelRef(loop))
}

// scalar fills a vector with a float32 parameter.
func (a *isa) scalar(name string) reg.VecVirtual {
	return a.broadcast(argument(name))
}

func pointers(names ...string) []reg.Register {
	list := make([]reg.Register, len(names))
	for k, name := range names {
		list[k] = Load(Param(name), GP64())
	}
	return list
}

func cgStart(a *isa) {
	begin("cgStart"+a.name, "func(r, diag, inverse, base, x *float32, n uint64, lambda float32)")
	Doc("cgStart" + a.name + " sets diag = base + lambda, inverse = 1/diag, r = −diag∘x.")
	p := pointers("r", "diag", "inverse", "base", "x", "n")
	lambda := a.scalar("lambda")
	one, bits := a.vec(), GP32()
	MOVL(U32(0x3f800000), bits)
	x := XMM()
	VMOVD(bits, x)
	VBROADCASTSS(x, one)
	zero := a.zero()
	a.each(p[5], func(at func(reg.Register) Mem) {
		d, v := a.vec(), a.vec()
		VADDPS(at(p[3]), lambda, d)
		VMOVUPS(d, at(p[1]))
		VDIVPS(d, one, v)
		VMOVUPS(v, at(p[2]))
		VMULPS(at(p[4]), d, d)
		VSUBPS(d, zero, d)
		VMOVUPS(d, at(p[0]))
	})
	VZEROUPPER()
	RET()
}

func cgDirection(a *isa) {
	begin("cgDirection"+a.name, "func(p, r, inverse, x *float32, n uint64) (rz, xr float32)")
	Doc("cgDirection" + a.name + " sets p = inverse∘r and returns r·p and x·r.")
	p := pointers("p", "r", "inverse", "x", "n")
	rz, xr := a.zero(), a.zero()
	a.each(p[4], func(at func(reg.Register) Mem) {
		r, z := a.load(at(p[1])), a.vec()
		VMULPS(at(p[2]), r, z)
		VMOVUPS(z, at(p[0]))
		VFMADD231PS(r, z, rz)
		VFMADD231PS(at(p[3]), r, xr)
	})
	s, t := a.sum(rz), a.sum(xr)
	VZEROUPPER()
	Store(s.AsX(), Return("rz"))
	Store(t.AsX(), Return("xr"))
	RET()
}

func cgScale(a *isa) {
	begin("cgScale"+a.name, "func(q, diag, p *float32, n uint64) float32")
	Doc("cgScale" + a.name + " sets q = diag∘p and returns p·q.")
	p := pointers("q", "diag", "p", "n")
	sum := a.zero()
	a.each(p[3], func(at func(reg.Register) Mem) {
		v, q := a.load(at(p[2])), a.vec()
		VMULPS(at(p[1]), v, q)
		VMOVUPS(q, at(p[0]))
		VFMADD231PS(v, q, sum)
	})
	s := a.sum(sum)
	VZEROUPPER()
	Store(s.AsX(), ReturnIndex(0))
	RET()
}

func cgStep(a *isa) {
	begin("cgStep"+a.name, "func(x, r, q, p, inverse *float32, n uint64, alpha float32) float32")
	Doc("cgStep" + a.name + " sets x += alpha·p, r −= alpha·q, q = inverse∘r, and returns r·q.")
	p := pointers("x", "r", "q", "p", "inverse", "n")
	alpha, sum := a.scalar("alpha"), a.zero()
	a.each(p[5], func(at func(reg.Register) Mem) {
		x := a.load(at(p[0]))
		VFMADD231PS(at(p[3]), alpha, x)
		VMOVUPS(x, at(p[0]))
		r, z := a.load(at(p[1])), a.vec()
		VFNMADD231PS(at(p[2]), alpha, r)
		VMOVUPS(r, at(p[1]))
		VMULPS(at(p[4]), r, z)
		VMOVUPS(z, at(p[2]))
		VFMADD231PS(r, z, sum)
	})
	s := a.sum(sum)
	VZEROUPPER()
	Store(s.AsX(), ReturnIndex(0))
	RET()
}

func cgTurn(a *isa) {
	begin("cgTurn"+a.name, "func(p, z, q, diag *float32, n uint64, beta float32) float32")
	Doc("cgTurn" + a.name + " sets p = z + beta·p and q = diag∘p, and returns p·q; z and q may be one.")
	p := pointers("p", "z", "q", "diag", "n")
	beta, sum := a.scalar("beta"), a.zero()
	a.each(p[4], func(at func(reg.Register) Mem) {
		z := a.load(at(p[1]))
		VFMADD231PS(at(p[0]), beta, z)
		VMOVUPS(z, at(p[0]))
		q := a.vec()
		VMULPS(at(p[3]), z, q)
		VMOVUPS(q, at(p[2]))
		VFMADD231PS(z, q, sum)
	})
	s := a.sum(sum)
	VZEROUPPER()
	Store(s.AsX(), ReturnIndex(0))
	RET()
}
