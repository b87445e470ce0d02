//go:build !race

package wirescore_test

const slow = 1
