package wiretime

// Quick and Loose are the two ways to read a date of RFC 822; ok is false where the first is not taken.
func Quick(s string, at Setting) (r Reading, ok bool) {
	p, ok := mail(s)
	if !ok {
		return r, false
	}
	r, err := p.settle(at)
	return r, err == nil
}

// Loose reads as words, in any order.
func Loose(s string, at Setting) (r Reading, ok bool) {
	p, ok := parse(s, false)
	if !ok {
		return r, false
	}
	r, err := p.settle(at)
	return r, err == nil
}
