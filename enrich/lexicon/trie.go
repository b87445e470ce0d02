package lexicon

// trie maps sequences of token hashes to entries. Nodes are numbers; the edges of all of them share one table with open
// addressing, keyed by a mix of node and token hash. It is immutable once built.
type trie struct {
	keys  []uint64
	nodes []int32
	mask  uint64
	first []uint64 // bit set of the hashes that begin a form
	terms []int32  // by node: index into links, or -1
	links []link   // entries of a node, chained
}

type link struct{ entry, next int32 }

const firstBits = 18

func firstBit(hash uint64) (int, uint64) {
	bit := hash >> (64 - firstBits)
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
	for i := key >> 7 & t.mask; ; i = (i + 1) & t.mask {
		switch t.keys[i] {
		case key:
			return t.nodes[i]
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
	t := &trie{keys: make([]uint64, size), nodes: make([]int32, size), mask: size - 1, first: g.first, terms: g.terms, links: g.links}
	for key, node := range g.edges {
		i := key >> 7 & t.mask
		for t.keys[i] != 0 {
			i = (i + 1) & t.mask
		}
		t.keys[i], t.nodes[i] = key, node
	}
	return t
}
