package main
import ("fmt";"strings";"time";"runtime"
"github.com/wiredesk/wiredesk"
"github.com/wiredesk/wiredesk/ingest")
func try(name string, doc string){
 var m0,m1 runtime.MemStats; runtime.GC(); runtime.ReadMemStats(&m0)
 t:=time.Now()
 raw:=wiredesk.Raw{Provider:"p",Received:time.Now(),Bytes:[]byte(doc)}
 f,why,err:=ingest.Recognise(raw)
 if err!=nil {fmt.Println(name,"recognise",err,time.Since(t));return}
 parts:=[]wiredesk.Raw{raw}
 if f.Split!=nil { parts,err=f.Split(raw) }
 n:=0; var e2 error
 for _,p:=range parts { s,e:=f.Parse(p); n+=len(s); if e!=nil {e2=e} }
 runtime.ReadMemStats(&m1)
 es:=fmt.Sprint(err,e2); if len(es)>150 {es=es[:150]}
 fmt.Println(name,f.Name,why,"parts",len(parts),"stories",n,es,time.Since(t),(m1.TotalAlloc-m0.TotalAlloc)>>20,"MB")
}
func main(){
 try("one line 1MB",strings.Repeat("word ",200000))
 try("many lines",strings.Repeat("KILL MANDATORY\n",60000))
 try("blank lines",strings.Repeat("\n",1000000)+"x")
 try("caps commas",strings.Repeat("A, ",300000))
 try("digits",strings.Repeat("2026-03-04 10:00 GMT ",50000))
 try("nested",strings.Repeat("[",5000000))
 try("nested obj",strings.Repeat(`{"a":`,1000000))
 try("array of empties","["+strings.Repeat("[],",2000000)+"[]]")
 try("items","["+strings.Repeat(`{"uri":"urn:a:b"},`,200000)+`{"uri":"urn:a:b"}]`)
 try("many names",`{"uri":"urn:a:b"`+func()string{b:=strings.Builder{};for i:=range 100000{fmt.Fprintf(&b,`,"n%d":1`,i)};return b.String()}()+"}")
 try("huge string",`{"uri":"urn:a:b","headlines":[{"value":"`+strings.Repeat("x",3000000)+`"}]}`)
 try("html body",`{"uri":"urn:a:b","bodies":[{"contentType":"text/html","value":"`+strings.Repeat("<b>",300000)+`"}]}`)
 try("escapes",`{"uri":"urn:a:b","title":"`+strings.Repeat(`\u00e9`,400000)+`"}`)
 try("lines",strings.Repeat(`{"uri":"urn:a:b"}`+"\n",100000))
 try("assoc",strings.Repeat(`{"uri":"urn:a:b","associations":[{"name":"x",`,30)+`"uri":"urn:a:b"`+strings.Repeat("}]}",30))
}
