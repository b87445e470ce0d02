package route

// Fold is fold, for a test over all characters.
func Fold(text string) string { return string(folded(text)) }
