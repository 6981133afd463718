"""What the kernels are given to do, by language: `ts`, `js` (TypeScript without types) and `py`."""

TINY = "1+1"
CELL = {
    "ts": """
interface Person{N} { name: string; age: number }
type Id{N}<T> = {{ [K in keyof T]: T[K] }};
class Box{N}<T> {{ private items: T[] = []; put(x: T): void {{ this.items.push(x) }} get size(): number {{ return this.items.length }} }}
async function fetchUser{N}(id: number): Promise<Person{N}> {{ await null; return {{ name: 'u' + id, age: id }} }}
const users{N}: Person{N}[] = await Promise.all([1, 2, 3].map((i: number) => fetchUser{N}(i)));
function group{N}<T, K extends string>(xs: T[], f: (x: T) => K): Record<K, T[]> {{
  const out = {{}} as Record<K, T[]>;
  for (const x of xs) (out[f(x)] ??= []).push(x);
  return out;
}}
const g{N} = group{N}(users{N}, u => u.name);
const box{N} = new Box{N}<Person{N}>();
users{N}.forEach(u => box{N}.put(u));
users{N}.map(u => u.age).reduce((a, b) => a + b, 0)
""".replace("Person{N} {", "Person{N} {{").replace("age: number }\n", "age: number }}\n"),
    "py": """
import asyncio
class Box{N}:
    def __init__(self): self.items = []
    def put(self, x): self.items.append(x)
    @property
    def size(self): return len(self.items)
async def fetch_user{N}(i: int) -> dict:
    await asyncio.sleep(0)
    return dict(name='u%d' % i, age=i)
users{N} = await asyncio.gather(*[fetch_user{N}(i) for i in (1, 2, 3)])
def group{N}(xs, f):
    out = {{}}
    for x in xs: out.setdefault(f(x), []).append(x)
    return out
g{N} = group{N}(users{N}, lambda u: u['name'])
box{N} = Box{N}()
for u in users{N}: box{N}.put(u)
sum(u['age'] for u in users{N})
""",
}
CELL["js"] = CELL["ts"]
CODE = {
    "ts": dict(
        stream="for (let i = 0; i < 20000; i++) console.log(String(i).padStart(80, '.'))",
        sleep="await new Promise(r => setTimeout(r, 100))",
        define="const arr = [1, 2, 3]; function addUp(a: number, b: number) { return a + b }",
        complete="arr.", inspect="addUp", keep="globalThis.kept = 42", kept="globalThis.kept",
        spin="while (true) {}", pend="await new Promise(() => {})",
        background="setTimeout(() => console.log('late'), 300); 0",
        checks=dict(
            redeclare_const=("const q1 = 1", "const q1 = 2; q1", "2"),
            redeclare_fn_as_const=("function q2() {}", "const q2 = 7; q2", "7"),
            redeclare_class=("class Q3 {}", "class Q3 { x = 5 }; new Q3().x", "5"),
            live_closure=("let q4 = 1; const get4 = () => q4", "q4 = 9; get4()", "9"),
            static_import=("import fs from 'node:fs'", "typeof fs.readFileSync", "function"),
            named_import=("import { join as j9 } from 'node:path'", "j9('a', 'b')", "a/b"),
            dynamic_import=("const os9 = await import('node:os')", "typeof os9.cpus", "function"),
            require=("const p9 = require('node:path')", "p9.join('a', 'b')", "a/b"),
            enum=("enum Color { Red, Green }", "Color.Green", "1"),
            decorators=("function deco(v: any, c: any) { return v }\nclass D9 { @deco m() { return 3 } }", "new D9().m()", "3"),
            tla_for_await=("let s9 = 0; for await (const x of [Promise.resolve(1), 2]) s9 += x", "s9", "3"),
            destructure=("const { a: a9, b: [b9] } = { a: 1, b: [2] }", "a9 + b9", "3"),
            object_result=("0", "({ a: 1 })", "a"),
            error_keeps=("let k9 = 5; throw new Error('x')", "k9", "5"),
            type_error=("const t9: number = 'a'", None, "not assignable"),
            jsx_free_generic=("const id9 = <T,>(x: T) => x", "id9(4)", "4"),
            using=("let d9 = 0; { using r = { [Symbol.dispose]() { d9 = 1 } } }", "d9", "1"),
        )),
    "py": dict(
        stream="for i in range(20000): print(str(i).rjust(80, '.'))", sleep="import asyncio; await asyncio.sleep(0.1)",
        define="arr = [1,2,3]\ndef addUp(a, b): return a + b", complete="arr.", inspect="addUp", keep="kept = 42", kept="kept",
        spin="while True: pass", pend="import asyncio; await asyncio.Event().wait()",
        background="import asyncio\nasync def bg():\n    await asyncio.sleep(.3); print('late')\nt = asyncio.create_task(bg()); 0", checks={}),
}
CODE["js"] = dict(CODE["ts"], define="const arr = [1, 2, 3]; function addUp(a, b) { return a + b }")
