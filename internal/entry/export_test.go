package entry

// Short is the text that the short way through well-formed HTML gives; ok is false where it is not taken.
func Short(text string) (plain string, ok bool) {
	tree := wellFormed(text)
	if tree == nil {
		return "", false
	}
	_, plain = Inside(tree)
	return plain, true
}
