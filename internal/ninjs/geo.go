package ninjs

import "github.com/wiredesk/wiredesk/internal/strictjson"

// geometries are the types of GeoJSON (RFC 7946) that have coordinates, and how deep their positions lie in lists.
var geometries = map[string]int{"Point": 1, "MultiPoint": 2, "LineString": 2, "MultiLineString": 3, "Polygon": 3, "MultiPolygon": 4}

// geoJSON says whether a value is a GeoJSON object.
func geoJSON(v *strictjson.Value, depth int) bool {
	if v == nil || v.Kind != strictjson.Object || depth > 8 {
		return false
	}
	kind := v.Get("type").String()
	if deep, ok := geometries[kind]; ok {
		return positions(v.Get("coordinates"), deep)
	}
	switch kind {
	case "GeometryCollection":
		return every(v.Get("geometries"), func(g *strictjson.Value) bool { return geoJSON(g, depth+1) })
	case "Feature":
		g, p := v.Get("geometry"), v.Get("properties")
		return p != nil && (p.Kind == strictjson.Object || p.Kind == strictjson.Null) && g != nil && (g.Kind == strictjson.Null || geoJSON(g, depth+1))
	case "FeatureCollection":
		return every(v.Get("features"), func(f *strictjson.Value) bool { return f.Get("type").String() == "Feature" && geoJSON(f, depth+1) })
	}
	return false
}

func positions(v *strictjson.Value, deep int) bool {
	if v == nil || v.Kind != strictjson.Array {
		return false
	}
	if deep > 1 {
		return every(v, func(sub *strictjson.Value) bool { return positions(sub, deep-1) })
	}
	return len(v.Items) >= 2 && every(v, func(n *strictjson.Value) bool { return n.Kind == strictjson.Number })
}

func every(v *strictjson.Value, right func(*strictjson.Value) bool) bool {
	if v == nil || v.Kind != strictjson.Array {
		return false
	}
	for i := range v.Items {
		if !right(&v.Items[i]) {
			return false
		}
	}
	return true
}

// IsGeoJSON says whether a value is an object of GeoJSON (RFC 7946).
func IsGeoJSON(v *strictjson.Value) bool { return geoJSON(v, 0) }
