package lexicon

// trie maps sequences of token hashes to entries. Nodes are numbers; the edges of all of them share one table with open
// addressing, keyed by a mix of node and token hash. It is immutable once built.
type trie struct {
	slots []slot
	mask  uint64
	first []uint64 // bit set of the hashes that begin a form
	deep  []uint64 // bit set of the keys of edges, which spares most look-ups that find nothing
	terms []int32  // by node: index into links, or -1
	links []link   // entries of a node, chained
}

type link struct{ entry, next int32 }

// slot is an edge; its key is 0 where it is free.
type slot struct {
	key  uint64
	node int32
}

const firstBits = 18

func firstBit(hash uint64) (int, uint64) {
	bit := hash >> (64 - firstBits)
	return int(bit >> 6), 1 << (bit & 63)
}

const deepBits = 20

func deepBit(key uint64) (int, uint64) {
	bit := key >> (64 - deepBits)
	return int(bit >> 6), 1 << (bit & 63)
}

func edgeKey(node int32, hash uint64) uint64 {
	k := hash ^ uint64(node)*0x9E3779B97F4A7C15
	k ^= k >> 29
	return k | 1 // 0 marks a free slot
}

func (t *trie) begins(hash uint64) bool {
	i, bit := firstBit(hash)
	return t.first[i]&bit != 0
}

// step is the node after hash, or -1.
func (t *trie) step(node int32, hash uint64) int32 {
	key := edgeKey(node, hash)
	if n, bit := deepBit(key); t.deep[n]&bit == 0 {
		return -1
	}
	for i := key >> 7 & t.mask; ; i = (i + 1) & t.mask {
		switch s := &t.slots[i]; s.key {
		case key:
			return s.node
		case 0:
			return -1
		}
	}
}

// growing is a trie while forms are added to it.
type growing struct {
	edges map[uint64]int32
	terms []int32
	links []link
	first []uint64
}

func newGrowing(forms int) *growing {
	return &growing{edges: make(map[uint64]int32, forms*2), terms: []int32{-1}, first: make([]uint64, 1<<firstBits/64)}
}

func (g *growing) add(toks []Token, entry int32) {
	i, bit := firstBit(toks[0].Hash)
	g.first[i] |= bit
	node := int32(0)
	for _, t := range toks {
		key := edgeKey(node, t.Hash)
		next, ok := g.edges[key]
		if !ok {
			next = int32(len(g.terms))
			g.edges[key] = next
			g.terms = append(g.terms, -1)
		}
		node = next
	}
	g.links = append(g.links, link{entry, g.terms[node]})
	g.terms[node] = int32(len(g.links) - 1)
}

// at is the chain of entries that end at the node of toks, or -1 where no form was added.
func (g *growing) at(toks []Token) int32 {
	node := int32(0)
	for _, t := range toks {
		next, ok := g.edges[edgeKey(node, t.Hash)]
		if !ok {
			return -1
		}
		node = next
	}
	return g.terms[node]
}

func (g *growing) freeze() *trie {
	size := uint64(16)
	for size < uint64(len(g.edges))*2 {
		size *= 2
	}
	t := &trie{slots: make([]slot, size), mask: size - 1, first: g.first, deep: make([]uint64, 1<<deepBits/64), terms: g.terms, links: g.links}
	for key, node := range g.edges {
		n, bit := deepBit(key)
		t.deep[n] |= bit
		i := key >> 7 & t.mask
		for t.slots[i].key != 0 {
			i = (i + 1) & t.mask
		}
		t.slots[i] = slot{key, node}
	}
	return t
}
