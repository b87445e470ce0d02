//go:build race

package wirescore_test

// slow is how many times slower the race detector makes everything.
const slow = 10
