package shop

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Money is an amount in the minor unit of its currency (cents for EUR, yen for
// JPY). The zero value is "no price".
type Money struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"` // ISO 4217, upper case
}

// minorDigits lists the currencies of ISO 4217 whose minor unit is not 1/100.
var minorDigits = map[string]int{
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0,
	"PYG": 0, "RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
}

// MinorDigits returns how many decimals a currency has.
func MinorDigits(currency string) int {
	if d, ok := minorDigits[currency]; ok {
		return d
	}
	return 2
}

// IsZero reports whether m is no price at all.
func (m Money) IsZero() bool { return m == Money{} }

// Times returns m × n; it fails if that overflows.
func (m Money) Times(n int) (Money, error) {
	p := m.Minor * int64(n)
	if n != 0 && p/int64(n) != m.Minor || n == -1 && m.Minor == math.MinInt64 {
		return Money{}, Errorf(BadUserInput, "", "the amount is too large")
	}
	return Money{p, m.Currency}, nil
}

// Plus returns m + o. A zero Money adds nothing; otherwise the currencies must
// be the same.
func (m Money) Plus(o Money) (Money, error) {
	if m.IsZero() {
		return o, nil
	}
	if o.IsZero() {
		return m, nil
	}
	if m.Currency != o.Currency {
		return Money{}, Errorf(BadUserInput, "currency", "cannot add %s to %s", o.Currency, m.Currency)
	}
	s := m.Minor + o.Minor
	if (s > m.Minor) != (o.Minor > 0) && o.Minor != 0 {
		return Money{}, Errorf(BadUserInput, "", "the amount is too large")
	}
	return Money{s, m.Currency}, nil
}

// Amount returns the decimal text, "12.50".
func (m Money) Amount() string {
	d := MinorDigits(m.Currency)
	s := strconv.FormatInt(m.Minor, 10)
	if d == 0 {
		return s
	}
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	if len(s) <= d {
		s = strings.Repeat("0", d+1-len(s)) + s
	}
	return sign + s[:len(s)-d] + "." + s[len(s)-d:]
}

func (m Money) String() string { return m.Amount() + " " + m.Currency }

// ParseMoney reads a decimal amount such as "12.5"; more decimals than the
// currency has are an error, not rounded.
func ParseMoney(amount, currency string) (Money, error) {
	if !ValidCurrency(currency) {
		return Money{}, Errorf(BadUserInput, "currency", "%q is not a currency code: use three capital letters such as EUR", currency)
	}
	bad := Errorf(BadUserInput, "amount", "%q is not an amount in %s: write it like %s", amount, currency, Money{1250, currency}.Amount())
	d := MinorDigits(currency)
	whole, frac, _ := strings.Cut(amount, ".")
	if len(frac) > d {
		if strings.Trim(frac[d:], "0") != "" {
			return Money{}, bad
		}
		frac = frac[:d]
	}
	digits := strings.TrimPrefix(whole, "-")
	if digits == "" || strings.Trim(digits+frac, "0123456789") != "" {
		return Money{}, bad
	}
	n, err := strconv.ParseInt(whole+frac+strings.Repeat("0", d-len(frac)), 10, 64)
	if err != nil || n == math.MinInt64 {
		return Money{}, bad
	}
	return Money{n, currency}, nil
}

// ValidCurrency reports whether c has the form of an ISO 4217 code.
func ValidCurrency(c string) bool {
	return len(c) == 3 && strings.Trim(c, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// MustMoney is ParseMoney for constants; it panics on an error.
func MustMoney(amount, currency string) Money {
	m, err := ParseMoney(amount, currency)
	if err != nil {
		panic(fmt.Sprintf("shop: MustMoney: %v", err))
	}
	return m
}
